"""How do tests come to the same people again and again without acting them out each time?

What the acts wrote is kept, row by row, and written as such by every later test of this process, in its own transaction. Where
the database does not hold just what it held before the acts, they are acted out anew.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection

T = TypeVar("T")
Row = tuple[Any, ...]
_kept: dict[str, Kept] = {}
# Of each, which rows were written last: those that are kept, or of others how many there were since.
KEPT = 0
_written: dict[str, int] = {}


@dataclass(frozen=True)
class Kept:
    """What was made, what every table held before, and of those that held something else after, which rows came and went."""

    made: bytes
    before: dict[str, list[Row]]
    came: dict[str, list[Row]]
    went: set[str]


def once_more(name: str, make: Callable[[], T]) -> T:
    """What `make` gives, and all that it writes to the database; acted out the first time, written down after that."""
    before, kept = _contents(), _kept.get(name)
    if kept is not None and kept.before == before:
        for table, rows in kept.came.items():
            _write(table, rows, empty_first=table in kept.went)
        found: T = pickle.loads(kept.made)
        _written[name] = KEPT
        return found
    made = make()
    _written[name] = KEPT if kept is None else _written[name] + 1
    if kept is None:
        after = {table: rows for table, rows in _contents().items() if rows != before[table]}
        # Rows are only added where none was changed: the audit trail lets none be taken away.
        went = {table for table, rows in after.items() if any(row not in rows for row in before[table])}
        came = {
            table: [row for row in rows if table in went or row not in before[table]] for table, rows in after.items()
        }
        _kept[name] = Kept(pickle.dumps(made), before, came, went)
    return made


def written(name: str) -> int:
    """Which of those the database holds: the same number, the same rows."""
    return _written[name]


def _contents() -> dict[str, list[Row]]:
    """Every row of every table."""
    with connection.cursor() as cursor:
        return {table: _rows(cursor, table) for table in connection.introspection.table_names(cursor)}


def _rows(cursor: Any, table: str) -> list[Row]:
    cursor.execute(f"select * from {connection.ops.quote_name(table)}")
    return cursor.fetchall()  # type: ignore[no-any-return]


def _write(table: str, rows: list[Row], *, empty_first: bool) -> None:
    name = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        if empty_first:
            cursor.execute(f"delete from {name}")
        if rows:
            cursor.executemany(f"insert into {name} values ({', '.join(['%s'] * len(rows[0]))})", rows)
