"""How does every measure of an agent, a team or the centre stand in a period, against its target and over time?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from floorwalker.estimate import Answer, Estimate
from floorwalker.kpis.definition import Better
from floorwalker.kpis.dimensions import Value
from floorwalker.kpis.query import Facts, KpiQuery
from floorwalker.kpis.run import KpiRow, run_kpis

SPARKLINE_WEEKS = 12
# Two bounds of a 95 % interval: this share of people who are exactly on target stands outside on one side by chance.
CHANCE_PER_SIDE = 0.025

Where = Mapping[str, tuple[Value, ...]]


class State(StrEnum):
    """A figure against its target: three states, and none where nothing was agreed."""

    ABOVE = "above"
    BELOW = "below"
    UNCLEAR = "unclear"
    NO_TARGET = "none"


@dataclass(frozen=True)
class Period:
    """First and last day, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Target:
    """What was agreed for a measure: a value, and whether more or less is better."""

    value: float
    better: Better


@dataclass(frozen=True)
class Point:
    """One week of a measure."""

    week: date
    answer: Answer


@dataclass(frozen=True)
class Cell:
    """One measure of one subject: the period's answer, its state and the weeks before."""

    answer: Answer
    state: State = State.NO_TARGET
    weeks: tuple[Point, ...] = ()


@dataclass(frozen=True)
class Line:
    """All measures of one subject (an agent's or team's key; None: the whole scope)."""

    subject: bytes | None
    cells: Mapping[str, Cell] = field(default_factory=dict)

    @property
    def outside(self) -> tuple[str, ...]:
        """The measures that are below target by more than chance."""
        return tuple(name for name, cell in self.cells.items() if cell.state is State.BELOW)


@dataclass(frozen=True)
class Scorecard:
    """The lines of a board, the line of the whole scope, and how many would be flagged by chance alone."""

    lines: tuple[Line, ...]
    whole: Line
    judged: int

    @property
    def expected_by_chance(self) -> float:
        """How many figures would stand below target by chance, were everybody exactly on it."""
        return self.judged * CHANCE_PER_SIDE


def judge(answer: Answer, target: Target | None) -> State:
    """Above or below target when the whole interval is; else nobody can tell yet."""
    if target is None or target.better not in (Better.UP, Better.DOWN):
        return State.NO_TARGET
    if not isinstance(answer, Estimate) or answer.low is None or answer.high is None:
        return State.UNCLEAR if not isinstance(answer, Estimate) else State.NO_TARGET
    if answer.low > target.value:
        return State.ABOVE if target.better is Better.UP else State.BELOW
    if answer.high < target.value:
        return State.BELOW if target.better is Better.UP else State.ABOVE
    return State.UNCLEAR


def read_scorecard(
    facts: Facts,
    kpis: Sequence[str],
    period: Period,
    *,
    by: str | None,
    where: Where,
    targets: Mapping[str, Target],
    with_weeks: bool = True,
) -> Scorecard:
    """A line for every member of the split (`agent` or `team`) within `where`, and one for all of it together."""
    lines = read_lines(facts, kpis, period, by=by, where=where, targets=targets, with_weeks=with_weeks) if by else {}
    whole = read_lines(facts, kpis, period, by=None, where=where, targets=targets, with_weeks=with_weeks)[None]
    named = tuple(line for subject, line in lines.items() if subject is not None)
    judged = sum(
        cell.state is not State.NO_TARGET and isinstance(cell.answer, Estimate)
        for line in named
        for cell in line.cells.values()
    )
    return Scorecard(named, whole, judged)


def read_lines(
    facts: Facts,
    kpis: Sequence[str],
    period: Period,
    *,
    by: str | None,
    where: Where,
    targets: Mapping[str, Target],
    with_weeks: bool,
) -> dict[bytes | None, Line]:
    """By subject, its line."""
    split = () if by is None else (by,)
    rows = run_kpis(KpiQuery(tuple(kpis), period.first, period.last, split, where), facts)
    weeks = _weeks(facts, kpis, period, split, where) if with_weeks else {}
    cells: dict[bytes | None, dict[str, Cell]] = {} if by else {None: {}}
    for row in rows:
        subject = _subject(row, by)
        state = judge(row.answer, targets.get(row.kpi))
        cells.setdefault(subject, {})[row.kpi] = Cell(row.answer, state, tuple(weeks.get((subject, row.kpi), ())))
    return {subject: Line(subject, found) for subject, found in cells.items()}


def _weeks(
    facts: Facts, kpis: Sequence[str], period: Period, split: tuple[str, ...], where: Where
) -> dict[tuple[bytes | None, str], list[Point]]:
    first = period.last - timedelta(days=period.last.weekday() + 7 * (SPARKLINE_WEEKS - 1))
    query = KpiQuery(tuple(kpis), first, period.last, (*split, "week"), where)
    points: dict[tuple[bytes | None, str], list[Point]] = {}
    for row in run_kpis(query, facts):
        if row.first_day is not None and row.group["week"] is not None:
            points.setdefault((_subject(row, split[0] if split else None), row.kpi), []).append(
                Point(row.first_day, row.answer)
            )
    return {key: sorted(found, key=lambda point: point.week) for key, found in points.items()}


def _subject(row: KpiRow, by: str | None) -> bytes | None:
    value = row.group[by] if by else None
    return value if isinstance(value, bytes) else None
