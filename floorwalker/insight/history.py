"""How did each agent stand, four weeks at a time, at the same work as colleagues and without what moved everybody?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from floorwalker.insight.blocks import BLOCK_DAYS, stood
from floorwalker.insight.cells import AgentCells
from floorwalker.insight.scorecard import Period
from floorwalker.kpis.definition import Kpi
from floorwalker.stats.case_mix import Scale
from floorwalker.stats.cells import Array, Cells, Index, total
from floorwalker.stats.peers import comparable_groups

BLOCKS = 13
# So many of the last blocks say what is usual now.
RECENT = 3
ROUNDS = 30


@dataclass(frozen=True)
class History:
    """The agents of one comparable group by blocks of four weeks, oldest first: (agents, blocks), nan where too little was done.

    effect: on the scale of effects, from what was usual of late for the group at the same work; error: the variance of its
    luck; contacts; level: what an effect of nought stands for, in the measure's own unit; moved: (agents,) which share of
    the work of late is of kinds that the agent did not have before.
    """

    kpi: Kpi
    scale: Scale
    agents: tuple[bytes, ...]
    blocks: tuple[Period, ...]
    effect: Array
    error: Array
    contacts: Array
    level: float
    moved: Array

    def in_unit(self, effect: float) -> float:
        """An effect in the measure's own unit."""
        return float(self.scale.moved(self.level, np.array(effect)))

    def of_unit(self, value: float) -> float:
        """A value in the measure's own unit as an effect; of a duration it must be above nought."""
        return float(np.log(value / self.level)) if self.scale is Scale.RATIO else value - self.level

    @property
    def bounds(self) -> tuple[float, float]:
        """What effects cannot leave: a share stays between nought and one."""
        is_share = self.kpi.unit == "share"
        return (-self.level, 1 - self.level) if is_share else (-np.inf, np.inf)


def histories_of_read(read: AgentCells, period: Period) -> Iterator[History]:
    """The blocks of a period of whole ones, of each group whose agents can be compared with one another."""
    groups = comparable_groups(read.cells)
    for group in range(int(groups.max(initial=-1)) + 1):
        yield _history(read, period, np.flatnonzero(groups == group))


def _history(read: AgentCells, period: Period, members: Index) -> History:
    cells = read.cells.of_agents(members)
    blocks = tuple(_blocks(period))
    found = stood(read, members, blocks)
    recent = _days_of(cells, (read.first - period.first).days) >= len(blocks) - RECENT
    effect = _without_everybody(found.effect, found.error, found.contacts)
    agents = tuple(read.agents[one] for one in members.tolist())
    level = _level(read, members, cells.where(recent))
    return History(
        read.kpi,
        read.scale,
        agents,
        blocks,
        effect,
        found.error,
        found.contacts,
        level,
        _moved(cells.where(recent), cells.where(~recent)),
    )


def _blocks(period: Period) -> Iterator[Period]:
    first = period.first
    while first <= period.last:
        yield Period(first, first + timedelta(days=BLOCK_DAYS - 1))
        first += timedelta(days=BLOCK_DAYS)


def _days_of(cells: Cells, ahead: int) -> Index:
    """By cell the number of its block."""
    return np.asarray((cells.day + ahead) // BLOCK_DAYS, dtype=np.int64)


def _without_everybody(effect: Array, error: Array, contacts: Array) -> Array:
    """Effects without what moved everybody: agents and blocks are told apart, so that who comes and goes moves nobody else.

    Nought is what was usual of late, by contacts.
    """
    known = np.isfinite(effect)
    values = np.where(known, effect, 0.0)
    typical = float(np.median(error[known])) if known.any() else 1.0
    weight = np.where(known, 1 / (np.where(known, error, 1.0) + typical), 0.0)
    block = np.zeros(effect.shape[1])
    for _ in range(ROUNDS):
        agent = _mean(weight, values - block, axis=1)
        block = _mean(weight, values - agent[:, None], axis=0)
    left = effect - block
    late = left[:, -RECENT:]
    of_late = np.where(np.isfinite(late), contacts[:, -RECENT:], 0.0)
    centre = float((of_late * np.nan_to_num(late)).sum() / of_late.sum()) if of_late.sum() else 0.0
    return np.asarray(left - centre)


def _mean(weight: Array, values: Array, axis: int) -> Array:
    return np.asarray((weight * values).sum(axis=axis) / np.maximum(weight.sum(axis=axis), 1e-300))


def _level(read: AgentCells, members: Index, recent: Cells) -> float:
    """The group's plain mean of late; very long contacts count whole, as far as they did in all of the time."""
    if not recent.n.sum():
        return read.level(members)
    capped = float(read.cells.values[members].sum() / read.cells.contacts[members].sum())
    level = float(recent.s1.sum() / recent.n.sum())
    return level * read.level(members) / capped if read.scale is Scale.RATIO and capped > 0 else level


def _moved(recent: Cells, before: Cells) -> Array:
    """Which share of each agent's work of late is of kinds of which there was less before; nought where nothing was done before."""
    newer = np.maximum(_shares(recent) - _shares(before), 0.0).sum(axis=1)
    return np.asarray(np.where(before.contacts > 0, newer, 0.0))


def _shares(cells: Cells) -> Array:
    mix = cells.by_agent_and(cells.stratum, cells.strata, cells.n)
    return np.asarray(mix / np.maximum(total(cells.agent, cells.n, cells.agents), 1e-300)[:, None])
