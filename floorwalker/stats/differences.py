"""By how much do two periods, or two groups, differ, and how far could chance alone have moved that difference?

Both sides must be independent samples. Where the same people stand on both sides their figures hang together, mostly in
the same direction: the interval is then a little too wide, and says "chance" rather too often than too seldom.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import special

from floorwalker.stats.intervals import LEVEL, UNBOUNDED, Interval, wilson_interval
from floorwalker.stats.summaries import Proportion


@dataclass(frozen=True)
class Bounded:
    """A figure with the bounds of its own two-sided interval of 95 %, and how many independent observations made it."""

    value: float
    low: float
    high: float
    n: int


def mover_interval(now: Bounded, was: Bounded) -> Interval:
    """now - was, from the bounds of both: the square-and-add way, which keeps intervals lopsided where they are so.

    For proportions with Wilson's bounds this is Newcombe's hybrid score interval (Newcombe 1998, Statistics in Medicine
    17, 873-890, method 10); for other figures Zou and Donner 2008, Statistics in Medicine 27, 1693-1702.
    """
    difference = now.value - was.value
    below = math.hypot(now.value - now.low, was.high - was.value)
    above = math.hypot(now.high - now.value, was.value - was.low)
    return Interval(difference - below, difference + above)


def newcombe_interval(now: Proportion, was: Proportion) -> Interval:
    """The difference of two proportions by Newcombe's hybrid score interval."""
    sides = [_bounded(summary) for summary in (now, was)]
    return UNBOUNDED if None in sides else mover_interval(*[side for side in sides if side is not None])


def welch_interval(now: Bounded, was: Bounded, level: float = LEVEL) -> Interval:
    """The difference of two means, or ratios of sums over n clusters, whose bounds are those of Student's t at n - 1.

    Welch 1947, Biometrika 34, 28-35: variances need not be alike; degrees of freedom after Satterthwaite.
    """
    if min(now.n, was.n) < 2:
        return UNBOUNDED
    errors = [_standard_error(side) for side in (now, was)]
    total = sum(error**2 for error in errors)
    difference = now.value - was.value
    if total == 0:
        return Interval(difference, difference)
    parts = sum(error**4 / (side.n - 1) for error, side in zip(errors, (now, was), strict=True))
    half = float(special.stdtrit(total**2 / parts, (1 + level) / 2)) * math.sqrt(total)
    return Interval(difference - half, difference + half)


def _bounded(summary: Proportion) -> Bounded | None:
    interval = wilson_interval(summary)
    if interval.low is None or interval.high is None:
        return None
    return Bounded(summary.events / summary.n, interval.low, interval.high, summary.n)


def _standard_error(side: Bounded) -> float:
    """What the bounds were made of, undone; the wider side, since the other may be cut off where a share ends."""
    half = max(side.high - side.value, side.value - side.low)
    return half / float(special.stdtrit(side.n - 1, (1 + LEVEL) / 2))
