"""How are daily sums kept so that few files answer a page? Fresh days singly, whole months as one file.

A roll-up is rebuilt by whole parts: a load replaces the days it touched; a month that is over becomes one part, sorted as
the roll-up says, once more than a few of its days are rebuilt together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta

from deltalake import DeltaTable, write_deltalake

from floorwalker.facts.current import Current
from floorwalker.facts.lake import Lake, Snapshot
from floorwalker.facts.merge import CHECKPOINT_EVERY, WRITER, start_from_committed

PART = "part"
# From so many days of one month on, the month is rebuilt whole.
WHOLE_MONTH_FROM = 6

Select = Callable[[Snapshot, date, date], str]


def rebuild(lake: Lake, name: str, days: Collection[date], newest: date, current: Current, select: Select) -> Current:
    """Rebuild the parts in which these days lie; the caller commits the returned state.

    newest: the last day with facts; its month is kept in days. select: the SELECT that rolls up a stretch of days.
    """
    present = {file.partition for file in Snapshot(lake, current).day_files(name)}
    for part in sorted(parts_of(days, newest, present)):
        current = _replace(lake, name, part, _replaced(part, present), current, select)
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


def _replace(lake: Lake, name: str, part: str, replaced: list[str], current: Current, select: Select) -> Current:
    folder = str(lake.table_path(name))
    current = start_from_committed(lake, name, current)
    first, last = _days_of(part)
    rows = lake.engine.stream(f"select *, '{part}' as {PART} from ({select(Snapshot(lake, current), first, last)})")
    if replaced:
        listed = ", ".join(f"'{held}'" for held in [*replaced, part])
        write_deltalake(
            folder,
            rows,
            partition_by=[PART],
            mode="overwrite",
            predicate=f"{PART} in ({listed})",
            writer_properties=WRITER,
        )
    else:
        write_deltalake(folder, rows, partition_by=[PART], mode="append", writer_properties=WRITER)
    table = DeltaTable(folder)
    if table.version() % CHECKPOINT_EVERY == CHECKPOINT_EVERY - 1:
        table.create_checkpoint()
    return current.with_table(name, table.version())


def _days_of(part: str) -> tuple[date, date]:
    if len(part) > len("2026-03"):
        day = date.fromisoformat(part)
        return day, day
    first = date.fromisoformat(f"{part}-01")
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
