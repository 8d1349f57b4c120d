"""Does what is bad and rare come more often: events of agents and teams against what their kinds of contact would give?"""

from __future__ import annotations

import numpy as np

from floorwalker.insight.cells import AgentCells
from floorwalker.kpis.definition import Kind
from floorwalker.stats.cells import Array, Index
from floorwalker.stats.control_charts import LEAST_BASE_DAYS, Signal
from floorwalker.stats.rare_events import find_rises

# A share of bad outcomes below which they are followed one by one: a day's share of them says nothing.
RARE = 0.02
Rises = list[tuple[bytes, list[Signal]]]


def is_rare(read: AgentCells) -> bool:
    """Whether a measure is such a share."""
    share = float(read.cells.s1.sum() / read.cells.n.sum())
    return read.kpi.kind is Kind.PROPORTION and (share if read.sign > 0 else 1 - share) < RARE


def rises_of_agents(read: AgentCells, worked: Index, base: int, days_apart: float) -> Rises:
    """Every agent who worked enough to be followed, with the rises; worked: the days; base: how many say what is usual."""
    days = (_daily(read, worked)[1][:, :base] > 0).sum(axis=1)
    steady = np.flatnonzero(days >= LEAST_BASE_DAYS // 2)
    members = [(read.agents[place], np.array([place])) for place in steady.tolist()]
    return _rises(read, worked, members, base, days_apart)


def rises_of_teams(read: AgentCells, worked: Index, base: int, days_apart: float) -> Rises:
    """The same of every team, as the sum of its members, where there are three at least."""
    names = sorted({team for team in read.teams if team is not None})
    members = [(name, np.flatnonzero([team == name for team in read.teams])) for name in names]
    return _rises(read, worked, members, base, days_apart) if len(members) > 2 else []


def _rises(read: AgentCells, worked: Index, units: list[tuple[bytes, Index]], base: int, days_apart: float) -> Rises:
    if not units:
        return []
    events, n, usual = (
        np.array([part[members].sum(axis=0) for _key, members in units]) for part in _daily(read, worked)
    )
    found: Rises = [(key, []) for key, _members in units]
    for signal in find_rises(events, n, usual, base, days_apart):
        found[signal.unit][1].append(signal)
    return found


def _daily(read: AgentCells, worked: Index) -> tuple[Array, Array, Array]:
    """By agent and day what was bad, what was done, and how much of it would be bad by the kinds of contact."""
    cells = read.cells
    bad = cells.s1 if read.sign > 0 else cells.n - cells.s1
    share = cells.by_stratum(bad) / np.maximum(cells.by_stratum(cells.n), 1.0)
    events, n, usual = (
        cells.by_agent_and(cells.day, cells.days, values)[:, worked]
        for values in (bad, cells.n, cells.n * share[cells.stratum])
    )
    return events, n, usual
