"""How do tests give the KPI code facts without a lake? Arrow tables over the query engine."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from floorwalker.facts.engine import Engine
from floorwalker.facts.keys import fact_key
from floorwalker.facts.relations import DIMENSIONS as RELATIONS
from floorwalker.facts.tables import ATTRIBUTES, FACTS, INSTANT, KEY, TABLES, TEXT

DAY = pa.date32()
DATED = [pa.field("from_day", DAY), pa.field("to_day", DAY)]
DIMENSIONS = {
    "identity": pa.schema([("identity_key", KEY), ("kind", TEXT), ("subject_key", KEY), *DATED]),
    "membership": pa.schema([("agent_key", KEY), ("team_key", KEY), *DATED]),
    "observed_membership": pa.schema([("identity_key", KEY), ("observed_team_key", KEY), *DATED]),
    "employment": pa.schema([("agent_key", KEY), ("started_on", DAY)]),
    "queue_parameter": pa.schema([("queue_key", KEY), ("name", TEXT), ("value", pa.float64()), *DATED]),
    "cap": RELATIONS["cap"],
    "site": pa.schema([("site_key", KEY), ("code", TEXT), ("timezone", TEXT), ("country", TEXT)]),
    "completeness": pa.schema([("source", TEXT), ("origin", TEXT), ("complete_through", INSTANT)]),
}
SOURCE, ORIGIN = "example", "example"
FIRST_DAY = datetime.date(2026, 1, 5)
DEFAULTS: dict[str, Any] = {"source": SOURCE, "origin": ORIGIN, "local_day": FIRST_DAY, "local_minute": 600}


def key(name: str) -> bytes:
    """A key for a name in a test."""
    return fact_key(SOURCE, ORIGIN, "test", name)


def fact_rows(table: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows of a definition's example or of a test as the lake would hold them; `times` repeats a row."""
    schema = TABLES[table].schema
    full: list[dict[str, Any]] = []
    for row in rows:
        given = dict(row)
        full += [_row(schema, {**DEFAULTS, **given}, len(full) + i) for i in range(given.pop("times", 1))]
    return pa.Table.from_pylist(full, schema=schema)


def _row(schema: pa.Schema, given: dict[str, Any], number: int) -> dict[str, Any]:
    unknown = set(given) - set(schema.names) - {"times"}
    assert not unknown, f"no such column: {unknown}"
    row = {name: _value(schema.field(name).type, value) for name, value in given.items() if name != "times"}
    row.setdefault(schema.names[0], key(f"row {number}"))
    return row


def _value(type: pa.DataType, value: Any) -> Any:
    if type == KEY and isinstance(value, str):
        return key(value)
    if type == INSTANT and isinstance(value, str):
        return datetime.datetime.fromisoformat(value)
    if type == DAY and isinstance(value, str):
        return datetime.date.fromisoformat(value)
    if type == ATTRIBUTES and isinstance(value, dict):
        return list(value.items())
    return value


@functools.cache
def _engine() -> Engine:
    """One engine for all tests: it holds nothing between queries."""
    return Engine(threads=1)


class MemoryFacts:
    """Facts in memory; `statements` remembers what was asked, `rollups` holds those that are fresh."""

    def __init__(
        self, facts: Mapping[str, Sequence[Mapping[str, Any]]], **dimensions: Sequence[Mapping[str, Any]]
    ) -> None:
        self.rollups: dict[str, pa.Table] = {}
        self.statements: list[str] = []
        self.tables: dict[str, pa.Table] = {t.name: fact_rows(t.name, facts.get(t.name, [])) for t in FACTS}
        for name, schema in DIMENSIONS.items():
            rows = [{k: _value(schema.field(k).type, v) for k, v in row.items()} for row in dimensions.get(name, [])]
            self.tables[name] = pa.Table.from_pylist(rows, schema=schema)

    def sql(self, query: str, /, parameters: Sequence[Any] | None = None, **relations: pa.Table) -> pa.Table:
        return _engine().sql(query, parameters, **self._named(query), **relations)

    def _named(self, query: str) -> dict[str, pa.Table]:
        self.statements.append(query)
        known = {f"the_{name}": table for name, table in (self.tables | self.rollups).items()}
        return {name: table for name, table in known.items() if name in query}

    def relation(self, table: str, first_day: datetime.date | None, last_day: datetime.date | None) -> str:
        assert table in self.tables, table
        return f"the_{table}"

    def days(self, table: str) -> tuple[datetime.date, datetime.date] | None:
        days = self.tables[table]["local_day"].to_pylist()
        return (min(days), max(days)) if days else None

    def roll_up(self, name: str, days: Sequence[pa.Table]) -> None:
        """Keep a roll-up, made day by day."""
        self.rollups[name] = pa.concat_tables(days)

    def rollup(self, name: str, first_day: datetime.date | None, last_day: datetime.date | None) -> str | None:
        return f"the_{name}" if name in self.rollups else None
