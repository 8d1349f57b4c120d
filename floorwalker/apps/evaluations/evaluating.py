"""What can be done about an evaluation that is handed in? Release it, mark it anew, read it, take it along."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from floorwalker.apps.evaluations.beginning import check_is_hers
from floorwalker.apps.evaluations.models import NOT_TO_ANSWER, Evaluation, Marking, Opening, Why
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import User
from floorwalker.errors import Refused


@action
def release_evaluation(evaluation: Evaluation, *, by: User, at: datetime) -> Evaluation:
    """Let the agent read what was found; from then on the days run in which she may answer."""
    evaluation = Evaluation.objects.select_for_update(of=("self",)).get(pk=evaluation.pk)
    if evaluation.submitted_at is None:
        raise Refused(_("this evaluation is not submitted yet"))
    if evaluation.purpose in NOT_TO_ANSWER:
        raise Refused(_("this evaluation is not for the agent to answer"))
    check_is_hers(evaluation, by)
    if evaluation.released_at is None:
        evaluation.released_at, evaluation.released_by = at, by
        evaluation.let_answer(at)
        evaluation.save(update_fields=["released_at", "released_by", "respond_by"])
        record(by.username, "release_evaluation", evaluation, at, respond_by=str(evaluation.respond_by))
    return evaluation


@action
def edit_evaluation(evaluation: Evaluation, reason: str, *, by: User, at: datetime) -> Marking:
    """Begin a further marking from the one that stands, and say why; the one before stays to be seen."""
    evaluation = Evaluation.objects.select_for_update(of=("self",)).get(pk=evaluation.pk)
    if evaluation.stands is None:
        raise Refused(_("this evaluation is not submitted yet"))
    check_is_hers(evaluation, by)
    if evaluation.calibration_id is not None:
        raise Refused(_("what was marked for calibration stays as it was"))
    if not reason.strip():
        raise Refused(_("an edit needs its reason"), mend=_("say what has to be changed, and why"))
    if evaluation.open_marking is not None:
        raise Refused(_("somebody is marking this evaluation now"))
    if hasattr(evaluation, "appeal"):
        raise Refused(_("an appealed evaluation is changed by the appeal alone"))
    before = evaluation.stands
    made = begin_marking(evaluation, Why.EDIT, by=by, at=at, reason=reason.strip())
    for name in ("answers", "words", "missed_complaint", "vulnerable_customer"):
        setattr(made, name, getattr(before, name))
    made.save()
    record(by.username, "edit_evaluation", evaluation, at, marking=made.number)
    return made


def begin_marking(evaluation: Evaluation, why: Why, *, by: User, at: datetime, reason: str = "") -> Marking:
    """A further marking, with nothing in it; within an action."""
    number = (evaluation.markings.aggregate(Max("number"))["number__max"] or 0) + 1
    return Marking.objects.create(evaluation=evaluation, number=number, why=why, by=by, begun_at=at, reason=reason)


def note_opening(evaluation: Evaluation, *, by: User, at: datetime) -> None:
    """Keep that somebody read the marks, the first time: whoever has may not decide an appeal against them."""
    if not evaluation.openings.filter(user=by).exists():
        Opening.objects.get_or_create(evaluation=evaluation, user=by, defaults={"first_at": at})


@action
def note_export(count: int, *, by: User, at: datetime) -> None:
    """Keep that somebody took a list of evaluations along."""
    record(by.username, "export_evaluations", "evaluations", at, rows=count)
