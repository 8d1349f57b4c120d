"""How do rows become the next version of a table of the lake? Always on top of the committed one, in one commit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import pyarrow as pa
from deltalake import DeltaTable, WriterProperties, write_deltalake

from floorwalker.facts.current import Current
from floorwalker.facts.lake import Lake

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
    current = start_from_committed(lake, name, current)
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
    table = DeltaTable(folder)
    if table.version() % CHECKPOINT_EVERY == CHECKPOINT_EVERY - 1:
        table.create_checkpoint()
    return current.with_table(name, table.version())


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
