"""In which order do the rows of a table stand? As the address says; by name where it says nothing: nobody is ranked.

People stand by what is known of them, never by a figure: first those who miss, then those of whom it cannot be told, then those
who meet, by name among each. Only how much somebody had to do orders them by its number, as it orders teams and weeks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from floorwalker.apps.dashboards.shown import Row
from floorwalker.apps.people.models import Agent
from floorwalker.estimate import Estimate
from floorwalker.insight.judgement import State
from floorwalker.insight.rows import RowsBehind
from floorwalker.insight.scorecard import Point

Item = TypeVar("Item")
NAME, WEEK, FIGURE = "name", "week", "figure"
# Rising: who misses comes first. Where nothing is held against anything, nobody is before anybody.
STATES = (State.BELOW, State.UNCLEAR, State.ABOVE)


def sorted_rows(rows: Sequence[Row], sort: str) -> list[Row]:
    """Rows by name, or by one measure: teams by its figure, people by how they stand; those without last, equals by name."""
    key, falling = _read(sort)
    named = sorted(rows, key=lambda row: str(row.subject).casefold())
    if not any(shown.column.kpi.id == key for row in rows for shown in row.cells):
        return named[::-1] if key == NAME and falling else named
    return _with_none_last(named, lambda row: _place(row, key), falling=falling)


def sorted_weeks(weeks: Iterable[Point], sort: str) -> list[Point]:
    """Weeks by their day, or by their figure."""
    key, falling = _read(sort)
    in_time = sorted(weeks, key=lambda point: point.week)
    if key == FIGURE:
        return _with_none_last(in_time, lambda point: _value(point.answer), falling=falling)
    return in_time[::-1] if key == WEEK and falling else in_time


def sorted_behind(behind: RowsBehind, sort: str) -> RowsBehind:
    """The rows behind a figure by one of their columns; else as they are, the latest first."""
    key, falling = _read(sort)
    if key not in behind.columns:
        return behind
    place = behind.columns.index(key)
    rows = _with_none_last(list(behind.rows), lambda row: row[place], falling=falling)
    return replace(behind, rows=tuple(rows))


def _read(sort: str) -> tuple[str, bool]:
    return sort.removeprefix("-"), sort.startswith("-")


def _with_none_last(items: Sequence[Item], key: Callable[[Item], Any], *, falling: bool) -> list[Item]:
    known = [item for item in items if key(item) is not None]
    return sorted(known, key=key, reverse=falling) + [item for item in items if key(item) is None]


def _place(row: Row, measure: str) -> float | None:
    shown = next((shown for shown in row.cells if shown.column.kpi.id == measure), None)
    if shown is None or shown.cell is None:
        return None
    if isinstance(row.subject, Agent) and not shown.column.is_counted:
        return STATES.index(shown.cell.state) if shown.cell.state in STATES else None
    return _value(shown.cell.answer)


def _value(answer: object) -> float | None:
    return answer.value if isinstance(answer, Estimate) else None
