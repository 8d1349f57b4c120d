"""How would figures of months look whose levels are known, which people change a little all the time or now and then?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


@dataclass(frozen=True)
class Wandering:
    """What a floor is like: levels with a standard deviation of 1, of which a month's figure tells the share `reliability`.

    steps: "steady" small ones (as the method thinks), "returning" ones that are forgotten, or rare "jumps".
    """

    seed: int
    reliability: float = 0.7
    agents: int = 240
    months: int = 12
    ahead: int = 3
    steps: str = "steady"
    step: float = 0.1

    @property
    def luck(self) -> float:
        """The variance of the luck of a usual month."""
        return (1 - self.reliability) / self.reliability


@dataclass(frozen=True)
class Months:
    """The true levels, what was seen and the variance of its luck: (agents, months and those ahead)."""

    level: Array
    seen: Array
    error: Array


def wander(world: Wandering) -> Months:
    """The floor of that seed."""
    rng = np.random.default_rng(world.seed)
    shape = (world.agents, world.months + world.ahead)
    level = np.empty(shape)
    level[:, 0] = rng.normal(0, 1, world.agents)
    for month in range(1, shape[1]):
        level[:, month] = _stepped(rng, world, level[:, month - 1])
    # Part-timers have fewer contacts, and months differ.
    volume = rng.gamma(8, 1 / 8, (world.agents, 1)) * rng.gamma(30, 1 / 30, shape)
    error = world.luck / volume
    return Months(level, level + rng.normal(size=shape) * np.sqrt(error), error)


def _stepped(rng: np.random.Generator, world: Wandering, level: Array) -> Array:
    if world.steps == "returning":
        kept = 1 - world.step / 2
        return np.asarray(kept * level + rng.normal(0, (1 - kept**2) ** 0.5, world.agents))
    if world.steps == "jumps":
        rare = rng.random(world.agents) < 0.05
        return np.asarray(level + np.where(rare, rng.normal(0, 4 * world.step, world.agents), 0.0))
    return np.asarray(level + rng.normal(0, world.step, world.agents))
