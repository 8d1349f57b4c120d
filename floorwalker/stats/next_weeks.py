"""How far from its last months may the mean of some coming weeks lie, by chance alone, where nothing changes?

Weeks of one unit scatter by more than the luck of its contacts, and what moves one week partly lasts into the next. Both are
read from the unit's own weeks. How much lasts is not known from some twelve to twenty-six of them, so it is weighed over all it
may be (restricted likelihood on a grid), as in `stats/interrupted_series.py`: wide ranges are the price.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.special import stdtr

from floorwalker.stats.cells import Array

LASTING = np.linspace(0.0, 0.95, 20)
LEAST_WEEKS = 12
STEPS = 40
# The very same figure every week, as a computer adds it up.
NOTHING = 1e-18


@dataclass(frozen=True)
class Luck:
    """The difference that chance makes: a mixture of t, by how much of a week lasts. size: the standard error of each."""

    size: Array
    weight: Array
    freedom: int

    def beyond(self, difference: float) -> float:
        """The chance of a difference as large as that or larger, upwards."""
        with np.errstate(divide="ignore", invalid="ignore"):
            score = np.where(self.size > 0, difference / self.size, np.sign(difference) * np.inf)
        return float(self.weight @ stdtr(self.freedom, -np.nan_to_num(score, nan=0.0, posinf=1e9, neginf=-1e9)))

    def reach(self, chance: float) -> float:
        """The difference that is passed upwards with that chance (below a half); as far downwards, by symmetry."""
        low, high = 0.0, 1e3 * float(self.size.max())
        for _step in range(STEPS):
            middle = (low + high) / 2
            low, high = (middle, high) if self.beyond(middle) > chance else (low, middle)
        return high


def luck_of_weeks(weeks: Array, contrast: Array, least: float = 0.0) -> Luck:
    """The luck of a contrast of weeks. weeks: (known,), the oldest first, twelve or more; contrast: (known + later,), sums to nought:
    the weight of each known week, and of those that follow it; least: the variance of one week by the luck of its contacts, below
    which none is taken: weeks that were all the same do not tell that the next one must be."""
    if len(weeks) < LEAST_WEEKS:
        raise ValueError(f"{len(weeks)} weeks tell no chance; {LEAST_WEEKS} are needed")
    variance, likelihood = _fits(weeks)
    variance = np.maximum(variance, least * (1 - LASTING**2))
    weight = np.exp(likelihood - likelihood.max())
    shape = np.einsum("i,kij,j->k", contrast, _together(len(contrast)), contrast)
    return Luck(np.sqrt(variance * np.maximum(shape, 0.0)), weight / weight.sum(), len(weeks) - 1)


@cache
def _together(weeks: int) -> Array:
    """By how much lasts: how far each two of so many weeks move together, of what is new in a week."""
    apart = np.abs(np.subtract.outer(np.arange(weeks), np.arange(weeks)))
    return np.array([kept**apart / (1 - kept**2) for kept in LASTING])


def _fits(weeks: Array) -> tuple[Array, Array]:
    """By how much lasts: the variance of what is new in a week, and the logarithm of the restricted likelihood."""
    kept, known = LASTING[:, None], len(weeks)
    first = np.sqrt(1 - kept**2)
    column = np.hstack([first, np.repeat(1 - kept, known - 1, axis=1)])
    wanted = np.hstack([first * weeks[0], weeks[1:] - kept * weeks[:-1]])
    inner = (column**2).sum(axis=1)
    level = (column * wanted).sum(axis=1) / inner
    variance = ((wanted - level[:, None] * column) ** 2).sum(axis=1) / (known - 1)
    scale = max(1.0, float(np.abs(weeks).max())) ** 2
    variance = np.where(variance < NOTHING * scale, 0.0, variance)
    told = np.log(np.maximum(variance, NOTHING * scale))
    return variance, -0.5 * ((known - 1) * told - np.log(1 - LASTING**2) + np.log(inner))
