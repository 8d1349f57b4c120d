"""Which summaries do roll-ups or facts hold for several questions at once?

One pass a fact table and agent column, whatever the number of questions: reading costs more than counting.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from floorwalker.errors import KpiError
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.kpis.compile import RESOLVED, Pass, cells_sql, period_conditions, row_condition
from floorwalker.kpis.definition import Attribution, Kind, Kpi
from floorwalker.kpis.dimensions import DISPOSITION_MARK, PEOPLE, Value, find_dimension, needs_columns
from floorwalker.kpis.measures import Measure
from floorwalker.kpis.query import Facts, KpiQuery
from floorwalker.kpis.resolve import NOTHING_DATED, Dated, Resolver, candidates, read_dated
from floorwalker.kpis.rollup import find_rollup
from floorwalker.kpis.totals import Group, Totals
from floorwalker.stats.summaries import Count, Summary

Found = tuple[int, Measure, dict[Group, Summary]]


@dataclass(frozen=True)
class GroupSummary:
    """The summary of one KPI in one group; None where the KPI is not defined for the split."""

    kpi: Kpi
    group: Group
    summary: Summary | None


def summarise(
    query: KpiQuery, facts: Facts, kpis: Mapping[str, Kpi] | None = None, *, detail: bool = False
) -> list[GroupSummary]:
    """The summaries that answer a question; with `detail` means of durations carry their further sums."""
    return gather([query], facts, kpis, detail=detail)[0]


def gather(
    queries: Sequence[KpiQuery], facts: Facts, kpis: Mapping[str, Kpi] | None = None, *, detail: bool = False
) -> list[list[GroupSummary]]:
    """The summaries that answer each of several questions, which have parameters and use of roll-ups in common."""
    known = catalogue() if kpis is None else kpis
    asked = [find_kpi(name, known) for name in dict.fromkeys(name for query in queries for name in query.kpis)]
    _check(queries, asked)
    meant = [replace(query, where=_where(query.where)) for query in queries]
    found: list[dict[str, dict[Group, Summary]]] = [{} for _query in queries]
    dated = _dated(meant, facts, asked, detail)
    for totals in _plan(meant, facts, [Measure(kpi, detail) for kpi in asked], dated):
        for index, measure, groups in totals:
            found[index][measure.kpi.id] = groups
    return [
        [
            group
            for name in dict.fromkeys(query.kpis)
            for group in _groups(Measure(known[name], detail), query, summaries.get(name, {}))
        ]
        for query, summaries in zip(meant, found, strict=True)
    ]


def is_defined(kpi: Kpi, query: KpiQuery) -> bool:
    """Whether the KPI can be split and filtered as asked."""
    names = (*query.by, *query.where)
    if kpi.attribution is Attribution.NONE and any(name in PEOPLE for name in names):
        return False
    return all(column in kpi.table.column_names for name in names for column in _fact_columns(kpi, name))


def _fact_columns(kpi: Kpi, name: str) -> list[str]:
    agent = kpi.attribution.column
    return [needs_columns(agent if c == "agent" and agent else c) for c in find_dimension(name).cells]


def _check(queries: Sequence[KpiQuery], asked: Sequence[Kpi]) -> None:
    first = queries[0]
    if any((query.parameters, query.use_rollups) != (first.parameters, first.use_rollups) for query in queries):
        raise KpiError("questions of one pass have their parameters in common", found=repr(queries))
    for name, value in first.parameters.items():
        owners = [kpi.parameters[name] for kpi in asked if name in kpi.parameters]
        if not owners:
            known = sorted({parameter for kpi in asked for parameter in kpi.parameters})
            raise KpiError(
                "no KPI of this question has such a parameter", found=name, expected=", ".join(known) or "none"
            )
        for parameter in owners:
            parameter.check(value, f"--param {name}")


def _where(where: Mapping[str, tuple[Value, ...]]) -> dict[str, tuple[Value, ...]]:
    """A reason that is asked for also means the same text set by the agent."""
    reasons = where.get("reason")
    if reasons is None:
        return dict(where)
    marked = [f"{value}{DISPOSITION_MARK}" for value in reasons if isinstance(value, str)]
    return {**where, "reason": (*reasons, *marked)}


def _dated(queries: Sequence[KpiQuery], facts: Facts, asked: Sequence[Kpi], detail: bool) -> Dated:
    """The dated dimensions, asked for only where a question can depend on them."""
    has_people = any(name in RESOLVED for query in queries for name in (*query.by, *query.where))
    by_queue = any(p.queue for kpi in asked for p in kpi.parameters.values())
    has_detail = any(Measure(kpi, detail).has_detail for kpi in asked)
    return read_dated(facts) if has_people or by_queue or has_detail else NOTHING_DATED


def _plan(
    queries: Sequence[KpiQuery], facts: Facts, measures: Sequence[Measure], dated: Dated
) -> Iterator[Iterator[Found]]:
    """The passes that answer all questions, a fact table after the other."""
    for table in dict.fromkeys(measure.kpi.table.name for measure in measures):
        if facts.days(table) is not None:
            ours = [measure for measure in measures if measure.kpi.table.name == table]
            yield _read_table(queries, facts, ours, dated)


def _read_table(
    queries: Sequence[KpiQuery], facts: Facts, measures: Sequence[Measure], dated: Dated
) -> Iterator[Found]:
    """The summaries of one fact table: from roll-ups where they serve, else in one pass over the facts."""
    scope = _scope(queries)
    from_facts = []
    for totals, places in _views(queries, facts, measures, dated):
        rollup = find_rollup(scope, facts, totals.measures, totals.cells)
        if rollup is None:
            from_facts.append((totals, places))
        else:
            yield from _read(totals, places, facts, f"(select * from {rollup} f{_where_sql(scope)})", None)
    if from_facts:
        cells = _cells(scope, facts, dated, [totals for totals, _places in from_facts])
        for totals, places in from_facts:
            yield from _read(totals, places, facts, "cells", cells)


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


def _cells(scope: KpiQuery, facts: Facts, dated: Dated, views: Sequence[Totals]) -> pa.Table:
    """One pass over the fact table for all views."""
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
    return facts.sql(cells_sql(scan, facts.relation(table.name, scope.first_day, scope.last_day), facts))


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


def _read(totals: Totals, places: Sequence[int], facts: Facts, cells: str, table: pa.Table | None) -> Iterator[Found]:
    relations = {} if table is None else {"cells": table}
    rows: list[dict[Group, dict[str, Any]]] = [{} for _place in places]
    for statement in totals.statements(cells):
        for row in facts.fetch(statement, **relations):
            for index, group in totals.answers(row):
                _merge(rows[index].setdefault(group, {}), row)
    for measure in totals.measures:
        for place, groups in zip(places, rows, strict=True):
            yield place, measure, {group: measure.summary(row) for group, row in groups.items()}


def _merge(total: dict[str, Any], row: Mapping[str, Any]) -> None:
    index = row.get("bin")
    if index is None:
        total.update(row)
        return
    for name, value in row.items():
        if name != "bin":
            total.setdefault(name, {})[index] = value


def _groups(measure: Measure, query: KpiQuery, found: Mapping[Group, Summary]) -> list[GroupSummary]:
    """The groups that have something to say, in a stable order; without a split always the one."""
    kpi = measure.kpi
    if not is_defined(kpi, query):
        return [GroupSummary(kpi, (None,) * len(query.by), None)]
    if not query.by:
        return [GroupSummary(kpi, (), found.get((), measure.summary({})))]
    kept = {group: summary for group, summary in found.items() if _says_something(summary, group, query.by)}
    return [GroupSummary(kpi, group, kept[group]) for group in sorted(kept, key=_order)]


def _says_something(summary: Summary, group: Group, by: Sequence[str]) -> bool:
    """Nobody's nought is left out: contacts without an agent are not an agent who did nothing."""
    if any(name in PEOPLE and value is None for name, value in zip(by, group, strict=True)):
        return summary.events > 0 if isinstance(summary, Count) else summary.seen > 0
    return summary.seen > 0 or summary.pending > 0


def _order(group: Group) -> tuple[tuple[bool, str, Any], ...]:
    """By kind of value first: values of one kind can be compared, nothing stands last."""
    return tuple((value is None, type(value).__name__, 0 if value is None else value) for value in group)
