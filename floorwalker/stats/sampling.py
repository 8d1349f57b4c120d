"""Which of an agent's contacts are evaluated, and how many must be until she can be judged by them?

A systematic sample (W. G. Cochran, Sampling Techniques (1977), chapter 8): each agent's contacts are laid in a row, sorted by
channel, reason and time, and every so many is taken from a random start. So the sample spreads over kinds, hours and weeks,
and each of her N contacts has the same chance n/N, exactly: places are counted in whole numbers. The start is a SHA-256 of
the seed and the agent. Nothing of it depends on the order of rows or on a library's random numbers, so that whoever has
seed and contacts can draw again in years to come.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from floorwalker.stats.cells import Array, Index
from floorwalker.stats.evaluators import Variances

Words = NDArray[np.str_]
# Until a centre has evaluations of its own: points of a hundred, squared, of agents, evaluators, pairs, and contacts with
# what marking adds by chance (9 and 5 points).
USUAL = Variances(agent=16.0, evaluator=16.0, pair=4.0, contact=106.0)
LIKELY = 1.96
# Between what is sorted and hashed: it stands in no name.
MARK = "\x1f"


@dataclass(frozen=True)
class Contacts:
    """The contacts that may be drawn, one row each in any order; key: unique; at: time as a whole number of any unit."""

    key: Words
    agent: Index
    channel: Words
    reason: Words
    at: Index

    @property
    def order(self) -> Index:
        """The rows agent by agent, each agent's in the order from which is drawn."""
        return np.lexsort((self.key, self.at, self.reason, self.channel, self.agent))

    def by_agent(self) -> Iterator[tuple[int, Contacts]]:
        """Each agent with her own contacts."""
        order = self.order
        agents, begins = np.unique(self.agent[order], return_index=True)
        for agent, hers in zip(agents.tolist(), np.split(order, begins[1:]), strict=True) if len(order) else ():
            yield (
                agent,
                Contacts(self.key[hers], self.agent[hers], self.channel[hers], self.reason[hers], self.at[hers]),
            )

    @property
    def digest(self) -> str:
        """What tells these contacts, all that is known of them here, from any others; the same in whatever order."""
        told = hashlib.sha256()
        for row in np.lexsort((self.key, self.agent)):
            told.update(f"{MARK.join(self._told(row))}\n".encode())
        return told.hexdigest()

    def _told(self, row: int) -> list[str]:
        return [str(column[row]) for column in (self.key, self.agent, self.channel, self.reason, self.at)]


@dataclass(frozen=True)
class Sample:
    """What was drawn: the numbers of rows, and the chance that each had."""

    row: Index
    probability: Array


def draw(contacts: Contacts, quota: int, seed: str) -> Sample:
    """Of each agent's contacts as many as the quota, or all where there are no more: each with chance min(1, quota/N)."""
    rows: list[Index] = []
    chances: list[Array] = []
    order = contacts.order
    agents, begins = np.unique(contacts.agent[order], return_index=True)
    for agent, hers in zip(agents, np.split(order, begins[1:]), strict=True) if len(order) else ():
        places = systematic(len(hers), quota, _start(seed, int(agent), len(hers)))
        rows.append(hers[places])
        chances.append(np.full(len(places), len(places) / len(hers)))
    if not rows:
        return Sample(np.array([], dtype=int), np.array([]))
    return Sample(np.concatenate(rows), np.concatenate(chances))


def systematic(among: int, quota: int, start: int) -> Index:
    """Places of a row of `among`, `quota` of them evenly apart, from a start of 0 to among - 1.

    Over all starts each place is taken exactly `quota` times: it has the chance quota/among, with nothing rounded.
    """
    if quota >= among:
        return np.arange(among)
    return (start + np.arange(quota, dtype=np.int64) * among) // quota


def _start(seed: str, agent: int, among: int) -> int:
    """Evenly from 0 to among - 1 (of 2^256 numbers the remainder prefers none by more than one in 2^200)."""
    return int.from_bytes(hashlib.sha256(f"{seed}{MARK}{agent}".encode()).digest()) % among


def lot(seed: str, *of: Any) -> float:
    """A number from 0 to 1 that only the seed and what it is drawn for decide."""
    told = MARK.join((seed, *(str(one) for one in of)))
    return int.from_bytes(hashlib.sha256(told.encode()).digest()[:7]) / 2**56


def weighted_mean(score: Array, probability: Array) -> float:
    """The mean of all contacts, as far as those drawn tell: each stands for as many as its chance was small."""
    return float(np.average(score, weights=1 / probability))


def evaluations_needed(reliability: float, variances: Variances = USUAL) -> int | None:
    """Random evaluations of an agent until so much of what differs between agents is theirs, to the nearest one.

    None where agents do not differ, so that no number is enough.
    """
    needed = variances.needed(reliability)
    return max(1, round(needed)) if math.isfinite(needed) else None


def range_of(evaluations: int, variances: Variances = USUAL) -> float:
    """How far, to either side, an agent's mean of so many evaluations may lie from what she is like, in 95 cases of 100.

    In the unit of the variances' scores; what evaluators' severity adds is not in it.
    """
    return LIKELY * math.sqrt((variances.contact + variances.pair) / evaluations)
