"""What is the answer to a question about KPIs, for every group that was asked for?"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from floorwalker.errors import KpiError
from floorwalker.estimate import Answer, NoEstimate, Reason
from floorwalker.kpis.answers import answer
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.kpis.compile import RESOLVED, Pass, Totals, cells_sql, row_condition
from floorwalker.kpis.definition import Attribution, Kind, Kpi
from floorwalker.kpis.dimensions import DISPOSITION_MARK, PEOPLE, Value, find_dimension, literal, needs_columns
from floorwalker.kpis.measures import Measure
from floorwalker.kpis.query import Days, Facts, KpiQuery
from floorwalker.kpis.resolve import Dated, Resolver, candidates, read_dated
from floorwalker.kpis.rollup import find_rollup
from floorwalker.stats.summaries import Count, Summary

Group = tuple[Value, ...]
BUCKETS = ("day", "week", "month")


@dataclass(frozen=True)
class KpiRow:
    """One answer: which KPI, for which group, over which days (inclusive; None when there are no facts at all)."""

    kpi: str
    definition: str
    group: Mapping[str, bytes | str | int | None]
    first_day: datetime.date | None
    last_day: datetime.date | None
    answer: Answer

    @property
    def pending(self) -> int:
        """Observations whose outcome is not known yet."""
        return self.answer.pending


@dataclass(frozen=True)
class GroupSummary:
    """The summary of one KPI in one group; None where the KPI is not defined for the split."""

    kpi: Kpi
    group: Group
    summary: Summary | None


def run_kpis(query: KpiQuery, facts: Facts, kpis: Mapping[str, Kpi] | None = None) -> list[KpiRow]:
    """Answer a question: rows by KPI in the order asked, then by group."""
    period = _period(query, facts, [find_kpi(name, _known(kpis)) for name in query.kpis])
    return [_row(query, facts, found, period) for found in summarise(query, facts, kpis)]


def summarise(
    query: KpiQuery, facts: Facts, kpis: Mapping[str, Kpi] | None = None, *, detail: bool = False
) -> list[GroupSummary]:
    """The summaries behind `run_kpis`; with `detail` means of durations carry their further sums."""
    asked = [find_kpi(name, _known(kpis)) for name in dict.fromkeys(query.kpis)]
    _check_parameters(query, asked)
    query = replace(query, where=_where(query.where))
    found: dict[str, dict[Group, Summary]] = {kpi.id: {} for kpi in asked}
    for table in dict.fromkeys(kpi.table.name for kpi in asked):
        measures = [Measure(kpi, detail) for kpi in asked if kpi.table.name == table and is_defined(kpi, query)]
        if measures and facts.days(table) is not None:
            for measure, groups in _totals(query, facts, measures):
                found[measure.kpi.id] = groups
    return [group for kpi in asked for group in _groups(kpi, query, found[kpi.id])]


def is_defined(kpi: Kpi, query: KpiQuery) -> bool:
    """Whether the KPI can be split and filtered as asked."""
    names = (*query.by, *query.where)
    if kpi.attribution is Attribution.NONE and any(name in PEOPLE for name in names):
        return False
    return all(column in kpi.table.column_names for name in names for column in _fact_columns(kpi, name))


def _fact_columns(kpi: Kpi, name: str) -> list[str]:
    agent = kpi.attribution.column
    return [needs_columns(agent if c == "agent" and agent else c) for c in find_dimension(name).cells]


def _known(kpis: Mapping[str, Kpi] | None) -> Mapping[str, Kpi]:
    return catalogue() if kpis is None else kpis


def _check_parameters(query: KpiQuery, asked: Sequence[Kpi]) -> None:
    for name, value in query.parameters.items():
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


def _totals(
    query: KpiQuery, facts: Facts, measures: Sequence[Measure]
) -> Iterable[tuple[Measure, dict[Group, Summary]]]:
    """The summaries of measures of one fact table: from roll-ups where they serve, else in one pass over the facts."""
    dated = _dated(query, facts, measures)
    plans: dict[tuple[str | None, str | None], list[Measure]] = {}
    for measure in measures:
        plans.setdefault(_view(query, measure.kpi), []).append(measure)
    views = [_view_totals(query, facts, dated, view, grouped) for view, grouped in plans.items()]
    from_facts = []
    for totals in views:
        rollup = find_rollup(query, facts, totals.measures, totals.cells)
        if rollup is None:
            from_facts.append(totals)
        else:
            yield from _read(totals, facts, f"(select * from {rollup} f{_days_condition(query)})", None)
    if from_facts:
        cells = _cells(query, facts, dated, from_facts)
        for totals in from_facts:
            yield from _read(totals, facts, "cells", cells)


def _dated(query: KpiQuery, facts: Facts, measures: Sequence[Measure]) -> Dated:
    """The dated dimensions, asked for only where the question can depend on them."""
    has_people = any(name in RESOLVED for name in (*query.by, *query.where))
    has_queue = any(p.queue for m in measures for p in m.kpi.parameters.values()) or any(m.has_detail for m in measures)
    return read_dated(facts) if has_people or has_queue else Dated(frozenset(), False, False, frozenset())


def _view(query: KpiQuery, kpi: Kpi) -> tuple[str | None, str | None]:
    """Measures of one agent column and one direction are totalled together."""
    names = (*query.by, *query.where)
    needs_agent = kpi.kind is Kind.RATIO or any(name in PEOPLE for name in names)
    return kpi.attribution.column if needs_agent else None, None if "direction" in names else kpi.direction


def _view_totals(
    query: KpiQuery, facts: Facts, dated: Dated, view: tuple[str | None, str | None], measures: Sequence[Measure]
) -> Totals:
    agent_column, direction = view
    return Totals(query.by, query.where, direction, tuple(measures), Resolver(facts, dated, agent_column))


def _cells(query: KpiQuery, facts: Facts, dated: Dated, views: Sequence[Totals]) -> pa.Table:
    """One pass over the fact table for all views."""
    table = views[0].measures[0].kpi.table
    agents = [view.resolver.agent_column for view in views if view.resolver.agent_column]
    conditions = [*_period_conditions(query), *candidates(query, facts, list(dict.fromkeys(agents)))]
    conditions += [found for name, values in query.where.items() if (found := row_condition(name, values))]
    directions = {view.direction for view in views}
    if len(directions) == 1 and None not in directions:
        conditions.append(f"f.direction = '{directions.pop()}'")
    scan = Pass(
        table=table,
        cells=tuple(dict.fromkeys(cell for view in views for cell in view.cells)),
        measures=tuple(measure for view in views for measure in view.measures),
        conditions=tuple(conditions),
        parameters=query.parameters,
        dated=dated,
    )
    return facts.sql(cells_sql(scan, facts.relation(table.name, query.first_day, query.last_day), facts))


def _period_conditions(query: KpiQuery) -> list[str]:
    bounds = ((">=", query.first_day), ("<=", query.last_day))
    return [f"f.local_day {sign} {literal(day)}" for sign, day in bounds if day is not None]


def _days_condition(query: KpiQuery) -> str:
    conditions = _period_conditions(query)
    return f" where {' and '.join(conditions)}" if conditions else ""


def _read(
    totals: Totals, facts: Facts, cells: str, table: pa.Table | None
) -> Iterable[tuple[Measure, dict[Group, Summary]]]:
    relations = {} if table is None else {"cells": table}
    rows: dict[Group, dict[str, Any]] = {}
    for statement in totals.statements(cells):
        for row in facts.sql(statement, **relations).to_pylist():
            group = tuple(row.pop(f"g{index}") for index in range(len(totals.by)))
            _merge(rows.setdefault(group, {}), row)
    for measure in totals.measures:
        yield measure, {group: measure.summary(row) for group, row in rows.items()}


def _merge(total: dict[str, Any], row: dict[str, Any]) -> None:
    index = row.pop("bin", None)
    for name, value in row.items():
        if index is None:
            total[name] = value
        else:
            total.setdefault(name, {})[index] = value


def _groups(kpi: Kpi, query: KpiQuery, found: Mapping[Group, Summary]) -> list[GroupSummary]:
    """The groups that have something to say, in a stable order; without a split always the one."""
    if not is_defined(kpi, query):
        return [GroupSummary(kpi, (None,) * len(query.by), None)]
    if not query.by:
        return [GroupSummary(kpi, (), found.get((), Measure(kpi).summary({})))]
    kept = {group: summary for group, summary in found.items() if _says_something(summary, group, query.by)}
    return [GroupSummary(kpi, group, kept[group]) for group in sorted(kept, key=_order)]


def _says_something(summary: Summary, group: Group, by: Sequence[str]) -> bool:
    """Nobody's nought is left out: contacts without an agent are not an agent who did nothing."""
    if any(name in PEOPLE and value is None for name, value in zip(by, group, strict=True)):
        return summary.events > 0 if isinstance(summary, Count) else summary.seen > 0
    return summary.seen > 0 or summary.pending > 0


def _order(group: Group) -> tuple[tuple[bool, str, int | str], ...]:
    return tuple(
        (value is None, type(value).__name__, value if isinstance(value, int) else _sortable(value)) for value in group
    )


def _sortable(value: Value) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


def _period(query: KpiQuery, facts: Facts, kpis: Sequence[Kpi]) -> Days | None:
    """The days that the answer is about: those asked for, else all days of the facts concerned."""
    known = [days for name in dict.fromkeys(kpi.table.name for kpi in kpis) if (days := facts.days(name))]
    if query.first_day and query.last_day:
        return query.first_day, query.last_day
    if not known:
        return None
    first = query.first_day or min(days[0] for days in known)
    return first, max(first, query.last_day or max(days[1] for days in known))


def _row(query: KpiQuery, facts: Facts, found: GroupSummary, period: Days | None) -> KpiRow:
    kpi = found.kpi
    if found.summary is None:
        said: Answer = NoEstimate(Reason.NOT_DEFINED_FOR_SPLIT, 0, kpi.stamp, kpi.unit)
    else:
        said = answer(kpi, found.summary, is_covered=_covers(facts.days(kpi.table.name), period))
    first, last = _bucket(query, found.group, period)
    group = {name: find_dimension(name).write(value) for name, value in zip(query.by, found.group, strict=True)}
    return KpiRow(kpi.id, kpi.stamp, group, first, last, said)


def _covers(known: Days | None, period: Days | None) -> bool:
    return known is not None and period is not None and known[0] <= period[1] and period[0] <= known[1]


def _bucket(query: KpiQuery, group: Group, period: Days | None) -> tuple[datetime.date | None, datetime.date | None]:
    """The days of one row: the shortest bucket of the split, cut to the days asked for; else the whole period."""
    named = [
        (value, _last_of(name, value))
        for name, value in zip(query.by, group, strict=True)
        if name in BUCKETS and isinstance(value, datetime.date)
    ]
    if not named:
        return period or (None, None)
    first, last = min(named, key=lambda days: days[1] - days[0])
    return max(first, query.first_day or first), min(last, query.last_day or last)


def _last_of(name: str, first: datetime.date) -> datetime.date:
    if name == "month":
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return first + datetime.timedelta(days=6 if name == "week" else 0)
