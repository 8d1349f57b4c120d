"""Who evaluates which drawn contact? By lot, evenly, and never mostly one's own people.

Where everybody marks her own teams only, a harsh evaluator and a weak team look the same, however many contacts are marked.
So every evaluator's own stay below three in four from her first contact on, as far as somebody else may mark the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from floorwalker.stats.cells import Index
from floorwalker.stats.sampling import lot

Flags = NDArray[np.bool_]
NOBODY = -1


@dataclass(frozen=True)
class Lots:
    """By contact the number of the evaluator, and of the one who marks it again, blind; NOBODY where there is none."""

    first: Index
    second: Index


def assign(keys: Sequence[str], may: Flags, own: Flags, *, outside: float, twice: float, seed: str) -> Lots:
    """Draw lots. may, own: (contacts, evaluators), whether she may mark it, and whether it is of her own teams.

    outside: the least share of each evaluator's contacts that are not of her own teams; twice: the share marked again.
    The order of contacts does not matter. Where nobody else may mark a contact, its own evaluator does, above her share.
    """
    many = may.shape[1]
    inside, load = np.zeros(many, dtype=int), np.zeros(many, dtype=int)
    first, second = np.full(len(keys), NOBODY), np.full(len(keys), NOBODY)
    order = sorted(range(len(keys)), key=lambda row: lot(seed, "order", keys[row]))
    for row in order:
        room = inside + 1 <= (1 - outside) * (load + 1)
        of_own, of_others = may[row] & own[row], may[row] & ~own[row]
        for group in (of_own & room, of_others, of_own):
            if group.any():
                taken = _least(group, load, seed, keys[row])
                first[row] = taken
                load[taken] += 1
                inside[taken] += int(own[row, taken])
                break
    wanted = round(twice * len(keys))
    for row in sorted(order, key=lambda row: lot(seed, "twice", keys[row])):
        others = may[row] & (np.arange(many) != first[row])
        if wanted and first[row] != NOBODY and others.any():
            strangers = others & ~own[row]
            second[row] = _least(strangers if strangers.any() else others, load, seed, f"{keys[row]} again")
            load[second[row]] += 1
            wanted -= 1
    return Lots(first, second)


def _least(group: Flags, load: Index, seed: str, key: str) -> int:
    """Of a group who has the fewest; by lot among those who have as few."""
    least = load[group].min()
    return min(np.flatnonzero(group & (load == least)).tolist(), key=lambda one: lot(seed, "who", key, one))
