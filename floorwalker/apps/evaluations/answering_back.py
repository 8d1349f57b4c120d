"""What can an agent do about what was found on her contact? Ask for the marks, mark it herself before, acknowledge, reply."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from floorwalker.apps.evaluations.models import Evaluation, Marking, Picked, Purpose, Remark
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import User
from floorwalker.errors import Refused

LONGEST_REMARK = 4000


@action
def show_marks(evaluation: Evaluation, *, by: User, at: datetime) -> Evaluation:
    """The agent asks for the marks; from then on she cannot mark the contact herself without having seen them."""
    evaluation = _of(evaluation, by)
    if evaluation.seen_at is None:
        evaluation.seen_at = at
        evaluation.save(update_fields=["seen_at"])
        record(by.username, "see_evaluation", evaluation, at)
    return evaluation


@action
def mark_oneself(evaluation: Evaluation, *, by: User, at: datetime) -> Evaluation:
    """The agent marks the same contact by the same version, before she has seen what somebody else found."""
    evaluation = _of(evaluation, by)
    begun = evaluation.made_beside.filter(purpose=Purpose.SELF).first()
    if begun is not None:
        return begun
    if evaluation.seen_at is not None:
        raise Refused(_("you have seen the marks already"), expected=_("to mark a contact before one sees the marks"))
    made = Evaluation.objects.create(
        purpose=Purpose.SELF,
        picked=Picked.HAND,
        evaluator=by,
        beside=evaluation,
        begun_at=at,
        **{name: getattr(evaluation, name) for name in _SAME},
    )
    Marking.objects.create(evaluation=made, number=1, by=by, begun_at=at)
    record(
        by.username, "begin_evaluation", made, at, agent=made.agent_id, purpose=str(Purpose.SELF), beside=evaluation.pk
    )
    return made


_SAME = (
    *("version", "agent", "contact_key", "segment_key", "identity_key", "site_key", "queue_key", "queue", "channel"),
    *("reason", "contact_at"),
)


@action
def acknowledge(evaluation: Evaluation, *, by: User, at: datetime) -> Evaluation:
    """The agent has read it and lets it stand."""
    evaluation = _of(evaluation, by)
    if evaluation.seen_at is None:
        raise Refused(_("you have not seen the marks yet"), mend=_("ask for them first"))
    if hasattr(evaluation, "appeal"):
        raise Refused(_("you have appealed against this evaluation"))
    if evaluation.acknowledged_at is None:
        evaluation.acknowledged_at = at
        evaluation.save(update_fields=["acknowledged_at"])
        record(by.username, "acknowledge_evaluation", evaluation, at)
    return evaluation


@action
def remark(evaluation: Evaluation, words: str, *, by: User, at: datetime) -> Remark:
    """Write below a released evaluation; its trail says that somebody did, and not what."""
    if evaluation.released_at is None:
        raise Refused(_("this evaluation is not released yet"))
    words = words.strip()
    if not words:
        raise Refused(_("there is nothing in it"), mend=_("write what you want to say"))
    if len(words) > LONGEST_REMARK:
        raise Refused(_("this is too long"), found=str(len(words)), expected=str(LONGEST_REMARK))
    made = Remark.objects.create(evaluation=evaluation, by=by, at=at, words=words)
    record(by.username, "remark_on_evaluation", evaluation, at)
    return made


def _of(evaluation: Evaluation, by: User) -> Evaluation:
    """The evaluation as it is now, released and about this user herself."""
    found = Evaluation.objects.select_for_update(of=("self",)).get(pk=evaluation.pk)
    if by.agent_id != found.agent_id or found.released_at is None:
        raise Refused(_("only the agent answers a released evaluation"))
    return found
