"""How does SQL name the rows of a table: FROM-expressions over Parquet files, and the schemas of the small dated tables?"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from floorwalker.facts.engine import sql_text
from floorwalker.facts.tables import DAY_TYPE, KEY, TEXT

DAY = "local_day"

# Small dated tables that the relational side publishes; `derive` keeps one from facts, and `cap` is learnt from them.
# Days are half-open, null = open.
DIMENSIONS: dict[str, pa.Schema] = {
    "identity": pa.schema(
        [("identity_key", KEY), ("kind", TEXT), ("subject_key", KEY), ("from_day", DAY_TYPE), ("to_day", DAY_TYPE)]
    ),
    "employment": pa.schema([("agent_key", KEY), ("started_on", DAY_TYPE)]),
    "membership": pa.schema([("agent_key", KEY), ("team_key", KEY), ("from_day", DAY_TYPE), ("to_day", DAY_TYPE)]),
    "observed_membership": pa.schema(
        [("identity_key", KEY), ("observed_team_key", KEY), ("from_day", DAY_TYPE), ("to_day", DAY_TYPE)]
    ),
    "queue_parameter": pa.schema(
        [("queue_key", KEY), ("name", TEXT), ("value", pa.float64()), ("from_day", DAY_TYPE), ("to_day", DAY_TYPE)]
    ),
    # Beyond `value` no contact of its kind counts as longer in judgements; the days tell from when to when. What it was
    # learnt from: so many contacts of the weeks from `first_day` to `last_day`; looked at again last on `looked_on`.
    "cap": pa.schema(
        [
            *(("kpi", TEXT), ("kpi_version", pa.int32()), ("queue_key", KEY), ("channel", TEXT), ("reason", TEXT)),
            *(("value", pa.float64()), ("contacts", pa.int64()), ("first_day", DAY_TYPE), ("last_day", DAY_TYPE)),
            *(("looked_on", DAY_TYPE), ("from_day", DAY_TYPE), ("to_day", DAY_TYPE)),
        ]
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
    "map<string, double>": "MAP(VARCHAR, DOUBLE)",
    "list<item: string>": "VARCHAR[]",
    "list<item: int64>": "BIGINT[]",
}


def sql_type(type: pa.DataType) -> str:
    """The engine's name of an Arrow type."""
    return _SQL_TYPES[str(type)]


def empty_relation(schema: pa.Schema) -> str:
    """A FROM-expression without rows that has the columns of `schema`."""
    columns = ", ".join(f'cast(null as {sql_type(field.type)}) as "{field.name}"' for field in schema)
    return f"(select {columns} where false)"


def parquet_relation(
    files: Sequence[str], partition: str | None = None, partition_type: str = "DATE", *, alike: bool = False
) -> str:
    """A FROM-expression over Parquet files, with the partition's value read from their folder names.

    alike: all of them have the columns of the first, so that none of the others is opened before it is read.
    """
    names = ", ".join(map(sql_text, files))
    hive = f", hive_partitioning=true, hive_types={{'{partition}': {partition_type}}}" if partition else ""
    return f"read_parquet([{names}]{'' if alike else ', union_by_name=true'}{hive})"
