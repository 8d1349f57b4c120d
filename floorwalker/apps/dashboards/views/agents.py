"""How is one agent doing, and how sure can one be?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from floorwalker.apps.dashboards import board
from floorwalker.apps.dashboards.aiming import agreed_for, judged_person
from floorwalker.apps.dashboards.asking import asked, common, find_measure, on_facts
from floorwalker.apps.dashboards.forms import TrendNoteForm
from floorwalker.apps.dashboards.opened import note_opened
from floorwalker.apps.dashboards.pages import read_agent_page
from floorwalker.apps.dashboards.saying import target_notes
from floorwalker.apps.dashboards.shown import FEWEST_WEEKS
from floorwalker.apps.dashboards.sorting import sorted_weeks
from floorwalker.apps.dashboards.trends import read_control
from floorwalker.apps.dashboards.views.files import hand_out, links
from floorwalker.apps.people.access import find_agent, team_of, today, user_of
from floorwalker.apps.people.looks import note_look
from floorwalker.apps.people.models import LookAt
from floorwalker.apps.standards.holding import targets_of
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.scorecard import Where, read_line
from floorwalker.insight.standing import window
from floorwalker.insight.statements import Method


@require_GET
@on_facts
def agent_page(request: HttpRequest, facts: Snapshot, agent_id: int) -> HttpResponse:
    """How is this agent doing, and how sure can one be?"""
    agent = find_agent(user_of(request), agent_id, today())
    note_look(agent, LookAt.PAGE, by=user_of(request), at=timezone.now())
    found = read_agent_page(request, facts, agent, soon=True)
    context = common(request, facts, found.question) | dict(found.context)
    context["files"] = links("agent_file", agent_id=agent_id)
    context["target_notes"] = target_notes(found)
    return render(request, "dashboards/agent.html", context)


@require_GET
@on_facts
def agent_file(request: HttpRequest, facts: Snapshot, agent_id: int, form: str) -> HttpResponse:
    """The same as a file."""
    return hand_out(request, read_agent_page(request, facts, find_agent(user_of(request), agent_id, today())), form)


@require_GET
@on_facts
def agent_trend(request: HttpRequest, facts: Snapshot, agent_id: int, measure_id: str) -> HttpResponse:
    """How did one measure of this agent move? A page of its own, of which the agent's page takes the drawing."""
    kpi = find_measure(measure_id)
    agent = find_agent(user_of(request), agent_id, today())
    note_look(agent, LookAt.TREND, by=user_of(request), at=timezone.now())
    question = asked(request, facts)
    agreed, team = agreed_for(question, user_of(request)), team_of(agent, question.period.last)
    held = agreed.of_agent(agent, team)
    where: Where = {**question.where, "agent": (bytes(agent.key),)}
    plain = read_line(facts, (kpi.id,), question.period, where=where, targets=targets_of(held), beside=question.beside)
    line, _fair = judged_person(plain, agent, team, agreed, user_of(request))
    cell = line.cells[kpi.id]
    context = common(request, facts, question) | read_control(facts, kpi, agent, question.period.last)
    context |= {"agent": agent, "kpi": kpi, "cell": cell, "form": TrendNoteForm()}
    drawn = (window(Method.TREND, question.period.last).first,) if context.get("charted") else ()
    note_opened(facts, question, agent, (kpi.id,), user_of(request), *drawn)
    context["weeks"] = sorted_weeks(cell.weeks, question.sort)
    if len(cell.weeks) >= FEWEST_WEEKS:
        context["chart"] = board.draw_trend(kpi, line, held.get(kpi.id))
    return render(request, "dashboards/agent_trend.html", context)
