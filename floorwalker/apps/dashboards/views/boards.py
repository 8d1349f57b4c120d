"""How do the centre and its teams stand, and who needs a look?"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from floorwalker.apps.dashboards import board
from floorwalker.apps.dashboards.aiming import agreed_for, judged, of_teams
from floorwalker.apps.dashboards.asking import asked, common, on_facts, scope_of
from floorwalker.apps.dashboards.figures import of_sites, read_team
from floorwalker.apps.dashboards.question import Question
from floorwalker.apps.dashboards.reading import Figures, of_board, of_rows
from floorwalker.apps.dashboards.saying import target_notes
from floorwalker.apps.dashboards.sorting import sorted_rows
from floorwalker.apps.dashboards.views.files import hand_out, links
from floorwalker.apps.people.access import find_team, require, today, user_of
from floorwalker.apps.people.models import Agent, Right, Team
from floorwalker.apps.standards.holding import targets_of
from floorwalker.facts.lake import Snapshot
from floorwalker.insight.scorecard import Where, read_scorecard


@require_GET
@on_facts
def centre(request: HttpRequest, facts: Snapshot) -> HttpResponse:
    """How does the centre stand, and each of its teams?"""
    found = read_centre(request, facts)
    on_teams = scope_of(request).everything
    context = common(request, facts, found.question, on_teams=on_teams) | dict(found.context)
    context |= {"files": links("centre_file"), "target_notes": target_notes(found)}
    return render(request, "dashboards/centre.html", context)


@require_GET
@on_facts
def centre_file(request: HttpRequest, facts: Snapshot, form: str) -> HttpResponse:
    """The same as a file."""
    return hand_out(request, read_centre(request, facts), form)


def read_centre(request: HttpRequest, facts: Snapshot) -> Figures:
    """What the page of the centre shows."""
    scope = require(user_of(request), Right.SEE_FIGURES_OF_CENTRE, today())
    # A band of tenure may be one person in a team: it is for those who may see each of them.
    question = asked(request, facts, on_teams=scope.everything)
    agreed = agreed_for(question)
    held = agreed.of_centre(scope.sites)
    heads, tiles = (board.columns(measures, held) for measures in (board.AGENT_MEASURES, board.CENTRE_MEASURES))
    found = read_scorecard(
        facts,
        board.AGENT_MEASURES,
        question.period,
        by="team",
        where=of_sites(question.where, scope),
        targets=targets_of(held),
        also=board.CENTRE_MEASURES,
        beside=question.beside,
    )
    subjects = {bytes(team.key): team for team in Team.objects.all()}
    own = of_teams(agreed, subjects.values())
    context = _sorted(board.compose(judged(found, own), heads, subjects, _("The centre"), own), question)
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
    found = read_team_board(request, facts, team_id)
    context = common(request, facts, found.question, on_teams=True) | dict(found.context)
    context |= {"files": links("team_file", team_id=team_id), "team_pk": team_id}
    context["target_notes"] = target_notes(found)
    return render(request, "dashboards/team_board.html", context)


@require_GET
@on_facts
def team_file(request: HttpRequest, facts: Snapshot, team_id: int, form: str) -> HttpResponse:
    """The same as a file."""
    return hand_out(request, read_team_board(request, facts, team_id), form)


def read_team_board(request: HttpRequest, facts: Snapshot, team_id: int) -> Figures:
    """What a team's board shows."""
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
    found = read_without_team(request, facts)
    context = common(request, facts, found.question) | dict(found.context) | {"without_team": True}
    context |= {"files": links("without_team_file"), "target_notes": target_notes(found)}
    return render(request, "dashboards/team_board.html", context)


@require_GET
@on_facts
def without_team_file(request: HttpRequest, facts: Snapshot, form: str) -> HttpResponse:
    """The same as a file."""
    return hand_out(request, read_without_team(request, facts), form)


def read_without_team(request: HttpRequest, facts: Snapshot) -> Figures:
    """What the board of those without a team shows."""
    scope = require(user_of(request), Right.SEE_FIGURES_OF_AGENTS, today())
    if not scope.everything:
        raise Http404
    question = asked(request, facts)
    subjects = {bytes(agent.key): agent for agent in Agent.objects.on_the_floor().without_team(today())}
    agreed = agreed_for(question)
    held = agreed.of_nobodys_team(subjects.values())
    where: Where = {**question.where, "agent": tuple(subjects)}
    found = read_scorecard(
        facts,
        board.AGENT_MEASURES,
        question.period,
        by="agent",
        where=where,
        targets=targets_of(held),
        beside=question.beside,
    )
    heads = board.columns(board.AGENT_MEASURES, held)
    own = {key: agreed.of_agent(agent, None) for key, agent in subjects.items()}
    context = _sorted(board.compose(judged(found, own), heads, subjects, _("No team yet"), own), question)
    return Figures("team", _("No team yet"), "team:none", question, of_board(context, question), context)


def _sorted(composed: dict[str, Any], question: Question) -> dict[str, Any]:
    return composed | {"rows": sorted_rows(composed["rows"], question.sort)}
