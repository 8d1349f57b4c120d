"""What does `ingest` remember between loads? Loads with their receipts, bookmarks, rejected rows and flags.

One SQLite file that only `ingest` opens. Every commit is on the disk before it returns, but for how far a load is.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from floorwalker.errors import LakeError
from floorwalker.facts.current import locked
from floorwalker.ingest.order import Order
from floorwalker.ingest.receipt import Receipt
from floorwalker.ingest.remembered import DIED, LOADED, RUNNING, STOPPED, LoadRow, Repair, Where, load_row
from floorwalker.ingest.schema import bring_up
from floorwalker.ingest.source import Bookmark, Flag, Reject

REJECTS_KEPT = timedelta(days=90)
ROWS_AT_ONCE = 1000


class IntakeStore:
    """The memory of `ingest` in FLOORWALKER_HOME/intake; what is read of it may be cut to the loads of some sites."""

    def __init__(self, folder: Path, sites: frozenset[str] | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._sites = sites
        self._path = folder / "intake.sqlite3"
        self._running = folder / "running"
        with self._open() as connection:
            bring_up(connection)

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

    # one load, from its beginning to its end

    @contextmanager
    def under_way(self, load_id: str) -> Iterator[None]:
        """Show that a load lives, by a lock that the kernel frees when it is killed."""
        self._running.mkdir(exist_ok=True)
        path = self._running / load_id
        with locked(path):
            try:
                yield
            finally:
                path.unlink(missing_ok=True)

    def _lives(self, load_id: str) -> bool:
        path = self._running / load_id
        try:
            if not path.exists():
                return False
            with locked(path, wait=False):
                pass
        except LakeError:
            return True
        # What a killed load left behind; a file that the lock has just made anew, for a load that ended, as well.
        with suppress(OSError):
            path.unlink(missing_ok=True)
        return False

    def begin(self, load_id: str, order: Order, at: datetime) -> None:
        """Note that a load has begun, and what was asked of it."""
        asked, paths = json.dumps(order.as_dict()), json.dumps(order.absolute_paths)
        with self._transaction() as connection:
            connection.execute(
                "insert into load (id, source, origin, site, state, started_at, asked, follows, paths, again_of) "
                "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(load_id, order.source, order.origin, order.site.code, RUNNING, at.isoformat()),
                    *(asked, int(order.follow), paths, order.again_of),
                ),
            )

    def note_progress(self, load_id: str, share: float, stage: str) -> None:
        """Note how far a load is; no loss where the machine goes down."""
        with self._open() as connection:
            connection.execute("pragma synchronous = normal")
            connection.execute("update load set share = ?, stage = ? where id = ?", (share, stage, load_id))

    def finish(
        self,
        receipt: Receipt,
        rejects: Iterable[tuple[str, Reject]],
        flags: Iterable[tuple[str, Flag]],
        bookmarks: Sequence[Bookmark],
    ) -> None:
        """Keep receipt, rejects, flags and bookmarks in one transaction; the bookmark moves here, last of all."""
        load, source, origin = receipt.load_id, receipt.source, receipt.origin
        state = STOPPED if receipt.stopped else LOADED
        marks = json.dumps([{**asdict(b), "file": str(Path(b.file).absolute())} for b in bookmarks])
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
                "update load set state = ?, ended_at = ?, receipt = ?, marks = ? where id = ?",
                (state, receipt.ended_at.isoformat(), json.dumps(receipt.as_dict()), marks, load),
            )
            if state == LOADED:
                _settle_earlier(connection, load)
            limit = (receipt.ended_at - REJECTS_KEPT).isoformat()
            for table in ("reject", "flag"):
                connection.execute(
                    f"delete from {table} where load in (select id from load where started_at < ?)", (limit,)
                )

    def fail(self, load_id: str, state: str, at: datetime, problem: str | None = None) -> None:
        """Note that a load ended without a receipt, and why: nothing of it is in the lake."""
        with self._transaction() as connection:
            connection.execute(
                "update load set state = ?, ended_at = ?, problem = ? where id = ?",
                (state, at.isoformat(), problem, load_id),
            )

    def bookmarks(self, source: str, origin: str) -> dict[str, Bookmark]:
        """By file, how far earlier loads that follow have come."""
        with self._open() as connection:
            rows = connection.execute(
                "select file, identity, offset, line from bookmark where source = ? and origin = ?", (source, origin)
            ).fetchall()
        return {row["file"]: Bookmark(**dict(row)) for row in rows}

    # loads

    def loads(self, limit: int = 1000, offset: int = 0) -> list[LoadRow]:
        """The latest loads, newest first."""
        return self._loads("order by started_at desc, rowid desc limit ? offset ?", limit, offset)

    def count_loads(self) -> int:
        """How many loads there were."""
        condition, parameters = self._cut("load")
        return self._count(f"select count(*) from load where {condition}", *parameters)

    def find_load(self, load_id: str) -> LoadRow | None:
        """The load of that id."""
        return next(iter(self._loads("and id = ?", load_id)), None)

    def loads_again(self, load_id: str) -> list[LoadRow]:
        """The loads that read this one again, newest first."""
        return self._loads("and again_of = ? order by started_at desc, rowid desc", load_id)

    def latest_by_source(self, each: int) -> dict[tuple[str, str], list[LoadRow]]:
        """By source and origin, its latest loads, newest first."""
        condition, parameters = self._cut("load")
        query = f"select distinct source, origin from load where {condition} order by source, origin"
        with self._open() as connection:
            pairs = connection.execute(query, parameters).fetchall()
        latest = "and source = ? and origin = ? order by started_at desc, rowid desc limit ?"
        return {(source, origin): self._loads(latest, source, origin, each) for source, origin in pairs}

    def _loads(self, rest: str, *parameters: Any) -> list[LoadRow]:
        condition, within = self._cut("load")
        query = f"select * from load where {condition} {rest}"
        with self._open() as connection:
            rows = [load_row(row) for row in connection.execute(query, (*within, *parameters)).fetchall()]
        return [replace(row, state=DIED) if row.state == RUNNING and not self._lives(row.id) else row for row in rows]

    # rows that could not be used, or only in part

    def rejects(self, load_id: str | None = None) -> list[dict[str, Any]]:
        """Rejected rows, of one load or of all, in the order of their files and lines."""
        return self._rows("reject", load_id)

    def flags(self, load_id: str | None = None) -> list[dict[str, Any]]:
        """Rows that were used although part of them is impossible."""
        return self._rows("flag", load_id)

    def flag_meanings(self, load_id: str) -> dict[str, str]:
        """By code of a flag of that load, what is wrong with such a row."""
        with self._open() as connection:
            query = "select code, min(meaning) from flag where load = ? group by code"
            return dict(connection.execute(query, (load_id,)).fetchall())

    def count_rejects(self, where: Where) -> int:
        """How many rejected rows those are."""
        condition, parameters = self._rejected(where)
        return self._count(f"select count(*) from reject r join load l on l.id = r.load where {condition}", *parameters)

    def repairs(self, where: Where) -> list[Repair]:
        """Rejected rows by what mends them, the most first."""
        condition, parameters = self._rejected(where)
        query = (
            "select l.source, r.reason, r.mend, min(r.expected) as expected, count(*) as rows, "
            "count(distinct r.file) as files "
            f"from reject r join load l on l.id = r.load where {condition} "
            "group by l.source, r.reason, r.mend order by count(*) desc, l.source, r.reason, r.mend"
        )
        with self._open() as connection:
            return [Repair(**dict(row)) for row in connection.execute(query, parameters).fetchall()]

    def rejected(self, where: Where) -> Iterator[dict[str, Any]]:
        """Those rejected rows with their source, in the order in which they came."""
        condition, parameters = self._rejected(where)
        query = f"select l.source, r.* from reject r join load l on l.id = r.load where {condition} order by r.rowid"
        with self._open() as connection:
            found = connection.execute(query, parameters)
            while rows := found.fetchmany(ROWS_AT_ONCE):
                yield from map(dict, rows)

    def examples(self, where: Where, limit: int) -> list[dict[str, Any]]:
        """The latest of those rejected rows, in the order in which they came."""
        condition, parameters = self._rejected(where)
        # A cross join keeps SQLite to this order of tables: it reads the latest rows first, and stops when it has enough.
        query = (
            f"select l.source, r.* from reject r cross join load l on l.id = r.load where {condition} "
            "order by r.rowid desc limit ?"
        )
        with self._open() as connection:
            return [dict(row) for row in connection.execute(query, (*parameters, limit)).fetchall()][::-1]

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

    def _rejected(self, where: Where) -> tuple[str, tuple[str, ...]]:
        (condition, parameters), (cut, sites) = where.condition(), self._cut("l")
        return f"{condition} and {cut}", (*parameters, *sites)

    def _cut(self, loads: str) -> tuple[str, tuple[str, ...]]:
        """As SQL over loads, by the name that they have in the question: those of the sites to which this is cut."""
        if self._sites is None:
            return "true", ()
        return f"{loads}.site in ({', '.join('?' * len(self._sites))})", tuple(sorted(self._sites))

    def _count(self, query: str, *parameters: Any) -> int:
        with self._open() as connection:
            return int(connection.execute(query, parameters).fetchone()[0])

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


def _settle_earlier(connection: sqlite3.Connection, load: str) -> None:
    """What this load has read again no longer waits in earlier ones: the load it was asked for, and those of the same files.

    A load that follows reads other lines of its files each time, and so settles and is settled by no name of a file.
    """
    connection.execute(
        "update load set settled_by = ? where settled_by is null and id <> ? and id = "
        "(select again_of from load where id = ?)",
        (load, load, load),
    )
    connection.execute(
        "update load set settled_by = new.id from (select * from load where id = ?) as new "
        "where load.settled_by is null and load.id <> new.id and load.source = new.source and load.origin = new.origin "
        "and load.paths = new.paths and new.paths <> '[]' and not load.follows and not new.follows",
        (load,),
    )
