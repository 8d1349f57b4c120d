"""How are daily sums kept so that few files answer a page? Fresh days singly, whole months as one file.

A roll-up is rebuilt by whole parts: a load replaces the days it touched; a month that is over becomes one part, sorted
by the roll-up's cells, once more than a few of its days are rebuilt together. Days have files of their own, in which an
order gains nothing: many of them are rolled up in one pass over their facts.
"""

from __future__ import annotations

import os
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol, TypeVar

from floorwalker.facts.current import Current
from floorwalker.facts.engine import Engine, WrittenFile
from floorwalker.facts.lake import Lake
from floorwalker.facts.merge import batches_of_days
from floorwalker.facts.relations import DAY
from floorwalker.facts.snapshot import DataFile, Snapshot
from floorwalker.facts.tables import Table
from floorwalker.facts.writing import commit_files

PART = "part"
# In the folder of a roll-up since compaction found that no committed state names it any more.
UNNAMED = "_unnamed"
# From so many days of one month on, the month is rebuilt whole.
WHOLE_MONTH_FROM = 6
# Days with so many facts are rolled up in one pass, so that memory is that of a month at most.
FACTS_PER_PASS = 500_000
_DAY_LENGTH = len("2026-03-09")


class RolledUp(Protocol):
    """What is rolled up: the name of its table, the fact table, the columns of a cell, and the SELECT of some days."""

    @property
    def key(self) -> str: ...

    @property
    def table(self) -> Table: ...

    @property
    def cells(self) -> tuple[str, ...]: ...

    def select(self, facts: Snapshot, first_day: date, last_day: date, /) -> str: ...


Rolled = TypeVar("Rolled", bound=RolledUp)


def rebuild(lake: Lake, rollup: RolledUp, days: Collection[date], current: Current) -> Current:
    """Rebuild the parts in which these days lie, in one commit of the table; the caller commits the returned state.

    The month of the last day with facts is kept in days.
    """
    snapshot = Snapshot(lake, current)
    facts = _rows_by_day(snapshot, rollup.table)
    if not days or not facts:
        return current
    present = {file.partition for file in snapshot.day_files(rollup.key)}
    parts = parts_of(days, max(facts), present)
    folder = lake.table_path(rollup.key)
    (folder / UNNAMED).unlink(missing_ok=True)
    passes = [*_over_days(snapshot, rollup, parts, facts), *_over_months(snapshot, rollup, parts)]
    files = [file for one in passes for file in one.write(lake.engine, folder)]
    replaced = {held for part in parts for held in _replaced(part, present)}
    return commit_files(lake, rollup.key, files, passes[0].query, current, by=PART, replaced=replaced)


def at_once(rollups: Sequence[Rolled], make: Callable[[Rolled], Current], current: Current) -> Current:
    """Make several roll-ups at the same time; each writes no other table than its own, whose new state is taken over.

    The sums of one day are worked out by one thread of the engine, so that this uses the processors that there are.
    """
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        made = list(threads.map(make, rollups))
    for key, state in zip((rollup.key for rollup in rollups), made, strict=True):
        if key in state.tables:
            current = current.with_table(key, state.tables[key])
        if key in state.rollups:
            current = current.with_rollup(key, state.rollups[key])
    return current


def parts_of(days: Collection[date], newest: date, present: Iterable[str]) -> set[str]:
    """The parts to rebuild for these days, given the parts that are there."""
    held = set(present)
    by_month: defaultdict[str, set[date]] = defaultdict(set)
    for day in days:
        by_month[day.isoformat()[:7]].add(day)
    parts: set[str] = set()
    for month, some in by_month.items():
        whole = month in held or (month < newest.isoformat()[:7] and len(some) >= WHOLE_MONTH_FROM)
        parts |= {month} if whole else {day.isoformat() for day in some}
    return parts


def _replaced(part: str, present: Collection[str]) -> list[str]:
    """The parts that a new one takes the place of: itself, and for a month its days."""
    return sorted(held for held in present if held == part or held.startswith(part + "-"))


def _rows_by_day(snapshot: Snapshot, table: Table) -> dict[date, int]:
    rows = Counter[date]()
    for file in snapshot.day_files(table.name):
        rows[file.partition] += file.rows
    return rows


@dataclass(frozen=True)
class _Pass:
    """One SELECT over facts, and the part that its rows make; None where each row's day says which."""

    query: str
    part: str | None = None

    def write(self, engine: Engine, folder: Path) -> list[WrittenFile]:
        """Write the rows into the folders of their parts."""
        if self.part is None:
            return engine.write(f"select *, {DAY}::varchar as {PART} from ({self.query})", folder, by=PART)
        into = folder / f"{PART}={self.part}"
        into.mkdir(parents=True, exist_ok=True)
        return engine.write(self.query, into / f"{PART}-{uuid.uuid4()}.parquet")


def _over_days(snapshot: Snapshot, rollup: RolledUp, parts: Iterable[str], facts: dict[date, int]) -> Iterator[_Pass]:
    days = sorted(date.fromisoformat(part) for part in parts if len(part) == _DAY_LENGTH)
    for some in batches_of_days(days, facts, FACTS_PER_PASS):
        yield _Pass(rollup.select(_OfDays(snapshot, some), some[0], some[-1]))


def _over_months(snapshot: Snapshot, rollup: RolledUp, parts: Iterable[str]) -> Iterator[_Pass]:
    order = ", ".join(f'"{cell}"' for cell in rollup.cells)
    for part in sorted(part for part in parts if len(part) < _DAY_LENGTH):
        first = date.fromisoformat(f"{part}-01")
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        yield _Pass(f"{rollup.select(snapshot, first, last)} order by {order}", part)


class _OfDays(Snapshot):
    """A snapshot whose facts are those of some days, which need not follow on each other."""

    def __init__(self, snapshot: Snapshot, days: Collection[date]) -> None:
        super().__init__(snapshot.lake, snapshot.current)
        self._days = frozenset(days)

    def day_files(self, table: str, first_day: date | None = None, last_day: date | None = None) -> list[DataFile]:
        """The files of a fact table that lie on these days; other tables whole."""
        files = super().day_files(table, first_day, last_day)
        return [file for file in files if not isinstance(file.partition, date) or file.partition in self._days]

    def rollup(self, name: str, first_day: date | None = None, last_day: date | None = None) -> str | None:
        """A roll-up of these days alone, whatever other days lie in the same parts."""
        found = super().rollup(name, first_day, last_day)
        if found is None:
            return None
        listed = ", ".join(f"date '{day}'" for day in sorted(self._days))
        return f"(select * from {found} where {DAY} in ({listed}))"
