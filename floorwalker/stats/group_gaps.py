"""Do groups of agents score differently, or are they only marked by other people on other work?

One group at a time is held against all other agents, within the evaluators who marked both: errors of one agent's evaluations may
hang together as they like. A group of a handful of agents is not looked at: nobody's score may follow from it. Ranges hold for all
groups together (Bonferroni), so that of many groups one in twenty does not stand out by chance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from floorwalker.stats.cells import Array, Index

# Of the group, and of all others: agents, and evaluations, among evaluators who marked both.
LEAST_AGENTS, LEAST_EVALUATIONS = 10, 30
LEVEL = 0.95


@dataclass(frozen=True)
class Gaps:
    """By group by how much it scores above all others, likely between low and high: (groups,), nan where nothing may be said.

    p: of no difference, times the number of groups that are looked at; agents: of each group.
    """

    estimate: Array
    low: Array
    high: Array
    p: Array
    agents: Index


def gaps_of_groups(score: Array, agent: Index, group: Index, within: Index | None = None) -> Gaps:
    """group: (agents,) numbers from 0, -1 for whoever belongs to none that is known.

    within: of evaluations who marked them by which form; without it plain means are compared.
    """
    of_group = group[agent]
    told = of_group >= 0
    y, who, number = score[told], agent[told], of_group[told]
    cell = np.zeros(len(y), dtype=np.int64) if within is None else np.unique(within[told], return_inverse=True)[1]
    many = int(group.max(initial=-1)) + 1
    agents = np.array([len(np.unique(who[number == one])) for one in range(many)], dtype=np.int64)
    found = [_gap(y, who, number == one, cell) for one in range(many)]
    tried = sum(one is not None for one in found)
    nothing = np.full((4, many), np.nan)
    for place, one in enumerate(found):
        if one is not None:
            estimate, error, free = one
            reach = float(special.stdtrit(free, 1 - (1 - LEVEL) / 2 / tried)) * error
            p = 2 * float(special.stdtr(free, -abs(estimate) / error)) if error > 0 else float(estimate == 0)
            nothing[:, place] = estimate, estimate - reach, estimate + reach, min(1.0, tried * p)
    return Gaps(nothing[0], nothing[1], nothing[2], nothing[3], agents)


def _gap(y: Array, agent: Index, inside: NDArray[np.bool_], cell: Index) -> tuple[float, float, int] | None:
    """Difference, error and degrees of freedom, in cells that hold both sides; None where they hold too little."""
    both = np.isin(cell, cell[inside]) & np.isin(cell, cell[~inside])
    y, agent, inside, cell = y[both], agent[both], inside[both], cell[both]
    sides = [(len(np.unique(agent[side])), int(side.sum())) for side in (inside, ~inside)]
    if min(people for people, _ in sides) < LEAST_AGENTS or min(marks for _, marks in sides) < LEAST_EVALUATIONS:
        return None
    x = _centred(inside.astype(float), cell)
    y = _centred(y, cell)
    size = float(x @ x)
    estimate = float(x @ y) / size
    moments = np.bincount(agent, x * (y - x * estimate))
    many = len(np.unique(agent))
    error = float(np.sqrt((moments**2).sum() * many / (many - 1))) / size
    # The smaller side decides how much is known; all agents together would promise too much.
    return estimate, error, min(people for people, _ in sides) - 1


def _centred(values: Array, cell: Index) -> Array:
    n = np.maximum(np.bincount(cell), 1)
    return np.asarray(values - (np.bincount(cell, values) / n)[cell])
