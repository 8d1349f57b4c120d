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

import numpy as np

from floorwalker.stats.cells import Array, Cells, total
from floorwalker.stats.overdispersion import LEAST, Excess, estimate_excess, own_error, own_spread

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
    fitting = _Fitting(cells, scale)
    agent, stratum, day = fitting.solve()
    fit = agent[cells.agent] + stratum[cells.stratum] + day[cells.day]
    mean = np.exp(fit) if scale is Scale.RATIO else 1.0
    values, squares = cells.s1 / mean, cells.s2 / mean**2
    residual = values - cells.n * (1.0 if scale is Scale.RATIO else fit)
    within = np.maximum(squares - values**2 / cells.n, 0.0)
    freedom = (cells.n - 1).sum()
    pooled = max(LEAST, float(within.sum() / freedom)) if freedom > 0 else fitting.variance
    spread = own_spread(cells, within, pooled) if scale is Scale.RATIO else np.full(cells.agents, pooled)
    excess = estimate_excess(cells, residual, spread, fitting.variance / fitting.day_variance)
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
    return _Fitting(cells, scale).solve()


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
    """The normal equations with the agents eliminated; columns are strata, then days."""

    def __init__(self, cells: Cells, scale: Scale) -> None:
        self.cells = cells
        self.scale = scale
        self.share = 1.0 / np.maximum(cells.contacts, 1.0)
        self.columns = np.hstack([cells.mix, cells.daily])
        flat = total(cells.stratum * cells.days + cells.day, cells.n, cells.strata * cells.days)
        self.gram = self._joined(cells.mix.sum(axis=0), flat.reshape(cells.strata, cells.days), cells.daily.sum(axis=0))
        self.within = self.gram - (self.columns * self.share[:, None]).T @ self.columns
        mean, square = cells.s1.sum() / cells.n.sum(), cells.s2.sum() / cells.n.sum()
        # To begin with; learnt in every round.
        self.variance = 1.0 if scale is Scale.RATIO else max(LEAST, float(square - mean**2))
        self.day_variance = self.variance / 100

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
        for _ in range(ROUNDS):
            agent, stratum, day = self._round(agent, stratum, day)
        return agent, stratum, day

    def _round(self, agent: Array, stratum: Array, day: Array) -> tuple[Array, Array, Array]:
        cells = self.cells
        fit = agent[cells.agent] + stratum[cells.stratum] + day[cells.day]
        working = cells.n * fit + cells.s1 / np.exp(fit) - cells.n if self.scale is Scale.RATIO else cells.s1
        by_agent = cells.by_agent(working)
        by_column = np.concatenate([cells.by_stratum(working), cells.by_day(working)])
        inverse = np.linalg.inv(self.within + np.diag(self.penalty))
        columns: Array = np.asarray(inverse @ (by_column - self.columns.T @ (by_agent * self.share)), dtype=np.float64)
        stratum, day = columns[: cells.strata], columns[cells.strata :]
        stratum = np.asarray(stratum - float(stratum @ cells.mix.sum(axis=0)) / float(cells.n.sum()), dtype=np.float64)
        agent = np.asarray((by_agent - cells.mix @ stratum - cells.daily @ day) * self.share, dtype=np.float64)
        self._learn_variances(agent, stratum, day, np.diag(inverse)[cells.strata :])
        return agent, stratum, day

    def _learn_variances(self, agent: Array, stratum: Array, day: Array, left: Array) -> None:
        """The variance of one contact and that of days; left: what stays uncertain of each day, for one contact's variance."""
        cells = self.cells
        fit = agent[cells.agent] + stratum[cells.stratum] + day[cells.day]
        mean = np.exp(fit) if self.scale is Scale.RATIO else 1.0
        target = 1.0 if self.scale is Scale.RATIO else fit
        squares = cells.s2 / mean**2 - 2 * target * cells.s1 / mean + cells.n * target**2
        self.variance = max(LEAST, float(squares.sum() / cells.n.sum()))
        self.day_variance = max(self.variance * 1e-6, float(np.mean(day**2 + self.variance * left)))

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
        flat = total(cells.stratum * cells.days + cells.day, cells.n * spread[cells.agent], strata * cells.days)
        scores = self._joined(spread @ cells.mix, flat.reshape(strata, cells.days), spread @ cells.daily)
        scores -= self.columns.T @ ((spread * self.share)[:, None] * self.columns)
        mix, share, daily = cells.mix, self.share[:, None], cells.daily
        part = mix * share
        squares = mix**2
        mixed = squares.T @ part
        suits = np.diag(squares.sum(axis=0)) - mixed - mixed.T + (part * squares.sum(axis=1)[:, None]).T @ part
        of_cells = cells.by_agent_and(cells.stratum, strata, cells.n**2)
        crossed = cells.by_agent_and(cells.stratum, strata, cells.n * daily[cells.agent, cells.day])
        days = of_cells - 2 * part * crossed + part**2 * (daily**2).sum(axis=1)[:, None]
        scores[:strata, :strata] += excess.stratum * suits + excess.day * np.diag(days.sum(axis=0))
        drawn = np.concatenate([np.zeros(strata), np.full(cells.days, self.variance**2 / self.day_variance)])
        return np.asarray(scores + np.diag(drawn))
