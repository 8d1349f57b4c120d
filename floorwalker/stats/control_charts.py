"""Has somebody's way of working changed, beyond what everyone saw, and how often would this be said of nobody's change?

A chart asks for a look; it is no verdict. Its limit is not chosen by habit but follows from a budget of false alarms that
people set: so many a month for one leader. What hit everybody on a day is taken out first, by the median over agents.

The chart is an exponentially weighted moving average (S. W. Roberts, Technometrics 1 (1959), 239-250); its run length comes
from a Markov chain: D. Brook and D. A. Evans, Biometrika 59 (1972), 539-549; J. M. Lucas and M. S. Saccucci, Technometrics 32
(1990), 1-12. Rare events have a chart of their own: S. H. Steiner and others, Biostatistics 1 (2000), 441-452.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import ndtr

from floorwalker.stats.cells import Array

WEIGHT = 0.1
STATES = 121
AGENTS_PER_LEADER, WORKING_DAYS = 12, 21
LEAST_CONTACTS = 2
# What a chart must have seen of somebody before it may speak.
LEAST_BASE_DAYS = 40
FEW_DAYS = 30
# A unit's own level is learnt on from later days, but never from the latest: a change must not hide itself.
GUARD_DAYS = 20


def run_length(weight: float, limit: float, shift: float = 0.0, states: int = STATES) -> float:
    """The mean number of days to an alarm of the two-sided chart that starts at nought.

    limit: in standard deviations of the chart; shift: of a day's mean, in its standard deviations.
    """
    edge = limit * np.sqrt(weight / (2 - weight))
    width = 2 * edge / states
    middle = -edge + (np.arange(states) + 0.5) * width
    upper = (middle[None, :] + width / 2 - (1 - weight) * middle[:, None]) / weight - shift
    lower = upper - width / weight
    days = np.linalg.solve(np.eye(states) - (ndtr(upper) - ndtr(lower)), np.ones(states))
    return float(days[states // 2])


@lru_cache(maxsize=64)
def limit_for(days_between_alarms: float, weight: float = WEIGHT) -> float:
    """The limit at which an unchanged chart alarms once in so many days, on average."""
    return float(brentq(lambda limit: run_length(weight, limit) - days_between_alarms, 0.5, 6.0, xtol=1e-4))


def days_between_alarms(
    alarms_a_month: float, measures: int, agents: int = AGENTS_PER_LEADER, days: int = WORKING_DAYS
) -> float:
    """The run length that a leader's budget of false alarms allows each chart."""
    return agents * measures * days / alarms_a_month


@dataclass(frozen=True)
class Series:
    """Standardised daily deviations: (units, days), nan where a unit did too little.

    base: (units, days) the level before; doubt: (units, days) its variance, as a share of that of one day. everyone: (days,)
    what moved all units, or (units, days) what moved all others; per_contact, per_day: the variance of a day's mean is the
    first by contacts, plus the second.
    """

    z: Array
    base: Array
    doubt: Array
    everyone: Array
    per_contact: float
    per_day: float


def standardise(mean: Array, n: Array, base_days: int, *, few: bool = False) -> Series:
    """Daily means, adjusted for their mix, as deviations from each unit's own level and from everyone's day.

    few: each unit is held against the others alone. Of five units one is the middle of them each day: against itself it would
    never deviate, and all others too far.

    mean, n: (units, days) adjusted mean and contacts; base_days: how many days at the beginning make the level before.
    The variance of a day's mean is taken as per_contact / n + per_day, from the base days of all units.
    """
    usable = n >= LEAST_CONTACTS
    values = np.where(usable, mean, np.nan)
    base = _weighted_level(values[:, :base_days], n[:, :base_days])[:, None]
    everyone = np.zeros(mean.shape[1])
    for _ in range(3):
        everyone = _median_over_others(values - base) if few else _median_over_units(values - base)
        base, doubt = _levels(values - everyone, n, base_days)
    residual = values - everyone - base
    early, worked = residual[:, :base_days], usable[:, :base_days]
    # A unit's own level was taken from the same days: their residuals are that much too small.
    squares = (early**2 / (1 - np.minimum(doubt[:, :base_days], 0.5)))[worked]
    per_contact, per_day = _variances(squares, n[:, :base_days][worked])
    z = residual / np.sqrt(per_contact / np.maximum(n, 1) + per_day)
    return Series(z, base, doubt, everyone, per_contact, per_day)


def _levels(values: Array, n: Array, base_days: int) -> tuple[Array, Array]:
    """Each unit's level before each day, from all days but the latest, and what a day's worth of doubt is left in it."""
    weight = np.where(np.isfinite(values), np.sqrt(n), 0.0)
    sums = np.cumsum(np.nan_to_num(values) * weight, axis=1)
    weights, squares = np.cumsum(weight, axis=1), np.cumsum(weight**2, axis=1)
    last = np.maximum(np.arange(values.shape[1]) - GUARD_DAYS, base_days) - 1
    whole = np.maximum(weights[:, last], 1e-300)
    return sums[:, last] / whole, np.minimum(squares[:, last] / whole**2, 1.0)


@dataclass(frozen=True)
class Chart:
    """The moving average and its limit, both in standard deviations of a day: (units, days)."""

    average: Array
    limit: Array
    outside: NDArray[np.bool_]


def chart(series: Series, days: float, base_days: int, weight: float = WEIGHT) -> Chart:
    """Follow standardised deviations; the limit lets an unchanged unit alarm once in `days` days.

    Days hang together more than independent ones would: the limit is widened by what the base days show of it, and by
    what is not known of the unit's own level.
    """
    z = series.z
    average = moving_average(z, weight)
    known = np.isfinite(z[:, FEW_DAYS:base_days])
    plain = weight / (2 - weight)
    steady = average[:, FEW_DAYS:base_days][known]
    wider = max(1.0, float((np.var(steady) + 1 / base_days) / plain)) if steady.size else 1.0
    limit = limit_for(days, weight) * np.sqrt(wider * (plain + series.doubt))
    outside = np.abs(average) > limit
    outside[:, :base_days] = False
    return Chart(average, limit, outside & np.isfinite(z))


@dataclass(frozen=True)
class Signal:
    """One change of one unit: days by number; size: on the scale of the means; up: whether values rose."""

    unit: int
    began: int
    detected: int
    size: float
    up: bool


def find_signals(series: Series, charted: Chart, n: Array) -> list[Signal]:
    """Each excursion beyond the limit once, dated to where it began; it lasts until the average is half-way back."""
    return signals_at(series.z, np.sqrt(series.per_contact / np.maximum(n, 1) + series.per_day), charted)


def signals_at(z: Array, scale: Array, charted: Chart) -> list[Signal]:
    """The same of standardised deviations; scale: (units, days) what one standard deviation is, as the means are."""
    found: list[Signal] = []
    for unit in np.flatnonzero(charted.outside.any(axis=1)):
        armed = True
        for day in range(charted.average.shape[1]):
            average = charted.average[unit, day]
            if armed and charted.outside[unit, day]:
                armed = False
                found.append(_dated(z[unit], scale[unit], int(unit), day, bool(average > 0)))
            elif abs(average) < charted.limit[unit, day] / 2:
                armed = True
    return found


def _dated(z: Array, scale: Array, unit: int, detected: int, up: bool) -> Signal:
    """A change is dated to the day from which on a constant shift explains most (maximum likelihood, known variance)."""
    z, scale = z[: detected + 1], scale[: detected + 1]
    known = np.isfinite(z)
    weight = np.where(known, 1 / scale, 0.0)
    pull = np.where(known, np.nan_to_num(z), 0.0) * weight
    above = np.cumsum(pull[::-1])[::-1]
    below = np.cumsum(weight[::-1] ** 2)[::-1]
    gain = np.where((below > 0) & ((above > 0) == up), above**2 / np.maximum(below, 1e-300), -np.inf)
    began = int(gain.argmax())
    while not known[began]:
        began += 1
    return Signal(unit, began, detected, float(above[began] / below[began]), up)


def moving_average(z: Array, weight: float) -> Array:
    """The exponentially weighted average of each unit's days, from nought on; a day without a value leaves it as it is."""
    average = np.zeros_like(z)
    last = np.zeros(z.shape[0])
    for day in range(z.shape[1]):
        today = z[:, day]
        last = np.where(np.isfinite(today), (1 - weight) * last + weight * np.nan_to_num(today), last)
        average[:, day] = last
    return average


def _weighted_level(values: Array, n: Array) -> Array:
    """Each unit's mean over its days; days weigh by contacts up to what a day's own variance makes of them."""
    weight = np.where(np.isfinite(values), np.sqrt(n), 0.0)
    return np.asarray((np.nan_to_num(values) * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-300))


def _median_over_units(values: Array) -> Array:
    seen = np.isfinite(values).any(axis=0)
    medians = np.zeros(values.shape[1])
    if seen.any():
        medians[seen] = np.nanmedian(values[:, seen], axis=0)
    return medians


def _median_over_others(values: Array) -> Array:
    """By unit the median over all others."""
    return np.array([_median_over_units(np.delete(values, unit, axis=0)) for unit in range(len(values))])


def _variances(squares: Array, n: Array) -> tuple[float, float]:
    """Least squares of squared residuals on 1/n: the variance of one contact, and what a day adds."""
    if squares.size < FEW_DAYS:
        return max(float((squares * n).mean()) if squares.size else 1.0, 1e-12), 0.0
    inverse = 1 / n
    weight = n**2
    middle = np.average(inverse, weights=weight)
    spread = np.average((inverse - middle) ** 2, weights=weight)
    slope = np.average((inverse - middle) * squares, weights=weight) / spread if spread > 0 else 0.0
    per_day = np.average(squares, weights=weight) - slope * middle
    if slope <= 0 or spread == 0:
        return 1e-12, max(float(squares.mean()), 1e-12)
    if per_day < 0:
        return max(float(np.average(squares * n)), 1e-12), 0.0
    return float(slope), float(per_day)
