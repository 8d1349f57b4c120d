"""How would a team's weeks look whose truth is known? Luck of contacts, good and bad weeks that last, and a season that everybody has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from floorwalker.estimate import Estimate
from floorwalker.insight.scorecard import Period, Point
from floorwalker.insight.team_goal import Goal
from floorwalker.insight.team_moved import BASE, HISTORY
from floorwalker.insight.team_weeks import WEEK, TeamWeeks
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Kpi
from floorwalker.stats.intervals import wilson_interval
from floorwalker.stats.summaries import Proportion

FIRST_WEEK = date(2025, 12, 29)
ONE_DAY = timedelta(days=1)
REST = 20


@dataclass(frozen=True)
class Course:
    """A share of the team and of everybody else, and what moves it.

    own, season: standard deviations of the team's own weeks and of everybody's; lasts: how much of a week is still there in the next.
    """

    usual: float = 0.7
    contacts: int = 250
    own: float = 0.02
    lasts: float = 0.5
    season: float = 0.01
    gained: float = 0.0
    everybody_gained: float = 0.0
    goal_weeks: int = 8
    known: int = HISTORY

    @property
    def first(self) -> date:
        """The goal's first day."""
        return FIRST_WEEK + self.known * WEEK

    @property
    def due(self) -> date:
        """Its last."""
        return self.first + self.goal_weeks * WEEK - ONE_DAY

    def goal(self, target: float, kpi: str = "csat_top_box", counter: str = "") -> Goal:
        """A goal of that team."""
        before = Period(self.first - BASE * WEEK, self.first - ONE_DAY)
        return Goal(kpi, catalogue()[kpi].version, (b"t" * 16,), target, before, self.first, self.due, counter)


def share(events: int, n: int, kpi: Kpi) -> Estimate:
    """As the product tells it."""
    bounds = wilson_interval(Proportion(events=events, n=n))
    return Estimate(events / n, bounds.low, bounds.high, n, "wilson", kpi.stamp, kpi.unit, events / n)


def lasting(rng: np.random.Generator, weeks: int, kept: float, deviation: float) -> np.ndarray:
    """Weeks of which so much is still there in the next."""
    new = rng.normal(0, deviation * np.sqrt(1 - kept**2), weeks)
    found = np.empty(weeks)
    found[0] = rng.normal(0, deviation)
    for week in range(1, weeks):
        found[week] = kept * found[week - 1] + new[week]
    return found


def weeks_of(course: Course, rng: np.random.Generator, kpi_id: str = "csat_top_box") -> TeamWeeks:
    """Its weeks up to the goal's last day, with the figures of twelve weeks before and of the last four."""
    kpi, total = catalogue()[kpi_id], course.known + course.goal_weeks
    season = lasting(rng, total, 0.8, course.season)
    season[course.known :] += course.everybody_gained
    level = course.usual + season + lasting(rng, total, course.lasts, course.own)
    level[course.known :] += course.gained
    events = rng.binomial(course.contacts, np.clip(level, 0.01, 0.99))
    rest_n = np.full(total, float(course.contacts * REST))
    rest = rng.binomial(course.contacts * REST, np.clip(course.usual + season, 0.01, 0.99)) / rest_n
    answers = [share(int(one), course.contacts, kpi) for one in events]
    points = tuple(Point(FIRST_WEEK + week * WEEK, answer) for week, answer in enumerate(answers))
    parts = (slice(max(0, course.known - BASE), course.known), slice(max(0, total - 4), total))
    figures = tuple(share(int(events[part].sum()), course.contacts * len(events[part]), kpi) for part in parts)
    return TeamWeeks(kpi, points, rest, rest_n, figures, people=12, rest_people=240)
