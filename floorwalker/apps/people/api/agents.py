"""Who is on the floor, what is known of each, and who is in which team when?"""

from __future__ import annotations

from typing import Literal

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from floorwalker.apps.people.acting import take_turn
from floorwalker.apps.people.actions import join_team, leave_team
from floorwalker.apps.people.api.reach import agents_managed, agents_seen, has_details, manager, one, teams_managed
from floorwalker.apps.people.api.shapes import AgentOf, MembershipOf
from floorwalker.apps.people.describing import Description, describe_agent
from floorwalker.ui.rest.paging import Page, Paging, page_of
from floorwalker.ui.rest.shown import LARGEST, Day, Id
from floorwalker.ui.rest.tags import require_unchanged

router = Router()


class AgentsAsked(Schema):
    """Which agents."""

    name: str | None = Field(None, max_length=100, description="whose name has this in it")
    standing: Literal["seen", "known", "ignored"] | None = None


class AgentGiven(Schema):
    """What is known of somebody; empty where it is not known."""

    name: str = Field(min_length=1, max_length=200)
    staff_number: str = Field("", max_length=60)
    email: str = Field("", max_length=254)
    started_on: Day | None = None
    left_on: Day | None = None


class Joined(Schema):
    """Into which team, from which day on."""

    team: int = Field(ge=1, le=LARGEST)
    from_day: Day


class Left(Schema):
    """From which day on."""

    from_day: Day


@router.get("/agents", response=Page[AgentOf])
def list_agents(request: HttpRequest, asked: Query[AgentsAsked], paging: Query[Paging]) -> object:
    """The agents whom the owner of the token may see, by name; those who were found to be somebody else are not listed."""
    found = agents_seen(request).filter(merged_into=None).order_by("name", "pk")
    if asked.name:
        found = found.filter(name__icontains=asked.name)
    if asked.standing:
        found = found.filter(standing=asked.standing)
    known = has_details(request)
    return page_of(request, found, paging, lambda agent: AgentOf.of(agent, with_details=known(agent)))


@router.get("/agents/{agent_id}", response=AgentOf)
def read_agent(request: HttpRequest, agent_id: Id) -> object:
    """One agent."""
    agent = one(agents_seen(request), agent_id)
    return AgentOf.of(agent, with_details=has_details(request)(agent))


@router.put("/agents/{agent_id}", response=AgentOf)
def write_agent(request: HttpRequest, agent_id: Id, given: AgentGiven) -> object:
    """Write down what is known of somebody; whoever is described is a person."""
    by = manager(request)
    with transaction.atomic():
        take_turn()
        agent = one(agents_managed(request), agent_id)
        require_unchanged(request, AgentOf.of(agent, with_details=True))
        said = Description(**given.model_dump())
        return AgentOf.of(describe_agent(agent, said, by=by.username, at=timezone.now()), with_details=True)


@router.get("/agents/{agent_id}/memberships", response=Page[MembershipOf])
def list_memberships(request: HttpRequest, agent_id: Id, paging: Query[Paging]) -> object:
    """In which teams somebody put this agent, the latest first; what the data state is not among them."""
    manager(request)
    found = one(agents_managed(request), agent_id).memberships.order_by("-from_day", "-pk")
    return page_of(request, found, paging, MembershipOf.of)


@router.post("/agents/{agent_id}/memberships", response={201: MembershipOf})
def add_membership(request: HttpRequest, agent_id: Id, given: Joined) -> object:
    """Put an agent into a team from a day on, in the past too; the membership before ends that day."""
    by = manager(request)
    agent, team = one(agents_managed(request), agent_id), one(teams_managed(request), given.team)
    return MembershipOf.of(join_team(agent, team, on=given.from_day, by=by, at=timezone.now()))


@router.post("/agents/{agent_id}/leave", response=list[MembershipOf])
def end_membership(request: HttpRequest, agent_id: Id, given: Left) -> object:
    """Take an agent out of the team that somebody entered, from a day on: what the data state counts again."""
    by = manager(request)
    agent = one(agents_managed(request), agent_id)
    leave_team(agent, on=given.from_day, by=by, at=timezone.now())
    return [MembershipOf.of(membership) for membership in agent.memberships.order_by("-from_day", "-pk")]
