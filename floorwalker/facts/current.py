"""Which version of every table is the present one? The single point of commit of the lake.

Delta commits one table at a time. `current.json`, replaced by rename, names the version of every table: readers open
exactly those, so a load is seen whole or not at all, and what a killed load left behind is read by nobody.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from floorwalker.errors import LakeError

FORMAT = 1
# The source of what people do in the product itself (jobs/records.py); its origin is the context that it comes from.
RECORDS = "floorwalker"


@dataclass(frozen=True)
class Claim:
    """For which basis the newest answer to a standing question holds, and when it was said; None: nobody had a contact."""

    basis: str
    said_at: datetime | None


@dataclass(frozen=True)
class Current:
    """The present state: table versions, how far each (source, origin) has been read, and what roll-ups were made from.

    rollups: by roll-up, the names and versions of the tables whose every row it has counted; claims: by standing question,
    what table `statement` answers to it (docs/decisions/0024); published: by what is told of, the file in which it is written
    what had been given when records of work were published last (facts/published.py).
    """

    sequence: int = 0
    tables: Mapping[str, int] = field(default_factory=dict)
    completeness: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    rollups: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    published: Mapping[str, str] = field(default_factory=dict)

    @property
    def read_through(self) -> datetime | None:
        """The last instant that was read from any source; what people do in the product itself is always known."""
        read = [through for (source, _origin), through in self.completeness.items() if source != RECORDS]
        return max(read, default=None)

    def with_table(self, name: str, version: int) -> Current:
        """The same state with one table at another version."""
        return replace(self, tables={**self.tables, name: version})

    def with_rollup(self, name: str, basis: Mapping[str, int]) -> Current:
        """The same state with one roll-up made from tables at those versions."""
        return replace(self, rollups={**self.rollups, name: dict(basis)})

    def with_published(self, name: str, digest: str) -> Current:
        """The same state with another file of what was given."""
        return replace(self, published={**self.published, name: digest})

    def without_rollups(self, names: Iterable[str]) -> Current:
        """The same state without those roll-ups and their tables."""
        gone = set(names)
        return replace(
            self,
            tables={name: version for name, version in self.tables.items() if name not in gone},
            rollups={name: basis for name, basis in self.rollups.items() if name not in gone},
        )

    def with_completeness(self, source: str, origin: str, through: datetime | None) -> Current:
        """The same state, read at least up to `through`; completeness never goes back."""
        known = self.completeness.get((source, origin))
        if through is None or (known is not None and known >= through):
            return self
        return replace(self, completeness={**self.completeness, (source, origin): through})


def read_current(lake: Path) -> Current:
    """The committed state of the lake; an empty lake has none yet."""
    try:
        text = (lake / "current.json").read_text(encoding="utf-8")
    except FileNotFoundError:
        return Current()
    except OSError as error:
        raise LakeError("the lake cannot be read", where=str(lake / "current.json"), found=str(error)) from error
    try:
        found = json.loads(text)
        if found["format"] > FORMAT:
            raise _newer(lake, found["format"])
        return Current(
            sequence=found["sequence"],
            tables=found["tables"],
            completeness={
                (row["source"], row["origin"]): datetime.fromisoformat(row["through"]) for row in found["completeness"]
            },
            rollups=found.get("rollups", {}),
            claims={question: _claim(**row) for question, row in found.get("claims", {}).items()},
            published=found.get("published", {}),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise LakeError(
            "the lake's list of versions cannot be read",
            where=str(lake / "current.json"),
            found=str(error),
            mend="restore this file from a backup; the tables beside it are unharmed",
        ) from error


def _claim(basis: str, said_at: str | None) -> Claim:
    return Claim(basis, None if said_at is None else datetime.fromisoformat(said_at))


def _newer(lake: Path, format: int) -> LakeError:
    return LakeError(
        "the lake was written by a newer floorwalker",
        where=str(lake / "current.json"),
        found=f"format {format}",
        expected=f"format {FORMAT} or older",
        mend="install the version that wrote it, or a newer one",
    )


def commit_current(lake: Path, state: Current) -> Current:
    """Make `state` the present one, in one rename that survives a crash."""
    state = replace(state, sequence=state.sequence + 1)
    text = json.dumps(
        {
            "format": FORMAT,
            "sequence": state.sequence,
            "tables": dict(sorted(state.tables.items())),
            "completeness": [
                {"source": source, "origin": origin, "through": through.isoformat()}
                for (source, origin), through in sorted(state.completeness.items())
            ],
            "rollups": dict(sorted(state.rollups.items())),
            "claims": {
                question: {"basis": claim.basis, "said_at": claim.said_at and claim.said_at.isoformat()}
                for question, claim in sorted(state.claims.items())
            },
            "published": dict(sorted(state.published.items())),
        },
        indent=1,
    )
    temporary = lake / "current.json.new"
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(lake / "current.json")
    folder = os.open(lake, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return state


@contextmanager
def locked(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold the lock of that file; the kernel frees it when the holder dies. Without `wait`, LakeError when it is held."""
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise LakeError("somebody else is writing", where=str(path)) from error
        yield
