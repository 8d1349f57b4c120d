"""How far could chance alone have moved a proportion, mean, rate, ratio or quantile?

All bounds are those of two-sided intervals, 95 % unless told otherwise. Where the data cannot bound a side, it is None.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import special

from floorwalker.stats.summaries import Histogram, Mean, Proportion, Rate, Ratio

LEVEL = 0.95


@dataclass(frozen=True)
class Interval:
    """The bounds of an interval; None where a side cannot be bounded."""

    low: float | None
    high: float | None


UNBOUNDED = Interval(None, None)


def wilson_interval(summary: Proportion, level: float = LEVEL) -> Interval:
    """The score interval of a proportion (Wilson 1927, Journal of the American Statistical Association 22, 209-212)."""
    if summary.n == 0:
        return UNBOUNDED
    z = float(special.ndtri((1 + level) / 2))
    n, share = summary.n, summary.events / summary.n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    low = 0.0 if summary.events == 0 else centre - half
    high = 1.0 if summary.events == summary.n else centre + half
    return Interval(low, high)


def t_interval(summary: Mean, level: float = LEVEL) -> Interval:
    """The mean with Student's t at n - 1 degrees of freedom; needs two values."""
    if summary.n < 2:
        return UNBOUNDED
    mean = summary.s1 / summary.n
    variance = max(0.0, (summary.s2 - summary.s1 * mean) / (summary.n - 1))
    half = float(special.stdtrit(summary.n - 1, (1 + level) / 2)) * math.sqrt(variance / summary.n)
    return Interval(mean - half, mean + half)


def poisson_interval(summary: Rate, level: float = LEVEL) -> Interval:
    """The exact interval of a Poisson rate (Garwood 1936, Biometrika 28, 437-442)."""
    if summary.exposure <= 0:
        return UNBOUNDED
    tail, events = (1 - level) / 2, summary.events
    low = float(special.gammaincinv(events, tail)) if events > 0 else 0.0
    high = float(special.gammaincinv(events + 1, 1 - tail))
    return Interval(low / summary.exposure, high / summary.exposure)


def ratio_interval(summary: Ratio, level: float = LEVEL) -> Interval:
    """A ratio of sums over clusters by the delta method (Cochran 1977, Sampling Techniques, 2.11), with Student's t."""
    if summary.n < 2 or summary.sum_y <= 0:
        return UNBOUNDED
    ratio = summary.sum_x / summary.sum_y
    residual = max(0.0, summary.sum_xx - 2 * ratio * summary.sum_xy + ratio * ratio * summary.sum_yy)
    spread = math.sqrt(residual * summary.n / (summary.n - 1)) / summary.sum_y
    half = float(special.stdtrit(summary.n - 1, (1 + level) / 2)) * spread
    return Interval(ratio - half, ratio + half)


def quantile(summary: Histogram, share: float) -> float | None:
    """The least value that at least `share` of the values do not exceed."""
    if summary.n == 0:
        return None
    return summary.at_rank(_rank(share * summary.n))


def quantile_interval(summary: Histogram, share: float, level: float = LEVEL) -> Interval:
    """Two order statistics that hold the quantile between them, whatever the distribution.

    The ranks follow from the binomial distribution (David and Nagaraja 2003, Order Statistics, 7.1).
    """
    tail, n = (1 - level) / 2, summary.n
    lower = _greatest_rank_below(n, share, tail)
    upper = n + 1 - _greatest_rank_below(n, 1 - share, tail)
    return Interval(
        summary.at_rank(lower) if lower >= 1 else None,
        summary.at_rank(upper) if upper <= n else None,
    )


def _rank(position: float) -> int:
    """The rank at or above a position; rounding guards against 0.9 x 10 = 9.000000000000002."""
    return max(1, math.ceil(round(position, 9)))


def _greatest_rank_below(n: int, share: float, tail: float) -> int:
    """The greatest r such that fewer than r of n values lie below the quantile with probability at most `tail`."""
    low, high = 0, n
    while low < high:
        middle = (low + high + 1) // 2
        if float(special.bdtr(middle - 1, n, share)) <= tail:
            low = middle
        else:
            high = middle - 1
    return low
