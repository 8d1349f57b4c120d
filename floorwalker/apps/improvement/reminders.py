"""Who is to be reminded of an improvement cycle? Whoever answers for it: of a review that is due, and of a plan that is not made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse

from floorwalker.apps.improvement.models import Cycle, Stage
from floorwalker.apps.notices.models import About
from floorwalker.apps.notices.reminding import Due

# So long a gap may wait for its plan before its owner is reminded.
UNPLANNED = timedelta(weeks=1)


def due(at: datetime) -> Iterator[Due]:
    """The reviews whose day has come, the latest of each cycle; the plans that have waited for a week."""
    on = at.date()
    for cycle in Cycle.objects.under_way().to_review_by(on).prefetch_related("reviews"):
        review = cycle.reviews_due(on)[-1]
        address = reverse("review_cycle", args=[cycle.pk, review.week])
        said = {"title": cycle.title, "day": review.due_on.isoformat()}
        yield Due(cycle.owner_id, About.REVIEW_CYCLE, f"cycle:{cycle.pk}:{review.week}", address, said)
    for cycle in Cycle.objects.filter(stage=Stage.PLAN, opened_at__lte=at - UNPLANNED):
        said = {"title": cycle.title, "day": cycle.opened_at.date().isoformat()}
        yield Due(cycle.owner_id, About.PLAN_CYCLE, f"cycle:{cycle.pk}", reverse("plan_cycle", args=[cycle.pk]), said)
