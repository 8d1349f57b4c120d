"""What would the chosen agents' figures have been if nobody had been coached?

Two answers. By the record: the best prediction of an agent's level from all her blocks, right if whoever chose knew nothing
else. By the profile: if agents were chosen for their level at one time, whatever the chooser knew, levels elsewhere are
expected to lie as Gamma(t, s) / Gamma(s, s) says; blocks that the chooser did not see are weighed so that this profile cancels,
and what is left of it is as small as may be (universal kriging; G. Matheron, Annales de l'institut Henri Poincare 9 (1973);
N. Cressie, Statistics for Spatial Data (1993), 3.4).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from floorwalker.stats.cells import Array
from floorwalker.stats.level_covariance import NOTHING_SEEN, TINY, Blocks, Shape


@dataclass(frozen=True)
class Outcome:
    """Each agent's figure over some blocks, as their sampling weighs them. value, variance: (agents,), the variance infinite
    where nothing was seen; part: (agents, blocks), what each block counts; at: (blocks,)."""

    value: Array
    variance: Array
    part: Array
    at: Array


def outcome(blocks: Blocks) -> Outcome:
    """One figure of each agent."""
    precise = np.where(blocks.seen > 0, 1 / np.maximum(np.where(blocks.seen > 0, blocks.variance, 1.0), TINY), 0.0)
    sums = precise.sum(axis=1)
    some = sums > 0
    part = precise / np.where(some, sums, 1.0)[:, None]
    value = (part * np.where(blocks.seen > 0, blocks.value, 0.0)).sum(axis=1)
    return Outcome(value, np.where(some, 1 / np.where(some, sums, 1.0), np.inf), part, blocks.at)


def predicted(history: Blocks, after: Outcome, shape: Shape) -> tuple[Array, Array]:
    """Each agent's level afterwards as her whole record predicts it, and the variance of that prediction."""
    value, noise = _sampled(history)
    with_after = after.part @ shape.between(after.at, history.at)
    whole = shape.between(history.at, history.at) + noise
    solved = np.linalg.solve(whole, np.stack([value, with_after], axis=2))
    level = (with_after * solved[:, :, 0]).sum(axis=1)
    known = (with_after * solved[:, :, 1]).sum(axis=1)
    return level, np.maximum(_own(after, shape) - known, 0.0)


@dataclass(frozen=True)
class Profiled:
    """value: (agents,), outcomes less what the profile leads to expect; variance: of their errors; weight: (agents, blocks) of those
    before; level: (agents,), at the time of choosing, and how precise that is."""

    value: Array
    variance: Array
    weight: Array
    level: Array
    precise: Array


def profiled(unseen: Blocks, after: Outcome, shape: Shape, chosen_at: float) -> Profiled:
    """Outcomes less the weighed blocks that whoever chose did not see. chosen_at: where the last block before the choice lies."""
    value, noise = _sampled(unseen)
    before, later = shape.profile(unseen.at, chosen_at), after.part @ shape.profile(after.at, chosen_at)
    whole = _beyond(shape, unseen.at, unseen.at, chosen_at) + noise
    with_after = after.part @ _beyond(shape, after.at, unseen.at, chosen_at)
    own = ((after.part @ _beyond(shape, after.at, after.at, chosen_at)) * after.part).sum(axis=1)
    solved = np.linalg.solve(whole, np.stack([with_after, np.broadcast_to(before, with_after.shape), value], axis=2))
    precise = solved[:, :, 1] @ before
    missing = (later - solved[:, :, 0] @ before) / precise
    weight = solved[:, :, 0] + missing[:, None] * solved[:, :, 1]
    error = own + np.einsum("at,atu,au->a", weight, whole, weight) - 2 * (weight * with_after).sum(axis=1)
    return Profiled(
        after.value - (weight * value).sum(axis=1),
        np.maximum(error, 0.0) + after.variance,
        np.asarray(weight),
        (solved[:, :, 2] @ before) / precise,
        precise,
    )


def left_of_profile(found: Profiled, chosen: Array, unseen: Array, after: Outcome, shape: Shape, at: float) -> float:
    """What another shape's profile would leave in the mean of the chosen agents' figures, of one unit of level."""
    later, before = after.part @ shape.profile(after.at, at), found.weight @ shape.profile(unseen, at)
    return float((chosen * (later - before)).sum() / max(float(chosen.sum()), TINY))


def _sampled(blocks: Blocks) -> tuple[Array, Array]:
    """Figures, nought where nothing was seen, and their sampling's variances on diagonals: (agents, blocks, blocks)."""
    some = blocks.seen > 0
    variance = np.where(some, np.maximum(np.where(some, blocks.variance, 0.0), TINY), NOTHING_SEEN)
    return np.where(some, blocks.value, 0.0), variance[:, :, None] * np.eye(len(blocks.at))


def _own(after: Outcome, shape: Shape) -> Array:
    """The variance of levels afterwards."""
    return np.asarray(((after.part @ shape.between(after.at, after.at)) * after.part).sum(axis=1))


def _beyond(shape: Shape, one: Array, other: Array, chosen_at: float) -> Array:
    """What levels have in common beyond that at the time of choosing."""
    own = np.array([chosen_at])
    there = max(float(shape.between(own, own)[0, 0]), TINY)
    return np.asarray(shape.between(one, other) - shape.between(one, own) @ shape.between(own, other) / there)
