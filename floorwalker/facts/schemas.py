"""Which columns has a table of the lake that is only added to, or merged by key? Facts, what was replaced, statements."""

from __future__ import annotations

import pyarrow as pa

from floorwalker.facts.statement import STATEMENT
from floorwalker.facts.tables import SUPERSEDED, TABLES, Table, superseded_schema

# Every table whose rows have a key of their own.
KEYED: dict[str, Table] = {**TABLES, STATEMENT.name: STATEMENT}


def kept_schema(name: str) -> pa.Schema | None:
    """The schema of a fact table, of what corrections replaced in one, or of statements; None for any other table."""
    if name in KEYED:
        return KEYED[name].schema
    table = TABLES.get(name.removesuffix(SUPERSEDED))
    return None if table is None else superseded_schema(table)
