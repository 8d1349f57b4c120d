"""What do the surveys that were answered say of all that were sent, where customers answer by mood?

Two answers, and the narrower of both holds. By assumption: happy customers answer up to twice as often as unhappy ones, so
that what is seen may be better than what is. Without any: whoever did not answer may think anything at all (C. F. Manski,
Identification for Prediction and Decision, 2007, chapter 2). The first is narrower where few answer, the second where many do.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from floorwalker.stats.cells import Array
from floorwalker.stats.intervals import LEVEL, Interval, t_interval, wilson_interval
from floorwalker.stats.summaries import Mean, Proportion

# So many times as often as the unhappiest the happiest may answer.
MOOD = 2.0


def share_by_mood(answered: int, happy: int, mood: float = MOOD, level: float = LEVEL) -> Interval:
    """Between what the share of happy customers lies, if those answer up to `mood` times as often as the others.

    Wilson's bounds of those who answered, the lower one moved by the greatest mood that is thought possible.
    """
    seen = wilson_interval(Proportion(answered, answered, 0, happy), level)
    return seen if seen.low is None else Interval(without_mood(seen.low, mood), seen.high)


def share_at_worst(answered: int, happy: int, asked: int, level: float = LEVEL) -> Interval:
    """The same without an assumption: all who said nothing were unhappy, or all of them happy."""
    silent = asked - answered
    worst, best = (wilson_interval(Proportion(asked, asked, 0, events), level) for events in (happy, happy + silent))
    return Interval(worst.low, best.high)


def without_mood(share: float, ratio: float) -> float:
    """The share of all customers who are happy, where the happy answer `ratio` times as often as the others."""
    return share / (share + (1 - share) * ratio)


def mean_by_mood(scores: Array, counts: Array, mood: float = MOOD, level: float = LEVEL) -> Interval:
    """Between what the mean score lies, if whoever scores higher answers more often, the happiest up to `mood` times.

    scores: the different ones, rising; counts: how often each was given. Of all ways of answering that rise with the score the
    one that flatters most has a single step: everybody above some score answers `mood` times as often as everybody else. The
    lower bound is that of the step which flatters most, with the error of a weighted mean.
    """
    n = float(counts.sum())
    seen = t_interval(Mean(round(n), round(n), 0, float(scores @ counts), float(scores**2 @ counts)), level)
    if seen.low is None or seen.high is None:
        return seen
    reach = float(special.stdtrit(n - 1, (1 + level) / 2))
    lows = [_low(scores, np.where(scores > step, 1 / mood, 1.0), counts, reach) for step in scores[:-1]]
    return Interval(min([seen.low, *lows]), seen.high)


def mean_at_worst(seen: Interval, answered: int, asked: int, scale: tuple[float, float]) -> Interval:
    """The same without an assumption: all who said nothing would have given the worst score, or the best.

    seen: what is likely of those who answered; scale: its worst and best score.
    """
    if seen.low is None or seen.high is None:
        return seen
    part = answered / asked
    return Interval(part * seen.low + (1 - part) * scale[0], part * seen.high + (1 - part) * scale[1])


def narrower(one: Interval, other: Interval) -> Interval:
    """What both allow; a side that one of them does not bound is the other's."""
    lows = [bound for bound in (one.low, other.low) if bound is not None]
    highs = [bound for bound in (one.high, other.high) if bound is not None]
    return Interval(max(lows, default=None), min(highs, default=None))


def _low(scores: Array, weights: Array, counts: Array, reach: float) -> float:
    whole = float(weights @ counts)
    mean = float((weights * scores) @ counts) / whole
    n = float(counts.sum())
    variance = float((weights**2 * (scores - mean) ** 2) @ counts) / whole**2 * n / (n - 1)
    return mean - reach * math.sqrt(variance)
