"""Whose improvement cycles may a reader see, and which may she open and carry on?

About people: by who coaches them. About teams: by who coaches their people. About processes: by their owner, and by whoever
manages the place. An agent reads the cycles about herself; nobody carries on a cycle about her- or himself.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q
from django.http import Http404

from floorwalker.apps.improvement.models import Cycle, CycleQuerySet
from floorwalker.apps.improvement.models.cycles import Subject
from floorwalker.apps.people.access import only
from floorwalker.apps.people.models import Agent, Right, Scope, Team, User
from floorwalker.apps.standards.access import reach_of
from floorwalker.apps.standards.models import Process
from floorwalker.apps.standards.owning import may_keep_process


def require_cycles(user: User, on: date) -> Scope:
    """Whoever carries cycles on, and every agent, for those about herself; else there is no such page."""
    scope = user.scope_on(on)
    if not scope.may(Right.IMPROVE) and scope.agent is None:
        raise Http404
    return scope


def may_improve(user: User, about: Subject, on: date) -> bool:
    """Whether the user may open a cycle about it, and carry it on."""
    scope = user.scope_on(on)
    if not scope.may(Right.IMPROVE):
        return False
    match about:
        case Agent():
            return Agent.objects.coached_by(user, on).filter(pk=about.pk).exists()
        case Team():
            return scope.coaches.everything or about in scope.coaches.teams
        case Process():
            return about.owner_id == user.pk or may_keep_process(reach_of(user, on), about.site, about.queue)


def carried_by(user: User, cycles: Collection[Cycle], on: date) -> list[Cycle]:
    """Those of them that the user may carry on; asked together, however many they are."""
    scope = user.scope_on(on)
    if not scope.may(Right.IMPROVE) or not cycles:
        return []
    agents = {one.agent_id for one in cycles if one.agent_id is not None}
    coached = (
        set(Agent.objects.coached_by(user, on).filter(pk__in=agents).values_list("pk", flat=True)) if agents else ()
    )
    teams = {team.pk for team in scope.coaches.teams}
    reach = reach_of(user, on)

    def is_carried(one: Cycle) -> bool:
        if one.process is not None:
            process = one.process
            return process.owner_id == user.pk or may_keep_process(reach, process.site, process.queue)
        if one.team_id is not None:
            return scope.coaches.everything or one.team_id in teams
        return one.agent_id in coached

    return [one for one in cycles if is_carried(one)]


def improvable_teams(user: User, on: date) -> list[Team]:
    """The teams about which the user may open a cycle."""
    scope = user.scope_on(on)
    if not scope.may(Right.IMPROVE):
        return []
    return list(Team.objects.order_by("name") if scope.coaches.everything else scope.coaches.teams)


def improvable_processes(user: User, on: date) -> list[Process]:
    """The processes about which the user may open a cycle, of those that hold on that day."""
    if not user.scope_on(on).may(Right.IMPROVE):
        return []
    reach, every = reach_of(user, on), Process.objects.on(on).with_owners()
    return [one for one in every if one.owner_id == user.pk or may_keep_process(reach, one.site, one.queue)]


def visible_cycles(user: User, on: date) -> CycleQuerySet:
    """The cycles that the user may read, each of them once."""
    scope = user.scope_on(on)
    found = Q(agent__in=user.oneself())
    if scope.may(Right.IMPROVE):
        found |= Q(agent__in=Agent.objects.coached_by(user, on).values("pk"))
        teams = Q(team__isnull=False) if scope.coaches.everything else Q(team__in=scope.coaches.teams)
        found |= teams | Q(process__owner=user) | _processes_of(scope)
    return Cycle.objects.filter(found).with_places()


def _processes_of(scope: Scope) -> Q:
    """What goes through everybody's hands is for everybody who improves to read; of other sites not, where the role is for one."""
    found = Q(process__isnull=False)
    if not scope.sites:
        return found
    everywhere = Q(process__site=None, process__queue=None)
    return found & (everywhere | Q(process__site__in=scope.sites) | Q(process__queue__site__in=scope.sites))


def find_cycle(user: User, cycle_id: int, on: date) -> Cycle:
    """A cycle that the user may read; else it is not there."""
    return only(visible_cycles(user, on).filter(pk=cycle_id).first())


def find_carried_cycle(user: User, cycle_id: int, on: date) -> Cycle:
    """A cycle that the user may carry on; else there is no such page."""
    found = find_cycle(user, cycle_id, on)
    if not may_improve(user, found.about, on):
        raise Http404
    return found
