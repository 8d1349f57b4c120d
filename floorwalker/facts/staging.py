"""Where do a load's rows wait until they are merged? As Parquet files in a folder of the load, beside the lake.

The load's engine sees them as views, so waiting rows cost no memory, and what a step does not ask for is never read.
The folder's lock lives as long as the load; folders whose lock is free were left by killed loads and are removed by the
next one.
"""

from __future__ import annotations

import itertools
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from floorwalker.errors import LakeError
from floorwalker.facts.current import locked
from floorwalker.facts.engine import Engine, sql_text
from floorwalker.facts.relations import DAY, empty_relation, parquet_relation
from floorwalker.facts.tables import TABLES, Table

# Quick to write and to read: these files live no longer than the load.
COMPRESSION = "lz4"
ARRIVAL = pa.field("arrival", pa.int64())


class Staging:
    """The waiting rows of one load.

    For every fact table two views, in the lake's form plus `arrival`: `staged_<table>` shows the rows as they came,
    `fresh_<table>` those that are to be merged, each key once.
    """

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self._folder = folder
        self._number = itertools.count()
        self._files: defaultdict[str, list[str]] = defaultdict(list)
        self._shapes: dict[str, str] = {}
        self._arrived: defaultdict[str, int] = defaultdict(int)
        for table in TABLES.values():
            self._show("staged", table)
            self._show("fresh", table)

    def add(self, table: Table, rows: pa.Table) -> None:
        """Append keyed rows to the staged ones, in their order of arrival."""
        start = self._arrived[table.name]
        self._arrived[table.name] = start + rows.num_rows
        arrival = pa.array(np.arange(start, start + rows.num_rows), ARRIVAL.type)
        self._keep_rows(f"staged_{table.name}", rows.append_column(ARRIVAL, arrival))
        self._show("staged", table)

    def add_query(self, table: Table, query: str, parameters: Sequence[Any] = ()) -> None:
        """Append the rows of a query; columns that it does not give are null."""
        self._keep_query(f"staged_{table.name}", f"from {_empty(table)} union all by name {query}", parameters)
        self._show("staged", table)

    def freshen(self, table: Table, query: str | None = None) -> None:
        """Let the fresh rows be the staged ones, or a query's rows, which are written out once."""
        fresh = f"fresh_{table.name}"
        self._files[fresh] = []
        if query is None:
            self._files[fresh] += self._files[f"staged_{table.name}"]
        else:
            self._keep_query(fresh, query)
        self._show("fresh", table)

    def add_fresh(self, table: Table, query: str) -> None:
        """Append the rows of a query to the fresh ones."""
        self._keep_query(f"fresh_{table.name}", query)
        self._show("fresh", table)

    def reshape_fresh(self, table: Table, select: str) -> None:
        """Let the fresh rows be what a SELECT makes of them.

        `{rows}` in it stands for them, `{on_days}` for a condition on the local day that some of its tables may be cut
        to: what is asked for a few days need not be worked out for all.
        """
        self._shapes[table.name] = select
        self._show("fresh", table)

    def fresh_on(self, table: Table, days: Sequence[date]) -> str:
        """A FROM-expression with the fresh rows of some days."""
        return self._relation("fresh", table, f"{DAY} in ({', '.join(repr(str(day)) for day in days)})")

    def hold(self, view: str, query: str, *, more: bool = False) -> None:
        """Write a query's rows out and show them as a view, where a table would fill the memory; `more` adds to it."""
        if not more:
            self._files[view] = []
        self._keep_query(view, query)
        self.engine.run(f"create or replace view {view} as from {parquet_relation(self._files[view])}")

    def forget(self) -> None:
        """Give back the memory that the load's tables take; nothing can be merged after this."""
        for row in self.engine.rows("select table_name as name from duckdb_tables()"):
            self.engine.run(f"drop table {row['name']}")

    def note(self, view: str, rows: pa.Table) -> None:
        """Append rows of any one form to a view."""
        self._keep_rows(view, rows)
        self.engine.run(f"create or replace view {view} as from {parquet_relation(self._files[view])}")

    def has_rows(self, view: str) -> bool:
        """Whether anything waits in that view."""
        return bool(self._files[view]) and self.count(f"(from {view} limit 1)") > 0

    def count(self, relation: str) -> int:
        """How many rows a relation has."""
        return int(self.engine.sql(f"select count(*) as n from {relation}")["n"][0].as_py())

    def _keep_rows(self, view: str, rows: pa.Table) -> None:
        path = self._next_file(view)
        pq.write_table(rows, path, compression=COMPRESSION)

    def _keep_query(self, view: str, query: str, parameters: Sequence[Any] = ()) -> None:
        path = sql_text(self._next_file(view))
        self.engine.run(f"copy ({query}) to {path} (format parquet, compression {COMPRESSION})", parameters)

    def _next_file(self, view: str) -> str:
        path = str(self._folder / f"{view}-{next(self._number)}.parquet")
        self._files[view].append(path)
        return path

    def _show(self, kind: str, table: Table) -> None:
        self.engine.run(f"create or replace view {kind}_{table.name} as from {self._relation(kind, table)}")

    def _relation(self, kind: str, table: Table, on_days: str = "true") -> str:
        files = self._files[f"{kind}_{table.name}"]
        rows = f"(from {parquet_relation(files) if files else _empty(table)} where {on_days})"
        if kind == "fresh" and table.name in self._shapes:
            return f"({self._shapes[table.name].format(rows=rows, on_days=on_days)})"
        return rows


def _empty(table: Table) -> str:
    return empty_relation(table.schema.append(ARRIVAL))


@contextmanager
def open_staging(folder: Path, load_id: str, memory_megabytes: int) -> Iterator[Staging]:
    """A staging area for one load, gone when the load is over however it ends."""
    folder.mkdir(parents=True, exist_ok=True)
    mine = folder / load_id
    with ExitStack() as held:
        with _gate(folder):
            _remove_abandoned(folder)
            mine.mkdir()
            held.enter_context(locked(mine / "lock"))
        engine = Engine(memory_megabytes=memory_megabytes, spill=mine / "spill")
        try:
            engine.run("set preserve_insertion_order = false")
            # The lake's files are asked several times in one load; a file never changes.
            engine.run("set parquet_metadata_cache = true")
            yield Staging(engine, mine)
        finally:
            engine.close()
            shutil.rmtree(mine, ignore_errors=True)


def remove_abandoned(folder: Path) -> None:
    """Remove what killed loads left: folders whose lock nobody holds."""
    with _gate(folder):
        _remove_abandoned(folder)


def begun_loads(folder: Path) -> list[Path]:
    """The locks of the loads that have begun; one that begins later has not read anything yet."""
    with _gate(folder):
        return [load / "lock" for load in folder.iterdir() if (load / "lock").exists()]


def _gate(folder: Path) -> AbstractContextManager[None]:
    """Held while a load makes its folder and locks it, so that nobody takes one that begins for one that was killed."""
    return locked(folder.parent / f".{folder.name}")


def _remove_abandoned(folder: Path) -> None:
    for left in folder.iterdir():
        try:
            with locked(left / "lock", wait=False):
                shutil.rmtree(left, ignore_errors=True)
        except (LakeError, OSError):
            continue
