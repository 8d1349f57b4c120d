"""How do the centre and its teams stand, and who needs a look?"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from floorwalker.apps.dashboards import board
from floorwalker.apps.dashboards.asking import asked, common, on_facts, scope_of
from floorwalker.apps.dashboards.figures import of_sites, read_team
from floorwalker.apps.dashboards.question import Question
from floorwalker.apps.dashboards.reading import Figures, of_board, of_rows
from floorwalker.apps.dashboards.sorting import sorted_rows
from floorwalker.apps.dashboards.views.files import hand_out, links
from floorwalker.apps.people.access import find_team, require, today, user_of
from floorwalker.apps.people.models import Agent, Right, Team
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.scorecard import Where, read_scorecard


@require_GET
@on_facts
def centre(request: HttpRequest, facts: Snapshot) -> HttpResponse:
    """How does the centre stand, and each of its teams?"""
    found = _centre(request, facts)
    on_teams = scope_of(request).everything
    context = common(request, facts, found.question, on_teams=on_teams) | dict(found.context)
    return render(request, "dashboards/centre.html", context | {"files": links("centre_file")})


@require_GET
@on_facts
def centre_file(request: HttpRequest, facts: Snapshot, form: str) -> HttpResponse:
    """The same as a file."""
    return hand_out(request, _centre(request, facts), form)


def _centre(request: HttpRequest, facts: Snapshot) -> Figures:
    scope = require(user_of(request), Right.SEE_FIGURES_OF_CENTRE, today())
    # A band of tenure may be one person in a team: it is for those who may see each of them.
    question = asked(request, facts, on_teams=scope.everything)
    targets = board.targets_on(question.period.last)
    heads, tiles = (board.columns(measures, targets) for measures in (board.AGENT_MEASURES, board.CENTRE_MEASURES))
    found = read_scorecard(
        facts,
        board.AGENT_MEASURES,
        question.period,
        by="team",
        where=of_sites(question.where, scope),
        targets=targets,
        also=board.CENTRE_MEASURES,
        beside=question.beside,
    )
    subjects = {bytes(team.key): team for team in Team.objects.all()}
    context = _sorted(board.compose(found, heads, subjects, _("The centre")), question)
    tiles = board.told(tiles, found.whole)[0]
    if not scope.everything:
        context["closed"] = {team.pk for team in subjects.values()} - {team.pk for team in scope.teams}
    context["tiles"] = board.row(found.whole, tiles, _("The centre"), board.spans([found.whole], tiles))
    more = [figure for figure in of_rows([context["tiles"]], question) if figure.kpi.id not in board.AGENT_MEASURES]
    figures = (*more, *of_board(context, question))
    return Figures("centre", _("The centre"), "centre", question, figures, context)


@require_GET
@on_facts
def team_board(request: HttpRequest, facts: Snapshot, team_id: int) -> HttpResponse:
    """Who in this team needs me, and for what?"""
    found = _team(request, facts, team_id)
    context = common(request, facts, found.question, on_teams=True) | dict(found.context)
    context["files"] = links("team_file", team_id=team_id)
    return render(request, "dashboards/team_board.html", context)


@require_GET
@on_facts
def team_file(request: HttpRequest, facts: Snapshot, team_id: int, form: str) -> HttpResponse:
    """The same as a file."""
    return hand_out(request, _team(request, facts, team_id), form)


def _team(request: HttpRequest, facts: Snapshot, team_id: int) -> Figures:
    team = find_team(user_of(request), team_id, today())
    question = asked(request, facts, on_teams=True)
    context = _sorted(read_team(facts, question, team, user_of(request), today()), question)
    return Figures("team", team.name, f"team:{team.pk}", question, of_board(context, question), context)


@require_GET
def teams(request: HttpRequest) -> HttpResponse:
    """Which teams' boards may the reader open?"""
    found = list(Team.objects.visible_to(user_of(request), today()).select_related("site", "parent"))
    return render(request, "dashboards/teams.html", {"teams": found})


@require_GET
@on_facts
def without_team(request: HttpRequest, facts: Snapshot) -> HttpResponse:
    """How do the agents stand who are in no team yet?"""
    scope = require(user_of(request), Right.SEE_FIGURES_OF_AGENTS, today())
    if not scope.everything:
        raise Http404
    question = asked(request, facts)
    subjects = {bytes(agent.key): agent for agent in Agent.objects.on_the_floor().without_team(today())}
    targets = board.targets_on(question.period.last)
    where: Where = {**question.where, "agent": tuple(subjects)}
    found = read_scorecard(
        facts, board.AGENT_MEASURES, question.period, by="agent", where=where, targets=targets, beside=question.beside
    )
    heads = board.columns(board.AGENT_MEASURES, targets)
    composed = _sorted(board.compose(found, heads, subjects, _("No team yet")), question) | {"without_team": True}
    return render(request, "dashboards/team_board.html", common(request, facts, question) | composed)


def _sorted(composed: dict[str, Any], question: Question) -> dict[str, Any]:
    return composed | {"rows": sorted_rows(composed["rows"], question.sort)}
