"""How does a raw gap add up: the work, everybody, the team, the person, and chance?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from floorwalker.insight.cells import AgentCells
from floorwalker.stats.case_mix import CaseMix
from floorwalker.stats.cells import Array, Cells
from floorwalker.stats.levels import Levels


@dataclass(frozen=True)
class Waterfall:
    """A raw gap to the standard in the measure's own unit, positive where worse; the five parts add up to it.

    mix: the work that was given, and being new to it.
    """

    mix: float
    system: float
    team: float
    personal: float
    noise: float

    @property
    def gap(self) -> float:
        """All of it."""
        return self.mix + self.system + self.team + self.personal + self.noise


def waterfalls(
    read: AgentCells,
    raw: Array,
    cells: Cells,
    mix: CaseMix,
    levels: Levels,
    level: float,
    standard: float,
    newness: Array,
) -> list[Waterfall]:
    """Every agent's raw gap in steps, each after the one before: mix and newness, system, team, personal; noise is the rest."""
    sign = read.sign
    own = mix.effect - float(np.average(mix.effect, weights=cells.contacts)) - newness
    adjusted = read.scale.moved(level, own)
    first = levels.teams.centre[levels.team]
    steps = (first, first + levels.personal.centre)
    team, both = (sign * (read.scale.moved(level, sign * step) - level) for step in steps)
    system = np.full(cells.agents, sign * (level - standard))
    parts = np.stack([sign * (raw - adjusted), system, team, both - team, sign * (adjusted - level) - both], axis=1)
    return [Waterfall(*row) for row in parts.tolist()]
