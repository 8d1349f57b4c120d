"""What can an agent do about what was found on her contact? Ask for the marks, mark it herself before, ask a
colleague, acknowledge, reply."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext as _

from floorwalker.apps.evaluations.access import is_oneself
from floorwalker.apps.evaluations.models import Evaluation, Marking, Picked, Purpose, Remark
from floorwalker.apps.people.access import team_of
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Agent, User
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
    return _begin_beside(evaluation, Purpose.SELF, by, by, at)


@action
def ask_colleague(evaluation: Evaluation, colleague: User, *, by: User, at: datetime) -> Evaluation:
    """The agent asks somebody of her team to mark the contact too: she alone decides who, and it counts nowhere."""
    evaluation = _of(evaluation, by)
    if evaluation.purpose not in (Purpose.OFFICIAL, Purpose.COACHING):
        raise Refused(_("this evaluation is not for others to mark"))
    if evaluation.seen_at is None:
        raise Refused(_("you have not seen the marks yet"), mend=_("ask for them first"))
    if is_oneself(colleague, evaluation.agent):
        raise Refused(_("nobody evaluates her- or himself"))
    if not colleagues_of(evaluation.agent, at.date()).filter(pk=colleague.pk).exists():
        raise Refused(_("only somebody of your own team can be asked"))
    asked = evaluation.made_beside.filter(purpose=Purpose.PEER, evaluator=colleague).first()
    return asked or _begin_beside(evaluation, Purpose.PEER, colleague, by, at)


def colleagues_of(agent: Agent, on: date) -> models.QuerySet[User]:
    """Those of the agent's team of that day who log in, without her- or himself."""
    team = team_of(agent, on)
    mates = Agent.objects.none() if team is None else Agent.objects.in_teams([team], on).exclude(pk=agent.pk)
    return User.objects.filter(is_active=True, agent__in=mates.values("pk")).order_by("agent__name")


def _begin_beside(evaluation: Evaluation, purpose: Purpose, who: User, by: User, at: datetime) -> Evaluation:
    """The same contact by the same version, for somebody else's marks (or one's own)."""
    made = Evaluation.objects.create(
        purpose=purpose,
        picked=Picked.HAND,
        evaluator=who,
        beside=evaluation,
        begun_at=at,
        **{name: getattr(evaluation, name) for name in _SAME},
    )
    Marking.objects.create(evaluation=made, number=1, by=who, begun_at=at)
    told = {"agent": made.agent_id, "purpose": str(purpose), "beside": evaluation.pk, "evaluator": who.username}
    record(by.username, "begin_evaluation", made, at, **told)
    return made


_SAME = (
    *("version", "agent", "contact_key", "segment_key", "identity_key", "site_key", "queue_key", "queue", "channel"),
    *("reason", "contact_at"),
)


@action
def acknowledge(evaluation: Evaluation, *, read: int = 0, by: User, at: datetime) -> Evaluation:
    """The agent has read it and lets it stand. read: the number of the marking that she was shown, where that is known."""
    evaluation = _of(evaluation, by)
    if evaluation.seen_at is None:
        raise Refused(_("you have not seen the marks yet"), mend=_("ask for them first"))
    if hasattr(evaluation, "appeal"):
        raise Refused(_("you have appealed against this evaluation"))
    if read and evaluation.stands is not None and evaluation.stands.number != read:
        raise Refused(
            _("somebody else changed this meanwhile"), mend=_("open it anew; what you see there is the newest")
        )
    if evaluation.acknowledged_at is None:
        evaluation.acknowledged_at = at
        evaluation.save(update_fields=["acknowledged_at"])
        record(by.username, "acknowledge_evaluation", evaluation, at)
    return evaluation


@action
def remark(evaluation: Evaluation, words: str, *, by: User, at: datetime) -> Remark:
    """Write below a released evaluation; its trail says that somebody did, and not what. Sent twice, it stands there once."""
    if evaluation.released_at is None:
        raise Refused(_("this evaluation is not released yet"))
    words = words.strip()
    if not words:
        raise Refused(_("there is nothing in it"), mend=_("write what you want to say"))
    if len(words) > LONGEST_REMARK:
        raise Refused(_("this is too long"), found=str(len(words)), expected=str(LONGEST_REMARK))
    last = evaluation.remarks.last()
    if last is not None and (last.by_id, last.words) == (by.pk, words):
        return last
    made = Remark.objects.create(evaluation=evaluation, by=by, at=at, words=words)
    record(by.username, "remark_on_evaluation", evaluation, at)
    return made


def _of(evaluation: Evaluation, by: User) -> Evaluation:
    """The evaluation as it is now, released and about this user herself."""
    found = Evaluation.objects.select_for_update(of=("self",)).get(pk=evaluation.pk)
    if by.agent_id != found.agent_id or found.released_at is None:
        raise Refused(_("only the agent answers a released evaluation"))
    return found
