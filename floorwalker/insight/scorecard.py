"""How does every measure of an agent, a team or the centre stand in a period, against its target and over time?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from floorwalker.estimate import Answer, Estimate
from floorwalker.insight.change import Change, Direction, read_change
from floorwalker.insight.judgement import State, Target, judge
from floorwalker.kpis.dimensions import Value
from floorwalker.kpis.query import Facts, KpiQuery
from floorwalker.kpis.run import KpiRow, run_together

SPARKLINE_WEEKS = 12
# Two bounds of a 95 % interval: this share of people who are exactly on target stands outside on one side by chance.
CHANCE_PER_SIDE = 0.025

Where = Mapping[str, tuple[Value, ...]]
Targets = Mapping[str, Target]


@dataclass(frozen=True)
class Period:
    """First and last day, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Point:
    """One week of a measure."""

    week: date
    answer: Answer


def extremes(weeks: Sequence[Point]) -> tuple[Point, Point, Point] | None:
    """The weeks with the lowest and the highest figure, and the last that has one; None where fewer than two have any."""
    told = [(point.answer.value, point) for point in weeks if isinstance(point.answer, Estimate)]
    if len(told) < 2:
        return None
    return min(told, key=lambda pair: pair[0])[1], max(told, key=lambda pair: pair[0])[1], told[-1][1]


@dataclass(frozen=True)
class Cell:
    """One measure of one subject: the period's answer, its state, the weeks before, and the change where one was asked.

    told: the code of the verdict where it may not be worked out from the figure and the target that stands beside it.
    """

    answer: Answer
    state: State = State.NO_TARGET
    weeks: tuple[Point, ...] = ()
    change: Change | None = None
    told: str | None = None

    @property
    def is_compared(self) -> bool:
        """Whether chance could have made the difference to the other period."""
        return self.change is not None and self.change.direction not in (Direction.COUNTED, Direction.UNKNOWN)


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
    """The lines of a board, and the line of the whole scope.

    unplaced: what happened to those of the scope who are in no member of the split, such as agents without a team.
    """

    lines: tuple[Line, ...]
    whole: Line
    unplaced: Line | None = None

    @property
    def judged(self) -> int:
        """How many figures of the lines are held against a target."""
        return sum(
            cell.state is not State.NO_TARGET and isinstance(cell.answer, Estimate)
            for line in (*self.lines, *([self.unplaced] if self.unplaced else ()))
            for cell in line.cells.values()
        )


@dataclass(frozen=True)
class Asked:
    """Which lines to read: measures of every member of a split (None: of all together) within a filter.

    weeks: how many of the weeks that end with the period; beside: another period, whose figures to compare with.
    """

    kpis: tuple[str, ...]
    by: str | None
    where: Where
    weeks: int = SPARKLINE_WEEKS
    beside: Period | None = None

    def queries(self, period: Period) -> list[KpiQuery]:
        """The question about the period, those about the other period, and about the weeks that end with it."""
        split = () if self.by is None else (self.by,)
        found = [KpiQuery(self.kpis, period.first, period.last, split, self.where)]
        if self.beside is not None:
            found.append(KpiQuery(self.kpis, self.beside.first, self.beside.last, split, self.where))
        if self.weeks:
            first = period.last - timedelta(days=period.last.weekday() + 7 * (self.weeks - 1))
            found.append(KpiQuery(self.kpis, first, period.last, (*split, "week"), self.where))
        return found


def read_scorecard(
    facts: Facts,
    kpis: Sequence[str],
    period: Period,
    *,
    by: str,
    where: Where,
    targets: Targets,
    also: Sequence[str] = (),
    beside: Period | None = None,
    weeks: int = SPARKLINE_WEEKS,
) -> Scorecard:
    """A line for every member of the split (`agent` or `team`) within `where`, and one for all of it together.

    also: measures of the line of all together alone; beside: another period to compare with; weeks: of the lines, as of one
    that `with_weeks` completes later.
    """
    together = tuple(dict.fromkeys((*kpis, *also)))
    lines, whole = read_lines(
        facts,
        period,
        [Asked(tuple(kpis), by, where, weeks, beside), Asked(together, None, where, beside=beside)],
        targets=targets,
    )
    named = tuple(line for subject, line in lines.items() if subject is not None)
    unplaced = lines.get(None)
    if unplaced is not None and not any(cell.answer.n for cell in unplaced.cells.values()):
        unplaced = None
    return Scorecard(named, whole[None], unplaced)


def with_weeks(
    facts: Facts, lines: Sequence[Line], kpis: Sequence[str], period: Period, *, by: str, where: Where
) -> tuple[Line, ...]:
    """The same lines, each cell with the weeks that end with the period: of a large board those alone that are shown."""
    keys = tuple(line.subject for line in lines if line.subject is not None)
    asked = Asked(tuple(kpis), by, {**where, by: keys})
    known = read_lines(facts, period, [asked], targets={})[0] if keys else {}
    return tuple(_with_weeks(line, known.get(line.subject)) for line in lines)


def _with_weeks(line: Line, known: Line | None) -> Line:
    if known is None:
        return line
    cells = {
        name: replace(cell, weeks=known.cells[name].weeks) if name in known.cells else cell
        for name, cell in line.cells.items()
    }
    return replace(line, cells=cells)


def held_against(found: Scorecard, own: Mapping[bytes, Targets]) -> Scorecard:
    """The same figures, those of each subject named here judged by its own targets."""
    lines = tuple(
        _judged(line, own[line.subject]) if line.subject is not None and line.subject in own else line
        for line in found.lines
    )
    return replace(found, lines=lines)


def read_lines(
    facts: Facts, period: Period, asked: Sequence[Asked], *, targets: Targets
) -> list[dict[bytes | None, Line]]:
    """For each set of lines that is asked for, by subject its line; all of them are read in one pass."""
    queries = [one.queries(period) for one in asked]
    answers = iter(run_together([query for some in queries for query in some], facts))
    return [
        lines_from(one, [next(answers) for _query in some], targets=targets)
        for one, some in zip(asked, queries, strict=True)
    ]


def read_line(
    facts: Facts,
    kpis: Sequence[str],
    period: Period,
    *,
    where: Where,
    targets: Targets,
    beside: Period | None = None,
) -> Line:
    """The line of a whole scope."""
    return read_lines(facts, period, [Asked(tuple(kpis), None, where, beside=beside)], targets=targets)[0][None]


def lines_from(asked: Asked, answers: Sequence[Sequence[KpiRow]], *, targets: Targets) -> dict[bytes | None, Line]:
    """By subject its line, from the answers to the questions of `asked`."""
    rows, *further = answers
    earlier = {(_subject(row, asked.by), row.kpi): row.answer for row in further.pop(0)} if asked.beside else {}
    weeks = _weeks([row for some in further for row in some], asked.by)
    cells: dict[bytes | None, dict[str, Cell]] = {} if asked.by else {None: {}}
    for row in rows:
        subject = _subject(row, asked.by)
        was = earlier.get((subject, row.kpi))
        cells.setdefault(subject, {})[row.kpi] = Cell(
            answer=row.answer,
            state=judge(row.answer, targets.get(row.kpi)),
            weeks=tuple(weeks.get((subject, row.kpi), ())),
            change=None if was is None else read_change(row.answer, was),
        )
    return {subject: Line(subject, found) for subject, found in cells.items()}


def _judged(line: Line, targets: Targets) -> Line:
    cells = {name: replace(cell, state=judge(cell.answer, targets.get(name))) for name, cell in line.cells.items()}
    return replace(line, cells=cells)


def _weeks(rows: Sequence[KpiRow], by: str | None) -> dict[tuple[bytes | None, str], list[Point]]:
    points: dict[tuple[bytes | None, str], list[Point]] = {}
    for row in rows:
        if row.first_day is not None and row.group["week"] is not None:
            points.setdefault((_subject(row, by), row.kpi), []).append(Point(row.first_day, row.answer))
    return {key: sorted(found, key=lambda point: point.week) for key, found in points.items()}


def _subject(row: KpiRow, by: str | None) -> bytes | None:
    value = row.group[by] if by else None
    return value if isinstance(value, bytes) else None
