"""What must a source provide so that `load` can read it, and what must `load` provide to a source?

A source is a folder in `floorwalker/sources/` whose `__init__.py` holds `SOURCE`, a `Source`. `fetch` does the reading
and nothing else; `map_page` is pure and turns what was read into named rows (see `facts/tables.py`), rejects and counts.
A source of events also gives `derive`: SQL over the kept events, run again for every call that a load touches.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from floorwalker.errors import SourceError


@dataclass(frozen=True)
class Site:
    """One site as a load sees it: its code names it in the lake, its zone sets local days, its country its numbers."""

    code: str
    timezone: str
    country: str | None = None

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The time zone of the site."""
        return zoneinfo.ZoneInfo(self.timezone)


@dataclass(frozen=True)
class Setting:
    """One value that `--set name=value` gives to a source."""

    name: str
    meaning: str
    default: str | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bookmark:
    """How far one file has been read: its identity (inode and digest of its first 4 KiB) and the byte after the last record."""

    file: str
    identity: str
    offset: int
    line: int


def vanished(path: Path, error: OSError) -> SourceError:
    """What to say, worth another try, of a file that was listed a moment ago and can no longer be read."""
    return SourceError(
        "a file vanished while it was about to be read",
        where=str(path),
        found=error.strerror,
        expected="a file that stays until it is read",
        mend="load again; where another program moves files, let it do so when the load has ended",
        retry=True,
    )


def file_size(path: Path) -> int:
    """Bytes of a file that was listed a moment ago."""
    try:
        return path.stat().st_size
    except OSError as error:
        raise vanished(path, error) from error


class Sql(Protocol):
    """Runs SQL over named Arrow tables and returns Arrow: how a pure mapping uses the query engine."""

    def __call__(self, query: str, /, **relations: pa.Table) -> pa.Table: ...


@dataclass(frozen=True)
class Request:
    """What one load asks of a source.

    paths: files or folders; mapping: the text of the mapping file, where one was given, and mapping_path its name;
    settings: every declared setting with its value; bookmarks: by file, how far earlier loads of `--follow` came.
    """

    paths: tuple[Path, ...]
    site: Site
    origin: str
    settings: Mapping[str, str]
    sql: Sql
    mapping: str | None = None
    mapping_path: str | None = None
    follow: bool = False
    bookmarks: Mapping[str, Bookmark] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """A bounded piece of raw input: records of one file in their order.

    records: whatever `map_page` of the same source understands; first_line: line or row number of the first record;
    size: bytes read (for progress); bookmark: where the next read would begin.
    """

    file: str
    first_line: int
    records: Any
    size: int = 0
    bookmark: Bookmark | None = None


@dataclass(frozen=True)
class Reject:
    """A record that could not be used: where it stands, what was found, what was expected and how to mend it."""

    line: int
    reason: str
    found: str
    expected: str
    mend: str
    record: str


@dataclass(frozen=True)
class Flag:
    """A record that was used although part of it is impossible."""

    line: int
    code: str
    meaning: str
    record: str


@dataclass(frozen=True)
class Mapped:
    """What one page became. read = used + sum(ignored) + len(rejects), always.

    rows: by table name, Arrow tables whose columns are a subset of that table's `named_schema` (missing ones are null);
    ignored: by reason, records that carry nothing to keep (blank lines, comments, repeated headings).
    """

    read: int
    used: int
    rows: Mapping[str, pa.Table]
    rejects: tuple[Reject, ...] = ()
    flags: tuple[Flag, ...] = ()
    ignored: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """One connector.

    name: the folder's name; tables: the fact tables it supplies; reads_files: whether paths must be named, or none can
    be; sites: sites that the input itself states, beyond the
    one of the request (their codes are what rows carry in `site`); size: total bytes to read, for progress, or None;
    complete_through: how the source says how far it is complete: the instant up to which everything is known.
    derive: for a source of events, by table name, a SELECT over `event` (all kept events of the touched calls) that
    gives the columns of that table's lake form which a source supplies, and under `flag` the lines that are used although
    part of them is impossible (event_key, line, code); see `sources/asterisk_queue_log/derive.py`.
    prepare: by name, tables made in this order before `derive` runs, so that work shared by its queries is done once.
    flag_meanings: by code, what is wrong with such a line, in words.
    """

    name: str
    title: str
    tables: tuple[str, ...]
    fetch: Callable[[Request], Iterator[Page]]
    map_page: Callable[[Page, Request], Mapped]
    settings: tuple[Setting, ...] = ()
    needs_mapping: bool = False
    reads_files: bool = True
    can_follow: bool = False
    derive: Mapping[str, str] = field(default_factory=dict)
    prepare: Mapping[str, str] = field(default_factory=dict)
    flag_meanings: Mapping[str, str] = field(default_factory=dict)
    sites: Callable[[Request], tuple[Site, ...]] | None = None
    size: Callable[[Request], int] | None = None

    def settle(self, given: Mapping[str, str]) -> dict[str, str]:
        """Every declared setting with its value; an unknown name or value raises SourceError naming the choices."""
        known = {setting.name: setting for setting in self.settings}
        for name, value in given.items():
            if name not in known:
                raise SourceError(
                    f"{self.name} has no setting {name!r}",
                    where=f"--set {name}={value}",
                    expected=", ".join(sorted(known)) or "no settings",
                )
            if known[name].choices and value not in known[name].choices:
                raise SourceError(
                    f"{name} cannot be {value!r}",
                    where=f"--set {name}={value}",
                    expected=", ".join(known[name].choices),
                )
        values = {name: setting.default for name, setting in known.items() if setting.default is not None}
        return {**values, **given}
