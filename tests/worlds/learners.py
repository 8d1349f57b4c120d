"""Starters with known truth: how they learn is drawn otherwise than the method thinks, and weekly figures have chance in them.

Levels are distances from what is usual of established people, who differ by one standard deviation; more is worse.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from floorwalker.stats.cells import Array, Index
from floorwalker.stats.starters_levels import Weekly

WEEKS = 26
# Nine in ten of established people are better than that.
BAND = 1.2816


@dataclass(frozen=True)
class Learners:
    """How such starters are. gap: what being new is worth at first; speed: weeks in which it fades to 37 %, or to nought."""

    starters: int = 20
    gap: float = 3.0
    speed: float = 5.0
    how: str = "fading"  # fading, straight, stepped, or none
    uneven: float = 0.4  # how much gaps and speeds differ, as logarithms
    lasting: float = 1.0
    noise: float = 0.55  # of a week of usual volume
    week: float = 0.3  # good weeks and bad ones
    leaving: float = 0.015  # each week; whoever is far off rather
    followed: tuple[int, int] = (6, 26)


def levels_of(world: Learners, count: int, rng: np.random.Generator) -> Array:
    """True courses: (count, weeks)."""
    week = np.arange(WEEKS)[None, :]
    gap = world.gap * np.exp(world.uneven * rng.normal(size=(count, 1)))
    speed = world.speed * np.exp(world.uneven * rng.normal(size=(count, 1)))
    left = {
        "fading": np.exp(-week / speed),
        "straight": np.maximum(1 - week / (2 * speed), 0.0),
        "stepped": np.where(week < speed, 1.0, 0.3 * (week < 3 * speed)),
        "none": np.ones((count, WEEKS)),
    }[world.how]
    return np.asarray(world.lasting * rng.standard_t(6, size=(count, 1)) * (4 / 6) ** 0.5 + gap * left)


def seen_of(world: Learners, levels: Array, rng: np.random.Generator) -> Weekly:
    """What is seen of them: some began lately, some left."""
    count = len(levels)
    volume = np.exp(0.5 * rng.normal(size=(count, 1))) * np.exp(0.3 * rng.normal(size=levels.shape))
    variance = world.noise**2 / volume + world.week**2
    value = levels + rng.normal(size=levels.shape) * np.sqrt(variance)
    last: Index = rng.integers(world.followed[0], world.followed[1] + 1, count)
    leaves = rng.random(levels.shape) < world.leaving * np.exp(0.3 * np.clip(levels, -2, 4))
    gone = np.where(leaves.any(axis=1), leaves.argmax(axis=1), WEEKS)
    last = np.minimum(last, gone)
    away = rng.random(levels.shape) < 0.08
    unseen = away | (np.arange(WEEKS) >= last[:, None])
    return Weekly(np.where(unseen, np.nan, value), np.where(unseen, np.inf, variance), last)
