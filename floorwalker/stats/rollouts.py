"""Did a change work that teams made at different dates?

Those that changed are held against those that have not changed yet, never against those that have (B. Callaway and
P. Sant'Anna, Journal of Econometrics 225 (2021), 200-230), and chance is what other orders of the same teams would have
given. If one team alone changed, see `synthetic_control`; if a whole site did, `interrupted_series`, whose evidence is weak and
called so. More is better throughout.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import factorial, prod

import numpy as np

from floorwalker.stats.cells import Array, Index
from floorwalker.stats.coaching import Chosen

DRAWS = 999
TINY = 1e-12


class Design(StrEnum):
    """How sure one can be: whether others were there to compare with."""

    STAGGERED = "staggered"
    SYNTHETIC = "synthetic"
    WEAK_EVIDENCE = "weak_evidence"


class WhyNot(StrEnum):
    """Why nothing is said of a change."""

    TOO_FEW_BEFORE = "too_few_before"
    NOTHING_AFTERWARDS = "nothing_afterwards"
    TOO_FEW_OTHERS = "too_few_others"
    NOBODY_LEFT_TO_COMPARE = "nobody_left_to_compare"
    NOBODY_CHANGED = "nobody_changed"
    NO_OUTSIDE_SERIES = "no_outside_series"


@dataclass(frozen=True)
class NoRollout:
    """Why, and how many units and periods there were."""

    why: WhyNot
    units: int
    periods: int


@dataclass(frozen=True)
class Rollout:
    """The mean effect over changed units and periods; p: two-sided, by chance alone; low, high: 95 % where they can be told.

    course: (periods since the change, effect) before and after, to be drawn; the one before the change is nought.
    """

    design: Design
    value: float
    p: float
    low: float | None
    high: float | None
    course: tuple[tuple[int, float], ...]
    units: int


def staggered(value: Array, first: Index, rng: np.random.Generator, draws: int = DRAWS) -> Rollout | NoRollout:
    """A roll-out at different dates. value: (units, periods), all seen; first: (units,), the period in which each changed, below
    nought if never; who changed in the first period says nothing.

    p is the share of random orders of the same dates over units with an effect as large as the one that was found. The range is
    that of chance alone, from the same orders of the units without the effect.
    """
    if not (first > 0).any():
        return NoRollout(WhyNot.NOBODY_CHANGED, *value.shape)
    waiting = _Waiting(first, value.shape[1])
    if not waiting.after:
        return NoRollout(WhyNot.NOBODY_LEFT_TO_COMPARE, *value.shape)
    found = float((waiting.weight * value).sum())
    orders = rng.permuted(np.tile(np.arange(len(first)), (draws, 1)), axis=1)
    others = np.einsum("up,dup->d", waiting.weight, value[orders])
    p = (1 + int((np.abs(others) >= abs(found) - TINY).sum())) / (draws + 1)
    alike = np.einsum("up,dup->d", waiting.weight, (value - found * waiting.changed)[orders])
    low, high = np.quantile(found - alike, (0.025, 0.975))
    return Rollout(Design.STAGGERED, found, p, float(low), float(high), waiting.course(value), len(first))


def least_p(first: Index, draws: int = DRAWS) -> float:
    """The smallest p that a roll-out at these dates can reach, however well it works: one among all orders of them over units.

    first: as in `staggered`. Of two kinds of units alone, as many each, the mirrored order says as much as the one that was drawn.
    """
    sizes = np.unique(first, return_counts=True)[1]
    orders = factorial(len(first)) // prod(factorial(int(size)) for size in sizes)
    alike = 2 if len(sizes) == 2 and sizes[0] == sizes[1] else 1
    return max(min(1.0, alike / orders), 1 / (draws + 1))


@dataclass(frozen=True)
class _Waiting:
    """What each unit and period weighs in the effect: changed ones less those that still wait (group-time averages)."""

    first: Index
    periods: int

    @property
    def changed(self) -> Array:
        """Noughts and ones: (units, periods)."""
        since = np.arange(self.periods)[None, :] >= self.first[:, None]
        return np.asarray((since & (self.first[:, None] >= 0)).astype(float))

    @cached_property
    def pairs(self) -> list[tuple[int, int]]:
        """Dates of change and periods to compare, wherever somebody still waits; the last period before the date is the base."""
        dates = [int(date) for date in np.unique(self.first[self.first > 0])]
        every = ((date, period) for date in dates for period in range(self.periods) if period != date - 1)
        return [pair for pair in every if self._wait(*pair).any()]

    @cached_property
    def after(self) -> list[tuple[int, int]]:
        return [(date, period) for date, period in self.pairs if period >= date]

    @cached_property
    def weight(self) -> Array:
        """Each date's effect counts by its units."""
        sizes = [int((self.first == date).sum()) for date, _period in self.after]
        parts = [size * self._part(*pair) for size, pair in zip(sizes, self.after, strict=True)]
        return np.asarray(np.sum(parts, axis=0) / sum(sizes))

    def course(self, value: Array) -> tuple[tuple[int, float], ...]:
        """The effect by periods since the change, those before included."""
        found = {-1: 0.0}
        for since in sorted({period - date for date, period in self.pairs}):
            pairs = [pair for pair in self.pairs if pair[1] - pair[0] == since]
            sizes = np.array([(self.first == date).sum() for date, _period in pairs])
            each = np.array([(self._part(*pair) * value).sum() for pair in pairs])
            found[since] = float(sizes @ each / sizes.sum())
        return tuple(sorted(found.items()))

    def _wait(self, date: int, period: int) -> Chosen:
        return np.asarray((self.first < 0) | (self.first > max(period, date)))

    def _part(self, date: int, period: int) -> Array:
        """The change since the base, of those who changed at a date less of those who wait."""
        mine, others = (self.first == date).astype(float), self._wait(date, period).astype(float)
        each = mine / mine.sum() - others / others.sum()
        found = np.zeros((len(self.first), self.periods))
        found[:, period] += each
        found[:, date - 1] -= each
        return found
