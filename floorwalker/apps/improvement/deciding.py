"""What becomes of an action after its review: is it kept up, changed, or stopped? With its reason, and what was known then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from floorwalker.apps.improvement.models import Cycle, CycleDecision, CycleReview, Stage, Verdict
from floorwalker.apps.improvement.models.cycles import LONGEST_TEXT
from floorwalker.apps.improvement.options import check_carried
from floorwalker.apps.improvement.taken import TakenGap
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import User
from floorwalker.apps.standards.models import Change
from floorwalker.errors import Refused


@dataclass(frozen=True)
class Decided:
    """What is decided and why; change: what was changed of a standard because of it; now: the figure as it stands now."""

    verdict: str
    because: str
    change: Change | None = None
    now: TakenGap | None = None


@action
def decide_cycle(cycle: Cycle, said: Decided, *, by: User, at: datetime) -> CycleDecision:
    """Decide on the last review that was held: nothing is closed that nobody looked at."""
    check_carried(cycle, by, at)
    if cycle.is_decided:
        raise Refused("this cycle is decided already", mend="open the next cycle from its decision")
    held = list(cycle.reviews.exclude(held_at=None).select_related("look"))
    if not held:
        raise Refused(
            "nothing is decided before it was looked at",
            expected="a planned review that was held",
            mend="hold the review on its day; if it was broken off, write that into the log",
        )
    if said.verdict not in Verdict.values:
        raise Refused("there is no such decision", found=said.verdict[:40])
    if not 0 < len(said.because.strip()) <= LONGEST_TEXT:
        raise Refused("a decision has a reason", found=said.because[:60], expected=f"1 to {LONGEST_TEXT} characters")
    made = CycleDecision.objects.create(
        cycle=cycle,
        verdict=said.verdict,
        because=said.because.strip(),
        look=held[-1].look,
        found=_known(held[-1], said.now),
        change=said.change,
        by=by,
        at=at,
    )
    cycle.stage = Stage.DECIDED
    cycle.save(update_fields=["stage"])
    change = None if said.change is None else said.change.pk
    record(by.username, "decide_cycle", cycle, at, verdict=said.verdict, look=made.look_id, change=change)
    return made


def _known(review: CycleReview, now: TakenGap | None) -> dict[str, Any]:
    """What was known: the look as it stood, in full, and the figure of the day."""
    look = review.look
    kept: dict[str, Any] = {"week": review.week, "said": review.said, "now": None if now is None else now.as_json()}
    if look is None:
        return kept
    return kept | {"verdict": look.verdict, "look": look.found, "looked_at": look.at.isoformat()}
