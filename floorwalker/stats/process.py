"""Has a kind of contact become harder or easier for everyone?

Before anybody is blamed: what a kind of contact takes in each week is estimated within agents, so that neither who works
nor what else they got plays a part. A kind is named where its last weeks differ from those before by more than chance, with
the rate of false names held over all kinds (Y. Benjamini and Y. Hochberg, Journal of the Royal Statistical Society B 57
(1995), 289-300). Few kinds change at a time, so that one that is named wrongly weighs much among all that are named: it takes
a rate of 5 % within floors for one in ten to be wrong over many floors, and for 19 in 20 floors where nothing changed to hear
of nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from floorwalker.stats.case_mix import Scale, fit_effects, seen_of
from floorwalker.stats.cells import Array, Cells
from floorwalker.stats.overdispersion import LEAST

Flags = NDArray[np.bool_]

WEEK = 7
WEEKS = 4
FALSE_DISCOVERY_RATE = 0.05


@dataclass(frozen=True)
class Shift:
    """Changes of strata, last weeks against those before: (strata,) on the effect's scale, with likely range and q-value."""

    change: Array
    low: Array
    high: Array
    q: Array
    named: Flags


def find_shifts(cells: Cells, scale: Scale, weeks: int = WEEKS, rate: float = FALSE_DISCOVERY_RATE) -> Shift:
    """Compare the last `weeks` weeks with as many before; nan where a stratum was not seen in both.

    What moved all kinds of contact alike is the system's level, not one kind's: weeks are centred on the median change.
    Kinds that are found to have moved would pull that median, so it is taken again without them.
    """
    effect, n = _by_week(cells, scale, 2 * weeks)
    seen = n > 0
    usable = (seen[:weeks].sum(axis=0) >= 2) & (seen[weeks:].sum(axis=0) >= 2)
    effect = np.where(seen & usable[None, :], effect, np.nan)
    weight = np.where(seen & usable[None, :], n, 0.0)
    found = _shift(effect, weight, usable, usable, rate)
    steady = usable & ~found.named
    return _shift(effect, weight, usable, steady, rate) if steady.any() else found


def _shift(effect: Array, weight: Array, usable: Flags, steady: Flags, rate: float) -> Shift:
    """The changes, weeks being centred on the median change of the steady strata."""
    weeks = len(effect) // 2
    if usable.any():
        apart = effect[:, steady] - np.nanmean(effect[:, steady], axis=0)
        # A week in which none of them was seen tells nothing of what moved all.
        known = np.isfinite(apart).any(axis=1)
        effect = effect.copy()
        effect[known] -= np.nanmedian(apart[known], axis=1, keepdims=True)
    means = [_mean(effect[part], weight[part]) for part in (slice(0, weeks), slice(weeks, None))]
    scatter, freedom = _scatter(effect, weight, weeks, means)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(scatter * (1 / weight[:weeks].sum(axis=0) + 1 / weight[weeks:].sum(axis=0)))
    change = np.where(usable, means[1] - means[0], np.nan)
    q = np.full(len(change), np.nan)
    if usable.any():
        p = 2 * special.stdtr(freedom, -np.abs(change[usable]) / error[usable])
        q[usable] = _false_discovery_control(p)
    half = float(special.stdtrit(freedom, 0.975)) * error
    return Shift(change, change - half, change + half, q, np.asarray(q <= rate))


def _false_discovery_control(p: Array) -> Array:
    """p-values (kinds,) as rates of false names, by Benjamini and Hochberg."""
    # Here alone: it takes half a second of every start to import.
    from scipy.stats import false_discovery_control

    return np.asarray(false_discovery_control(p, method="bh"))


def _by_week(cells: Cells, scale: Scale, weeks: int) -> tuple[Array, Array]:
    """Effects and contacts of each stratum in each of the last weeks: (weeks, strata).

    In one fit, every week of a stratum a stratum of its own: agents, who are the same in all weeks, tie them together.
    """
    week = cells.day // WEEK - ((cells.days - 1) // WEEK - weeks + 1)
    chosen = week >= 0
    latest = cells if chosen.all() else cells.where(chosen)
    apart = latest.sorted_by(week[chosen] * cells.strata + latest.stratum, weeks * cells.strata)
    shape = (weeks, cells.strata)
    _agent, effect, _day = fit_effects(apart, scale)
    # Of a week that took longer, more lies beyond the caps.
    effect = effect / seen_of(apart, scale)
    return effect.reshape(shape), apart.by_stratum(apart.n).reshape(shape)


def _mean(effect: Array, weight: Array) -> Array:
    return np.asarray(np.nansum(effect * weight, axis=0) / np.maximum(weight.sum(axis=0), 1e-300))


def _scatter(effect: Array, weight: Array, weeks: int, means: list[Array]) -> tuple[float, float]:
    """How much a stratum's weeks scatter, for one contact, pooled over strata; and its freedom."""
    centre = np.vstack([np.repeat(mean[None, :], weeks, axis=0) for mean in means])
    squares = np.nansum(weight * (effect - centre) ** 2, axis=0)
    free = np.maximum((weight > 0).sum(axis=0) - 2, 0)
    used = free > 0
    freedom = float(free[used].sum())
    found = float(squares[used].sum()) if freedom else 0.0
    # Where nothing scatters at all nothing is known of luck.
    return (found / freedom, freedom) if found > LEAST * float(weight.sum()) else (np.inf, max(freedom, 1.0))
