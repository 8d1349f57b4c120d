"""What is said of a cycle at a planned review? On its day or later, on the newest look of its week, and once."""

from __future__ import annotations

from datetime import datetime

from floorwalker.apps.coaching.models import Look
from floorwalker.apps.improvement.looks import look_of
from floorwalker.apps.improvement.models import Cycle, CycleReview, Stage
from floorwalker.apps.improvement.models.cycles import LONGEST_TEXT
from floorwalker.apps.improvement.options import check_carried
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import User
from floorwalker.errors import Refused


@action
def hold_review(review: CycleReview, said: str, *, by: User, at: datetime) -> CycleReview:
    """Hold it: with what was found by then, and what people say of it."""
    review.refresh_from_db(from_queryset=CycleReview.objects.select_for_update())
    cycle: Cycle = review.cycle
    check_carried(cycle, by, at)
    if review.held_at is not None:
        raise Refused("this review was held already", found=review.held_at.date().isoformat())
    if review.due_on > at.date():
        raise Refused(
            "this is looked at on its day, and not before",
            found=at.date().isoformat(),
            expected=f"{review.due_on.isoformat()} or later",
            mend="write into the log what you see until then",
        )
    if cycle.is_decided:
        raise Refused("this cycle is decided already", mend="open the next cycle from its decision")
    if not 0 < len(said.strip()) <= LONGEST_TEXT:
        raise Refused("nothing was said", found=said[:60], expected=f"1 to {LONGEST_TEXT} characters")
    review.look = look_of(review)
    review.held_at, review.held_by, review.said = at, by, said.strip()
    review.save(update_fields=["look", "held_at", "held_by", "said"])
    if cycle.stage == Stage.DO:
        cycle.stage = Stage.REVIEW
        cycle.save(update_fields=["stage"])
    look = None if review.look is None else review.look.pk
    record(by.username, "hold_review", review, at, cycle=cycle.pk, week=review.week, look=look)
    return review


def complete_reviews(look: Look) -> int:
    """Give a look that came after its review was held to that review; what was decided meanwhile stays as it was. How many."""
    held = CycleReview.objects.filter(cycle__intervention=look.intervention_id, week=look.week, look=None)
    return held.exclude(held_at=None).update(look=look)
