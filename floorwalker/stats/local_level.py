"""Where does each agent stand now, when figures scatter from month to month and people change a little all the time?

The local level model: what is seen is a level and luck; the level itself takes a small step from one period to the next
(A. C. Harvey, Forecasting, Structural Time Series Models and the Kalman Filter (1989), 2.3 and 4.1). How large steps are is
learnt from all agents together: the further apart in time two figures of one agent lie, the more they differ. The first
level is drawn towards everybody's, as far as it is uncertain. Periods without a figure are gaps, not noughts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from floorwalker.stats.cells import Array

Known = NDArray[np.bool_]
# Of fewer agents nobody can learn how far people differ: then a first figure is believed as it is.
LEAST_AGENTS = 8
# Figures further apart than this tell little of steps: too few pairs, and people whose work has changed.
FARTHEST = 6
# The variances that are given were themselves estimated with care: they weigh as much as so many differences of figures.
GIVEN_WEIGHT = 50.0
LEAST_NOISE, MOST_NOISE = 0.5, 2.0
ANYTHING = 1e6
# What may be due to chance alone is no spread: it stays this share of what figures scatter by.
LEAST_SPREAD = 1e-6


@dataclass(frozen=True)
class LocalLevels:
    """Everybody's level after the last period, on the scale of the figures.

    mean, variance: (agents,) of the level now, nan where an agent has no figure; drift: the variance of a step from one
    period to the next; spread: the variance between agents' true levels; centre: where these lie; noise: how many times as
    large the variances of figures were as was given; periods: (agents,) how many figures each has.
    """

    mean: Array
    variance: Array
    drift: float
    spread: float
    centre: float
    noise: float
    periods: NDArray[np.int64]


def local_levels(seen: Array, error: Array) -> LocalLevels:
    """Follow everybody's level. seen: (agents, periods), nan where there is no figure; error: the variances of their luck."""
    known = np.isfinite(seen) & np.isfinite(error) & (error > 0)
    periods = np.asarray(known.sum(axis=1), dtype=np.int64)
    drift, noise = _steps(seen, error, known)
    centre, spread = _population(seen, error * noise, known, drift)
    mean, variance = filter_levels(np.where(known, seen, np.nan), error * noise, drift, centre, spread)
    untold = periods == 0
    return LocalLevels(
        np.where(untold, np.nan, mean), np.where(untold, np.nan, variance), drift, spread, centre, noise, periods
    )


def filter_levels(seen: Array, error: Array, drift: float, centre: float, spread: float) -> tuple[Array, Array]:
    """The Kalman filter: mean and variance of each level after the last period, from N(centre, spread) before the first."""
    mean, variance = np.full(len(seen), centre), np.full(len(seen), spread)
    for period in range(seen.shape[1]):
        if period:
            variance = variance + drift
        known = np.isfinite(seen[:, period])
        luck = np.where(known, error[:, period], 1.0)
        gain = np.where(known, variance / (variance + luck), 0.0)
        mean = mean + gain * (np.where(known, seen[:, period], 0.0) - mean)
        variance = variance * (1 - gain)
    return mean, variance


def _steps(seen: Array, error: Array, known: Known) -> tuple[float, float]:
    """How large steps are, and how much larger luck is than was given: the method of moments over all agents.

    The mean square of a difference of figures is the drift times their distance in time, and the variances of both: a line
    through these by distance has the drift as its slope and luck as its height at nought.
    """
    rows = [_pairs(seen, error, known, apart) for apart in range(1, min(FARTHEST, max(seen.shape[1] - 1, 0)) + 1)]
    square, luck, apart = (np.concatenate([row[place] for row in rows]) if rows else np.zeros(0) for place in range(3))
    if not len(square):
        return 0.0, 1.0
    # Weighed by how exactly each tells: the variance of a square grows with the square of its mean.
    weight = 1 / luck**2
    noise = _noise(square, luck, apart, weight)
    told = float((apart == 1).sum())
    noise = float(np.clip((told * noise + GIVEN_WEIGHT) / (told + GIVEN_WEIGHT), LEAST_NOISE, MOST_NOISE))
    left = square - noise * luck
    return max(0.0, float((weight * apart) @ left / ((weight * apart) @ apart))), noise


def _pairs(seen: Array, error: Array, known: Known, apart: int) -> tuple[Array, Array, Array]:
    both = known[:, apart:] & known[:, :-apart]
    square = ((seen[:, apart:] - seen[:, :-apart]) ** 2)[both]
    luck = (error[:, apart:] + error[:, :-apart])[both]
    return square, luck, np.full(len(square), float(apart))


def _noise(square: Array, luck: Array, apart: Array, weight: Array) -> float:
    """The height of the line at nought, as a multiple of the luck that was given; of two periods alone nobody can tell."""
    if np.ptp(apart) == 0:
        return 1.0
    design = np.stack([luck, apart], axis=1)
    solved = np.linalg.lstsq((design.T * weight) @ design, (design.T * weight) @ square, rcond=None)[0]
    # Without a slope all of it is luck.
    return float(solved[0] if solved[1] > 0 else weight @ (square * luck) / (weight @ luck**2))


def _population(seen: Array, error: Array, known: Known, drift: float) -> tuple[float, float]:
    """Where true levels lie before the first period, and how far apart: moments of each agent's mean."""
    told = known.any(axis=1)
    if not told.any():
        return 0.0, 0.0
    weight = np.where(known, 1 / np.where(known, error, 1.0), 0.0)[told]
    share = weight / weight.sum(axis=1, keepdims=True)
    mean = (share * np.where(known, seen, 0.0)[told]).sum(axis=1)
    # What a mean owes to luck, and to steps since the first period (those of two periods share the steps before the earlier).
    luck = (share**2 * np.where(known, error, 0.0)[told]).sum(axis=1)
    after = np.cumsum(share[:, ::-1], axis=1)[:, ::-1][:, 1:]
    steps = drift * (after**2).sum(axis=1)
    centre = float(np.average(mean, weights=1 / (luck + steps + np.var(mean) + 1e-300)))
    if told.sum() < LEAST_AGENTS:
        return centre, ANYTHING * max(float(np.median(luck)), float(np.var(mean)), 1e-300)
    scatter = float(((mean - centre) ** 2).sum() / (told.sum() - 1))
    return centre, max(scatter - float(np.mean(luck + steps)), LEAST_SPREAD * max(scatter, 1e-300))
