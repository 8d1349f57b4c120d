"""What becomes of an appeal, or of an edit, whose evaluator evaluates no more? It goes back to where somebody else can take it."""

from __future__ import annotations

from datetime import datetime

from floorwalker.apps.evaluations.models import Appeal, Marking, Why
from floorwalker.apps.evaluations.populations import who_may_evaluate
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import SYSTEM, record


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
