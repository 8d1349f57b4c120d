"""By how much does one group of agents differ from the others, if agents of a team have something in common?

Weighted least squares with a team's own level as one more source of chance (G. K. Robinson, Statistical Science 6 (1991),
15-32). How far teams differ is the likeliest value on a grid (restricted likelihood); the size of all errors is estimated
from all agents together, so that one agent in the group is enough for a range that holds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from floorwalker.stats.cells import Array, Index, total
from floorwalker.stats.coaching import Chosen
from floorwalker.stats.intervals import LEVEL

# How far teams may differ, in variances of an agent's figure.
TEAMS = np.concatenate([[0.0], np.geomspace(0.005, 3.0, 12)])
TINY = 1e-12


@dataclass(frozen=True)
class Contrast:
    """The difference, its standard error, and the degrees of freedom of that; weight: (agents,), what each counts."""

    value: float
    error: float
    freedom: int
    weight: Array

    @property
    def z(self) -> float:
        """The difference in standard errors; nought where there is neither."""
        return self.value / self.error if self.error > 0 else 0.0

    def with_error(self, more: float) -> Contrast:
        """The same with one more source of error, given as its variance."""
        return Contrast(self.value, (self.error**2 + more) ** 0.5, self.freedom, self.weight)

    @property
    def bounds(self) -> tuple[float, float]:
        """The range that holds the truth in 95 of 100 cases."""
        reach = float(stdtrit(self.freedom, (1 + LEVEL) / 2)) * self.error
        return self.value - reach, self.value + reach


def contrast(figure: Array, variance: Array, chosen: Chosen, others: Array | None, team: Index | None) -> Contrast:
    """How the chosen agents' figures differ from those of all others.

    figure, variance: (agents,), the variance infinite where nothing was seen; chosen: (agents,) noughts and ones; others:
    (agents, columns) to be held alike, such as site and shift; team: (agents,) numbers from 0.
    """
    seen = np.isfinite(variance) & np.isfinite(figure)
    weight = np.where(seen, 1 / np.where(seen, variance, 1.0), 0.0)
    columns = [chosen[:, None].astype(float), np.ones((len(figure), 1)), *([] if others is None else [others])]
    design = np.hstack([*columns, np.where(seen, figure, 0.0)[:, None]]) * (weight > 0)[:, None]
    usual = float(np.median(1 / weight[seen]))
    spreads = TEAMS * usual if team is not None and team.max() > 0 else TEAMS[:1]
    count = int(seen.sum())
    fits = [_fit(_gram(design, weight, team, float(spread)), count) for spread in spreads]
    best = max(range(len(fits)), key=lambda place: fits[place].likelihood - _logs(weight, team, float(spreads[place])))
    return Contrast(fits[best].value, fits[best].error, fits[best].freedom, weight)


@dataclass(frozen=True)
class _Fit:
    value: float
    error: float
    freedom: int
    likelihood: float


def _gram(design: Array, weight: Array, team: Index | None, spread: float) -> Array:
    """Products of all columns, divided by the errors' covariance: what a team has in common is taken off (Sherman-Morrison)."""
    scaled = design * weight[:, None]
    gram = design.T @ scaled
    if team is None or spread == 0:
        return np.asarray(gram)
    size = int(team.max()) + 1
    sums = np.stack([total(team, column, size) for column in scaled.T], axis=1)
    return np.asarray(gram - sums.T @ (sums * (spread / (1 + spread * total(team, weight, size)))[:, None]))


def _logs(weight: Array, team: Index | None, spread: float) -> float:
    """Half the logarithm of the determinant of the errors' covariance, as far as it hangs on how teams differ."""
    if team is None or spread == 0:
        return 0.0
    return 0.5 * float(np.log1p(spread * total(team, weight, int(team.max()) + 1)).sum())


def _fit(gram: Array, count: int) -> _Fit:
    """The first column's coefficient. Columns that say the same as others (one site alone) are no harm."""
    inner, outer = gram[:-1, :-1], gram[:-1, -1]
    scale = np.sqrt(np.maximum(np.diag(inner), TINY))
    values, vectors = np.linalg.eigh(inner / np.outer(scale, scale))
    kept = values > 1e-9
    inverse = (vectors[:, kept] / values[kept]) @ vectors[:, kept].T / np.outer(scale, scale)
    solved = inverse @ outer
    freedom = max(count - int(kept.sum()), 1)
    left = max(float(gram[-1, -1] - outer @ solved), 0.0)
    errors = left / freedom
    determinant = float(np.log(values[kept]).sum())
    likelihood = -0.5 * (freedom * np.log(max(errors, TINY * TINY)) + determinant)
    return _Fit(float(solved[0]), float((errors * inverse[0, 0]) ** 0.5), freedom, float(likelihood))
