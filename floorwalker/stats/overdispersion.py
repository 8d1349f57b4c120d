"""How much do an agent's contacts vary beyond one by one: good weeks, bad days, kinds of contact that suit her?

Whoever counts contacts as independent is too sure of everybody. The extra variances are estimated by the method of moments
from sums of residuals over weeks, days and strata, pooled over the agents of a group; a single agent's four weeks
would say next to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import nnls

from floorwalker.stats.cells import DAYS_PER_WEEK, Array, Cells

# A week says something about an agent's own spread from so many degrees of freedom on.
LEAST_FREEDOM = 8.0
LEAST = 1e-12
ROUNDINGS = 1e-9


@dataclass(frozen=True)
class Excess:
    """Variances of what an agent's week, day and kind of contact add to all its contacts, in squared units of the effect."""

    week: float
    day: float
    stratum: float


@dataclass(frozen=True)
class Residuals:
    """Sums of value minus fit by agent and week, day and stratum, each adding up to nought over an agent."""

    week: Array
    day: Array
    stratum: Array


def estimate_excess(cells: Cells, residual: Residuals, spread: Array, absorbed: float) -> Excess:
    """Solve three equations in three variances: residual sums by week, by day and by stratum.

    spread: (agents,) variance of a single contact; absorbed: observations that a day's own effect is shrunk by, see
    `case_mix`.
    """
    share = 1.0 / np.maximum(cells.contacts, 1.0)[:, None]
    by_week, by_day, by_stratum = cells.weekly, cells.daily, cells.mix
    weeks = by_week.shape[1]
    squares = {"week": _squares(by_week), "day": _squares(by_day), "stratum": _squares(by_stratum)}

    def own(counts: Array, size: Array) -> float:
        """What an effect of its own in every column, of variance 1, adds to the sum of squared residuals."""
        return float((counts**2 * (1 - 2 * counts * share + size * share**2)).sum())

    def level(sums: Array, counts: Array, shrunk: float) -> float:
        """Sum of squared residuals, without what contacts one by one give; the column's own effect has taken a part."""
        held = np.minimum(counts / np.maximum(counts.sum(axis=0) + shrunk, 1.0), 0.9)
        return float((sums**2 / (1 - held)).sum() - (spread[:, None] * counts * (1 - counts * share)).sum())

    week_of_day = np.arange(cells.days) // DAYS_PER_WEEK
    in_week = by_week[:, week_of_day]
    week_by_day = float((by_day**2 * (1 - 2 * in_week * share + squares["week"] * share**2)).sum())
    days_in_week = np.stack([(by_day[:, week_of_day == one] ** 2).sum(axis=1) for one in range(weeks)], axis=1)
    day_by_week = float((days_in_week * (1 - 2 * by_week * share) + by_week**2 * squares["day"] * share**2).sum())
    day_by_stratum = float(
        (
            cells.squared_mix - 2 * by_stratum * share * cells.daily_mix + (by_stratum * share) ** 2 * squares["day"]
        ).sum()
    )
    found = np.array(
        [
            level(residual.week, by_week, absorbed * DAYS_PER_WEEK),
            level(residual.day, by_day, absorbed),
            level(residual.stratum, by_stratum, 0.0),
        ]
    )
    expected = np.array(
        [
            [own(by_week, squares["week"]), day_by_week, 0.0],
            [week_by_day, own(by_day, squares["day"]), 0.0],
            [0.0, day_by_stratum, own(by_stratum, squares["stratum"])],
        ]
    )
    if weeks < 2:
        expected[:, 0] = 0.0
    # Where everybody has a single kind of contact, nothing tells what suits whom: what is left are roundings.
    if expected[2, 2] <= ROUNDINGS * float((by_stratum**2).sum()):
        expected[2], found[2] = 0.0, 0.0
    scale = np.maximum(expected.max(axis=1), 1e-300)
    solution, _ = nnls(expected / scale[:, None], found / scale)
    return Excess(*(float(one) for one in solution))


def own_error(cells: Cells, spread: Array, excess: Excess) -> Array:
    """The variance of each agent's mean residual: contacts one by one, weeks, days and strata; infinite without contacts."""
    n = cells.contacts
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = spread / n + sum(
            part * (counts**2).sum(axis=1) / n**2
            for part, counts in ((excess.week, cells.weekly), (excess.day, cells.daily), (excess.stratum, cells.mix))
        )
    return np.where(n > 0, variance, np.inf)


def own_spread(squares: Array, free: Array, pooled: float) -> Array:
    """The variance of a single contact of each agent, drawn towards that of all as far as its own is uncertain.

    squares, free: (agents, weeks) sums of squares about the means of cells, and their degrees of freedom. How uncertain an
    agent's variance is, its own weeks tell: long tails make it more so than any formula for normal values says.
    """
    enough = (free >= LEAST_FREEDOM) & (squares > 0)
    logs = np.log(np.where(enough, squares, 1.0) / np.where(enough, free, 1.0))
    count = enough.sum(axis=1)
    usable = count > 1
    total, whole = squares.sum(axis=1), free.sum(axis=1)
    if usable.sum() < LEAST_FREEDOM:
        return np.full(len(squares), pooled)
    centre = (logs * enough).sum(axis=1) / np.maximum(count, 1)
    weekly = (((logs - centre[:, None]) ** 2 * free * enough).sum(axis=1))[usable].sum() / (count[usable] - 1).sum()
    noise = np.maximum(weekly, LEAST) / np.maximum(whole, 1.0)
    known = usable & (total > 0)
    log = np.log(np.where(known, total, 1.0) / np.maximum(whole, 1.0))
    weight = known / noise
    middle = float((log * weight).sum() / weight.sum())
    between = max(0.0, float((((log - middle) ** 2 - noise) * weight).sum() / weight.sum()))
    spread = np.where(known, np.exp(middle + between / (between + noise) * (log - middle)), pooled)
    return np.asarray(spread * pooled * whole.sum() / max(float((spread * whole).sum()), 1e-300))


def _squares(counts: Array) -> Array:
    return np.asarray((counts**2).sum(axis=1)[:, None])
