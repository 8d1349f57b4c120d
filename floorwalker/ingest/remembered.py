"""What does the memory of `ingest` tell about a load, and about rows that wait for repair?"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from floorwalker.ingest.source import Bookmark

RUNNING, LOADED, STOPPED, FAILED, DIED = "running", "loaded", "stopped", "failed", "died"


@dataclass(frozen=True)
class LoadRow:
    """One load as the store remembers it.

    state: running, loaded, stopped (on request: what was read is kept), failed (an error said so) or died (killed).
    asked: what was asked, None for loads of older versions; share and stage: how far a running one is, where it can be
    known; settled_by: the later load that has read the same again; marks: in which files a following one ended, and where.
    """

    id: str
    source: str
    origin: str
    site: str
    state: str
    started_at: str
    ended_at: str | None
    receipt: dict[str, Any] | None
    asked: dict[str, Any] | None = None
    follows: bool = False
    paths: tuple[str, ...] = ()
    share: float | None = None
    stage: str | None = None
    problem: str | None = None
    again_of: str | None = None
    settled_by: str | None = None
    marks: tuple[Bookmark, ...] = ()

    @property
    def began_at(self) -> datetime:
        """When it began."""
        return datetime.fromisoformat(self.started_at)

    @property
    def finished_at(self) -> datetime | None:
        """When it ended; None while it runs, and where it was killed."""
        return None if self.ended_at is None else datetime.fromisoformat(self.ended_at)

    @property
    def records(self) -> Mapping[str, Any]:
        """The balance of what was read; empty without a receipt."""
        return {} if self.receipt is None else self.receipt["records"]

    @property
    def read_count(self) -> int:
        """How many records it read."""
        return int(self.records.get("read", 0))

    @property
    def used_count(self) -> int:
        """How many of them it used."""
        return int(self.records.get("used", 0))

    @property
    def ignored_count(self) -> int:
        """How many carry nothing to keep."""
        return sum(self.records.get("ignored", {}).values())

    @property
    def rejected_count(self) -> int:
        """How many could not be used."""
        return sum(self.records.get("rejected", {}).values())

    @property
    def flagged_count(self) -> int:
        """How many were used although part of them is impossible."""
        return 0 if self.receipt is None else sum(self.receipt["flags"].values())

    @property
    def rejected_share(self) -> float:
        """The rejected ones among those read; nothing read, nothing rejected."""
        return self.rejected_count / self.read_count if self.read_count else 0.0


@dataclass(frozen=True)
class Where:
    """Which rejected rows are meant: of a load, a source, a reason and a way to mend; None for all.

    Without a load only rows count that wait: a later load of the same files has settled the others.
    """

    load: str | None = None
    source: str | None = None
    reason: str | None = None
    mend: str | None = None

    def condition(self) -> tuple[str, tuple[str, ...]]:
        """As SQL over `reject` and its `load`, with its parameters."""
        wanted = {"r.load": self.load, "l.source": self.source, "r.reason": self.reason, "r.mend": self.mend}
        given = {column: value for column, value in wanted.items() if value is not None}
        terms = [f"{column} = ?" for column in given] + ([] if self.load else ["l.settled_by is null"])
        return " and ".join(terms) or "true", tuple(given.values())


@dataclass(frozen=True)
class Repair:
    """Rows that are mended in one way: of one source, for one reason."""

    source: str
    reason: str
    mend: str
    expected: str
    rows: int
    files: int


def load_row(row: sqlite3.Row) -> LoadRow:
    """A row of the table as a LoadRow."""
    kept = {name: row[name] for name in LoadRow.__dataclass_fields__}
    return LoadRow(
        **{
            **kept,
            "receipt": _plain(row["receipt"]),
            "asked": _plain(row["asked"]),
            "follows": bool(row["follows"]),
            "paths": tuple(_plain(row["paths"]) or ()),
            "marks": tuple(Bookmark(**mark) for mark in _plain(row["marks"]) or ()),
        }
    )


def _plain(text: str | None) -> Any:
    return json.loads(text) if text else None
