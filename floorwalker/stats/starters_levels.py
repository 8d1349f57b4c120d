"""What were the true levels of starters, week by week, given few contacts a week and that starters learn alike?

Each starter's course is the course that all have in common, her own distance from it, how much more or less she had to learn
than the others (which fades), and what wanders from week to week. How large these parts are is told by all starters together
(restricted maximum likelihood; H. D. Patterson and R. Thompson, Biometrika 58 (1971), 545-554); the common course is any
smooth one (G. Wahba, Journal of the Royal Statistical Society B 40 (1978), 364-372), so that no shape of learning is taken
for granted. Courses are drawn as they may have been, not as they are guessed best: guesses lie too close together.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from floorwalker.stats.cells import Array, Index

# The sizes that are tried, in units of how far established people differ: lasting, at first, and by week.
LASTING = (0.5, 1.0, 1.6)
AT_FIRST = (0.0, 0.8, 1.6, 3.0)
BY_WEEK = (0.0, 0.1, 0.25)
# How little the common course may bend from week to week, in the same units.
BENDING = (0.005, 0.02, 0.1, 0.4)
# After so many weeks what somebody had to learn more than others has faded to 37 %.
FADING_WEEKS = 6.0


@dataclass(frozen=True)
class Weekly:
    """By starter and week at the work, the first being week 1: (starters, weeks).

    value: from what is usual of established people, more being worse; nan where too little was done; variance: of its luck;
    last: (starters,) the last week that is known of each, counted from 1; 0 where none is.
    """

    value: Array
    variance: Array
    last: Index

    @property
    def starters(self) -> int:
        return len(self.last)


@dataclass(frozen=True)
class _Parts:
    """What each starter's weeks say of her course if the common one were known: course = still + gain x (value - common)."""

    weight: Array
    gain: Array
    left: Array
    score: float


class Courses:
    """True courses as they may have been. size: how far established people truly differ, one standard deviation."""

    def __init__(self, seen: Weekly, size: float) -> None:
        self.seen, self.weeks = seen, seen.value.shape[1]
        self.value = np.nan_to_num(seen.value)
        known = np.isfinite(seen.value)
        self.error = np.where(known, np.where(known, seen.variance, 1.0), np.inf)
        bends = np.diff(np.eye(self.weeks), n=2, axis=0)
        self.bends = bends.T @ bends
        tried = (self._parts(size, *sizes) for sizes in product(LASTING, AT_FIRST, BY_WEEK))
        likely = [(*self._likelihood(parts, size * bending), parts) for parts in tried for bending in BENDING]
        _best, self.smooth, self.parts = max(likely, key=lambda one: one[0])

    def drawn(self, rng: np.random.Generator) -> tuple[Array, Array]:
        """How often each starter stands in a sample of as many, and a course of each: (starters, weeks)."""
        times = rng.multinomial(self.seen.starters, np.full(self.seen.starters, 1 / self.seen.starters)).astype(float)
        common = self._common(self.parts, self.smooth, times)
        chance = rng.normal(size=(self.seen.starters, self.weeks, 1))
        apart = (self.parts.gain @ (self.value - common)[:, :, None] + self.parts.left @ chance)[:, :, 0]
        return times, common + apart

    def _parts(self, size: float, lasting: float, at_first: float, by_week: float) -> _Parts:
        week = np.arange(self.weeks)
        fades = np.exp(-week / FADING_WEEKS)
        wanders = np.minimum(week[:, None], week[None, :])
        prior = lasting**2 + at_first**2 * np.outer(fades, fades) + by_week**2 * wanders
        prior = size**2 * (prior + 1e-6 * np.eye(self.weeks))
        known = np.isfinite(self.error)
        scale = 1 / np.sqrt(np.where(known, self.error, 1.0)) * known
        # Where nothing was seen its error is endless: scaled by it, its row says nothing.
        inner = np.eye(self.weeks) + scale[:, :, None] * prior * scale[:, None, :]
        weight = scale[:, :, None] * np.linalg.inv(inner) * scale[:, None, :]
        gain = prior @ weight
        left = prior - gain @ prior
        size_of = np.linalg.slogdet(inner)[1].sum()
        chance = np.asarray(np.linalg.cholesky(left + 1e-9 * size**2 * np.eye(self.weeks)), dtype=np.float64)
        return _Parts(weight, gain, chance, float(size_of))

    def _likelihood(self, parts: _Parts, bending: float) -> tuple[float, float]:
        """The restricted log likelihood (but for a constant), and how smooth the common course is then."""
        smooth = 1 / bending**2
        common = self._common(parts, smooth, np.ones(self.seen.starters))
        apart = (self.value - common)[:, :, None]
        squares = float((apart.transpose(0, 2, 1) @ parts.weight @ apart).sum()) + smooth * float(
            common @ self.bends @ common
        )
        whole = np.linalg.slogdet(parts.weight.sum(axis=0) + smooth * self.bends)[1]
        return -0.5 * (squares + parts.score + whole - (self.weeks - 2) * np.log(smooth)), smooth

    def _common(self, parts: _Parts, smooth: float, times: Array) -> Array:
        weight = np.tensordot(times, parts.weight, axes=1)
        told = np.einsum("i,iwv,iv->w", times, parts.weight, self.value)
        return np.asarray(np.linalg.solve(weight + smooth * self.bends + 1e-9 * np.eye(self.weeks), told))
