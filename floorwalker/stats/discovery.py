"""Whom may a page name, so that of all who are named few are named wrongly?

The largest set, by descending probability, whose mean probability of being wrong stays within the rate that was allowed:
M. A. Newton and others, Biostatistics 5 (2004), 155-176. It holds over everything on the screen, all measures together.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from floorwalker.stats.cells import Array

FALSE_DISCOVERY_RATE = 0.10


def discover(probability: Array, rate: float = FALSE_DISCOVERY_RATE) -> NDArray[np.bool_]:
    """Which of these are named: at most a share `rate` of them is expected to be wrong; any shape."""
    flat = probability.ravel()
    order = np.argsort(-flat, kind="stable")
    wrong = np.cumsum(1 - flat[order]) / np.arange(1, flat.size + 1)
    within = np.flatnonzero(wrong <= rate)
    named = np.zeros(flat.size, dtype=bool)
    if within.size:
        named[order[: within[-1] + 1]] = True
    return named.reshape(probability.shape)
