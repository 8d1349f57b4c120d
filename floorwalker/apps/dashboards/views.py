"""Which pages answer with figures? Find, ask, draw, show; no arithmetic here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from floorwalker.apps.dashboards import board
from floorwalker.apps.dashboards.forms import TargetForm
from floorwalker.apps.dashboards.question import Question, preset_names, read_question
from floorwalker.apps.people.access import (
    SMALLEST_GROUP,
    Members,
    Scope,
    find_agent,
    find_team,
    members_on,
    scope_for,
    visible_teams,
)
from floorwalker.apps.people.models import Agent, Queue, Team, User
from floorwalker.apps.standards.actions import set_target
from floorwalker.apps.standards.models import Target
from floorwalker.charts.render import Drawing, draw
from floorwalker.charts.trend import trend_chart
from floorwalker.estimate import Answer
from floorwalker.facts.lake import Lake, Snapshot
from floorwalker.insight.discretion import read_own_beside_group
from floorwalker.insight.roster import read_roster
from floorwalker.insight.rows import read_rows
from floorwalker.insight.scorecard import Asked, Line, Scorecard, Where, read_line, read_lines, read_scorecard
from floorwalker.insight.scorecard import Target as Aim
from floorwalker.kpis.catalogue import catalogue, formula
from floorwalker.kpis.definition import Attribution, Kpi


@cache
def lake() -> Lake:
    """This process's door to the facts."""
    return Lake(settings.FLOORWALKER)


def today() -> date:
    """The day on which rights are judged."""
    return timezone.now().date()


def _members(facts: Snapshot) -> Members:
    """Who belongs to which team today, as rights see it."""
    return members_on(today(), read_roster(facts, today()))


def user_of(request: HttpRequest) -> User:
    """Who is asking; log-in is required for every page."""
    assert isinstance(request.user, User)
    return request.user


def known_days(facts: Snapshot) -> tuple[date, date] | None:
    """First and last day of any fact that pages show."""
    days = [found for name in ("contact", "segment", "survey", "state_interval") if (found := facts.days(name))]
    return (min(first for first, _last in days), max(last for _first, last in days)) if days else None


def on_facts(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand a page the facts of one moment; before anything is loaded it says how to begin."""

    @wraps(view)
    def answer(request: HttpRequest, **given: Any) -> HttpResponse:
        facts = lake().snapshot()
        if known_days(facts) is None:
            return render(request, "dashboards/empty.html")
        return view(request, facts, **given)

    return answer


@require_GET
@on_facts
def home(request: HttpRequest, facts: Snapshot) -> HttpResponse:
    """The page that the reader's role begins with."""
    scope = scope_for(user_of(request), today())
    if scope.everything:
        return redirect("centre")
    if scope.teams:
        return redirect("team_board", scope.teams[0].pk)
    if scope.agent is not None:
        return redirect("agent_page", scope.agent.pk)
    return render(request, "dashboards/nothing.html")


def _asked(request: HttpRequest, facts: Snapshot) -> Question:
    known = known_days(facts)
    if known is None:
        raise Http404
    return read_question(request.GET, known)


def _common(request: HttpRequest, question: Question, scope: Scope) -> dict[str, Any]:
    return {
        "question": question,
        "presets": preset_names(),
        "queues": Queue.objects.all(),
        "scope": scope,
        "teams": visible_teams(user_of(request), today()),
    }


@require_GET
@on_facts
def centre(request: HttpRequest, facts: Snapshot) -> HttpResponse:
    """How does the centre stand, and each of its teams?"""
    scope = scope_for(user_of(request), today())
    if not scope.everything:
        raise Http404
    question = _asked(request, facts)
    targets = board.targets_from(Target.objects.by_measure(question.period.last))
    heads, tiles = (board.columns(measures, targets) for measures in (board.AGENT_MEASURES, board.CENTRE_MEASURES))
    found = read_scorecard(
        facts,
        board.AGENT_MEASURES,
        question.period,
        by="team",
        where=question.where,
        targets=targets,
        also=board.CENTRE_MEASURES,
    )
    subjects = {bytes(team.key): team for team in Team.objects.all()}
    context = _board(request, question, scope, heads, found, subjects, _("The centre"))
    context["tiles"] = board.whole_row(found.whole, board.told(tiles, found.whole)[0], _("The centre"))
    return render(request, "dashboards/centre.html", context)


@require_GET
@on_facts
def team_board(request: HttpRequest, facts: Snapshot, team_id: int) -> HttpResponse:
    """Who in this team needs me, and for what?"""
    team = find_team(user_of(request), team_id, today())
    scope = scope_for(user_of(request), today())
    question = _asked(request, facts)
    targets = board.targets_from(Target.objects.by_measure(question.period.last))
    heads = board.columns(board.AGENT_MEASURES, targets)
    where: Where = {**question.where, "team": (bytes(team.key),)}
    found = read_scorecard(facts, board.AGENT_MEASURES, question.period, by="agent", where=where, targets=targets)
    keys = {line.subject for line in found.lines}
    present = keys if scope.everything else keys & _members(facts).get(bytes(team.key), frozenset())
    subjects = {bytes(agent.key): agent for agent in Agent.objects.filter(key__in=present)}
    context = _board(request, question, scope, heads, found, subjects, team)
    context["moved_on"] = len(keys) - len(present)
    return render(request, "dashboards/team_board.html", context)


def _board(
    request: HttpRequest,
    question: Question,
    scope: Scope,
    heads: tuple[board.Column, ...],
    found: Scorecard,
    subjects: dict[bytes, Any],
    title: Any,
) -> dict[str, Any]:
    heads, silent = board.told(heads, found.whole)
    rows = board.rows(found.lines, heads, subjects)
    return _common(request, question, scope) | {
        "heads": heads,
        "silent": silent,
        "rows": rows,
        "whole": board.whole_row(found.whole, heads, title),
        "below": [row for row in rows if row.below],
        "judged": found.judged,
        "by_chance": found.expected_by_chance,
        "title": title,
    }


@require_GET
@on_facts
def agent_page(request: HttpRequest, facts: Snapshot, agent_id: int) -> HttpResponse:
    """How is this agent doing, and how sure can one be?"""
    agent, team = _agent_with_team(request, facts, agent_id)
    scope = scope_for(user_of(request), today())
    question = _asked(request, facts)
    targets = board.targets_from(Target.objects.by_measure(question.period.last))
    line, beside = _agent_and_team(facts, question, agent, team, scope, targets)
    heads, silent = board.told(board.columns(board.AGENT_MEASURES, targets), line)
    context = _common(request, question, scope) | {
        "agent": agent,
        "row": board.whole_row(line, heads, agent),
        "team": team,
        "beside": beside,
        "silent": silent,
        "withheld": team is not None and any(head.kpi.id not in beside for head in heads),
        "own": scope.agent is not None and scope.agent.pk == agent.pk,
        "smallest": SMALLEST_GROUP,
    }
    return render(request, "dashboards/agent.html", context)


@require_GET
@on_facts
def agent_trend(request: HttpRequest, facts: Snapshot, agent_id: int, measure_id: str) -> HttpResponse:
    """How did one measure of this agent move? A page of its own, of which the agent's page takes the drawing."""
    kpi = _find_measure(measure_id)
    agent, _team = _agent_with_team(request, facts, agent_id)
    question = _asked(request, facts)
    targets = board.targets_from(Target.objects.by_measure(question.period.last))
    where: Where = {**question.where, "agent": (bytes(agent.key),)}
    line = read_line(facts, (kpi.id,), question.period, where=where, targets=targets)
    cell = line.cells[kpi.id]
    scope = scope_for(user_of(request), today())
    context = _common(request, question, scope) | {"agent": agent, "kpi": kpi, "cell": cell}
    if len(cell.weeks) >= board.FEWEST_WEEKS:
        context["chart"] = _trend(kpi, line, targets[kpi.id].value if kpi.id in targets else None)
    return render(request, "dashboards/agent_trend.html", context)


def _agent_with_team(request: HttpRequest, facts: Snapshot, agent_id: int) -> tuple[Agent, Team | None]:
    """The agent, where the reader may see her or him, and the team of today."""
    roster = _members(facts)
    agent = find_agent(user_of(request), agent_id, today(), roster)
    key = next((team for team, agents in roster.items() if bytes(agent.key) in agents), None)
    return agent, Team.objects.filter(key=key).first() if key else None


def _agent_and_team(
    facts: Snapshot, question: Question, agent: Agent, team: Team | None, scope: Scope, targets: Mapping[str, Aim]
) -> tuple[Line, Mapping[str, Answer]]:
    """The agent's line, and the team's figures beside it: to its leader all, to the member those that give nobody away."""
    names, period = board.AGENT_MEASURES, question.period
    own = Asked(names, None, {**question.where, "agent": (bytes(agent.key),)})
    if team is not None and (scope.everything or team in scope.teams):
        group = Asked(names, None, {**question.where, "team": (bytes(team.key),)}, with_weeks=False)
        found, beside = read_lines(facts, period, [own, group], targets=targets)
        return found[None], {name: cell.answer for name, cell in beside[None].cells.items()}
    if team is None or question.queue is not None:
        return read_lines(facts, period, [own], targets=targets)[0][None], {}
    return read_own_beside_group(facts, own, period, bytes(team.key), targets=targets, smallest=SMALLEST_GROUP)


def _trend(kpi: Kpi, line: Line, target: float | None) -> Drawing:
    points = line.cells[kpi.id].weeks
    return draw(lambda theme: trend_chart(points, unit=kpi.unit, label=kpi.name, target=target, theme=theme))


@require_GET
def measures(request: HttpRequest) -> HttpResponse:
    """What is measured here, and what does each measure mean?"""
    return render(request, "dashboards/measures.html", {"measures": list(catalogue().values())})


def _find_measure(measure_id: str) -> Kpi:
    kpi = catalogue().get(measure_id)
    if kpi is None:
        raise Http404
    return kpi


@require_GET
def measure_page(request: HttpRequest, measure_id: str, form: TargetForm | None = None) -> HttpResponse:
    """What does this measure mean, what does it say, and which rows are behind it?"""
    kpi = _find_measure(measure_id)
    scope = scope_for(user_of(request), today())
    facts = lake().snapshot()
    context: dict[str, Any] = {"kpi": kpi, "formula": formula(kpi), "scope": scope}
    if known_days(facts) is not None:
        context |= _measured(request, kpi, scope, facts)
    if scope.everything and kpi.better in ("up", "down"):
        context["form"] = form or TargetForm(kpi=kpi)
        context["targets"] = Target.objects.filter(measure=kpi.id).order_by("-from_day")
    return render(request, "dashboards/measure.html", context, status=422 if form else 200)


def _measured(request: HttpRequest, kpi: Kpi, scope: Scope, facts: Snapshot) -> dict[str, Any]:
    question = _asked(request, facts)
    where = _allowed(kpi, scope, question)
    context = _common(request, question, scope)
    if where is None:
        return context
    targets = board.targets_from(Target.objects.by_measure(question.period.last))
    line = read_line(facts, (kpi.id,), question.period, where=where, targets=targets)
    target = targets[kpi.id].value if kpi.id in targets else None
    cell = line.cells[kpi.id]
    context |= {"cell": cell, "target": target, "behind": read_rows(facts, kpi, question.period, where)}
    if len(cell.weeks) >= board.FEWEST_WEEKS:
        context["chart"] = _trend(kpi, line, target)
    return context


def _allowed(kpi: Kpi, scope: Scope, question: Question) -> Where | None:
    """Whose figure the reader sees: the centre's, the teams' that she leads, or her own; None where there is none."""
    if scope.everything:
        return question.where
    if kpi.attribution is Attribution.NONE:
        return None
    if scope.teams:
        return {**question.where, "team": tuple(bytes(team.key) for team in scope.teams)}
    return {**question.where, "agent": (bytes(scope.agent.key),)} if scope.agent else None


@require_POST
def set_measure_target(request: HttpRequest, measure_id: str) -> HttpResponse:
    """Aim for a value from a day on."""
    kpi = _find_measure(measure_id)
    user = user_of(request)
    if not scope_for(user, today()).everything:
        raise Http404
    form = TargetForm(request.POST, kpi=kpi)
    if not form.is_valid():
        request.method = "GET"
        return measure_page(request, measure_id, form)
    set_target(kpi.id, form.cleaned_data["value"], from_day=form.cleaned_data["from_day"], by=user, at=timezone.now())
    return redirect("measure_page", measure_id)
