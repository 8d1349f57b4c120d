"""On which days does a dated table say something else than one of its former versions did?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from floorwalker.errors import LakeError
from floorwalker.facts.relations import DIMENSIONS, empty_relation
from floorwalker.facts.snapshot import Snapshot

# Columns that decide nothing by themselves: the days of a row, and where it comes from.
ONLY_TOLD = frozenset({"from_day", "to_day", "contacts", "first_day", "last_day", "looked_on"})


def span_sql(day: str, edges: Sequence[date]) -> str:
    """The number of the span, between days on which rows begin or end, in which a day lies."""
    return " + ".join([f"({day} >= date '{edge}')::int" for edge in edges]) or "0"


def spans_of_row_sql(edges: Sequence[date]) -> str:
    """The list of numbers of spans for which a dated row holds; an open end takes all."""
    first = f"case when from_day is null then 0 else {span_sql('from_day', edges)} end"
    return f"range({first}, case when to_day is null then {len(edges) + 1} else {span_sql('to_day', edges)} end)"


def days_between(snapshot: Snapshot, name: str, version: int, days: Collection[date]) -> set[date] | None:
    """Those of some days for which the table's present rows and its rows in that version differ.

    None where that version can no longer be read, as after a vacuum.
    """
    if snapshot.current.tables.get(name, -1) == version:
        return set()
    try:
        before = _relation(snapshot, name, version)
    except (LakeError, FileNotFoundError):
        return None
    now = snapshot.relation(name)
    listed = f"select unnest([from_day, to_day]) as day from (from {before} union all from {now})"
    edges = snapshot.sql(f"select distinct day from ({listed}) where day is not null order by day")["day"].to_pylist()
    one, other = (f"({_by_span(name, rows, edges)})" for rows in (before, now))
    changed = snapshot.sql(f"select distinct span from (({one} except {other}) union ({other} except {one}))")
    spans = set(changed["span"].to_pylist())
    return {day for day in days if bisect_right(edges, day) in spans}


def _by_span(name: str, rows: str, edges: Sequence[date]) -> str:
    """What the rows decide in each span."""
    decides = [f'"{column}"' for column in DIMENSIONS[name].names if column not in ONLY_TOLD]
    return f"select {', '.join(decides)}, unnest({spans_of_row_sql(edges)}) as span from {rows}"


def _relation(snapshot: Snapshot, name: str, version: int) -> str:
    """A FROM-expression with the table's rows in that version; FileNotFoundError where a file of them is gone."""
    if version < 0:
        return empty_relation(DIMENSIONS[name])
    former = Snapshot(snapshot.lake, snapshot.current.with_table(name, version))
    files = former.day_files(name)
    for file in files:
        if not Path(file.path).exists():
            raise FileNotFoundError(file.path)
    return former.relation_of_files(name, files)
