"""How much does a whole site's level wander from day to day, when days hang together?"""

from __future__ import annotations

from floorwalker.stats.cells import Array

LAGS = 5


def long_run_variance(series: Array, lags: int = LAGS) -> float:
    """The variance of a mean of days, times their number (W. K. Newey and K. D. West, Econometrica 55 (1987), 703-708)."""
    if len(series) < lags + 2:
        return float(series.var()) if len(series) else 0.0
    deviation = series - series.mean()
    total = float(deviation @ deviation)
    for lag in range(1, lags + 1):
        total += 2 * (1 - lag / (lags + 1)) * float(deviation[lag:] @ deviation[:-lag])
    return max(0.0, total / len(series))


def window_variance(window: Array, before: Array | None = None) -> float:
    """What its days leave uncertain of a window's level, and of the level before, where it is held against that.

    window, before: the effects of days on which something was done; how days hang together is taken from the longer past.
    """
    once = long_run_variance(window if before is None else before)
    return once / max(1, len(window)) + (once / len(before) if before is not None else 0.0)
