"""Has the level of a whole floor changed, or that of one kind of contact, and how often would this be said of no change?

A person's chart takes out what hit everybody; here that is what is followed. Two things are other than in
`stats.control_charts`. A floor has weekdays, and its days hang together: a level that wanders by itself must not be called a
change. How its days hang together is learnt from the base days: a part of their variance fades by a constant share from day
to day, the rest is each day's own (G. E. P. Box and G. M. Jenkins, Time Series Analysis, 1970; the moving average's variance
follows from it: W. Schmid, Sequential Analysis 16 (1997), 205-232). And a kind of contact is followed beside all other
kinds, so that what moved all of them is not called one kind's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from floorwalker.stats.cells import Array, Index
from floorwalker.stats.control_charts import (
    GUARD_DAYS,
    LEAST_CONTACTS,
    WEIGHT,
    Chart,
    Signal,
    limit_for,
    moving_average,
    signals_at,
    standardise,
)

# So many worked days say what is usual, two thirds where there are fewer; at least as many as a person's chart needs.
BASE_DAYS, LEAST_BASE_DAYS = 90, 40
# Fewer kinds, and the middle one of them is no measure of what moved all.
LEAST_KINDS = 5
LAGS = 10
WEEKDAYS = 7
# What is not known of how days hang together widens the limits, by so many base days' worth of variance: of one level much,
# of many kinds, which tell it together, less. Found by simulation, with seeds that no figure is told of.
ROOM_OF_ONE, ROOM_OF_MANY = 15.0, 8.0
FADES, PARTS = np.arange(0.0, 0.951, 0.05), np.arange(0.0, 1.01, 0.1)


@dataclass(frozen=True)
class Hanging:
    """How days hang together: `part` of the variance fades by `fade` from day to day, the rest is each day's own."""

    part: float
    fade: float

    def of_average(self, weight: float) -> float:
        """By how many times the variance of the moving average exceeds that of independent days."""
        kept = (1 - weight) * self.fade
        return 1 + 2 * self.part * kept / (1 - kept)

    @property
    def of_mean(self) -> float:
        """The same of the mean of many days."""
        return 1 + 2 * self.part * self.fade / (1 - self.fade)


@dataclass(frozen=True)
class Levels:
    """Some levels as they are followed: (units, days); z in standard deviations of a day; scale: what that is, as the means are."""

    z: Array
    scale: Array
    everyone: Array
    chart: Chart

    def signals(self) -> list[Signal]:
        """Their changes."""
        return signals_at(self.z, self.scale, self.chart)


def follow_floor(level: Array, weekday: Index, base_days: int, days_apart: float) -> Levels:
    """Follow the level of a whole floor; level: (days,), on the effect's scale; weekday: (days,) from 0."""
    mean = level[None, :]
    usual = mean[:, :base_days].mean(axis=1, keepdims=True)
    plain = _without_weekdays(mean - usual, weekday, base_days)
    return _followed(plain, np.ones_like(mean), np.zeros(len(level)), base_days, days_apart)


def follow_kinds(mean: Array, n: Array, weekday: Index, base_days: int, days_apart: float) -> Levels:
    """Follow kinds of contact beside one another; mean, n: (kinds, days), adjusted for who did them."""
    series = standardise(mean, n, base_days)
    scale = np.sqrt(series.per_contact / np.maximum(n, 1) + series.per_day)
    plain = _without_weekdays(series.z, weekday, base_days)
    return _followed(plain, scale, series.everyone, base_days, days_apart)


def kinds_that_are_followed(n: Array, base_days: int) -> Index:
    """The kinds that were done on enough of the base days; none where they are too few to be held beside one another."""
    steady = np.flatnonzero((n[:, :base_days] >= LEAST_CONTACTS).sum(axis=1) >= max(LEAST_BASE_DAYS, base_days // 2))
    return steady if len(steady) >= LEAST_KINDS else steady[:0]


def _followed(values: Array, scale: Array, everyone: Array, base_days: int, days_apart: float) -> Levels:
    """values: (units, days) what is left, in units of `scale`; each unit's own variance is learnt from its base days."""
    base = values[:, :base_days]
    known = np.isfinite(base).sum(axis=1)
    hanging, lost = _hanging(base)
    deviation = np.sqrt(np.nanvar(base, axis=1) / (1 - lost))[:, None]
    level, doubt = _levels(values, base_days)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(deviation > 0, (values - level) / deviation, np.nan)
    average = moving_average(z, WEIGHT)
    room = 1 + (ROOM_OF_ONE if len(values) == 1 else ROOM_OF_MANY) / np.maximum(known, 1)[:, None]
    variance = WEIGHT / (2 - WEIGHT) * hanging.of_average(WEIGHT) + doubt * hanging.of_mean
    limit = limit_for(days_apart, WEIGHT) * np.sqrt(room * variance)
    outside = (np.abs(average) > limit) & np.isfinite(z)
    outside[:, :base_days] = False
    return Levels(z, scale * deviation, everyone, Chart(average, limit, outside))


def _without_weekdays(values: Array, weekday: Index, base_days: int) -> Array:
    """Values without what is usual of each weekday, as far as the base days tell it from chance."""
    base, days = values[:, :base_days], weekday[:base_days]
    apart = base - np.nanmean(base, axis=1, keepdims=True)
    raw, weight = np.zeros((len(values), WEEKDAYS)), np.zeros((len(values), WEEKDAYS))
    for one in range(WEEKDAYS):
        some = apart[:, days == one]
        weight[:, one] = np.isfinite(some).sum(axis=1)
        raw[:, one] = np.nansum(some, axis=1) / np.maximum(weight[:, one], 1)
    left = apart - raw[:, days]
    used = (weight > 1).sum(axis=1)
    chance = np.nansum(left**2, axis=1) / np.maximum(np.isfinite(left).sum(axis=1) - used, 1)
    whole = np.maximum(weight.sum(axis=1, keepdims=True), 1)
    error = chance[:, None] / np.maximum(weight, 1) * (1 - weight / whole)
    true = np.maximum(((raw**2 - error) * (weight > 1)).sum(axis=1) / np.maximum(used, 1), 0.0)[:, None]
    noise = chance[:, None] / np.maximum(weight, 1)
    profile = np.where((weight > 1) & (true > 0), raw * true / np.maximum(true + noise, 1e-300), 0.0)
    return np.asarray(values - profile[:, weekday])


def _levels(values: Array, base_days: int) -> tuple[Array, Array]:
    """Each unit's level before each day, from all days but the latest, and one by how many days that is."""
    seen = np.isfinite(values)
    sums, counts = np.cumsum(np.where(seen, values, 0.0), axis=1), np.cumsum(seen, axis=1)
    last = np.maximum(np.arange(values.shape[1]) - GUARD_DAYS, base_days) - 1
    days = np.maximum(counts[:, last], 1)
    return sums[:, last] / days, 1 / days


def _hanging(base: Array) -> tuple[Hanging, float]:
    """How days hang together, pooled over units, and which share of the variance the units' own means have taken away.

    The correlations of so few days are too low, since the mean is taken from the same days: what is compared with them is
    what they would be on average.
    """
    apart = base - np.nanmean(base, axis=1, keepdims=True)
    spread = np.nanstd(base, axis=1, keepdims=True)
    told = np.where((spread > 0) & np.isfinite(apart), apart / np.where(spread > 0, spread, 1.0), np.nan)
    pairs = [told[:, lag:] * told[:, : told.shape[1] - lag] for lag in range(1, LAGS + 1)]
    weight = np.array([np.isfinite(one).sum() for one in pairs], dtype=float)
    seen = np.array([float(np.nansum(one)) for one in pairs]) / np.maximum(weight, 1)
    days = max(1.0, float(np.isfinite(told).sum() / max(1, len(told))))
    lags = np.arange(1, LAGS + 1)
    best, found, lost = np.inf, Hanging(0.0, 0.0), min(0.6, 1 / days)
    for fade in FADES:
        for part in PARTS if fade > 0 else PARTS[:1]:
            one = Hanging(float(part), float(fade))
            taken = min(0.6, one.of_mean / days)
            missed = float(weight @ (seen - (part * fade**lags - taken) / (1 - taken)) ** 2)
            if missed < best:
                best, found, lost = missed, one, taken
    return found, lost
