"""What do the facts say at this moment? Exactly the versions that `current.json` names; no reader waits for a writer.

Facts lie in one partition a local day, `<table>_superseded` keeps what corrections replaced, and dimensions are small
tables that are replaced whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from floorwalker.facts.current import Current
from floorwalker.facts.engine import sql_text
from floorwalker.facts.memory import Memory
from floorwalker.facts.relations import DIMENSIONS, empty_relation, parquet_relation
from floorwalker.facts.schemas import kept_schema

if TYPE_CHECKING:
    from floorwalker.facts.lake import Lake


@dataclass(frozen=True)
class DataFile:
    """One Parquet file of one version of one table, with the partition that it belongs to."""

    path: str
    partition: Any
    rows: int


@dataclass(frozen=True)
class TableVersion:
    """The files of one version of one table, and whether some of them may lack columns, which are read as null."""

    files: tuple[DataFile, ...]
    lacks_columns: bool


class Snapshot:
    """The facts of one committed state; satisfies what `kpis` asks of facts."""

    def __init__(self, lake: Lake, current: Current) -> None:
        self.lake = lake
        self.current = current

    @property
    def memory(self) -> Memory:
        """What this process has worked out from files of the lake, of any of its states."""
        return self.lake.memory

    def sql(
        self, query: str, /, parameters: Sequence[Any] | Mapping[str, Any] | None = None, **relations: pa.Table
    ) -> pa.Table:
        """Run a query over relations of this snapshot."""
        return self.lake.engine.sql(query, parameters, **relations)

    def relation(self, table: str, first_day: date | None = None, last_day: date | None = None) -> str:
        """A FROM-expression with the rows of a table, its files pruned to the days (both included)."""
        if table == "completeness":
            return self._completeness()
        return self.relation_of_files(table, self.day_files(table, first_day, last_day))

    def relation_of_days(self, table: str, days: Iterable[date]) -> str:
        """As `relation`, for a set of days."""
        wanted = set(days)
        return self.relation_of_files(table, [file for file in self.day_files(table) if file.partition in wanted])

    def relation_of_files(self, table: str, files: Sequence[DataFile]) -> str:
        """As `relation`, for some of its files: every column of the table, null where a file is from before the column."""
        if not files:
            return empty_relation(self._schema(table))
        relation = self.files_relation(files)
        if self.lake.version(table, self.current.tables[table]).lacks_columns:
            return f"(from {empty_relation(self._schema(table))} union all by name from {relation})"
        return relation

    def day_files(self, table: str, first_day: date | None = None, last_day: date | None = None) -> list[DataFile]:
        """The files of a table within the days; all of them for an unpartitioned one."""
        if table not in self.current.tables:
            return []
        return [
            file
            for file in self.lake.files(table, self.current.tables[table])
            if not isinstance(file.partition, date)
            or ((first_day is None or file.partition >= first_day) and (last_day is None or file.partition <= last_day))
        ]

    @staticmethod
    def files_relation(files: Sequence[DataFile], *, alike: bool = False) -> str:
        """A FROM-expression over some of a table's files. alike: all of them have the same columns."""
        partition = files[0].partition
        type = "DATE" if isinstance(partition, date) else "VARCHAR"
        name = Path(files[0].path).parent.name.split("=")[0]
        by = name if partition is not None else None
        return parquet_relation([file.path for file in files], by, type, alike=alike)

    def days(self, table: str) -> tuple[date, date] | None:
        """First and last local day with rows, or None for an empty table."""
        days = {file.partition for file in self.day_files(table)}
        return (min(days), max(days)) if days else None

    def rollup(self, name: str, first_day: date | None = None, last_day: date | None = None) -> str | None:
        """A FROM-expression of a roll-up, or None where it has not counted exactly the tables of this snapshot."""
        basis = self.current.rollups.get(name)
        if name not in self.current.tables or basis is None or self.basis(basis) != basis:
            return None
        files = [file for file in self.day_files(name) if _part_touches(file.partition, first_day, last_day)]
        # A roll-up of other columns is another table, so that the first of its files tells the columns of all.
        return self.files_relation(files, alike=True) if files else None

    def basis(self, tables: Iterable[str]) -> dict[str, int]:
        """The versions of some tables; -1 for a table that is not there."""
        return {name: self.current.tables.get(name, -1) for name in tables}

    def _schema(self, table: str) -> pa.Schema:
        schema = kept_schema(table)
        return DIMENSIONS[table] if schema is None else schema

    def _completeness(self) -> str:
        if not self.current.completeness:
            return (
                "(select cast(null as VARCHAR) as source, cast(null as VARCHAR) as origin, "
                "cast(null as TIMESTAMPTZ) as complete_through where false)"
            )
        rows = ", ".join(
            f"({sql_text(source)}, {sql_text(origin)}, TIMESTAMPTZ '{through.isoformat()}')"
            for (source, origin), through in sorted(self.current.completeness.items())
        )
        return f"(select * from (values {rows}) as v(source, origin, complete_through))"


def _part_touches(part: str, first_day: date | None, last_day: date | None) -> bool:
    """Whether a part of a roll-up, a day (2026-03-09) or a month (2026-03), has days of a period."""
    size = len(part)
    return (first_day is None or part >= first_day.isoformat()[:size]) and (
        last_day is None or part <= last_day.isoformat()[:size]
    )
