"""Which rows are behind a number? The latest of them, by key and time; no customer, no name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.definition import Kpi
from floorwalker.kpis.query import Facts

SHOWN = 25
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
    "channel",
    "reason",
    "disposition",
)


@dataclass(frozen=True)
class RowsBehind:
    """The first columns and rows behind a number, and how many there are of them in the table and period."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    shown: int


def read_rows(facts: Facts, kpi: Kpi, period: Period, where: Where) -> RowsBehind:
    """The latest rows of the measure's table in the period that the filters of queue and agent leave."""
    table = kpi.table
    columns = [column.name for column in table.columns if column.name in TELLING]
    conditions = ["f.local_day between $first and $last"]
    parameters: dict[str, Any] = {"first": period.first, "last": period.last}
    for name, values in _column_filters(kpi, where).items():
        conditions.append(f"list_contains(${name}, f.{name})")
        parameters[name] = list(values)
    if "team" in where:
        return RowsBehind(tuple(columns), (), 0)
    query = (
        f"select hex(f.{table.key})[:8] as key, {', '.join(f'f.{name}' for name in columns)} "
        f"from {facts.relation(table.name, period.first, period.last)} as f "
        f"where {' and '.join(conditions)} order by f.{table.day_from} desc, key limit {SHOWN}"
    )
    rows = facts.sql(query, parameters).to_pylist()
    return RowsBehind(("key", *columns), tuple(tuple(row.values()) for row in rows), len(rows))


def _column_filters(kpi: Kpi, where: Where) -> Mapping[str, tuple[Any, ...]]:
    found: dict[str, tuple[Any, ...]] = {}
    if "queue" in where and "queue_key" in kpi.table.column_names:
        found["queue_key"] = where["queue"]
    if "agent" in where:
        column = "identity_key" if "identity_key" in kpi.table.column_names else str(kpi.attribution)
        found[column] = where["agent"]
    return found
