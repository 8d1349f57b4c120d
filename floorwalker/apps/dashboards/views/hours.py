"""How much was worked, beside what was agreed? Parts of an agent's page and of a board, and pages of their own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from floorwalker.apps.dashboards.asking import asked, common, on_facts
from floorwalker.apps.dashboards.hours import read_hours
from floorwalker.apps.people.access import find_agent, find_team, today, user_of
from floorwalker.apps.people.looks import note_look
from floorwalker.apps.people.models import Agent, LookAt, Team
from floorwalker.facts.snapshot import Snapshot


@require_GET
@on_facts
def agent_hours(request: HttpRequest, facts: Snapshot, agent_id: int) -> HttpResponse:
    """The hours of one agent."""
    agent = find_agent(user_of(request), agent_id, today())
    note_look(agent, LookAt.PAGE, by=user_of(request), at=timezone.now())
    question = asked(request, facts)
    context = common(request, facts, question) | {"title": agent, "agent": agent}
    context["hours"] = read_hours(facts, [agent], question.period)
    return render(request, "dashboards/hours.html", context)


@require_GET
@on_facts
def team_hours(request: HttpRequest, facts: Snapshot, team_id: int) -> HttpResponse:
    """The hours of everybody in a team and those below it."""
    user = user_of(request)
    team = find_team(user, team_id, today())
    question = asked(request, facts)
    branch = Team.objects.filter(pk=team.pk).with_descendants()
    agents = Agent.objects.on_the_floor().visible_to(user, today()).in_teams(branch, today())
    context = common(request, facts, question) | {"title": team, "team": team}
    context["hours"] = read_hours(facts, agents, question.period)
    return render(request, "dashboards/hours.html", context)
