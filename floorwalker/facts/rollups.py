"""How are daily sums kept so that few files answer a page? Fresh days singly, whole months as one file.

A roll-up is rebuilt by whole parts: a load replaces the days it touched; a month that is over becomes one part, sorted as
the roll-up says, once more than a few of its days are rebuilt together.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, timedelta

import pyarrow as pa

from floorwalker.facts.current import Current
from floorwalker.facts.lake import Lake, Snapshot
from floorwalker.facts.writing import write_parts

PART = "part"
# From so many days of one month on, the month is rebuilt whole.
WHOLE_MONTH_FROM = 6

Select = Callable[[Snapshot, date, date], str]


def rebuild(lake: Lake, name: str, days: Collection[date], newest: date, current: Current, select: Select) -> Current:
    """Rebuild the parts in which these days lie, in one commit of the table; the caller commits the returned state.

    newest: the last day with facts; its month is kept in days. select: the SELECT that rolls up a stretch of days.
    """
    present = {file.partition for file in Snapshot(lake, current).day_files(name)}
    parts = sorted(parts_of(days, newest, present))
    if not parts:
        return current
    selects = [_of_part(part, select, Snapshot(lake, current)) for part in parts]
    replaced = {held for part in parts for held in _replaced(part, present)}
    written = sorted(replaced.union(parts)) if replaced else []
    return write_parts(lake, name, _rows(lake, selects), current, by=PART, replaced=written)


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


def _of_part(part: str, select: Select, snapshot: Snapshot) -> str:
    first, last = _days_of(part)
    return f"select *, '{part}' as {PART} from ({select(snapshot, first, last)})"


def _rows(lake: Lake, selects: Sequence[str]) -> pa.RecordBatchReader:
    """The rows of all parts, rolled up one part after the other so that memory is that of one."""
    first = lake.engine.stream(selects[0])
    rest = (batch for query in selects[1:] for batch in lake.engine.stream(query))
    return pa.RecordBatchReader.from_batches(first.schema, itertools.chain(first, rest))


def _days_of(part: str) -> tuple[date, date]:
    if len(part) > len("2026-03"):
        day = date.fromisoformat(part)
        return day, day
    first = date.fromisoformat(f"{part}-01")
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
