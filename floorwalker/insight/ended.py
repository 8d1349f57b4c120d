"""How did an objective end? By the reading of which its chance was told, and by what that cost.

The target was set where six in ten readings meet it, and refused where luck alone would meet or miss it. So it ends by that same
reading: asking for more on the last day than what was told on the first (a whole likely range beyond the target, say) would
turn six in ten into far fewer, and nobody had agreed to that. Whether luck can have carried the reading over is told beside it.
"""

from __future__ import annotations

from enum import StrEnum

from floorwalker.estimate import Answer, Estimate, NoEstimate
from floorwalker.insight.objective import Followed
from floorwalker.kpis.definition import Better, Kpi


class Ended(StrEnum):
    """What became of an objective on its last day."""

    REACHED = "reached"
    AT_A_COST = "at_a_cost"
    NOT_REACHED = "not_reached"
    CANNOT_TELL = "cannot_tell"


def how_it_ended(target: float, followed: Followed | None, fell: bool | None) -> Ended:
    """From its last look; fell: whether what must not get worse did. Cannot be told while facts up to its day are missing."""
    if followed is None or followed.on < followed.due or isinstance(followed.reading, NoEstimate):
        return Ended.CANNOT_TELL
    if not is_met(followed.kpi, target, followed.reading.value):
        return Ended.NOT_REACHED
    return Ended.AT_A_COST if fell else Ended.REACHED


def is_met(kpi: Kpi, target: float, value: float) -> bool:
    """Whether a value meets the target or passes it."""
    return value >= target if kpi.better is Better.UP else value <= target


def is_beyond_luck(kpi: Kpi, target: float, reading: Estimate) -> bool:
    """Whether the whole range within which luck moves a reading lies on one side of the target."""
    if reading.low is None or reading.high is None:
        return False
    return is_met(kpi, target, reading.low) == is_met(kpi, target, reading.high)


def fell_beyond(kpi: Kpi, limit: float | None, answer: Answer | None) -> bool | None:
    """Whether what must not get worse is worse than the limit on which both agreed: the worse end of what was likely then.

    None where no limit was known, or the figure of these days cannot be told.
    """
    if limit is None or not isinstance(answer, Estimate):
        return None
    return not is_met(kpi, limit, answer.value)
