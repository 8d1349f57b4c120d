"""Did a figure change since another period, by more than chance?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from floorwalker.estimate import Answer, Estimate
from floorwalker.stats.differences import Bounded, mover_interval, welch_interval

# Of figures that did not change at all, this share seems to, on either side.
CHANCE = 0.05
OF_MEANS = ("t", "delta")


class Direction(StrEnum):
    """How a figure stands beside the earlier one."""

    HIGHER = "higher"
    LOWER = "lower"
    CHANCE = "chance"
    COUNTED = "counted"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Change:
    """The earlier answer, how the present one stands beside it, and the bounds of the difference where it has any."""

    was: Answer
    direction: Direction
    low: float | None = None
    high: float | None = None


def read_change(now: Answer, was: Answer) -> Change:
    """Beyond chance where the interval of the difference holds no nought.

    COUNTED: both were counted, so that there is no chance to speak of; UNKNOWN: one of the two is no figure.
    """
    if not isinstance(now, Estimate) or not isinstance(was, Estimate):
        return Change(was, Direction.UNKNOWN)
    sides = _bounded(now), _bounded(was)
    if sides[0] is None or sides[1] is None:
        return Change(was, Direction.COUNTED)
    way = welch_interval if now.method in OF_MEANS else mover_interval
    found = way(sides[0], sides[1])
    if found.low is None or found.high is None:
        return Change(was, Direction.UNKNOWN)
    beyond = Direction.HIGHER if found.low > 0 else Direction.LOWER if found.high < 0 else Direction.CHANCE
    return Change(was, beyond, found.low, found.high)


def _bounded(answer: Estimate) -> Bounded | None:
    if answer.low is None or answer.high is None:
        return None
    return Bounded(answer.value, answer.low, answer.high, answer.n)
