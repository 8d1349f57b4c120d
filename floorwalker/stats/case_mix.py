"""How does an agent do on the kinds of contact that were given to her, against colleagues who got the same kinds?

Agents and kinds of contact (strata) are estimated together, so that what a kind of contact takes is learnt within agents:
where the able get the hard work, averages over everybody would take their ability for an easy kind. Days are estimated
too, drawn towards nought: what hit everyone on a day is nobody's.

Durations are compared as ratios of means, others as differences. A ratio of means is what a centre pays for; the mean of
logarithms would judge the typical call and be wrong about agents whose calls vary more. The equations are those of
quasi-likelihood with constant coefficient of variation and a log link (R. W. M. Wedderburn, Biometrika 61 (1974), 439-447),
or of least squares; both need sums alone. Comparable are those whom a chain of shared kinds of contact ties together:
J. M. Abowd, F. Kramarz and D. N. Margolis, Econometrica 67 (1999), 251-333.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from floorwalker.stats.cells import DAYS_PER_WEEK, Array, Cells, total
from floorwalker.stats.overdispersion import LEAST, Excess, Residuals, estimate_excess, own_error, own_spread

ROUNDS = 8
# What keeps strata solvable that hang on no other, as a share of one observation.
RIDGE = 1e-3
# A million times as long is as good as no limit.
FARTHEST = float(np.log(1e6))


class Scale(StrEnum):
    """How two agents are compared."""

    RATIO = "ratio"  # durations: by how many times longer
    DIFFERENCE = "difference"  # shares and scores: by how many points

    def moved(self, level: float, effect: Array) -> Array:
        """A level after effects; a ratio of which hardly anything is known stays a number all the same."""
        if self is Scale.DIFFERENCE:
            return level + effect
        return np.asarray(level * np.exp(np.clip(effect, -FARTHEST, FARTHEST)))


@dataclass(frozen=True)
class CaseMix:
    """Adjusted effects and how their errors hang together.

    effect: (agents,) logarithm of the ratio, or difference, at the same work; nan without contacts. What caps hide of ratios
    is put back (see `Cells.seen_of_ratios`), strata excepted, each of which has caps of its own. own: (agents,) variance
    of the error that is an agent's alone; shared: (agents, columns) factor of the errors that agents have in common since
    the same strata and days were estimated: the covariance of all errors is diag(own) + shared shared'. stratum, day:
    effects; spread: (agents,) variance of one contact.
    """

    effect: Array
    own: Array
    shared: Array
    stratum: Array
    day: Array
    spread: Array
    excess: Excess


def fit_case_mix(cells: Cells, scale: Scale) -> CaseMix:
    """Estimate agents, strata and days together, and the covariance of the agents' errors."""
    cells = cells.by_agents
    fitting = _Fitting(cells, scale)
    agent, stratum, day = fitting.solve()
    residuals, within = _left(cells, scale, agent, stratum, day)
    free = _free(cells)
    freedom = free.sum()
    pooled = max(LEAST, float(within.sum() / freedom)) if freedom > 0 else fitting.variance
    spread = own_spread(within, free, pooled) if scale is Scale.RATIO else np.full(cells.agents, pooled)
    excess = estimate_excess(cells, residuals, spread, fitting.variance / fitting.day_variance)
    seen = seen_of(cells, scale)
    return CaseMix(
        _whole(np.where(cells.contacts > 0, agent, np.nan), cells, seen),
        own_error(cells, spread, excess) / seen**2,
        fitting.shared_errors(spread, excess) / seen,
        stratum,
        day / seen,
        spread / seen**2,
        Excess(*(part / seen**2 for part in (excess.week, excess.day, excess.stratum))),
    )


def fit_effects(cells: Cells, scale: Scale) -> tuple[Array, Array, Array]:
    """The effects of agents, strata and days alone, where nobody asks how uncertain they are: as (capped) sums show them."""
    return _Fitting(cells.by_agents, scale).solve()


def _left(cells: Cells, scale: Scale, agent: Array, stratum: Array, day: Array) -> tuple[Residuals, Array]:
    """What the fit leaves: its residuals, and (agents, weeks) sums of squares about the means of cells."""
    joint = (stratum[:, None] + day).ravel()
    week, weeks = np.arange(cells.days) // DAYS_PER_WEEK, cells.weekly.shape[1]
    by_day, by_stratum, within = np.zeros_like(cells.daily), np.zeros_like(cells.mix), np.zeros_like(cells.weekly)
    for agents, some in cells.parts():
        fit = agent[agents][some.agent] + joint[some.column]
        if scale is Scale.RATIO:
            shrunk = np.exp(-fit)
            values, squares, expected = some.s1 * shrunk, some.s2 * shrunk**2, some.n
        else:
            values, squares, expected = some.s1, some.s2, some.n * fit
        residual = values - expected
        by_day[agents] = some.by_agent_and(some.day, some.days, residual)
        by_stratum[agents] = some.by_agent_and(some.stratum, some.strata, residual)
        apart = np.maximum(squares - values**2 / some.n, 0.0)
        within[agents] = some.by_agent_and(week[some.day], weeks, apart)
    by_week = np.add.reduceat(by_day, np.arange(0, cells.days, DAYS_PER_WEEK), axis=1)
    return Residuals(by_week, by_day, by_stratum), within


def _free(cells: Cells) -> Array:
    """Degrees of freedom within cells: (agents, weeks)."""
    week = np.arange(cells.days) // DAYS_PER_WEEK
    return cells.weekly - cells.by_agent_and(week[cells.day], cells.weekly.shape[1], np.ones(len(cells.n)))


def seen_of(cells: Cells, scale: Scale) -> float:
    """How much of an effect the sums show: all of it, but for ratios of capped values."""
    return cells.seen_of_ratios if scale is Scale.RATIO else 1.0


def _whole(agent: Array, cells: Cells, seen: float) -> Array:
    """Agents' effects as they would be without caps; their level, which is everybody's, stays."""
    if seen == 1.0:
        return agent
    known = np.isfinite(agent)
    level = float(np.average(agent[known], weights=cells.contacts[known]))
    return np.asarray(level + (agent - level) / seen)


class _Fitting:
    """The normal equations with the agents eliminated; unknown are strata, then days. cells: sorted by agent.

    Every round needs sums over cells of a product of three factors, agent's, stratum's and day's: a sparse matrix of agents by
    strata and days times a vector, and its transpose times another.
    """

    def __init__(self, cells: Cells, scale: Scale) -> None:
        self.cells = cells
        self.scale = scale
        self.share = 1.0 / np.maximum(cells.contacts, 1.0)
        self.crossed = total(cells.column, cells.n, cells.strata * cells.days).reshape(cells.strata, cells.days)
        self.strata, self.days = self.crossed.sum(axis=1), self.crossed.sum(axis=0)
        eased = np.sqrt(self.share)[:, None]
        columns = np.hstack([cells.mix * eased, cells.daily * eased])
        self.within = self._joined(self.strata, self.crossed, self.days) - columns.T @ columns
        mean, square = cells.s1.sum() / cells.n.sum(), cells.s2.sum() / cells.n.sum()
        # To begin with; learnt in every round.
        self.variance = 1.0 if scale is Scale.RATIO else max(LEAST, float(square - mean**2))
        self.day_variance = self.variance / 100
        self.sums, self.squares = cells.crossed(cells.s1), cells.crossed(cells.s2)

    @cached_property
    def columns(self) -> Array:
        """By agent the observations by stratum, then by day."""
        return np.hstack([self.cells.mix, self.cells.daily])

    @cached_property
    def _eliminated(self) -> tuple[Array, Array, Array]:
        """Equations of days from which strata are eliminated: their matrix, and what takes strata out of the right side."""
        strata = self.cells.strata
        inverse = _array(np.linalg.inv(self.within[:strata, :strata] + np.diag(np.full(strata, RIDGE))))
        taken = _array(inverse @ self.within[:strata, strata:])
        return self.within[strata:, strata:] - self.within[strata:, :strata] @ taken, taken, inverse

    @staticmethod
    def _joined(strata: Array, crossed: Array, days: Array) -> Array:
        return np.block([[np.diag(strata), crossed], [crossed.T, np.diag(days)]])

    @property
    def penalty(self) -> Array:
        """What is added to the diagonal: next to nothing for strata; days are random, with a variance of their own."""
        cells = self.cells
        return np.concatenate([np.full(cells.strata, RIDGE), np.full(cells.days, self.variance / self.day_variance)])

    def solve(self) -> tuple[Array, Array, Array]:
        """Effects of agents, strata and days; strata have a mean of nought over all contacts (the agents carry the level)."""
        cells = self.cells
        mean = max(LEAST, float(cells.s1.sum() / cells.n.sum()))
        agent: Array = np.full(cells.agents, np.log(mean) if self.scale is Scale.RATIO else 0.0)
        stratum: Array = np.zeros(cells.strata)
        day: Array = np.zeros(cells.days)
        if self.scale is Scale.RATIO:
            self._expect(stratum, day)
        for _ in range(ROUNDS):
            agent, stratum, day = self._round(agent, stratum, day)
        return agent, stratum, day

    def _round(self, agent: Array, stratum: Array, day: Array) -> tuple[Array, Array, Array]:
        cells = self.cells
        by_agent, by_stratum, by_day = self._working(agent, stratum, day)
        reduced = by_agent * self.share
        by_stratum = by_stratum - cells.mix.T @ reduced
        matrix, taken, inverse = self._eliminated
        left = np.linalg.inv(matrix + np.diag(np.full(cells.days, self.variance / self.day_variance)))
        day = _array(left @ (by_day - cells.daily.T @ reduced - taken.T @ by_stratum))
        stratum = _array(inverse @ by_stratum - taken @ day)
        stratum = _array(stratum - float(stratum @ self.strata) / float(cells.n.sum()))
        agent = _array((by_agent - cells.mix @ stratum - cells.daily @ day) * self.share)
        squares = self._squares_left(agent, stratum, day)
        self.variance = max(LEAST, squares / float(cells.n.sum()))
        # What stays uncertain of each day counts too.
        drawn = np.mean(day**2 + self.variance * np.diag(left))
        self.day_variance = max(self.variance * 1e-6, float(drawn))
        return agent, stratum, day

    def _working(self, agent: Array, stratum: Array, day: Array) -> tuple[Array, Array, Array]:
        """The right sides of the equations of a round: by agent, stratum and day."""
        if self.scale is Scale.DIFFERENCE:
            return self._plain
        cells = self.cells
        seen = np.exp(-agent)
        by_both = (self.expected * (self.sums.T @ seen)).reshape(self.crossed.shape)
        return (
            cells.contacts * (agent - 1) + cells.mix @ stratum + cells.daily @ day + seen * self.by_agent,
            cells.mix.T @ agent + self.strata * (stratum - 1) + self.crossed @ day + by_both.sum(axis=1),
            cells.daily.T @ agent + self.crossed.T @ stratum + self.days * (day - 1) + by_both.sum(axis=0),
        )

    @cached_property
    def _plain(self) -> tuple[Array, Array, Array]:
        cells = self.cells
        return cells.values, cells.by_stratum(cells.s1), cells.by_day(cells.s1)

    def _expect(self, stratum: Array, day: Array) -> None:
        """What kinds of contact and days make of values, and the agents' sums without that."""
        self.expected = np.exp(-(stratum[:, None] + day)).ravel()
        self.by_agent = np.asarray(self.sums @ self.expected)

    def _squares_left(self, agent: Array, stratum: Array, day: Array) -> float:
        """The sum of squares that the fit leaves, of ratios to it or of differences."""
        cells = self.cells
        if self.scale is Scale.RATIO:
            self._expect(stratum, day)
            seen = np.exp(-agent)
            squares = float(seen**2 @ (self.squares @ self.expected**2))
            return squares - 2 * float(seen @ self.by_agent) + float(cells.n.sum())
        by_agent, by_stratum, by_day = self._plain
        products = float(agent @ by_agent) + float(stratum @ by_stratum) + float(day @ by_day)
        of_fit = float(agent**2 @ cells.contacts) + float(stratum**2 @ self.strata) + float(day**2 @ self.days)
        mixed = float(agent @ (cells.mix @ stratum + cells.daily @ day)) + float(stratum @ (self.crossed @ day))
        return float(cells.s2.sum()) - 2 * products + of_fit + 2 * mixed

    def shared_errors(self, spread: Array, excess: Excess) -> Array:
        """A factor of the covariance of the agents' errors that comes from estimated strata and days: (agents, columns)."""
        inverse = np.linalg.inv(self.within + np.diag(self.penalty))
        covariance = inverse @ self._scores(spread, excess) @ inverse
        size, vectors = np.linalg.eigh((covariance + covariance.T) / 2)
        factor = vectors * np.sqrt(np.maximum(size, 0.0))
        return np.asarray((self.columns * self.share[:, None]) @ factor)

    def _scores(self, spread: Array, excess: Excess) -> Array:
        """The variance of the right side of the equations: contacts, kinds of contact that suit somebody, days."""
        cells, strata = self.cells, self.cells.strata
        flat = np.asarray(cells.crossed(cells.n).T @ spread).reshape(strata, cells.days)
        scores = self._joined(spread @ cells.mix, flat, spread @ cells.daily)
        eased = self.columns * np.sqrt(spread * self.share)[:, None]
        scores -= eased.T @ eased
        mix, share, daily = cells.mix, self.share[:, None], cells.daily
        part = mix * share
        squares = mix**2
        mixed = squares.T @ part
        suits = np.diag(squares.sum(axis=0)) - mixed - mixed.T + (part * squares.sum(axis=1)[:, None]).T @ part
        days = cells.squared_mix - 2 * part * cells.daily_mix + part**2 * (daily**2).sum(axis=1)[:, None]
        scores[:strata, :strata] += excess.stratum * suits + excess.day * np.diag(days.sum(axis=0))
        drawn = np.concatenate([np.zeros(strata), np.full(cells.days, self.variance**2 / self.day_variance)])
        return np.asarray(scores + np.diag(drawn))


def _array(values: NDArray[Any]) -> Array:
    return np.asarray(values, dtype=np.float64)
