"""What changes in the lake when staged rows meet the rows that it holds?

By key: a row is new, changed, unchanged or gone. Only days with a difference are written, each as a whole, in one
commit a batch of days; a key that moves to another day leaves the old one in the same commit as it enters the new.
What a change replaces goes to `<table>_superseded` with the time for which it was known.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import pyarrow as pa
import pyarrow.compute as pc

from floorwalker.facts.current import Current
from floorwalker.facts.lake import Lake
from floorwalker.facts.relations import DAY
from floorwalker.facts.snapshot import Snapshot
from floorwalker.facts.staging import Staging
from floorwalker.facts.tables import Table, superseded_name, superseded_schema
from floorwalker.facts.writing import Rows, write_parts

ROWS_PER_COMMIT = 150_000
# A day that lies in so many files is written anew as one when rows are added to it; fewer are left to compaction.
FILES_OF_A_DAY = 8

# Never compared: set by the load itself, or where the row happened to stand in a file.
NOT_CONTENT = frozenset({"load_id", "line"})


def name_load(at: datetime) -> str:
    """The id of a load that begins at this instant: since when its rows were known can be read from it."""
    return f"{at:%Y%m%dT%H%M%S.%f}Z-{secrets.token_hex(2)}"


@dataclass(frozen=True)
class Counts:
    """produced = new + changed + unchanged, always; gone: rows that no longer follow from what is known."""

    produced: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.produced + other.produced,
            self.new + other.new,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.gone + other.gone,
        )


class Merge:
    """Merges one load's staged rows, table by table; `current` is the state that the caller commits at the end."""

    def __init__(self, lake: Lake, staging: Staging, current: Current, load_id: str, at: datetime) -> None:
        self.lake = lake
        self.staging = staging
        self.current = current
        self.load_id = load_id
        self.at = at
        self.touched_days: dict[str, set[date]] = {}

    @property
    def snapshot(self) -> Snapshot:
        """The lake with what this load has written so far."""
        return Snapshot(self.lake, self.current)

    def merge(self, table: Table, *, window: Sequence[date] | None = None) -> Counts:
        """Merge `fresh_<table>` (deduplicated) and remove the keys of `gone_<table>` where that exists.

        window: the days in which earlier rows of these keys can lie; None means any day.
        """
        days_held = self._days_held(table, window)
        if not days_held:
            return self._add_all(table)
        self._judge(table, days_held)
        counts = self._count(table)
        days = self._days_with_differences(table)
        self._keep_superseded(table)
        for batch in self._batches(table, days):
            self._write_days(table, batch)
        self._touch(table, days)
        return counts

    def append_new(self, table: Table, rows: pa.Table) -> None:
        """Write rows that are known to be new into their days."""
        days = pc.unique(rows[DAY]).to_pylist()
        if self._is_crowded(table, days):
            self.staging.engine.run("create or replace table appended as from rows_to_append", rows_to_append=rows)
            self._append(table, "from appended", days, order=table.columns[1].name)
        else:
            self._write_rows(table.name, rows, ())
        self._touch(table, days)

    def _append(self, table: Table, query: str, days: Sequence[date], *, order: str) -> None:
        """Write a query's rows into these days; days of which one lies in many files are written anew."""
        crowded = self._is_crowded(table, days)
        if crowded:
            kept = self.snapshot.relation_of_days(table.name, days)
            query = f"select {_columns(table)} from {kept} union all by name {query}"
        self._write(table.name, f"from ({query}) order by {DAY}, {order}", days if crowded else ())

    def _is_crowded(self, table: Table, days: Sequence[date]) -> bool:
        files = Counter(file.partition for file in self.snapshot.day_files(table.name))
        return any(files[day] >= FILES_OF_A_DAY for day in days)

    def _touch(self, table: Table, days: Iterable[date]) -> None:
        self.touched_days.setdefault(table.name, set()).update(days)

    def _days_held(self, table: Table, window: Sequence[date] | None) -> list[date]:
        """The days in which earlier rows of the fresh keys lie; where any day may, the keys alone are read to know."""
        held = {file.partition for file in self.snapshot.day_files(table.name)}
        if window is not None or not held:
            return sorted(held.intersection(window or ()))
        return [
            row["d"]
            for row in self.staging.engine.rows(
                f"""select distinct {DAY} as d from {self.snapshot.relation(table.name)} as held
                where {table.key} in (select {table.key} from fresh_{table.name}) order by d"""
            )
        ]

    def _add_all(self, table: Table) -> Counts:
        sizes = self._fresh_sizes(table)
        for batch in batches_of_days(sorted(sizes), sizes):
            rows = f"select {_columns(table)} from {self.staging.fresh_on(table, batch)}"
            self._append(table, rows, batch, order=table.day_from)
        self._touch(table, sizes)
        count = sum(sizes.values())
        return Counts(produced=count, new=count)

    def _fresh_sizes(self, table: Table) -> dict[date, int]:
        rows = self.staging.engine.rows(f"select {DAY} as d, count(*) as n from fresh_{table.name} group by 1")
        return {row["d"]: row["n"] for row in rows}

    def _judge(self, table: Table, days_held: Sequence[date]) -> None:
        run = self.staging.engine.run
        held = self.snapshot.relation_of_days(table.name, days_held)
        key = table.key
        content = [c.name for c in table.columns if not c.derived and c.name not in NOT_CONTENT]
        derived = [c.name for c in table.columns if c.derived]
        run(
            f"create or replace table found_{table.name} as select {_columns(table)} from {held} as held "
            f"semi join fresh_{table.name} as fresh on held.{key} = fresh.{key}"
        )
        differs = _differs(content)
        rederived = _differs(derived) if derived else "false"
        older = "coalesce(fresh.version < held.version, false)"
        run(
            f"""create or replace table verdict_{table.name} as
            select fresh.{key}, fresh.{DAY}, held.{DAY} as old_day, held.load_id as old_load, case
              when held.{key} is null then 'new'
              when {older} then 'unchanged'
              when {differs} then 'changed'
              when {rederived} then 'rederived'
              else 'unchanged' end as verdict, fresh.arrival is null as neighbour
            from fresh_{table.name} as fresh left join found_{table.name} as held on fresh.{key} = held.{key}"""
        )

    def _count(self, table: Table) -> Counts:
        row = self.staging.engine.rows(
            f"""select count(*) filter (where not neighbour) as produced,
              count(*) filter (where not neighbour and verdict = 'new') as new,
              count(*) filter (where not neighbour and verdict = 'changed') as changed,
              count(*) filter (where not neighbour and verdict in ('unchanged', 'rederived')) as unchanged
            from verdict_{table.name}"""
        )[0]
        gone = self.staging.count(f"gone_{table.name}") if self._has_gone(table) else 0
        return replace(Counts(**row), gone=gone)

    def _days_with_differences(self, table: Table) -> list[date]:
        parts = [
            f"select {DAY} as d from verdict_{table.name} where verdict <> 'unchanged'",
            f"select old_day from verdict_{table.name} where verdict <> 'unchanged' and old_day is not null",
        ]
        if self._has_gone(table):
            parts.append(f"select {DAY} from gone_{table.name}")
        return [
            row["d"]
            for row in self.staging.engine.rows(f"select distinct d from ({' union all '.join(parts)}) order by d")
        ]

    def _keep_superseded(self, table: Table) -> None:
        replaced = (
            f"select {_columns(table, 'held')} from found_{table.name} as held join verdict_{table.name} as v "
            f"on v.{table.key} = held.{table.key} where v.verdict = 'changed'"
        )
        if self._has_gone(table):
            replaced += f" union all by name select {_columns(table)} from gone_{table.name}"
        if self.staging.count(f"({replaced})") == 0:
            return
        rows = self.staging.engine.sql(
            f"""select *, cast(strptime(left(load_id, 22), '%Y%m%dT%H%M%S.%f') as timestamp) at time zone 'UTC'
                  as known_from, ? as known_to, ? as superseded_by from ({replaced})""",
            [self.at, self.load_id],
        )
        schema = superseded_schema(table)
        name = superseded_name(table)
        self._write_rows(name, rows.select(schema.names).cast(schema), ())

    def _write_days(self, table: Table, days: Sequence[date]) -> None:
        key = table.key
        load = "coalesce(case when v.verdict = 'rederived' then v.old_load end, f.load_id)"
        columns = ", ".join(f"{load} as load_id" if n == "load_id" else f"f.{n}" for n in table.column_names)
        written = (
            f"select {columns} from {self.staging.fresh_on(table, days)} as f "
            f"join verdict_{table.name} as v on f.{key} = v.{key} where v.verdict <> 'unchanged'"
        )
        held = [file.path for file in self.snapshot.day_files(table.name) if file.partition in set(days)]
        if held:
            kept = (
                f"select {_columns(table)} from {self.snapshot.relation_of_days(table.name, days)} as held "
                f"where not exists (from verdict_{table.name} as v where v.{key} = held.{key} and v.verdict <> 'unchanged')"
            )
            if self._has_gone(table):
                kept += f" and not exists (from gone_{table.name} as g where g.{key} = held.{key})"
            written = f"{kept} union all by name {written}"
        order = table.day_from
        self._write(table.name, f"select * from ({written}) order by {DAY}, {order}", days if held else ())

    def _batches(self, table: Table, days: Sequence[date]) -> Iterator[list[date]]:
        sizes = self._fresh_sizes(table)
        for file in self.snapshot.day_files(table.name):
            if file.partition in sizes or file.partition in set(days):
                sizes[file.partition] = sizes.get(file.partition, 0) + file.rows
        yield from batches_of_days(days, sizes)

    def _has_gone(self, table: Table) -> bool:
        found = self.staging.engine.rows(
            "select 1 as x from duckdb_tables() where table_name = ?", [f"gone_{table.name}"]
        )
        return bool(found)

    def _write(self, name: str, query: str, days: Iterable[date]) -> None:
        self._write_rows(name, self.staging.engine.stream(query), days)

    def _write_rows(self, name: str, rows: Rows, days: Iterable[date]) -> None:
        self.current = write_parts(self.lake, name, rows, self.current, by=DAY, replaced=map(str, days))


def batches_of_days(days: Sequence[date], sizes: dict[date, int], limit: int = ROWS_PER_COMMIT) -> Iterator[list[date]]:
    """The days in order, in groups of about `limit` rows, each group at least one day."""
    batch: list[date] = []
    rows = 0
    for day in days:
        if batch and rows + sizes.get(day, 0) > limit:
            yield batch
            batch, rows = [], 0
        batch.append(day)
        rows += sizes.get(day, 0)
    if batch:
        yield batch


def _columns(table: Table, prefix: str = "") -> str:
    dot = f"{prefix}." if prefix else ""
    return ", ".join(f"{dot}{name}" for name in table.column_names)


def _differs(columns: Sequence[str]) -> str:
    def packed(side: str) -> str:
        return "struct_pack(" + ", ".join(f"{c} := {side}.{c}" for c in columns) + ")"

    return f"{packed('fresh')} is distinct from {packed('held')}"
