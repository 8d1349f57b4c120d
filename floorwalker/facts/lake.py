"""How are tables of the lake opened, and its small dated tables replaced?

The lake is a folder of Delta tables; `snapshot.py` reads what was committed last.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError

from floorwalker.config import Config
from floorwalker.errors import LakeError
from floorwalker.facts.current import Current, commit_current, locked, read_current
from floorwalker.facts.engine import Engine
from floorwalker.facts.memory import Memory
from floorwalker.facts.relations import DIMENSIONS
from floorwalker.facts.schemas import kept_schema
from floorwalker.facts.snapshot import DataFile, Snapshot, TableVersion

WRITING = ".writing"
# The property of a table to which columns were added after files were written (see facts/upgrade.py).
ADDED_COLUMNS = "floorwalker.added"


def lacks_columns(name: str, table: DeltaTable) -> bool:
    """Whether some files of a fact table may lack columns, since an older program wrote them.

    LakeError where it has columns that this program does not know: it would lose them.
    """
    schema = kept_schema(name)
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
        self.memory = Memory()

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
