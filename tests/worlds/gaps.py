"""How would the gaps of a floor look whose truth is known: who is worse at what, by how much, and what would be learnt of it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
# Four measures: how reliable a month's figure is, how far its plain figure owes to the work that was given, contacts a month,
# what a standard deviation of it is worth in one contact, and hours that an action takes.
RELIABILITY = np.array([0.93, 0.86, 0.86, 0.41])
MIX = np.array([1.2, 0.5, 0.3, 0.2])
CONTACTS = np.array([600.0, 600.0, 450.0, 60.0])
WORTH = np.array([36.0, 24.0, 40.0, 30.0])
HOURS = np.array([1.0, 1.0, 2.0, 1.5])
UNKNOWN = 0.30


@dataclass(frozen=True)
class Gaps:
    """(agents, measures), positive being worse: true gaps to the standard, what was believed of them and plain differences.

    learn: by measure the share of a gap that an action truly closes; said: what is believed of that, 30 % off by chance.
    """

    true: Array
    mean: Array
    sd: Array
    plain: Array
    contacts: Array
    learn: Array
    said: Array


def gaps(seed: int, agents: int = 240) -> Gaps:
    """The floor of that seed."""
    rng = np.random.default_rng(seed)
    shape = (agents, len(RELIABILITY))
    true = rng.normal(0, 1, shape)
    # Half-timers tell less.
    volume = rng.gamma(8, 1 / 8, (agents, 1)) * np.where(rng.random((agents, 1)) < 0.25, 0.5, 1.0)
    error = (1 - RELIABILITY) / RELIABILITY / volume
    seen = true + rng.normal(size=shape) * error**0.5
    kept = 1 / (1 + error)
    learn = rng.uniform(0.05, 0.5, len(RELIABILITY))
    said = learn * (1 + UNKNOWN * rng.uniform(-1, 1, len(learn)))
    plain = seen + MIX * rng.normal(size=shape)
    return Gaps(true, kept * seen, (kept * error) ** 0.5, plain, CONTACTS * volume, learn, said)
