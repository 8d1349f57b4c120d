"""Does a figure meet what was agreed, miss it, or can nobody tell yet? At least, at most, or between two bounds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from floorwalker.estimate import Answer, Estimate
from floorwalker.kpis.definition import Better


class State(StrEnum):
    """A figure against its target: three states, and none where nothing was agreed."""

    ABOVE = "above"
    BELOW = "below"
    UNCLEAR = "unclear"
    NO_TARGET = "none"


# How a figure stands to a band is told by its side: both are misses.
INSIDE, TOO_LOW, TOO_HIGH = "inside", "too_low", "too_high"
# How it stands is not told to this reader: somebody may have a target of her own that is not for everybody to know.
WITHHELD = "withheld"


@dataclass(frozen=True)
class Target:
    """What was agreed for a measure: at least `low`, at most `high`, or between the two."""

    low: float | None = None
    high: float | None = None

    @classmethod
    def of(cls, value: float, better: Better) -> Self:
        """At least a value where more is better, at most where less is."""
        return cls(low=value) if better is Better.UP else cls(high=value)

    @property
    def bounds(self) -> tuple[float, ...]:
        """The values at which meeting it ends, the lower first."""
        return tuple(bound for bound in (self.low, self.high) if bound is not None)

    @property
    def is_band(self) -> bool:
        """Whether a figure may miss it on either side."""
        return self.low is not None and self.high is not None


def judge(answer: Answer, target: Target | None) -> State:
    """Met or missed when the whole interval says so; else nobody can tell yet."""
    if target is None or not target.bounds:
        return State.NO_TARGET
    if not isinstance(answer, Estimate):
        return State.UNCLEAR
    if answer.low is None or answer.high is None:
        return State.NO_TARGET
    low = -math.inf if target.low is None else target.low
    high = math.inf if target.high is None else target.high
    if answer.high < low or answer.low > high:
        return State.BELOW
    return State.ABOVE if low < answer.low and answer.high < high else State.UNCLEAR


def verdict(answer: Answer, target: Target | None) -> str:
    """The state's code; against a band INSIDE, TOO_LOW or TOO_HIGH instead of met and missed."""
    state = judge(answer, target)
    if target is None or not target.is_band or not isinstance(answer, Estimate):
        return str(state)
    if state is State.ABOVE:
        return INSIDE
    if state is not State.BELOW:
        return str(state)
    assert answer.high is not None and target.low is not None
    return TOO_LOW if answer.high < target.low else TOO_HIGH


def clearance(answer: Answer, target: Target | None) -> float:
    """How far the nearer bound lies beyond the target, in widths of the interval: how clear the evidence is, not how bad.

    Nought where the interval holds a bound of the target, or where there is none of the two.
    """
    if target is None or not isinstance(answer, Estimate) or answer.low is None or answer.high is None:
        return 0.0
    low, high = answer.low, answer.high
    beyond = min((max(low - bound, bound - high, 0.0) for bound in target.bounds), default=0.0)
    return beyond / (high - low) if high > low else (math.inf if beyond else 0.0)
