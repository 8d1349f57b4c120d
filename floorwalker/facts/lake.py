"""What do the facts say at this moment, and how are tables of the lake opened?

The lake is a folder of Delta tables. A `Snapshot` reads exactly the versions that `current.json` names; it never waits
for a writer. Facts lie in one partition a local day, `<table>_superseded` keeps what corrections replaced, and
dimensions are small tables that are replaced whole.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError

from floorwalker.config import Config
from floorwalker.errors import LakeError
from floorwalker.facts.current import Current, commit_current, locked, read_current
from floorwalker.facts.engine import Engine, sql_text
from floorwalker.facts.tables import KEY, TEXT, fact_schema

DAY = "local_day"
DAY_TYPE = pa.date32()
WRITING = ".writing"
# The property of a table to which columns were added after files were written (see facts/upgrade.py).
ADDED_COLUMNS = "floorwalker.added"

# Small dated tables that the relational side publishes, and one that `derive` keeps. Days are half-open, null = open.
DIMENSIONS: dict[str, pa.Schema] = {
    "identity": pa.schema(
        [("identity_key", KEY), ("kind", TEXT), ("subject_key", KEY), ("from_day", DAY_TYPE), ("to_day", DAY_TYPE)]
    ),
    "membership": pa.schema([("agent_key", KEY), ("team_key", KEY), ("from_day", DAY_TYPE), ("to_day", DAY_TYPE)]),
    "observed_membership": pa.schema(
        [("identity_key", KEY), ("observed_team_key", KEY), ("from_day", DAY_TYPE), ("to_day", DAY_TYPE)]
    ),
    "queue_parameter": pa.schema(
        [("queue_key", KEY), ("name", TEXT), ("value", pa.float64()), ("from_day", DAY_TYPE), ("to_day", DAY_TYPE)]
    ),
    "site": pa.schema([("site_key", KEY), ("code", TEXT), ("timezone", TEXT), ("country", TEXT)]),
}

_SQL_TYPES = {
    "binary": "BLOB",
    "string": "VARCHAR",
    "int64": "BIGINT",
    "int32": "INTEGER",
    "int16": "SMALLINT",
    "double": "DOUBLE",
    "bool": "BOOLEAN",
    "date32[day]": "DATE",
    "timestamp[us, tz=UTC]": "TIMESTAMPTZ",
    "map<string, string>": "MAP(VARCHAR, VARCHAR)",
    "list<item: string>": "VARCHAR[]",
    "list<item: int64>": "BIGINT[]",
}


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


def lacks_columns(name: str, table: DeltaTable) -> bool:
    """Whether some files of a fact table may lack columns, since an older program wrote them.

    LakeError where it has columns that this program does not know: it would lose them.
    """
    schema = fact_schema(name)
    if schema is None:
        return False
    held = {field.name for field in table.schema().fields}
    strange = sorted(held - set(schema.names))
    if strange:
        raise LakeError(
            "the lake was written by a newer floorwalker",
            where=table.table_uri,
            found=f"columns that this one does not know: {', '.join(strange)}",
            mend="install the version that wrote it, or a newer one",
        )
    return held != set(schema.names) or ADDED_COLUMNS in table.metadata().configuration


def sql_type(type: pa.DataType) -> str:
    """The engine's name of an Arrow type."""
    return _SQL_TYPES[str(type)]


def empty_relation(schema: pa.Schema) -> str:
    """A FROM-expression without rows that has the columns of `schema`."""
    columns = ", ".join(f'cast(null as {sql_type(field.type)}) as "{field.name}"' for field in schema)
    return f"(select {columns} where false)"


def parquet_relation(files: Sequence[str], partition: str | None = None, partition_type: str = "DATE") -> str:
    """A FROM-expression over Parquet files, with the partition's value read from their folder names."""
    names = ", ".join(map(sql_text, files))
    hive = f", hive_partitioning=true, hive_types={{'{partition}': {partition_type}}}" if partition else ""
    return f"read_parquet([{names}], union_by_name=true{hive})"


class Lake:
    """The folder of tables of one installation, with one query engine for this process."""

    def __init__(self, config: Config) -> None:
        self.path = config.lake
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LakeError(
                "the folder of the lake cannot be used",
                where=str(self.path),
                found=str(error),
                mend="see that it can be read and written, and that its disk is there",
            ) from error
        self._config = config
        self._versions: dict[tuple[str, int], TableVersion] = {}
        self._guard = threading.Lock()

    @cached_property
    def engine(self) -> Engine:
        """This process's engine: opening one takes longer than most queries."""
        spill = self._config.intake / "spill"
        return Engine(memory_megabytes=self._config.memory_limit_megabytes, spill=spill)

    @property
    def staging(self) -> Path:
        """The folder in which loads keep what waits to be merged."""
        return self._config.intake / "staging"

    @property
    def memory_megabytes(self) -> int:
        """What the engines of this process may use together."""
        return self._config.memory_limit_megabytes

    def table_path(self, name: str) -> Path:
        """The folder of one table."""
        return self.path / name

    def snapshot(self) -> Snapshot:
        """The lake as it was committed last."""
        return Snapshot(self, read_current(self.path))

    def writing(self, *, wait: bool = True) -> AbstractContextManager[None]:
        """The one lock that every writer of the lake takes; freed by the kernel when its holder is killed.

        Without `wait`, LakeError while somebody else writes.
        """
        return locked(self.path / WRITING, wait=wait)

    def files(self, name: str, version: int) -> tuple[DataFile, ...]:
        """The files of one version of one table."""
        return self.version(name, version).files

    def version(self, name: str, version: int) -> TableVersion:
        """What one version of one table is made of; asked once per version and process."""
        with self._guard:
            if (name, version) not in self._versions:
                self._versions = {k: v for k, v in self._versions.items() if k[0] != name or k[1] >= version - 2}
                self._versions[name, version] = self._open(name, version)
            return self._versions[name, version]

    def _open(self, name: str, version: int) -> TableVersion:
        folder = self.table_path(name)
        try:
            table = DeltaTable(folder, version=version)
            found = table.get_add_actions(flatten=True)
        except (DeltaError, OSError) as error:
            raise LakeError(
                "a table of the lake cannot be opened",
                where=str(folder),
                found=str(error),
                expected=f"its version {version}",
                mend="ask again: an erasure may have just replaced it; if it stays so, restore the lake from a backup",
            ) from error
        # As a stream: `pa.table` would first import pandas, where it is installed, to ask whether this is one of its frames.
        actions = pa.RecordBatchReader.from_stream(found).read_all()
        partition = next((column for column in actions.column_names if column.startswith("partition.")), None)
        values = actions[partition].to_pylist() if partition else [None] * actions.num_rows
        rows = zip(actions["path"].to_pylist(), values, actions["num_records"].to_pylist(), strict=True)
        files = tuple(DataFile(str(folder / path), value, count) for path, value, count in rows)
        return TableVersion(files, lacks_columns(name, table))

    def publish(self, read: Callable[[], Mapping[str, pa.Table]], *, wait: bool = True) -> None:
        """Replace the dimensions that differ from what `read` gives, in one commit; nobody waits where nothing differs.

        `read` is asked again under the lock: who publishes last has read last. Without `wait`, LakeError while somebody
        else writes.
        """
        if not self._differing(read(), read_current(self.path)):
            return
        with self.writing(wait=wait):
            before = read_current(self.path)
            current = self.replace(read(), before)
            if current != before:
                commit_current(self.path, current)

    def replace(self, dimensions: Mapping[str, pa.Table], current: Current) -> Current:
        """Write those dimensions anew that differ (under the lock); the caller commits the returned state."""
        for name, rows in self._differing(dimensions, current).items():
            folder = str(self.table_path(name))
            write_deltalake(folder, rows, mode="overwrite", schema_mode="overwrite")
            current = current.with_table(name, DeltaTable(folder).version())
        return current

    def _differing(self, dimensions: Mapping[str, pa.Table], current: Current) -> dict[str, pa.Table]:
        """The tables that the lake does not hold just so, in its own schema."""
        rows = {name: table.select(DIMENSIONS[name].names).cast(DIMENSIONS[name]) for name, table in dimensions.items()}
        return {name: table for name, table in rows.items() if not self._holds(name, table, current)}

    def _holds(self, name: str, rows: pa.Table, current: Current) -> bool:
        files = Snapshot(self, current).day_files(name)
        held = [
            pq.read_table(file.path, partitioning=None).select(rows.column_names).cast(rows.schema) for file in files
        ]
        order = [(column, "ascending") for column in rows.column_names]
        before = pa.concat_tables([rows.schema.empty_table(), *held])
        return bool(before.sort_by(order).equals(rows.sort_by(order)))


class Snapshot:
    """The facts of one committed state; satisfies what `kpis` asks of facts."""

    def __init__(self, lake: Lake, current: Current) -> None:
        self.lake = lake
        self.current = current

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
    def files_relation(files: Sequence[DataFile]) -> str:
        """A FROM-expression over some of a table's files."""
        partition = files[0].partition
        type = "DATE" if isinstance(partition, date) else "VARCHAR"
        name = Path(files[0].path).parent.name.split("=")[0]
        return parquet_relation([file.path for file in files], name if partition is not None else None, type)

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
        return self.files_relation(files) if files else None

    def basis(self, tables: Iterable[str]) -> dict[str, int]:
        """The versions of some tables; -1 for a table that is not there."""
        return {name: self.current.tables.get(name, -1) for name in tables}

    def _schema(self, table: str) -> pa.Schema:
        schema = fact_schema(table)
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
