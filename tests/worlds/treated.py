"""Floors on which people were treated: thirteen blocks of weeks before, twelve weeks after, seen by what the product reads.

Handle times and whether a contact was settled are drawn apart, as `world` draws them; who is treated, and what it truly did, is
put on top of the sums.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

import numpy as np

from floorwalker.insight.cells import AgentCells, Made
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.stats.case_mix import Scale
from floorwalker.stats.cells import Array, Cells, Index
from tests.worlds.world import WEEK, WORKING_DAYS, World, build

HANDLE, SETTLED = "average_handle_time", "first_contact_resolution"
BLOCK, BLOCKS, REVIEW = 28, 13, 84
FIRST = date(2025, 3, 3)
BEGINS = FIRST + timedelta(days=BLOCK * BLOCKS)
COMPLETE = BEGINS + timedelta(days=REVIEW - 1)
DAYS = (BLOCK * BLOCKS + REVIEW) * WORKING_DAYS // WEEK


@dataclass(frozen=True)
class Floor:
    """handle, settled: sums of each measure without any effect; team: (agents,)."""

    handle: Cells
    settled: Cells
    team: Index

    @property
    def agents(self) -> int:
        return self.handle.agents

    def worst(self, count: int, blocks: int = 1) -> Index:
        """Whose handle time was longest in the last blocks before the first day."""
        return np.argsort(-self.record(blocks))[:count]

    @property
    def middling(self) -> Index:
        """One in the middle by her record, of those of whom the more is seen."""
        busy = np.flatnonzero(self.handle.contacts >= np.median(self.handle.contacts))
        record = self.record(1)[busy]
        return busy[np.argsort(record)[len(busy) // 2 :][:1]]

    def record(self, blocks: int) -> Array:
        """The plain mean of each agent in the last blocks before the first day."""
        first, after = BLOCK * (BLOCKS - blocks), BLOCK * BLOCKS
        some = self.handle.where((self.handle.day >= first) & (self.handle.day < after))
        return np.asarray(some.values / np.maximum(some.contacts, 1.0))


def make_floor(seed: int, agents: int, contacts_a_day: float) -> Floor:
    """One floor on which nothing was done."""
    world = World(
        seed=seed, agents=agents, teams=max(3, agents // 12), skills=2, kinds_a_skill=2, days=DAYS, shape="normal"
    )
    handle = build(replace(world, contacts_a_day=contacts_a_day))
    settled = build(replace(world, kind="share", contacts_a_day=contacts_a_day, seed=seed + 250_000))
    return Floor(handle.cells, settled.cells, handle.team)


def key(number: int) -> bytes:
    """The key of an agent."""
    return int(number).to_bytes(16, "big")


def shorter(cells: Cells, treated: Index, factor: float, day: int = BLOCK * BLOCKS) -> Cells:
    """Contacts of these people take so many times as long from the day on."""
    mine = np.where(np.isin(cells.agent, treated) & (cells.day >= day), factor, 1.0)
    at_cap = None if cells.at_cap is None else cells.at_cap * mine
    return replace(cells, s1=cells.s1 * mine, s2=cells.s2 * mine**2, at_cap=at_cap)


def settling(cells: Cells, treated: Index, points: float, seed: int, day: int = BLOCK * BLOCKS) -> Cells:
    """These people settle that share of all contacts fewer from the day on: as many settled ones become others by chance."""
    mine = np.isin(cells.agent, treated) & (cells.day >= day)
    rng = np.random.default_rng((seed, 2))
    settled = cells.s1.sum() / cells.n.sum()
    lost = rng.binomial(np.rint(cells.s1).astype(np.int64), min(1.0, points / settled)) * mine
    return replace(cells, s1=cells.s1 - lost, s2=cells.s2 - lost)


def reading(sums: Mapping[str, Cells], team: Index) -> Callable[..., dict[str, Made]]:
    """What stands for `read_together`: the sums of these measures."""
    made: dict[str, Made] = {measure: partial(_read, measure, cells, team) for measure, cells in sums.items()}
    return lambda *_asked: made


def _read(measure: str, cells: Cells, team: Index) -> AgentCells:
    kpi = find_kpi(measure, catalogue())
    scale = Scale.RATIO if kpi.unit == "seconds" else Scale.DIFFERENCE
    agents = tuple(key(number) for number in range(cells.agents))
    teams = tuple(key(1_000_000 + number) for number in team.tolist())
    return AgentCells(kpi, scale, cells, agents, teams, ((),) * cells.strata, FIRST)


def naive_success(floor: Floor, treated: Index) -> bool:
    """What is done elsewhere: whether the treated people's means fell from the last block to those since, by their own scatter."""
    before, day = floor.record(1), floor.handle.day
    some = floor.handle.where(day >= BLOCK * BLOCKS + WEEK)
    after = some.values / np.maximum(some.contacts, 1.0)
    change = np.log(after[treated] / before[treated])
    return bool(change.mean() < -1.64 * change.std(ddof=1) / len(change) ** 0.5)
