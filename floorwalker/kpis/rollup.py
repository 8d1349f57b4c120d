"""Which daily sums are kept so that pages need not read facts, and when do they answer a question?

A roll-up is the cells of a fact table, kept by day: one for each agent column that KPIs are booked to (by band of the
day), and one of contacts by queue and half hour with the histograms of waits. It holds the sums of every KPI with its
default parameters and each queue's own; whatever else is asked is answered from the facts. Both ways are the same SQL
from the cells on, so they give the same figures.

Of a large floor nearly every contact is a cell of its own. So each roll-up is added up once more, to whole days of an
agent, or of a queue: a few rows where there were dozens, which is all that a page without filters needs.
"""

from __future__ import annotations

import datetime
import functools
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from floorwalker.facts.tables import CONTACT, FACTS, Table
from floorwalker.kpis.caps import NAME as CAPS
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.compile import Pass, cells_sql, quoted
from floorwalker.kpis.dimensions import literal, needs_columns
from floorwalker.kpis.expression import COMPLETE_THROUGH
from floorwalker.kpis.measures import Combine, Measure, merged_bins
from floorwalker.kpis.query import Facts, KpiQuery, RolledUp
from floorwalker.kpis.resolve import read_dated

WORK_CELLS = ("queue_key", "channel", "direction", "reason", "disposition", "site_key", "origin")
HALF_HOUR = "contact_half_hour"
DAILY = "_daily"
# What cells of whole days tell apart, beside the agent; those of no agent.
DAILY_CELLS = ("direction", "site_key", "observed_team_key", "local_day")
QUEUE_CELLS = ("queue_key", "channel", "direction", "site_key", "local_day")
# Coarser times of the day follow from the half hour.
FROM_HALF_HOUR = {"hour": "(half_hour // 2)::smallint", "band": "(half_hour // 8)::smallint"}


@dataclass(frozen=True)
class Rollup:
    """One roll-up: its name, the fact table, the columns that make a cell (`local_day` last), and its measures.

    finer: the roll-up of which its cells are sums.
    """

    name: str
    table: Table
    cells: tuple[str, ...]
    measures: tuple[Measure, ...]
    finer: Rollup | None = None

    @property
    def key(self) -> str:
        """The name of its table: other definitions make another table, so that old sums are never taken for new ones."""
        return f"rollup_{self.name}_{self.digest}"

    @property
    def offered(self) -> frozenset[str]:
        """The cell columns that a question may use."""
        return frozenset(self.cells) | (frozenset(FROM_HALF_HOUR) if "half_hour" in self.cells else frozenset())

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dated dimensions that its sums depend on: when one changes, so do the days for which it says anything else."""
        by_queue = any(p.queue for m in self.measures for p in m.kpi.parameters.values())
        own = ("queue_parameter",) if by_queue and "queue_key" in self.table.column_names else ()
        return (*own, CAPS) if any(m.has_detail for m in self.measures) else own

    @functools.cached_property
    def digest(self) -> str:
        """Changes whenever its columns or the definitions behind them do."""
        told = [self.name, *self.cells]
        for measure in self.measures:
            kpi = measure.kpi
            told += [kpi.stamp, measure.prefix, kpi.among.text, repr(kpi.pending), repr(kpi.parts), repr(kpi.requires)]
            told += [repr(sorted(kpi.parameters.items())), *(column.sql for column in measure.cell_columns)]
        return hashlib.sha256("\x1f".join(told).encode()).hexdigest()[:16]

    def select(self, facts: Facts, first_day: datetime.date, last_day: datetime.date) -> str:
        """The SELECT that rolls up these days; days without facts give no rows."""
        days = f"local_day between {literal(first_day)} and {literal(last_day)}"
        if self.finer is not None and isinstance(facts, RolledUp):
            relation = facts.rollup(self.finer.key, first_day, last_day)
            if relation is not None:
                return self._added_up(f"(select * from {relation} where {days})")
        scan = Pass(
            table=self.table,
            cells=self.cells,
            measures=self.measures,
            conditions=(f"f.{days}",),
            parameters={},
            dated=read_dated(facts),
        )
        return cells_sql(scan, facts.relation(self.table.name, first_day, last_day), facts)

    def _added_up(self, finer: str) -> str:
        """The SELECT that adds up cells of the finer roll-up."""
        cells = ", ".join(map(quoted, self.cells))
        columns = {column.name: column for measure in self.measures for column in measure.cell_columns}
        sums = [f"{c.combined} as {name}" for name, c in columns.items() if c.combine is not Combine.BINS]
        found = f"(select {', '.join([cells, *sums])} from {finer} group by all) s"
        for name in (name for name, column in columns.items() if column.combine is Combine.BINS):
            entries = f"select {cells}, unnest(map_entries({name})) as e from {finer}"
            bins = f"select {cells}, e.key as bin, sum(e.value)::bigint as entries from ({entries}) group by all"
            same = " and ".join(
                f"{name}_of.{quoted(cell)} is not distinct from s.{quoted(cell)}" for cell in self.cells
            )
            found += f" left join (select {cells}, {merged_bins(name)} from ({bins}) group by all) {name}_of on {same}"
        kept = [f"s.{quoted(cell)}" for cell in self.cells]
        return f"select {', '.join([*kept, *columns])} from {found}"

    def waiting_days(self, relation: str) -> str | None:
        """The SELECT of days with outcomes that completeness alone decides: roll them up again when it moves on."""
        awaited = [m.prefix for m in self.measures if COMPLETE_THROUGH in m.kpi.mentions]
        if not awaited:
            return None
        return f"select distinct local_day from {relation} where {' + '.join(f'{p}_pending' for p in awaited)} > 0"


@functools.cache
def rollups() -> tuple[Rollup, ...]:
    """Every roll-up that the catalogue asks for; those of whole days come first, since they are read sooner."""
    half_hour = _rollup(HALF_HOUR, CONTACT, (*WORK_CELLS, "half_hour"), None)
    fine, daily = [half_hour], [_added_up(half_hour, "contact", QUEUE_CELLS)]
    for table in FACTS:
        columns = dict.fromkeys(k.attribution.column for k in catalogue().values() if k.table is table)
        for column in (column for column in columns if column is not None):
            by_agent = _by_agent(table, column)
            fine.append(by_agent)
            daily.append(_added_up(by_agent, by_agent.name, (column, *DAILY_CELLS)))
    return (*daily, *fine)


def _added_up(finer: Rollup, name: str, cells: Sequence[str]) -> Rollup:
    kept = tuple(cell for cell in cells if cell in finer.cells)
    return replace(finer, name=name + DAILY, cells=kept, finer=finer)


def _by_agent(table: Table, column: str) -> Rollup:
    return _rollup(f"{table.name}_{column}", table, (column, *WORK_CELLS, "observed_team_key", "band"), column)


def _rollup(name: str, table: Table, cells: Sequence[str], agent_column: str | None) -> Rollup:
    """agent_column None: all KPIs of the table; else those booked to that column."""
    kept = tuple(cell for cell in cells if needs_columns(cell) in table.column_names)
    measures = tuple(
        Measure(kpi, detail=True)
        for kpi in catalogue().values()
        if kpi.table is table and kpi.is_kept and (agent_column is None or kpi.attribution.column == agent_column)
    )
    return Rollup(name, table, (*kept, "local_day"), measures)


def find_rollup(query: KpiQuery, facts: Facts, measures: Sequence[Measure], cells: Sequence[str]) -> str | None:
    """The FROM-expression of a roll-up that answers the question exactly; None when only facts do."""
    if not query.use_rollups or not isinstance(facts, RolledUp) or not all(_is_kept(m, query) for m in measures):
        return None
    for rollup in rollups():
        holds = {m.kpi.id for m in rollup.measures} >= {m.kpi.id for m in measures}
        if rollup.table is measures[0].kpi.table and holds and set(cells) <= rollup.offered:
            relation = facts.rollup(rollup.key, query.first_day, query.last_day)
            if relation is not None:
                return _with_derived(rollup, relation, cells)
    return None


def _is_kept(measure: Measure, query: KpiQuery) -> bool:
    """Whether roll-ups hold this measure as it is asked: the catalogue's own definition, nobody's parameters."""
    kpi = measure.kpi
    return catalogue().get(kpi.id) is kpi and not set(kpi.parameters) & set(query.parameters)


def _with_derived(rollup: Rollup, relation: str, cells: Sequence[str]) -> str:
    derived = [f"{sql} as {name}" for name, sql in FROM_HALF_HOUR.items() if name in set(cells) - set(rollup.cells)]
    return f"(select *, {', '.join(derived)} from {relation})" if derived else relation
