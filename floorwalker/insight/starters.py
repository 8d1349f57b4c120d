"""Who is new to the work? The day on which each agent was first seen at it, where that is no accident of the records."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from floorwalker.insight.cells import AgentCells
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.gather import gather_columns
from floorwalker.kpis.query import Facts, KpiQuery
from floorwalker.stats.cells import Array, Index
from floorwalker.stats.tenure import newness

# After so long nothing of being new is left; who was seen in the first weeks of the records may have been there for years.
LOOK_BACK_DAYS, FIRST_WEEKS = 182, 28
# Where many are first seen within a week, a system was joined to the records, not people to the centre.
WEEK, MANY, MANY_SHARE = 7, 3, 0.10


def read_newness(facts: Facts, read: AgentCells, members: Index, period: Period, where: Where) -> Array:
    """How new some agents were to their work, from the mean of all of them: (members, 2), see `stats.tenure`."""
    started = _first_days(facts, read, period, where)[members]
    cells = read.cells.of_agents(members)
    new = newness(cells, started)
    return np.asarray(new - np.average(new, axis=0, weights=np.maximum(cells.contacts, 1e-12)))


def _first_days(facts: Facts, read: AgentCells, period: Period, where: Where) -> Array:
    """By agent the first day at the work, counted from the period's first; nan where nobody knows, or it lies far back."""
    nobody = np.full(len(read.agents), np.nan)
    since = period.first - timedelta(days=LOOK_BACK_DAYS + FIRST_WEEKS)
    query = KpiQuery((read.kpi.id,), since, period.last, ("agent", "day"), where)
    found = gather_columns([query], facts)[0].get(read.kpi.id)
    if found is None:
        return nobody
    first: dict[bytes, int] = {}
    for (agent, day), n in zip(found.groups(), found.sums("n"), strict=True):
        if isinstance(agent, bytes) and n > 0:
            seen = day.toordinal() - period.first.toordinal()  # type: ignore[union-attr]
            first[agent] = min(first.get(agent, seen), seen)
    days = np.array([first.get(agent, 0) for agent in read.agents], dtype=float)
    together = np.array([((days > day - WEEK) & (days < day + WEEK)).sum() for day in days])
    started = (days >= min(first.values(), default=0) + FIRST_WEEKS) & (together <= max(MANY, MANY_SHARE * len(days)))
    return np.where(started, days, nobody)
