"""How does an agent's true level in one block of weeks go with her level in another?

Products of the same agent's figures in two different blocks are free of the noise of sampling, which is another one in each
block: their mean over agents is what levels have in common (`Gamma`). Three things make it up: what lasts (a), what drifts
and stays (q min(t, u)), and dips that pass (b rho^|t - u|); each is nought or more (C. L. Lawson and R. J. Hanson, Solving
Least Squares Problems (1974), chapter 23). How far the answer hangs on a few agents is found by leaving a twelfth of them
out at a time (B. Efron, The Jackknife, the Bootstrap and Other Resampling Plans (1982), chapter 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

from floorwalker.stats.cells import Array, Index

# A variance of so much, or more, or none: nothing was seen in that block. Within, so many times what levels differ by.
NOTHING_SEEN = 1e6
RHOS = (0.2, 0.35, 0.5, 0.65, 0.8, 0.9)
SETS = ((0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2))
RIDGE = 1e-12
FOLDS = 12
# Figures further off than so many standard deviations count as if they lay there.
CLIP = 4.0
ROUNDS = 2
TINY = 1e-12


@dataclass(frozen=True)
class Blocks:
    """Figures of agents by block of weeks, after case mix. value: (agents, blocks); variance: of its sampling; at: (blocks,), where
    each lies, in blocks. A variance of 1e6 or more, or none, says that nothing was seen."""

    value: Array
    variance: Array
    at: Array

    @property
    def agents(self) -> int:
        return int(self.value.shape[0])

    @cached_property
    def seen(self) -> Array:
        """Noughts and ones: (agents, blocks)."""
        known = np.isfinite(self.value) & np.isfinite(self.variance) & (self.variance < NOTHING_SEEN)
        return np.asarray(known.astype(float))

    def some(self, chosen: slice) -> Blocks:
        """Some of the blocks."""
        return Blocks(self.value[:, chosen], self.variance[:, chosen], self.at[chosen])


@dataclass(frozen=True)
class Shape:
    """Gamma(t, u) = a + q min(t, u) + b rho^|t - u|, where t and u count from `start`."""

    a: float
    q: float
    b: float
    rho: float
    start: float

    def between(self, one: Array, other: Array) -> Array:
        """The covariance of levels at places of blocks: (one, other)."""
        apart = np.abs(one[:, None] - other[None, :])
        first = np.minimum(one[:, None], other[None, :]) - self.start
        return np.asarray(self.a + self.q * first + self.b * self.rho**apart)

    def profile(self, places: Array, chosen_at: float) -> Array:
        """What is expected of levels elsewhere, of one unit of level at the time of choosing; one where levels do not differ."""
        own = np.array([chosen_at])
        there = float(self.between(own, own)[0, 0])
        if there <= TINY:
            return np.ones(len(places))
        return np.asarray(self.between(places, own)[:, 0] / there)


@dataclass(frozen=True)
class LevelCovariance:
    """The shape that is used, and those that were found with a twelfth of the agents left out each."""

    shape: Shape
    jackknife: tuple[Shape, ...]

    def jackknifed(self, values: list[float]) -> float:
        """The variance of a figure of which these are the values by each shape of the jackknife."""
        return float(np.var(values)) * (FOLDS - 1)


def level_covariance(blocks: Blocks, team: Index | None = None) -> LevelCovariance:
    """How levels of different blocks go together, from all agents' figures before a decision. team: (agents,), numbers from 0."""
    groups = np.zeros(blocks.agents, dtype=np.int64) if team is None else team
    level = _start(blocks)
    for _round in range(ROUNDS):
        products, pairs = _products(blocks, groups, level)
        level = max(float(products.sum() / max(pairs.sum(), TINY)), TINY * level, TINY)
    every, counted = products.sum(axis=0), pairs.sum(axis=0)
    found, *without = _fit(
        np.concatenate([every[None], every - products]), np.concatenate([counted[None], counted - pairs]), blocks.at
    )
    return LevelCovariance(found, tuple(without))


def _start(blocks: Blocks) -> float:
    """A first guess of how far levels differ: as far as figures do."""
    known = blocks.seen > 0
    return max(float(np.var(blocks.value[known])), TINY) if known.any() else 1.0


def _products(blocks: Blocks, group: Index, level: float) -> tuple[Array, Array]:
    """By fold of agents the sums of weighted products of two blocks, and what these hold of one unit of covariance."""
    seen = blocks.seen
    variance = np.where(seen > 0, np.maximum(blocks.variance, 0.0), 0.0)
    weight = seen / (1 + variance / level)
    value = np.where(seen > 0, blocks.value, 0.0)
    sums = _by_group(group, weight)
    centre = _by_group(group, weight * value) / np.maximum(sums, TINY)
    reach = CLIP * np.sqrt(level + variance)
    apart = weight * np.clip(value - centre[group], -reach, reach)
    share = weight / np.maximum(sums, TINY)[group]
    both = weight[:, :, None] * weight[:, None, :]
    common = _by_group(group, share[:, :, None] * share[:, None, :])[group]
    # Means of teams were taken off, and each agent is part of hers: so much of the covariance is left in the product.
    left = 1 - share[:, :, None] - share[:, None, :] + common
    fold = _folds(weight.sum(axis=1))
    return (
        _by_group(fold, apart[:, :, None] * apart[:, None, :], FOLDS),
        _by_group(fold, both * left, FOLDS),
    )


def _by_group(group: Index, values: Array, size: int | None = None) -> Array:
    """Sums over the agents of each group."""
    count = int(group.max()) + 1 if size is None else size
    member = csr_array((np.ones(len(group)), (group, np.arange(len(group)))), shape=(count, len(group)))
    return np.asarray(member @ values.reshape(len(values), -1)).reshape(count, *values.shape[1:])


def _folds(volume: Array) -> Index:
    """Agents by their volume, one to each fold in turn, so that all folds are alike."""
    rank = np.empty(len(volume), dtype=np.int64)
    rank[np.argsort(volume, kind="stable")] = np.arange(len(volume))
    return rank % FOLDS


def _fit(products: Array, pairs: Array, at: Array) -> list[Shape]:
    """The shape nearest to the mean products of different blocks, by non-negative least squares; for each of several sums.

    products, pairs: (several, blocks, blocks). There are three parts: each set of those that are not nought is tried.
    """
    one, other = np.triu_indices(len(at), 1)
    apart = np.abs(at[one] - at[other])
    first = np.minimum(at[one], at[other]) - float(at.min())
    parts = np.stack([np.stack([np.ones(len(one)), first, rho**apart]) for rho in RHOS])
    weight, sums = pairs[:, one, other], products[:, one, other]
    inner = np.einsum("rip,fp,rjp->frij", parts, weight, parts)
    outer = np.einsum("rip,fp->fri", parts, sums)
    sizes, gain = np.zeros(outer.shape), np.zeros(outer.shape[:2])
    for chosen in SETS:
        found, better = _unbounded(inner, outer, chosen)
        larger = (found >= 0).all(axis=2) & (better > gain)
        sizes, gain = np.where(larger[:, :, None], found, sizes), np.where(larger, better, gain)
    best = [(sizes[fold, rho].tolist(), RHOS[rho]) for fold, rho in enumerate(gain.argmax(axis=1))]
    return [Shape(a, q, b, rho, float(at.min())) for (a, q, b), rho in best]


def _unbounded(inner: Array, outer: Array, chosen: tuple[int, ...]) -> tuple[Array, Array]:
    """Least squares of some parts alone, and by how much they make the sum of squares smaller."""
    some = np.ix_(range(inner.shape[0]), range(inner.shape[1]), chosen, chosen)
    scale = np.trace(inner, axis1=2, axis2=3)[:, :, None, None] + TINY
    ridge = RIDGE * scale * np.eye(len(chosen))
    wanted = outer[:, :, list(chosen)]
    solved = np.linalg.solve(inner[some] + ridge, wanted[..., None])[..., 0]
    found = np.zeros(outer.shape)
    found[:, :, list(chosen)] = solved
    return found, (solved * wanted).sum(axis=2)
