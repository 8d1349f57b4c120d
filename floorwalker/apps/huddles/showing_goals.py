"""What does a page show of a team's goal: its sentence, its weeks, everybody else, what must not get worse, and who agreed to it?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from floorwalker.apps.coaching.objective_words import aimed_at
from floorwalker.apps.huddles import goal_words
from floorwalker.apps.huddles.following_goals import follow
from floorwalker.apps.huddles.models import TeamGoal, TeamGoalQuerySet
from floorwalker.apps.people.lake import lake
from floorwalker.apps.people.models import Team
from floorwalker.charts.render import Drawing, draw
from floorwalker.charts.trend import trend_chart
from floorwalker.estimate import Estimate
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.frozen import Frozen, from_json
from floorwalker.insight.scorecard import Point
from floorwalker.insight.team_goal import Stands, Start, possible
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Kpi
from floorwalker.ui import words

FEWEST_WEEKS = 2
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class ShownGoal:
    """One goal with how it stands; kpi, counter: None where the catalogue knows it no more."""

    goal: TeamGoal
    kpi: Kpi | None
    counter: Kpi | None
    stands: Stands | None

    @property
    def wording(self) -> str:
        """What is to be reached by when."""
        return goal_words.wording(self.goal)

    @property
    def sentence(self) -> str:
        """How it stands, or what came of it."""
        return goal_words.stood(self.goal, self.stands)

    @property
    def target(self) -> str:
        """The side from which it is reached."""
        return "" if self.kpi is None else aimed_at(self.kpi, self.goal.target)

    @property
    def baseline(self) -> Frozen:
        """Where the team stood when it was set."""
        return from_json(self.goal.baseline)

    @property
    def chance(self) -> str:
        """What was known of luck when it was set."""
        if self.kpi is None:
            return ""
        kept = self.goal.baseline
        leaves = goal_words.chance_leaves(self.kpi, kept["low"], kept["high"])
        return f"{leaves} {goal_words.by_luck(kept['chance'])}".strip()

    @property
    def beside(self) -> str:
        """What everybody else did."""
        return "" if self.stands is None else goal_words.beside(self.stands.kpi, self.stands.moved)

    @property
    def cost(self) -> str:
        """What became of what must not get worse; nothing before it is judged."""
        if self.counter is None or self.stands is None or self.stands.moved is None:
            return ""
        return goal_words.cost(self.counter, self.stands.guard)

    @property
    def points(self) -> Sequence[Point]:
        """The weeks, from twelve before it was set."""
        return () if self.stands is None else self.stands.points

    @property
    def drawing(self) -> Drawing | None:
        """The weeks with the target, and what chance alone leaves of four."""
        if self.kpi is None:
            return None
        kept = self.goal.baseline
        return draw_weeks(self.kpi, self.points, self.goal.target, (kept["low"], kept["high"]))


def show_goal(goal: TeamGoal, facts: Snapshot, at: datetime) -> ShownGoal:
    """As it stands."""
    known = catalogue()
    return ShownGoal(goal, known.get(goal.measure), known.get(goal.counter_measure), follow(goal, facts, at))


def show_goals(goals: Iterable[TeamGoal], facts: Snapshot, at: datetime) -> list[ShownGoal]:
    """Each as it stands."""
    return [show_goal(one, facts, at) for one in goals]


def lately_celebrated(teams: Collection[int], at: datetime) -> TeamGoalQuerySet:
    """By number of the team, what was truly reached and judged within the last week."""
    found = TeamGoal.objects.celebrated().filter(team__in=teams, ended_at__gt=at - A_WEEK, ended_at__lte=at)
    return found.select_related("team")


def goals_that_stand(team: Team, at: datetime) -> list[ShownGoal]:
    """What was truly reached within the last week, and what the team works for; facts are read where there is a goal."""
    goals = [*lately_celebrated([team.pk], at), *TeamGoal.objects.open().filter(team=team).select_related("team")]
    return show_goals(goals, lake().snapshot(), at) if goals else []


def draw_start(start: Start, target: float | None) -> Drawing | None:
    """The weeks before a goal is set."""
    return draw_weeks(start.kpi, start.points, target, (start.low, start.high))


def draw_weeks(
    kpi: Kpi, points: Sequence[Point], target: float | None, usual: tuple[float | None, float | None]
) -> Drawing | None:
    """The weeks; nothing where fewer than two have a figure."""
    if sum(isinstance(point.answer, Estimate) for point in points) < FEWEST_WEEKS:
        return None
    low, high = usual
    least, most = possible(kpi)
    band = None if low is None or high is None else (max(low, least), min(high, most))
    held = () if target is None else (target,)
    return draw(
        lambda theme: trend_chart(
            points, unit=kpi.unit, label=words.in_language(kpi.name), target=held, theme=theme, usual=band
        ),
        words.clock(),
    )
