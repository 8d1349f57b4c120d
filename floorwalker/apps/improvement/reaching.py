"""Whom or which teams could a plan reach, and who of them is equally urgent?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from floorwalker.apps.improvement.access import improvable_teams
from floorwalker.apps.improvement.finding import Sought, people_of
from floorwalker.apps.improvement.models import Cycle
from floorwalker.apps.improvement.taken import TakenCause, TakenGap
from floorwalker.apps.people.models import Agent, Team, User
from floorwalker.apps.standards.models import Process
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.urgency import LEAST_POOL, Urgent, equally_urgent
from floorwalker.kpis.catalogue import catalogue
from floorwalker.stats.levels import Cause


def people_in_reach(cycle: Cycle, user: User, on: date) -> list[Agent]:
    """Those whom the planner coaches and who belong to the cycle's team; nobody single where the gap is everybody's."""
    if cycle.team is None or is_everybodys(cycle):
        return []
    below = Team.objects.filter(pk=cycle.team.pk).with_descendants()
    members = Agent.objects.in_teams(below, on).values("pk")
    return list(Agent.objects.coached_by(user, on).filter(pk__in=members).order_by("name"))


def is_everybodys(cycle: Cycle) -> bool:
    """Whether it was found, when the gap was taken on, that it is mostly everybody's."""
    return cycle.cause is not None and TakenCause.of(cycle.cause).primary is Cause.SYSTEMIC


def people_behind(cycle: Cycle, on: date) -> int:
    """Of how many people the gap is: one, those of a team, or everybody where a process goes on."""
    if cycle.team is not None:
        return Agent.objects.in_teams(Team.objects.filter(pk=cycle.team.pk).with_descendants(), on).count()
    if cycle.process is None:
        return 1
    everybody = Agent.objects.on_the_floor()
    return (everybody if cycle.process.site is None else everybody.filter(site=cycle.process.site)).count()


def teams_in_reach(cycle: Cycle, user: User, on: date) -> list[Team]:
    """Teams that could begin one after another: those below the cycle's team, or those through whose hands a process goes."""
    if cycle.team is not None:
        below = Team.objects.filter(pk=cycle.team.pk).with_descendants()
        return [team for team in below if team.pk != cycle.team_id]
    if cycle.process is None:
        return []
    return sorted(_of_process(cycle.process, user, on), key=lambda team: team.name)


def _of_process(process: Process, user: User, on: date) -> Sequence[Team]:
    site = process.site or (None if process.queue is None else process.queue.site)
    if site is not None:
        return Team.objects.filter(site=site).with_descendants()
    if process.owner_id == user.pk:
        return list(Team.objects.all())
    return improvable_teams(user, on)


def urgent_people(cycle: Cycle, facts: Snapshot, people: Sequence[Agent], begin: int) -> Urgent:
    """Of these people the ones who are equally urgent, by the figures of the days that the gap was taken on with."""
    if len(people) < LEAST_POOL:
        return Urgent((), 0)
    kpi = catalogue()[cycle.measure]
    known = {bytes(agent.key) for agent in people}
    found = people_of(facts, Sought(cycle.about, kpi, TakenGap.of(cycle.gap).figure.period))
    return equally_urgent([one for one in found if one.agent in known], begin)
