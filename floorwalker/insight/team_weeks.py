"""What were a team's weekly figures, and those of everybody else in the same weeks?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from floorwalker.estimate import Answer, NoEstimate, Reason
from floorwalker.insight.scorecard import Period, Point
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Kpi
from floorwalker.kpis.query import Facts, KpiQuery
from floorwalker.kpis.run import KpiRow, run_together
from floorwalker.stats.cells import Array

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class TeamWeeks:
    """Whole weeks, Monday to Sunday, the oldest first. rest: everybody else's figure, nan where there is none; rest_n: of how many.

    figures: the team's answers of the periods that were asked for besides; people, rest_people: of how many people there were
    figures in each of these periods at least, in the team and elsewhere.
    """

    kpi: Kpi
    points: tuple[Point, ...]
    rest: Array
    rest_n: Array
    figures: tuple[Answer, ...]
    people: int
    rest_people: int

    @property
    def value(self) -> Array:
        """The team's plain figure of each week, nan where there is none."""
        told = [point.answer.observed for point in self.points]
        return np.array([np.nan if one is None else one for one in told])

    @property
    def n(self) -> Array:
        """Of how many."""
        return np.array([point.answer.n for point in self.points], dtype=float)

    def place(self, monday: date) -> int:
        """Which of these weeks begins on that day; the number of weeks where it is the one after the last."""
        return (monday - self.points[0].week) // WEEK


def read_team_weeks(
    facts: Facts, kpis: Sequence[str], teams: Sequence[bytes], weeks: Period, figures: Sequence[Period]
) -> dict[str, TeamWeeks]:
    """By measure the weeks from a Monday to a Sunday; teams: the keys of the team and of those below it."""
    names, where = tuple(dict.fromkeys(kpis)), {"team": tuple(teams)}
    asked = [KpiQuery(names, weeks.first, weeks.last, ("week",), whose) for whose in (where, {})]
    asked += [KpiQuery(names, one.first, one.last, (), where) for one in figures]
    asked += [KpiQuery(names, one.first, one.last, ("agent",), whose) for one in figures for whose in (where, {})]
    own, whole, *rest = run_together(asked, facts)
    told, by_agent = rest[: len(figures)], rest[len(figures) :]
    return {name: _weeks(catalogue()[name], weeks, own, whole, told, by_agent) for name in names}


def _weeks(
    kpi: Kpi,
    weeks: Period,
    own: Sequence[KpiRow],
    whole: Sequence[KpiRow],
    rest: Sequence[Sequence[KpiRow]],
    by_agent: Sequence[Sequence[KpiRow]],
) -> TeamWeeks:
    mondays = [weeks.first + number * WEEK for number in range(((weeks.last - weeks.first).days + 1) // WEEK.days)]
    of_team, of_all = (_by_week(kpi, rows) for rows in (own, whole))
    nothing = NoEstimate(Reason.NO_DATA, 0, kpi.stamp, kpi.unit)
    points = tuple(Point(monday, of_team.get(monday, nothing)) for monday in mondays)
    others = [_without(of_all.get(point.week, nothing), point.answer) for point in points]
    told = tuple(next((row.answer for row in rows if row.kpi == kpi.id), nothing) for rows in rest)
    values, counts = (np.array(column, dtype=float) for column in zip(*others, strict=True))
    seen = [_people(kpi, rows) for rows in by_agent]
    pairs = list(zip(seen[::2], seen[1::2], strict=True))
    people = min((len(team) for team, _all in pairs), default=0)
    rest_people = min((len(everybody - team) for team, everybody in pairs), default=0)
    return TeamWeeks(kpi, points, values, counts, told, people, rest_people)


def _people(kpi: Kpi, rows: Sequence[KpiRow]) -> set[object]:
    """Of whom there are figures; what is nobody's counts for none."""
    return {row.group["agent"] for row in rows if row.kpi == kpi.id and row.answer.n and row.group["agent"] is not None}


def _by_week(kpi: Kpi, rows: Sequence[KpiRow]) -> dict[date, Answer]:
    return {
        row.first_day: row.answer
        for row in rows
        if row.kpi == kpi.id and row.first_day is not None and row.group["week"] is not None
    }


def _without(whole: Answer, part: Answer) -> tuple[float, float]:
    """The figure of everybody but the team, and of how many: shares and means are sums over their numbers."""
    n = float(whole.n - part.n)
    if n <= 0 or whole.observed is None or (part.n and part.observed is None):
        return float("nan"), 0.0
    return (whole.observed * whole.n - (part.observed or 0.0) * part.n) / n, n
