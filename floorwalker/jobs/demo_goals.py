"""What do the demo's teams want to reach together? One goal whose day has come, judged as it would be, and one for which a team works."""

from __future__ import annotations

from dataclasses import dataclass

from floorwalker.apps.huddles.following_goals import end_due_goals
from floorwalker.apps.huddles.models import TeamGoal
from floorwalker.apps.huddles.setting_goals import WantedGoal, meetings_to_agree_in, read_beginning, set_goal
from floorwalker.apps.people.models import Team, User
from floorwalker.apps.standards.seeing import branch_of
from floorwalker.estimate import Estimate
from floorwalker.jobs.demo_cast import Cast, team_of_leader
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Better


@dataclass(frozen=True)
class AimedAt:
    """One goal: set so many days ago, for so many weeks, by how much better than before."""

    days_ago: int
    weeks: int
    measure: str
    better: float
    why: str


GOALS = (
    AimedAt(63, 4, "csat_top_box", 0.02, "Whoever waited longest in the summer shall be glad to have called."),
    AimedAt(21, 8, "first_contact_resolution", 0.02, "Every second call is easier when the first one settled it."),
)


def aim_together(cast: Cast) -> None:
    """Each leader's team sets itself both; what has come to its day is judged from the floor as it was."""
    for leader in cast.leaders:
        for aimed in GOALS:
            _set(cast, team_of_leader(leader), leader, aimed)
    end_due_goals(cast.facts, cast.at)


def _set(cast: Cast, team: Team, leader: User, aimed: AimedAt) -> TeamGoal | None:
    """Nothing where a floor is too small or too short for a goal that can be judged."""
    at = cast.ago(aimed.days_ago)
    met = meetings_to_agree_in(team, at)
    wanted = WantedGoal(aimed.measure, 0.0, aimed.weeks, aimed.why, meeting=met[0] if met else None)
    start = read_beginning(branch_of(team), wanted, cast.facts, at)
    if start is None or not start.can_begin or not isinstance(start.baseline, Estimate):
        return None
    sign = 1 if catalogue()[aimed.measure].better is Better.UP else -1
    target = round(start.baseline.value + sign * aimed.better, 2)
    wanted = WantedGoal(aimed.measure, target, aimed.weeks, aimed.why, meeting=wanted.meeting)
    return set_goal(team, wanted, cast.facts, by=leader, at=at)
