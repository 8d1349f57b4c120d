"""How do rows become the next version of a table of the lake? Always on top of the committed one, in one commit."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

import pyarrow as pa
from deltalake import DeltaTable, Schema, WriterProperties, write_deltalake
from deltalake.transaction import AddAction, create_table_with_add_actions

from floorwalker.facts.current import Current
from floorwalker.facts.engine import WrittenFile
from floorwalker.facts.lake import ADDED_COLUMNS, Lake
from floorwalker.facts.schemas import kept_schema

CHECKPOINT_EVERY = 20
WRITER = WriterProperties(compression="ZSTD", compression_level=1)

Rows: TypeAlias = pa.Table | pa.RecordBatchReader


def write_parts(
    lake: Lake, name: str, rows: Rows, current: Current, *, by: str, replaced: Iterable[str] = ()
) -> Current:
    """Write rows into the partitions of a table (under the lock); the caller commits the returned state.

    by: the partition column; replaced: the partitions whose present rows these take the place of, none to append.
    """
    folder = str(lake.table_path(name))
    current = add_columns(lake, name, start_from_committed(lake, name, current))
    listed = ", ".join(f"'{part}'" for part in replaced)
    if listed:
        write_deltalake(
            folder,
            rows,
            partition_by=[by],
            mode="overwrite",
            predicate=f"{by} in ({listed})",
            writer_properties=WRITER,
        )
    else:
        write_deltalake(folder, rows, partition_by=[by], mode="append", writer_properties=WRITER)
    return current.with_table(name, _checkpointed(DeltaTable(folder)))


def commit_files(
    lake: Lake,
    name: str,
    files: Sequence[WrittenFile],
    query: str,
    current: Current,
    *,
    by: str,
    replaced: Collection[str] = (),
) -> Current:
    """Make files that lie in the partitions of a table part of it, in one commit of the table (under the lock).

    query: what they were written by: its columns are the table's where that is not there yet. What is replaced is told by
    partition alone, so no row is read.
    """
    folder = lake.table_path(name)
    current = start_from_committed(lake, name, current)
    added = [_added(folder, file, by) for file in files]
    if name not in current.tables and not DeltaTable.is_deltatable(str(folder)):
        columns = lake.engine.sql(f"from ({query}) limit 0").schema
        schema = Schema.from_arrow(columns if by in columns.names else columns.append(pa.field(by, pa.string())))
        create_table_with_add_actions(str(folder), schema, added, partition_by=[by])
        return current.with_table(name, 0)
    table = DeltaTable(folder)
    if replaced:
        table.create_write_transaction(
            [*added], "overwrite", table.schema(), [by], partition_filters=[(by, "in", sorted(replaced))]
        )
    else:
        table.create_write_transaction([*added], "append", table.schema(), [by])
    return current.with_table(name, _checkpointed(DeltaTable(folder)))


def _added(folder: Path, file: WrittenFile, by: str) -> AddAction:
    path = file.path.relative_to(folder)
    part = path.parts[0].removeprefix(f"{by}=")
    return AddAction(
        path=path.as_posix(),
        size=file.bytes,
        partition_values={by: part},
        modification_time=time.time_ns() // 1_000_000,
        data_change=True,
        stats=json.dumps({"numRecords": file.rows}),
    )


def _checkpointed(table: DeltaTable) -> int:
    """The table's version, with a checkpoint where one is due."""
    if table.version() % CHECKPOINT_EVERY == CHECKPOINT_EVERY - 1:
        table.create_checkpoint()
    return int(table.version())


def start_from_committed(lake: Lake, name: str, current: Current) -> Current:
    """A load that died may have left newer versions that nobody reads: bring the table back to the committed one."""
    folder = lake.table_path(name)
    if not DeltaTable.is_deltatable(str(folder)):
        return current
    table = DeltaTable(folder)
    committed = current.tables.get(name)
    if table.version() == committed:
        return current
    if committed is None:
        table.delete()
    else:
        table.restore(committed)
    return current.with_table(name, DeltaTable(folder).version())


def add_columns(lake: Lake, name: str, current: Current) -> Current:
    """Give a fact table that an older program wrote the columns that it lacks; its files stay, and read as null there."""
    schema, folder = kept_schema(name), str(lake.table_path(name))
    if schema is None or name not in current.tables:
        return current
    table = DeltaTable(folder)
    held = {field.name for field in table.schema().fields}
    missing = [field for field in Schema.from_arrow(schema).fields if field.name not in held]
    if not missing:
        return current
    before = table.metadata().configuration.get(ADDED_COLUMNS, "").split()
    names = " ".join([*before, *(field.name for field in missing)])
    table.alter.set_table_properties({ADDED_COLUMNS: names}, raise_if_not_exists=False)
    table.alter.add_columns(missing)
    return current.with_table(name, DeltaTable(folder).version())
