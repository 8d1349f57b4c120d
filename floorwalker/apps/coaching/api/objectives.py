"""What do people want to reach, how likely is it, and what became of it? For programs, as on the pages."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from floorwalker.apps.coaching.checking import latest
from floorwalker.apps.coaching.models import Objective
from floorwalker.apps.coaching.seeing import find_objective, seen_people
from floorwalker.apps.people.access import today, user_of
from floorwalker.ui.rest.paging import Page, Paging, page_of
from floorwalker.ui.rest.shown import Id

router = Router()


class ObjectiveOf(Schema):
    """One figure by a day, as it was agreed, with how it stood at the last look."""

    id: int
    agent: int | None
    wording: str
    measure: str
    measure_version: int
    target: float
    stretch: float | None = Field(None, description="a harder target that three in ten would reach")
    from_day: date
    due_on: date
    state: str = Field(
        description="proposed, agreed, reached, at_a_cost, not_reached, cannot_tell, replaced, ended or lapsed"
    )
    baseline: float = Field(description="where the person stood when it was proposed, luck taken out")
    chance_with: float = Field(description="of reaching it with the plan, when it was proposed: 0 to 1")
    chance_without: float = Field(description="without it")
    chance_now: float = Field(description="at the last look")
    looked_at: datetime = Field(description="when that was")
    progress: str = Field(description="on_track, at_risk or ask (for a new plan or target)")
    action: str
    action_kind: str
    counter_measure: str | None = Field(None, description="the measure that must not get worse meanwhile")
    counter_limit: float | None = None
    aim: int | None = None
    replaces: int | None = None
    agent_agreed_at: datetime | None = None
    leader_agreed_at: datetime | None = None

    @classmethod
    def of(cls, one: Objective) -> ObjectiveOf:
        """An objective."""
        kept = latest(one)
        same = ("wording", "measure", "measure_version", "target", "stretch", "from_day", "due_on", "state")
        more = ("chance_with", "chance_without", "action", "action_kind", "agent_agreed_at", "leader_agreed_at")
        return cls(
            id=one.pk,
            agent=one.agent_id,
            baseline=one.baseline["now"]["value"],
            chance_now=kept.standing.probability,
            looked_at=kept.said_at,
            progress=str(kept.standing.state),
            counter_measure=one.counter_measure or None,
            counter_limit=one.counter_limit,
            aim=one.aim_id,
            replaces=one.replaces_id,
            **{name: getattr(one, name) for name in (*same, *more)},
        )


@router.get("/coaching/objectives", response=Page[ObjectiveOf])
def list_objectives(request: HttpRequest, paging: Query[Paging]) -> object:
    """One's own objectives, and those of the people whom the owner of the token coaches; by their days."""
    user, on = user_of(request), today()
    found = Objective.objects.filter(seen_people(user, on)).prefetch_related("check_ins")
    return page_of(request, found, paging, ObjectiveOf.of)


@router.get("/coaching/objectives/{objective_id}", response=ObjectiveOf)
def read_objective(request: HttpRequest, objective_id: Id) -> object:
    """One objective."""
    return ObjectiveOf.of(find_objective(user_of(request), objective_id, today()))
