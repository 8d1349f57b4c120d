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
