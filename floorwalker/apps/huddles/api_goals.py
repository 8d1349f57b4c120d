"""What has a team set itself, and what came of it, for programs?"""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from floorwalker.apps.huddles.access import find_open_team
from floorwalker.apps.huddles.models import TeamGoal
from floorwalker.apps.people.access import today, user_of
from floorwalker.ui.rest.paging import Page, Paging, page_of
from floorwalker.ui.rest.shown import Id

router = Router()


class TeamGoalOf(Schema):
    """One goal of a team."""

    id: int
    team: int
    measure: str
    measure_version: int
    counter_measure: str = Field(description="what must not get worse; empty where nothing was named")
    target: float = Field(description="in the unit of the measure: shares from 0 to 1, durations in seconds")
    words: str
    first_on: date
    due_on: date
    ended_at: datetime | None
    ended_as: str = Field(
        description="beyond_chance, with_everybody, within_chance, at_a_cost, not_reached, cannot_tell, stopped or replaced;"
        " empty while it goes on"
    )

    @classmethod
    def of(cls, goal: TeamGoal) -> TeamGoalOf:
        """A goal."""
        names = ("measure", "measure_version", "counter_measure", "target", "words", "first_on", "due_on")
        kept = {name: getattr(goal, name) for name in (*names, "ended_at", "ended_as")}
        return cls(id=goal.pk, team=goal.team_id, **kept)


class WhichGoals(Schema):
    """Which goals."""

    open: bool | None = Field(None, description="still worked for or not; without it all")


@router.get("/teams/{team_id}/goals", response=Page[TeamGoalOf])
def list_team_goals(request: HttpRequest, team_id: Id, asked: Query[WhichGoals], paging: Query[Paging]) -> object:
    """The goals of a team that the reader is in or leads, those that end last first."""
    team = find_open_team(user_of(request), team_id, today())
    every = TeamGoal.objects.filter(team=team)
    found = every if asked.open is None else every.filter(ended_at__isnull=asked.open)
    return page_of(request, found.order_by("-due_on", "-pk"), paging, TeamGoalOf.of)
