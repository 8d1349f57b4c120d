"""How is SQL run over the lake's Arrow tables and Parquet files? SQL in, Arrow out."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from floorwalker.errors import LakeError
from floorwalker.facts.keys import FACT_KEY_MACRO

DEFAULT_MEMORY_MEGABYTES = 500
ROWS_PER_BATCH = 100_000
# Planning a query once and copying its rows was measured faster than planning it twice without a copy (see Engine.sql).
warnings.filterwarnings("ignore", "Arrow output on a DB-API result")


def sql_text(value: str) -> str:
    """A text as the engine reads it in a query."""
    return "'" + value.replace("'", "''") + "'"


def _in_words(error: duckdb.Error, what: str, where: str | None = None) -> LakeError:
    """What the engine says, for whoever runs the installation; its advice on memory is about settings that we make."""
    if isinstance(error, duckdb.OutOfMemoryException):
        return LakeError(
            "the query engine needs more memory than it may use",
            where=where,
            found=str(error).splitlines()[0],
            mend="set FLOORWALKER_MEMORY_MEGABYTES higher (500 by default); nothing was changed",
        )
    return LakeError(f"the query engine {what}: {error}", where=where)


@dataclass(frozen=True)
class WrittenFile:
    """One Parquet file that the engine wrote."""

    path: Path
    rows: int
    bytes: int


class Engine:
    """One DuckDB instance in memory, with a folder that it may spill to.

    Instants are read and written in UTC. Every thread gets a cursor of its own, so an Engine may be shared.
    """

    def __init__(
        self,
        *,
        memory_megabytes: int = DEFAULT_MEMORY_MEGABYTES,
        spill: Path | None = None,
        threads: int | None = None,
    ) -> None:
        self._connection = duckdb.connect(":memory:")
        self._local = threading.local()
        settings: dict[str, str | int] = {"TimeZone": "UTC", "memory_limit": f"{memory_megabytes}MB"}
        if spill is not None:
            settings["temp_directory"] = str(spill)
        if threads is not None:
            settings["threads"] = threads
        for name, value in settings.items():
            self._connection.execute(f"set {name} = {sql_text(str(value))}")
        self._connection.execute(FACT_KEY_MACRO)

    @property
    def cursor(self) -> duckdb.DuckDBPyConnection:
        """This thread's own cursor."""
        cursor: duckdb.DuckDBPyConnection | None = getattr(self._local, "cursor", None)
        if cursor is None:
            cursor = self._connection.cursor()
            cursor.execute("set TimeZone = 'UTC'")
            self._local.cursor = cursor
        return cursor

    def sql(
        self, query: str, /, parameters: Sequence[Any] | Mapping[str, Any] | None = None, **relations: pa.Table
    ) -> pa.Table:
        """Run one query over the named Arrow tables and return an Arrow table; a failure raises LakeError.

        Not by the cursor's own `sql`: that plans a query once to describe it and again to run it, which for a page's small
        ones is a quarter of their time.
        """
        with self._registered(relations) as cursor:
            try:
                found: pa.RecordBatchReader = cursor.execute(query, parameters).to_arrow_reader(ROWS_PER_BATCH)
                return found.read_all()
            except duckdb.Error as error:
                raise _in_words(error, "refused a query") from error

    def run(self, statement: str, /, parameters: Sequence[Any] | None = None, **relations: pa.Table) -> None:
        """Run one statement that returns nothing."""
        with self._registered(relations) as cursor:
            try:
                cursor.execute(statement, parameters)
            except duckdb.Error as error:
                raise _in_words(error, "refused a statement") from error

    def stream(self, query: str, /, rows_per_batch: int = ROWS_PER_BATCH) -> pa.RecordBatchReader:
        """The query's rows as a stream of record batches, never all in memory."""
        try:
            return self.cursor.sql(query).to_arrow_reader(rows_per_batch)
        except duckdb.Error as error:
            raise _in_words(error, "refused a query") from error

    def rows(
        self, query: str, /, parameters: Sequence[Any] | None = None, **relations: pa.Table
    ) -> list[dict[str, Any]]:
        """The rows of a small answer as dicts."""
        rows: list[dict[str, Any]] = self.sql(query, parameters, **relations).to_pylist()
        return rows

    def write(self, query: str, /, target: Path, *, by: str | None = None) -> list[WrittenFile]:
        """Write the query's rows to one new Parquet file, in their order; with `by` into a folder, a file for each value.

        Rows never become objects of Python on the way; with `by` their order within a file is the engine's.
        """
        parted = f", partition_by ({by}), overwrite_or_ignore, filename_pattern 'part-{{uuid}}'" if by else ""
        options = f"format parquet, compression zstd, compression_level 1, return_stats{parted}"
        try:
            found = self.cursor.execute(f"copy ({query}) to {sql_text(str(target))} ({options})").fetchall()
        except duckdb.Error as error:
            raise _in_words(error, "could not write", where=str(target)) from error
        return [WrittenFile(Path(row[0]), row[1], row[2]) for row in found if row[1]]

    @contextmanager
    def limited(self, megabytes: int) -> Iterator[None]:
        """Within this, no more memory than that: where another engine of the same process needs the rest."""
        before = self.rows("select current_setting('memory_limit') as m")[0]["m"]
        self.run(f"set memory_limit = '{megabytes}MB'")
        try:
            yield
        finally:
            self.run(f"set memory_limit = '{before}'")

    def close(self) -> None:
        """Give back memory and files."""
        self._connection.close()

    @contextmanager
    def _registered(self, relations: Mapping[str, pa.Table]) -> Iterator[duckdb.DuckDBPyConnection]:
        cursor = self.cursor
        for name, table in relations.items():
            cursor.register(name, table)
        try:
            yield cursor
        finally:
            for name in relations:
                cursor.unregister(name)
