"""Where do a load's rows wait until they are merged? Beside the lake, spilled to a folder of their own past the limit.

A load's engine keeps its tables in memory up to the limit and spills the rest into the load's folder (measured: three
times faster than a database file, which is compressed and logged for nothing). The folder's lock lives as long as the
load; folders whose lock is free were left by killed loads and are removed by the next one.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa

from floorwalker.errors import LakeError
from floorwalker.facts.current import locked
from floorwalker.facts.engine import Engine
from floorwalker.facts.lake import sql_type
from floorwalker.facts.tables import TABLES, Table


class Staging:
    """The staged rows of one load: a table `staged_<name>` for every fact table, in the lake's form plus `arrival`."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._arrived: dict[str, int] = {}
        for table in TABLES.values():
            self.create(f"staged_{table.name}", table)

    def create(self, name: str, table: Table) -> None:
        """Make one empty table of that fact table's form, with the order of arrival beside it."""
        columns = ", ".join(f'"{field.name}" {sql_type(field.type)}' for field in table.schema)
        self.engine.run(f"create or replace table {name} ({columns}, arrival bigint)")

    def add(self, table: Table, rows: pa.Table) -> None:
        """Append keyed rows in their order of arrival."""
        start = self._arrived.get(table.name, 0)
        self._arrived[table.name] = start + rows.num_rows
        arrival = pa.array(np.arange(start, start + rows.num_rows), pa.int64())
        self.engine.run(
            f"insert into staged_{table.name} by name from arriving", arriving=rows.append_column("arrival", arrival)
        )

    def count(self, relation: str) -> int:
        """How many rows a relation has."""
        return int(self.engine.sql(f"select count(*) as n from {relation}")["n"][0].as_py())


@contextmanager
def open_staging(folder: Path, load_id: str, memory_megabytes: int) -> Iterator[Staging]:
    """A staging area for one load, gone when the load is over however it ends."""
    folder.mkdir(parents=True, exist_ok=True)
    remove_abandoned(folder)
    mine = folder / load_id
    mine.mkdir()
    with locked(mine / "lock"):
        engine = Engine(memory_megabytes=memory_megabytes, spill=mine / "spill")
        try:
            engine.run("set preserve_insertion_order = false")
            yield Staging(engine)
        finally:
            engine.close()
            shutil.rmtree(mine, ignore_errors=True)


def remove_abandoned(folder: Path) -> None:
    """Remove what killed loads left: folders whose lock nobody holds."""
    for left in folder.iterdir():
        try:
            with locked(left / "lock", wait=False):
                shutil.rmtree(left, ignore_errors=True)
        except (LakeError, OSError):
            continue
