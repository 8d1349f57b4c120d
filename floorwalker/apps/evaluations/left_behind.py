"""What becomes of an appeal, an edit or an evaluation whose evaluator evaluates no more? It goes back to where somebody else can
take it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from floorwalker.apps.evaluations.models import Appeal, Drawn, Evaluation, Marking, Purpose, Why
from floorwalker.apps.evaluations.populations import who_evaluated_since, who_may_evaluate
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import SYSTEM, record

# Whoever is without a role between two, or whose log-in is closed for some days, finds what she began.
LEFT_FOR = timedelta(days=7)


@action
def give_back_appeals(*, at: datetime) -> list[Appeal]:
    """Let others take the open appeals of those who may decide none any more; what they handed in stays to be seen."""
    taken = Appeal.objects.filter(decided_at=None, taken_by__isnull=False).select_related("evaluation", "marking")
    left = list(taken.exclude(taken_by__in=who_may_evaluate(at.date()).order_by().values("pk")))
    for appeal in left:
        begun = appeal.marking
        appeal.taken_by = appeal.taken_at = appeal.marking = None
        appeal.save(update_fields=["taken_by", "taken_at", "marking"])
        if begun is not None and begun.submitted_at is None:
            begun.delete()
        record(SYSTEM, "give_back_appeal", appeal.evaluation, at)
    return left


@action
def end_left_edits(*, at: datetime) -> list[Marking]:
    """End edits that were begun by those who evaluate no more: what stands stays, and others may mark it anew."""
    begun = Marking.objects.filter(why=Why.EDIT, submitted_at=None).select_related("evaluation")
    left = list(begun.exclude(by__in=who_may_evaluate(at.date(), officially=False).order_by().values("pk")))
    for marking in left:
        record(SYSTEM, "end_left_edit", marking.evaluation, at, marking=marking.number)
        marking.delete()
    return left


@action
def end_left_evaluations(*, at: datetime) -> list[int]:
    """End evaluations of drawn contacts that were begun and not handed in by people who might make none for a week: what was
    drawn waits again. What somebody chose by herself holds nobody up, and stays. Their numbers.
    """
    begun = Evaluation.objects.filter(submitted_at=None, drawn__isnull=False)
    if not begun.exclude(evaluator__in=who_may_evaluate(at.date()).order_by().values("pk")).exists():
        return []  # mostly everybody is there, and the trail is not looked through for whose log-in was closed
    since, on = (at - LEFT_FOR).date(), at.date()
    lately, officially = (who_evaluated_since(since, on, officially=how).values("pk") for how in (False, True))
    # Of a contact that two mark blind, the second's marks are for calibration.
    there = Q(evaluator__in=officially) | Q(evaluator__in=lately, purpose=Purpose.CALIBRATION)
    begun = begun.exclude(there)
    left = list(begun.select_related("evaluator"))
    for evaluation in left:
        Drawn.objects.filter(evaluation=evaluation).update(evaluation=None)
        evaluation.openings.all().delete()
        evaluation.markings.all().delete()
        record(
            SYSTEM, "end_left_evaluation", evaluation, at, of=evaluation.evaluator.username, agent=evaluation.agent_id
        )
    ended = [evaluation.pk for evaluation in left]
    Evaluation.objects.filter(pk__in=ended).delete()
    return ended
