"""May this user see this, on that day? The one door through which pages reach agents, teams and their figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from floorwalker.apps.people.models import Agent, Membership, Role, RoleGrant, Team, User

# A leader's or manager's figure of a smaller group, together with one's own, would give away a single colleague's.
SMALLEST_GROUP = 4
SEES_ALL = (Role.OPERATIONS_MANAGER, Role.ADMINISTRATOR)

Where = dict[str, tuple[Any, ...]]
Members = Mapping[bytes, frozenset[bytes]]


@dataclass(frozen=True)
class Scope:
    """What a user may see on a day: everything, or some teams; and always her- or himself."""

    everything: bool
    teams: tuple[Team, ...]
    agent: Agent | None


def scope_for(user: User, on: date) -> Scope:
    """What the user's roles of that day allow."""
    grants = list(RoleGrant.objects.on(on).filter(user=user).select_related("team"))
    everything = any(grant.role in SEES_ALL for grant in grants)
    led = [grant.team for grant in grants if grant.role == Role.TEAM_LEADER and grant.team is not None]
    return Scope(everything=everything, teams=tuple(_with_children(led)), agent=user.agent)


def _with_children(teams: list[Team]) -> list[Team]:
    found = {team.pk: team for team in teams}
    level = list(teams)
    while level:
        level = [team for team in Team.objects.filter(parent__in=level) if team.pk not in found]
        found |= {team.pk: team for team in level}
    return sorted(found.values(), key=lambda team: team.name)


def visible_teams(user: User, on: date) -> QuerySet[Team]:
    """The teams whose boards the user may open on that day."""
    scope = scope_for(user, on)
    return Team.objects.all() if scope.everything else Team.objects.filter(pk__in=[team.pk for team in scope.teams])


def find_team(user: User, team_id: int, on: date) -> Team:
    """The team, where the user may see it; else it is not there."""
    team = visible_teams(user, on).filter(pk=team_id).first()
    if team is None:
        raise Http404
    return team


def members_on(on: date, stated: Members) -> Members:
    """By team key, the keys of the agents who belong to it on that day: `stated` by the lake, corrected by what is entered.

    Rights follow a move from the moment it is entered, also while a long load keeps it from the lake.
    """
    entered = Membership.objects.on(on).values_list("agent__key", "team__key")
    team_of = {bytes(agent): bytes(team) for agent, team in entered}
    members = {team: frozenset(agent for agent in agents if agent not in team_of) for team, agents in stated.items()}
    for agent, team in team_of.items():
        members[team] = members.get(team, frozenset()) | {agent}
    return members


def find_agent(user: User, agent_id: int, on: date, members: Members) -> Agent:
    """The agent, where the user may see her or him; else nobody is there. members: those of `members_on` that day."""
    scope = scope_for(user, on)
    agent = Agent.objects.filter(pk=agent_id).first()
    if agent is None:
        raise Http404
    if scope.everything or (scope.agent is not None and scope.agent.pk == agent.pk):
        return agent
    if any(bytes(agent.key) in members.get(bytes(team.key), frozenset()) for team in scope.teams):
        return agent
    raise Http404
