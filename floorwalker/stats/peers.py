"""Who can be compared with whom? Agents whom a chain of shared kinds of contact ties together, and nobody else."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from floorwalker.stats.cells import Cells, Index

LEAST_SHARED = 10


def comparable_groups(cells: Cells, least: float = LEAST_SHARED) -> Index:
    """By agent the number of a group, -1 for whoever shares nothing.

    A kind of contact ties an agent to others from `least` contacts on (J. M. Abowd, F. Kramarz and D. N. Margolis,
    Econometrica 67 (1999), 251-333).
    """
    agent, stratum = np.nonzero(cells.mix >= least)
    size = cells.agents + cells.strata
    graph = coo_array((np.ones(len(agent)), (agent, cells.agents + stratum)), shape=(size, size))
    _count, label = connected_components(graph, directed=False)
    tied = np.zeros(cells.agents, dtype=bool)
    tied[agent] = True
    found = np.where(tied, label[: cells.agents], -1)
    names, number = np.unique(found[tied], return_inverse=True)
    group = np.full(cells.agents, -1, dtype=np.int64)
    if len(names):
        group[tied] = number
    return group
