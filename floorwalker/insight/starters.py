"""Who is new to the work? Whoever started lately, as somebody noted; else as far as the records tell by when people were seen.

A first sighting tells a start only where it is no accident of the records: not in their first weeks, nor where many appear at
once.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from floorwalker.insight.cells import AgentCells
from floorwalker.insight.grid import EPOCH
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.gather import plan_gathering
from floorwalker.kpis.query import Facts, KpiQuery
from floorwalker.stats.cells import Array, Index
from floorwalker.stats.tenure import newness

# After so long nothing of being new is left; who was seen in the first weeks of the records may have been there for years.
LOOK_BACK_DAYS, FIRST_WEEKS = 182, 28
# Where many are first seen within a week, a system was joined to the records, not people to the centre.
WEEK, MANY, MANY_SHARE = 7, 3, 0.10


def read_newness(facts: Facts, read: AgentCells, members: Index, period: Period, where: Where) -> Array:
    """How new some agents were to their work, from the mean of all of them: (members, 2), see `stats.tenure`."""
    new = newness(read.cells, read.started(lambda: first_days(facts, read, period, where)))[members]
    return np.asarray(new - np.average(new, axis=0, weights=np.maximum(read.cells.contacts[members], 1e-12)))


def records_from(period: Period) -> date:
    """The first day that is looked at to tell who is new in a period."""
    return period.first - timedelta(days=LOOK_BACK_DAYS + FIRST_WEEKS)


def first_days(facts: Facts, read: AgentCells, period: Period, where: Where, *, as_noted: bool = True) -> Array:
    """By agent the first day at the work, counted from the first of the cells; nan where nobody knows, or it lies far back.

    Without `as_noted` it is when somebody was first seen at just this work, a queue say, however long she has been here.
    """
    seen = _first_seen(facts, read, period, where)
    if not as_noted:
        return seen
    noted = _noted(facts, read)
    return np.where(np.isnan(noted), seen, np.where(noted < -LOOK_BACK_DAYS, np.nan, noted))


def _noted(facts: Facts, read: AgentCells) -> Array:
    """By agent the day of the start that was noted, counted likewise; nan where none was."""
    rows = facts.sql(f"select agent_key, started_on from {facts.relation('employment', None, None)}").to_pylist()
    noted = {bytes(row["agent_key"]): (row["started_on"] - read.first).days for row in rows}
    return np.array([noted.get(agent, np.nan) for agent in read.agents], dtype=float)


def _first_seen(facts: Facts, read: AgentCells, period: Period, where: Where) -> Array:
    """By agent the day of the first contact, counted likewise; nan where it does not tell a start."""
    nobody = np.full(len(read.agents), np.nan)
    query = KpiQuery((read.kpi.id,), records_from(period), period.last, ("agent", "day"), where)
    found = plan_gathering([query], facts).columns(in_order=False)[0].get(read.kpi.id)
    if found is None:
        return nobody
    table = found.table.filter(pa.array(found.sums("n") > 0)).group_by("agent").aggregate([("day", "min")])
    seen = table["day_min"].cast(pa.int32()).to_numpy() - (read.first - EPOCH).days
    first = {key: int(day) for key, day in zip(table["agent"].to_pylist(), seen, strict=True) if key is not None}
    days = np.array([first.get(agent, 0) for agent in read.agents], dtype=float)
    ordered = np.sort(days)
    together = np.searchsorted(ordered, days + WEEK, "left") - np.searchsorted(ordered, days - WEEK, "right")
    started = (days >= min(first.values(), default=0) + FIRST_WEEKS) & (together <= max(MANY, MANY_SHARE * len(days)))
    return np.where(started, days, nobody)
