"""May this user see this, on that day? The one door through which pages reach teams, agents and their figures.

What is not to be seen is not there: a page answers that nobody is at this address, and never that somebody may not look.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TypeVar

from django.http import Http404, HttpRequest
from django.utils import timezone

from floorwalker.apps.people.models import Agent, Membership, ObservedMembership, Right, Scope, Team, User

# A leader's or manager's figure of a smaller group, together with one's own, would give away a single colleague's.
SMALLEST_GROUP = 4

T = TypeVar("T")


def today() -> date:
    """The day on which rights are judged."""
    return timezone.now().date()


def user_of(request: HttpRequest) -> User:
    """Who is asking; log-in is required for every page."""
    assert isinstance(request.user, User)
    return request.user


def require(user: User, right: Right, on: date) -> Scope:
    """The user's scope, where some role of that day gives the right; else there is no such page."""
    scope = user.scope_on(on)
    if not scope.may(right):
        raise Http404
    return scope


def require_figures(user: User, on: date) -> Scope:
    """The user's scope, where she may see figures of others, of agents or of the centre; else there is no such page."""
    scope = user.scope_on(on)
    if not (scope.may(Right.SEE_FIGURES_OF_AGENTS) or scope.may(Right.SEE_FIGURES_OF_CENTRE)):
        raise Http404
    return scope


def leads_agent(scope: Scope, team: Team | None) -> bool:
    """Whether the reader sees the figures of all people of an agent's team, so that none is given away by another's."""
    return scope.everything or team in scope.teams


def require_everywhere(user: User, right: Right, on: date) -> Scope:
    """The same for what concerns the whole centre: a role for a site or a team does not do."""
    scope = require(user, right, on)
    if not scope.managed.everywhere:
        raise Http404
    return scope


def find_managed_agent(user: User, agent_id: int, on: date) -> Agent:
    """The person, where the user may change what is known of her or him; else nobody is there."""
    return only(Agent.objects.managed_by(user, on).filter(pk=agent_id).first())


def find_managed_team(user: User, team_id: int, on: date) -> Team:
    """The team, where the user may change it; else it is not there."""
    return only(Team.objects.managed_by(user, on).filter(pk=team_id).first())


def only(found: T | None) -> T:
    """What was found; else there is no such page."""
    if found is None:
        raise Http404
    return found


def find_team(user: User, team_id: int, on: date) -> Team:
    """The team, where the user may see its members' figures; else it is not there."""
    return only(Team.objects.visible_to(user, on).filter(pk=team_id).first())


def find_agent(user: User, agent_id: int, on: date) -> Agent:
    """The agent, where the user may see her or him; else nobody is there."""
    return only(Agent.objects.visible_to(user, on).filter(pk=agent_id).first())


def team_of(agent: Agent, on: date) -> Team | None:
    """The agent's team on that day: the one that a person entered, else the one that the data state."""
    return teams_of([agent], on).get(agent.pk)


def own_team(user: User, on: date) -> Team | None:
    """The team of the agent whose log-in this is, or of who she was found to be; asked once for each user that is read, as for
    each request."""
    known: dict[date, Team | None] = user.__dict__.setdefault("_own_team", {})
    if on not in known:
        known[on] = None if user.agent is None else team_of(user.agent.person, on)
    return known[on]


def teams_of(agents: Collection[Agent], on: date) -> dict[int, Team]:
    """The same for several, by the agent's number; whoever has none is left out."""
    stated = ObservedMembership.objects.on(on).filter(identity__agent__in=agents)
    entered = Membership.objects.on(on).filter(agent__in=agents)
    found = {
        row.identity.agent_id: row.team_identity.team
        for row in stated.select_related("identity", "team_identity__team").order_by("-pk")
    }
    found |= {row.agent_id: row.team for row in entered.select_related("team").order_by("-pk")}
    return {agent: team for agent, team in found.items() if agent is not None and team is not None}
