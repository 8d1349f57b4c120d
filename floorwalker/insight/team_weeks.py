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

    figures: the team's answers of the periods that were asked for besides.
    """

    kpi: Kpi
    points: tuple[Point, ...]
    rest: Array
    rest_n: Array
    figures: tuple[Answer, ...]

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
    own, whole, *rest = run_together(asked, facts)
    return {name: _weeks(catalogue()[name], weeks, own, whole, rest) for name in names}


def _weeks(
    kpi: Kpi, weeks: Period, own: Sequence[KpiRow], whole: Sequence[KpiRow], rest: Sequence[Sequence[KpiRow]]
) -> TeamWeeks:
    mondays = [weeks.first + number * WEEK for number in range(((weeks.last - weeks.first).days + 1) // WEEK.days)]
    of_team, of_all = (_by_week(kpi, rows) for rows in (own, whole))
    nothing = NoEstimate(Reason.NO_DATA, 0, kpi.stamp, kpi.unit)
    points = tuple(Point(monday, of_team.get(monday, nothing)) for monday in mondays)
    others = [_without(of_all.get(point.week, nothing), point.answer) for point in points]
    told = tuple(next((row.answer for row in rows if row.kpi == kpi.id), nothing) for rows in rest)
    return TeamWeeks(kpi, points, np.array([one for one, _n in others]), np.array([n for _one, n in others]), told)


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
