"""Has somebody read marks where feedback or a talk is prepared? Then she decides no appeal against them, as on their own page."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from floorwalker.apps.coaching.models import Feedback
from floorwalker.apps.evaluations.models import Evaluation, Opening
from floorwalker.apps.people.models import User


def note_feedback_read(shown: Collection[Feedback], *, by: User, at: datetime) -> int:
    """Keep, the first time, that the marks on which these pieces rest were read; how many evaluations that is."""
    markings = {row.marking_id for one in shown for row in one.evidence.all() if row.marking_id is not None}
    return note_marks_read(Evaluation.objects.filter(markings__in=markings).values_list("pk", flat=True), by=by, at=at)


def note_marks_read(evaluations: Collection[int], *, by: User, at: datetime) -> int:
    """The same of evaluations, by number; whoever marked one and whoever it is about decide no appeal anyway."""
    found = Evaluation.objects.filter(pk__in=evaluations).exclude(evaluator=by).exclude(agent__in=by.oneself())
    new = list(found.exclude(openings__user=by).order_by().values_list("pk", flat=True).distinct())
    Opening.objects.bulk_create((Opening(evaluation_id=pk, user=by, first_at=at) for pk in new), ignore_conflicts=True)
    return len(new)
