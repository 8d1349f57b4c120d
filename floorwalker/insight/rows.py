"""Which rows are behind a number? The latest of them, by key and time; no customer, no name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.compile import RESOLVED, Pass, condition, expression_names
from floorwalker.kpis.definition import Kind, Kpi
from floorwalker.kpis.dimensions import find_dimension, literal
from floorwalker.kpis.measures import Measure
from floorwalker.kpis.query import Facts
from floorwalker.kpis.recalling import recall
from floorwalker.kpis.resolve import Resolver, read_dated

SHOWN = 25
# What one of them takes in memory, roughly.
ROW_BYTES = 2000
# Columns that say what happened; keys of people and customers, and what only the lake needs, are not among them.
TELLING = (
    "entered_at",
    "answered_at",
    "ended_at",
    "outcome",
    "wait_seconds",
    "talk_seconds",
    "hold_seconds",
    "wrap_up_seconds",
    "handled",
    "resolved",
    "transferred_out",
    "next_same_reason_seconds",
    "rang_at",
    "ring_seconds",
    "state",
    "started_at",
    "seconds",
    "handled_count",
    "contact_at",
    "score",
    "asked_at",
    "due_at",
    "acknowledged_at",
    "begun_at",
    "done_at",
    "outcome",
    "kind",
    "channel",
    "reason",
    "disposition",
)


@dataclass(frozen=True)
class RowsBehind:
    """The columns that say anything, the latest rows behind a number, and how many of them are shown.

    zones: the time zones in which their instants are told, each row in its site's.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    shown: int
    zones: tuple[str, ...] = ()


def read_rows(facts: Facts, kpi: Kpi, period: Period, where: Where) -> RowsBehind:
    """The latest rows that count in the measure's figure for that period and scope; keys are shortened."""
    columns = [column.name for column in kpi.table.columns if column.name in TELLING]
    resolver = Resolver(facts, read_dated(facts), kpi.attribution.column)
    joins, conditions = of_scope(kpi, where, resolver)
    query = (
        f"select substr(lower(hex(c.{kpi.table.key})), 1, 8) as key, clock.timezone as zone,"
        f" {', '.join(f'c.{name}' for name in columns)}"
        f" from ({counted_rows(facts, kpi, period, resolver)}) c {joins}"
        f" left join {facts.relation('site', None, None)} clock on clock.site_key = c.site_key"
        f" where {conditions}"
        f" order by c.{kpi.table.day_from} desc, key limit {SHOWN}"
    )
    return recall(facts, ("rows", query), lambda: _read(facts, query, columns), lambda found: ROW_BYTES * found.shown)


def _read(facts: Facts, query: str, columns: Sequence[str]) -> RowsBehind:
    rows = [_by_its_clock(row) for row in facts.sql(query).to_pylist()]
    said = ["key", *(name for name in columns if any(row[name] is not None for row in rows))]
    zones = tuple(sorted({row["zone"] or str(UTC) for row in rows}))
    return RowsBehind(tuple(said), tuple(tuple(row[name] for name in said) for row in rows), len(rows), zones)


def _by_its_clock(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its instants by the clock of its site; in UTC where nobody knows that."""
    clock = ZoneInfo(row["zone"]) if row["zone"] else UTC
    return {name: value.astimezone(clock) if isinstance(value, datetime) else value for name, value in row.items()}


def counted_rows(facts: Facts, kpi: Kpi, period: Period, resolver: Resolver) -> str:
    """The fact rows of the period that the definition counts; told: what each of them says."""
    names, joins = expression_names(Pass(kpi.table, (), (Measure(kpi),), (), {}, resolver.dated), facts)
    conditions = [f"f.local_day between {literal(period.first)} and {literal(period.last)}", kpi.among.sql(names)]
    if kpi.pending is not None:
        conditions.append(f"not coalesce({kpi.pending.sql(names)}, false)")
    conditions += [f"{names[column]} is not null" for column in kpi.requires]
    value = next(iter(kpi.parts.values())).sql(names)
    conditions.append(value if kpi.kind is Kind.COUNT else f"({value}) is not null")
    relation = facts.relation(kpi.table.name, period.first, period.last)
    return f"select f.*, ({value}) as told from {relation} f {' '.join(joins)} where {' and '.join(f'({c})' for c in conditions)}"


def of_scope(kpi: Kpi, where: Where, resolver: Resolver, told: Sequence[str] = ()) -> tuple[str, str]:
    """What joins to the rows `c` whom and what a question is about, and what holds of those within it.

    told: what else the answer tells of each row, such as its agent.
    """
    asked = list(dict.fromkeys(name for name in (*told, *where) if name in RESOLVED))
    joins = " ".join(resolver.joins(asked)) if asked else ""
    found = [f"c.direction = '{kpi.direction}'"] if kpi.direction else []
    for name, values in where.items():
        expression = resolver.expression(name) if name in RESOLVED else str(find_dimension(name).sql)
        found.append(condition(expression, values))
    return joins, " and ".join(found) or "true"
