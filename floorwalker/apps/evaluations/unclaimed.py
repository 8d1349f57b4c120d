"""Which appeals wait although nobody can take them? Everybody who may decide them made the marks or has read them."""

from __future__ import annotations

from datetime import datetime

from floorwalker.apps.evaluations.appealing import appealed_marks, may_take
from floorwalker.apps.evaluations.models import Appeal
from floorwalker.apps.evaluations.populations import who_may_evaluate


def is_unclaimable(appeal: Appeal, at: datetime) -> bool:
    """Whether an appeal waits for nobody: open, not taken, and nobody who may decide it is left."""
    if appeal.decided_at is not None or appeal.taken_by_id is not None:
        return False
    evaluation = appeal.evaluation
    left = who_may_evaluate(at.date()).select_related("agent")
    # Whoever reads while an appeal is open is mostly sorted out by these two, without asking for anybody's rights.
    left = left.exclude(pk__in=evaluation.openings.values("user")).exclude(
        pk__in=appealed_marks(evaluation).values("by")
    )
    return not any(may_take(evaluation, user, at) for user in left)


def unclaimable(at: datetime) -> list[Appeal]:
    """The appeals that nobody can take, the oldest first."""
    waiting = Appeal.objects.filter(decided_at=None, taken_by=None)
    found = waiting.select_related("evaluation__agent", "evaluation__version__form").order_by("raised_at")
    return [appeal for appeal in found if is_unclaimable(appeal, at)]
