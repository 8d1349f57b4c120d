"""How is one agent doing, and how sure can one be?"""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from floorwalker.apps.dashboards import board
from floorwalker.apps.dashboards.asking import asked, common, find_measure, on_facts, scope_of
from floorwalker.apps.dashboards.question import Question
from floorwalker.apps.dashboards.reading import Figures, beside_as_row, of_rows, of_weeks
from floorwalker.apps.dashboards.sorting import sorted_weeks
from floorwalker.apps.dashboards.views.files import hand_out, links
from floorwalker.apps.people.access import SMALLEST_GROUP, find_agent, team_of, today, user_of
from floorwalker.apps.people.looks import note_look
from floorwalker.apps.people.models import Agent, LookAt, Scope, Team
from floorwalker.estimate import Answer
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.discretion import read_own_beside_group
from floorwalker.insight.scorecard import Asked, Line, Where, read_line, read_lines
from floorwalker.insight.scorecard import Target as Aim


@require_GET
@on_facts
def agent_page(request: HttpRequest, facts: Snapshot, agent_id: int) -> HttpResponse:
    """How is this agent doing, and how sure can one be?"""
    agent = find_agent(user_of(request), agent_id, today())
    note_look(agent, LookAt.PAGE, by=user_of(request), at=timezone.now())
    found = _agent(request, facts, agent)
    context = common(request, facts, found.question) | dict(found.context)
    context["files"] = links("agent_file", agent_id=agent_id)
    return render(request, "dashboards/agent.html", context)


@require_GET
@on_facts
def agent_file(request: HttpRequest, facts: Snapshot, agent_id: int, form: str) -> HttpResponse:
    """The same as a file."""
    return hand_out(request, _agent(request, facts, find_agent(user_of(request), agent_id, today())), form)


def _agent(request: HttpRequest, facts: Snapshot, agent: Agent) -> Figures:
    team, scope = team_of(agent, today()), scope_of(request)
    question = asked(request, facts)
    targets = board.targets_on(question.period.last)
    line, beside = _agent_and_team(facts, question, agent, team, scope, targets)
    heads, silent = board.told(board.columns(board.AGENT_MEASURES, targets), line)
    row = board.row(line, heads, agent, board.spans([line], heads, beside), beside)
    group = beside_as_row(heads, beside)
    context = {
        "agent": agent,
        "row": row,
        "team": team,
        "beside": beside,
        "silent": silent,
        "withheld": team is not None and any(head.kpi.id not in beside for head in heads),
        "own": scope.agent is not None and scope.agent.pk == agent.pk,
        "smallest": SMALLEST_GROUP,
        **board.compared([row]),
    }
    figures = (*of_rows([row, *([group] if group else [])], question), *of_weeks(row, question.period.last))
    return Figures("agent", agent.name, f"agent:{agent.pk}", question, figures, context, agent=agent)


@require_GET
@on_facts
def agent_trend(request: HttpRequest, facts: Snapshot, agent_id: int, measure_id: str) -> HttpResponse:
    """How did one measure of this agent move? A page of its own, of which the agent's page takes the drawing."""
    kpi = find_measure(measure_id)
    agent = find_agent(user_of(request), agent_id, today())
    note_look(agent, LookAt.TREND, by=user_of(request), at=timezone.now())
    question = asked(request, facts)
    targets = board.targets_on(question.period.last)
    where: Where = {**question.where, "agent": (bytes(agent.key),)}
    line = read_line(facts, (kpi.id,), question.period, where=where, targets=targets, beside=question.beside)
    cell = line.cells[kpi.id]
    context = common(request, facts, question) | {"agent": agent, "kpi": kpi, "cell": cell}
    context["weeks"] = sorted_weeks(cell.weeks, question.sort)
    if len(cell.weeks) >= board.FEWEST_WEEKS:
        context["chart"] = board.draw_trend(kpi, line, targets[kpi.id].value if kpi.id in targets else None)
    return render(request, "dashboards/agent_trend.html", context)


def _agent_and_team(
    facts: Snapshot, question: Question, agent: Agent, team: Team | None, scope: Scope, targets: Mapping[str, Aim]
) -> tuple[Line, Mapping[str, Answer]]:
    """The agent's line, and the team's figures beside it: to its leader all, to the member those that give nobody away."""
    names, period = board.AGENT_MEASURES, question.period
    own = Asked(names, None, {**question.where, "agent": (bytes(agent.key),)}, beside=question.beside)
    if team is not None and (scope.everything or team in scope.teams):
        group = Asked(names, None, {**question.where, "team": (bytes(team.key),)}, with_weeks=False)
        found, beside = read_lines(facts, period, [own, group], targets=targets)
        return found[None], {name: cell.answer for name, cell in beside[None].cells.items()}
    if team is None or question.where:
        return read_lines(facts, period, [own], targets=targets)[0][None], {}
    return read_own_beside_group(facts, own, period, bytes(team.key), targets=targets, smallest=SMALLEST_GROUP)
