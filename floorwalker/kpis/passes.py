"""How are the facts read for several questions at once?

One pass a fact table and agent column, whatever the number of questions: reading costs more than counting. All passes
are planned before the first is read, so that an answer can be known by its statements.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from floorwalker.kpis.columns import SummaryColumns
from floorwalker.kpis.compile import RESOLVED, Pass, cells_sql, period_conditions, row_condition
from floorwalker.kpis.definition import Attribution, Kind, Kpi
from floorwalker.kpis.dimensions import PEOPLE, find_dimension, needs_columns
from floorwalker.kpis.measures import Measure
from floorwalker.kpis.query import Facts, KpiQuery
from floorwalker.kpis.resolve import NOTHING_DATED, Dated, Resolver, candidates, read_dated
from floorwalker.kpis.rollup import find_rollup
from floorwalker.kpis.totals import Totals

Found = tuple[int, SummaryColumns]
CELLS = "cells"


@dataclass(frozen=True)
class Reading:
    """One statement that totals cells for some questions (by position).

    cells: the statement that makes those cells from facts, which several readings may share; None: a roll-up holds them.
    """

    totals: Totals
    places: tuple[int, ...]
    statement: str
    cells: str | None = None

    @property
    def statements(self) -> tuple[str, ...]:
        """All that is asked of the facts."""
        return (self.statement,) if self.cells is None else (self.cells, self.statement)


def plan(
    queries: Sequence[KpiQuery], facts: Facts, measures: Sequence[Measure], *, added_up: bool = True
) -> list[Reading]:
    """How the questions are answered, a fact table after the other; nothing where there are no facts at all.

    added_up: else the cells of the only question are read as they are, see `read_cells`.
    """
    dated = _dated(queries, facts, measures)
    return [
        reading
        for table, some in _by_table(measures).items()
        if facts.days(table[0]) is not None
        for reading in _plan_table(queries, facts, some, dated, added_up)
    ]


def _by_table(measures: Sequence[Measure]) -> dict[tuple[str, bool], list[Measure]]:
    """The measures of each fact table; apart from the others those that no roll-up keeps, which would drag them to the facts."""
    found: dict[tuple[str, bool], list[Measure]] = {}
    for measure in measures:
        found.setdefault((measure.kpi.table.name, measure.kpi.is_kept), []).append(measure)
    return found


def read(readings: Sequence[Reading], facts: Facts, *, in_order: bool = True) -> Iterator[Found]:
    """What each question (by position) finds, a measure after the other; groups in their order, unless nobody needs one."""
    for reading, table in _read(readings, facts):
        yield from _found(reading, table, in_order)


def _read(readings: Sequence[Reading], facts: Facts) -> Iterator[tuple[Reading, pa.Table]]:
    """What each reading finds; cells that several of them share are made once."""
    held: dict[str, pa.Table] = {}
    for reading in readings:
        if reading.cells is not None and reading.cells not in held:
            held = {reading.cells: facts.sql(reading.cells)}
        relations = {} if reading.cells is None else {CELLS: held[reading.cells]}
        yield reading, facts.sql(reading.statement, **relations)


def read_cells(readings: Sequence[Reading], facts: Facts) -> Iterator[tuple[Sequence[Measure], pa.Table]]:
    """The cells of the only question, in no order and as often as there are: whoever reads them adds them up.

    Of a large floor nearly every row of a roll-up is a group of its own, and to find that out takes most of the time.
    """
    for reading, table in _read(readings, facts):
        yield reading.totals.measures, table


def is_defined(kpi: Kpi, query: KpiQuery) -> bool:
    """Whether the KPI can be split and filtered as asked."""
    names = (*query.by, *query.where)
    if kpi.attribution is Attribution.NONE and any(name in PEOPLE for name in names):
        return False
    return all(column in kpi.table.column_names for name in names for column in _fact_columns(kpi, name))


def _fact_columns(kpi: Kpi, name: str) -> list[str]:
    agent = kpi.attribution.column
    return [needs_columns(agent if c == "agent" and agent else c) for c in find_dimension(name).cells]


def _dated(queries: Sequence[KpiQuery], facts: Facts, measures: Sequence[Measure]) -> Dated:
    """The dated dimensions, asked for only where a question can depend on them."""
    has_people = any(name in RESOLVED for query in queries for name in (*query.by, *query.where))
    by_queue = any(p.queue for measure in measures for p in measure.kpi.parameters.values())
    has_detail = any(measure.has_detail for measure in measures)
    return read_dated(facts) if has_people or by_queue or has_detail else NOTHING_DATED


def _plan_table(
    queries: Sequence[KpiQuery], facts: Facts, measures: Sequence[Measure], dated: Dated, added_up: bool
) -> Iterator[Reading]:
    """The readings of one fact table: of roll-ups where they serve, else of one pass over the facts."""
    scope = _scope(queries)
    from_facts = []
    for totals, places in _views(queries, facts, measures, dated):
        rollup = find_rollup(scope, facts, totals.measures, totals.cells)
        if rollup is None:
            from_facts.append((totals, places))
        else:
            cells = f"(select {', '.join(totals.columns)} from {rollup} f{_where_sql(scope)})"
            yield Reading(totals, places, _statement(totals, cells, added_up))
    if from_facts:
        one_pass = _cells(scope, facts, dated, [totals for totals, _places in from_facts])
        for totals, places in from_facts:
            yield Reading(totals, places, _statement(totals, CELLS, added_up), one_pass)


def _statement(totals: Totals, cells: str, added_up: bool) -> str:
    return totals.statement(cells) if added_up else totals.rows(cells)


def _scope(queries: Sequence[KpiQuery]) -> KpiQuery:
    """The first question over the days of all of them."""
    firsts, lasts = [query.first_day for query in queries], [query.last_day for query in queries]
    first = min(day for day in firsts if day) if all(firsts) else None
    last = max(day for day in lasts if day) if all(lasts) else None
    return replace(queries[0], first_day=first, last_day=last)


def _where_sql(scope: KpiQuery) -> str:
    conditions = period_conditions(scope, "f")
    return f" where {' and '.join(conditions)}" if conditions else ""


def _views(
    queries: Sequence[KpiQuery], facts: Facts, measures: Sequence[Measure], dated: Dated
) -> list[tuple[Totals, tuple[int, ...]]]:
    """Measures of one agent column, direction and set of questions (by position) are totalled together."""
    scope = _scope(queries)
    days = scope.first_day, scope.last_day
    plans: dict[tuple[str | None, str | None, tuple[int, ...]], list[Measure]] = {}
    for measure in measures:
        for direction, places in _by_direction(queries, measure.kpi).items():
            agent = _agent_column([queries[place] for place in places], measure.kpi)
            plans.setdefault((agent, direction, tuple(places)), []).append(measure)
    return [
        (
            Totals(tuple(queries[p] for p in places), days, direction, tuple(found), Resolver(facts, dated, agent)),
            places,
        )
        for (agent, direction, places), found in plans.items()
    ]


def _by_direction(queries: Sequence[KpiQuery], kpi: Kpi) -> dict[str | None, list[int]]:
    """The questions that ask for this KPI and for which it is defined, by the direction that counts."""
    found: dict[str | None, list[int]] = {}
    for place, query in enumerate(queries):
        if kpi.id in query.kpis and is_defined(kpi, query):
            names_it = "direction" in (*query.by, *query.where)
            found.setdefault(None if names_it else kpi.direction, []).append(place)
    return found


def _agent_column(queries: Sequence[KpiQuery], kpi: Kpi) -> str | None:
    names_people = any(name in PEOPLE for query in queries for name in (*query.by, *query.where))
    return kpi.attribution.column if kpi.kind is Kind.RATIO or names_people else None


def _cells(scope: KpiQuery, facts: Facts, dated: Dated, views: Sequence[Totals]) -> str:
    """The statement of one pass over the fact table for all views."""
    table = views[0].measures[0].kpi.table
    conditions = [*period_conditions(scope, "f"), *_row_conditions(facts, views)]
    directions = {view.direction for view in views}
    if len(directions) == 1 and None not in directions:
        conditions.append(f"f.direction = '{directions.pop()}'")
    scan = Pass(
        table=table,
        cells=tuple(dict.fromkeys(cell for view in views for cell in view.cells)),
        measures=tuple({measure.kpi.id: measure for view in views for measure in view.measures}.values()),
        conditions=tuple(conditions),
        parameters=scope.parameters,
        dated=dated,
    )
    return cells_sql(scan, facts.relation(table.name, scope.first_day, scope.last_day), facts)


def _row_conditions(facts: Facts, views: Sequence[Totals]) -> list[str]:
    """What every fact row that any question counts meets; it only spares work."""
    agents = list(dict.fromkeys(v.resolver.agent_column for v in views if v.resolver.agent_column))
    queries = [query for view in views for query in view.queries]
    each = dict.fromkeys(tuple(_conditions_of(query, facts, agents)) for query in queries)
    if len(each) == 1:
        return list(next(iter(each)))
    alternatives = [f"({' and '.join(found)})" for found in each]
    return [] if () in each else [f"({' or '.join(alternatives)})"]


def _conditions_of(query: KpiQuery, facts: Facts, agents: Sequence[str]) -> list[str]:
    named = [found for name, values in query.where.items() if (found := row_condition(name, values))]
    return candidates(query, facts, agents) + named


def _found(reading: Reading, answer: pa.Table, in_order: bool) -> Iterator[Found]:
    totals = reading.totals
    for index, rows in totals.answers(answer, in_order=in_order):
        for measure in totals.measures:
            columns = [*totals.queries[index].by, *measure.sums.values()]
            yield reading.places[index], SummaryColumns(measure, totals.queries[index].by, rows.select(columns))
