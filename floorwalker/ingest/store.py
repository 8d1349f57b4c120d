"""What does `ingest` remember between loads? Loads with their receipts, bookmarks, rejected rows and flags.

One SQLite file that only `ingest` opens. Every commit is on the disk before it returns.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from floorwalker.ingest.receipt import Receipt
from floorwalker.ingest.source import Bookmark, Flag, Reject

REJECTS_KEPT = timedelta(days=90)

_SCHEMA = """
create table if not exists load (
  id text primary key, source text not null, origin text not null, site text not null, state text not null,
  started_at text not null, ended_at text, receipt text
) strict;
create table if not exists reject (
  load text not null references load(id), file text not null, line integer not null, reason text not null,
  found text not null, expected text not null, mend text not null, record text not null
) strict;
create index if not exists reject_load on reject(load);
create table if not exists flag (
  load text not null references load(id), file text not null, line integer not null, code text not null,
  meaning text not null, record text not null, unique (file, line, code, record)
) strict;
create index if not exists flag_load on flag(load);
create table if not exists bookmark (
  source text not null, origin text not null, file text not null, identity text not null, offset integer not null,
  line integer not null, primary key (source, origin, file)
) strict;
"""


@dataclass(frozen=True)
class LoadRow:
    """One load as the store remembers it."""

    id: str
    source: str
    origin: str
    site: str
    state: str
    started_at: str
    ended_at: str | None
    receipt: dict[str, Any] | None


class IntakeStore:
    """The memory of `ingest` in FLOORWALKER_HOME/intake."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / "intake.sqlite3"
        with self._open() as connection:
            connection.executescript(_SCHEMA)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path, timeout=30, isolation_level=None)
        connection.row_factory = sqlite3.Row
        try:
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = full")
            connection.execute("pragma foreign_keys = on")
            yield connection
        finally:
            connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._open() as connection:
            connection.execute("begin immediate")
            try:
                yield connection
            except BaseException:
                connection.execute("rollback")
                raise
            connection.execute("commit")

    def begin(self, load_id: str, source: str, origin: str, site: str, at: datetime) -> None:
        """Note that a load has begun."""
        with self._transaction() as connection:
            connection.execute(
                "insert into load (id, source, origin, site, state, started_at) values (?, ?, ?, ?, 'running', ?)",
                (load_id, source, origin, site, at.isoformat()),
            )

    def finish(
        self,
        receipt: Receipt,
        rejects: Iterable[tuple[str, Reject]],
        flags: Iterable[tuple[str, Flag]],
        bookmarks: Iterable[Bookmark],
    ) -> None:
        """Keep receipt, rejects, flags and bookmarks in one transaction; the bookmark moves here, last of all."""
        load, source, origin = receipt.load_id, receipt.source, receipt.origin
        with self._transaction() as connection:
            connection.executemany(
                "insert into reject values (?, ?, ?, ?, ?, ?, ?, ?)",
                ((load, file, r.line, r.reason, r.found, r.expected, r.mend, r.record) for file, r in rejects),
            )
            connection.executemany(
                "insert or ignore into flag values (?, ?, ?, ?, ?, ?)",
                ((load, file, f.line, f.code, f.meaning, f.record) for file, f in flags),
            )
            connection.executemany(
                "insert or replace into bookmark values (?, ?, ?, ?, ?, ?)",
                ((source, origin, b.file, b.identity, b.offset, b.line) for b in bookmarks),
            )
            connection.execute(
                "update load set state = ?, ended_at = ?, receipt = ? where id = ?",
                (
                    "stopped" if receipt.stopped else "loaded",
                    receipt.ended_at.isoformat(),
                    json.dumps(receipt.as_dict()),
                    load,
                ),
            )
            limit = (receipt.ended_at - REJECTS_KEPT).isoformat()
            for table in ("reject", "flag"):
                connection.execute(
                    f"delete from {table} where load in (select id from load where started_at < ?)", (limit,)
                )

    def fail(self, load_id: str, state: str, at: datetime) -> None:
        """Note that a load ended without a receipt: nothing of it is in the lake."""
        with self._transaction() as connection:
            connection.execute("update load set state = ?, ended_at = ? where id = ?", (state, at.isoformat(), load_id))

    def bookmarks(self, source: str, origin: str) -> dict[str, Bookmark]:
        """By file, how far earlier loads that follow have come."""
        with self._open() as connection:
            rows = connection.execute(
                "select file, identity, offset, line from bookmark where source = ? and origin = ?", (source, origin)
            ).fetchall()
        return {row["file"]: Bookmark(**dict(row)) for row in rows}

    def loads(self, limit: int = 1000) -> list[LoadRow]:
        """The latest loads, newest first."""
        with self._open() as connection:
            rows = connection.execute(
                "select * from load order by started_at desc, rowid desc limit ?", (limit,)
            ).fetchall()
        return [
            LoadRow(**{**dict(row), "receipt": json.loads(row["receipt"]) if row["receipt"] else None}) for row in rows
        ]

    def rejects(self, load_id: str | None = None) -> list[dict[str, Any]]:
        """Rejected rows, of one load or of all, in the order of their files and lines."""
        return self._rows("reject", load_id)

    def flags(self, load_id: str | None = None) -> list[dict[str, Any]]:
        """Rows that were used although part of them is impossible."""
        return self._rows("flag", load_id)

    def mentioning(self, address: re.Pattern[str]) -> int:
        """How many rejected and flagged rows hold this number or address."""
        with self._open() as connection:
            return sum(len(rows) for rows in _mentioning(connection, address).values())

    def forget(self, address: re.Pattern[str]) -> int:
        """Remove the rejected and flagged rows that hold this number or address, from the file's free pages too; how many."""
        with self._transaction() as connection:
            found = _mentioning(connection, address)
            for table, rows in found.items():
                connection.executemany(f"delete from {table} where rowid = ?", ((row,) for row in rows))
        with self._open() as connection:
            connection.execute("vacuum")
            connection.execute("pragma wal_checkpoint(truncate)")
        return sum(len(rows) for rows in found.values())

    def _rows(self, table: str, load_id: str | None) -> list[dict[str, Any]]:
        query = f"select * from {table}" + (" where load = ?" if load_id else "") + " order by load, file, line"
        with self._open() as connection:
            return [dict(row) for row in connection.execute(query, (load_id,) if load_id else ()).fetchall()]


def _mentioning(connection: sqlite3.Connection, address: re.Pattern[str]) -> dict[str, list[int]]:
    """By table, the rows that hold this number or address."""
    texts = {"reject": "file, found, record", "flag": "file, meaning, record"}
    return {
        table: [
            row[0]
            for row in connection.execute(f"select rowid, {columns} from {table}")
            if any(address.search(text) for text in row[1:])
        ]
        for table, columns in texts.items()
    }
