"""How do the centre and its teams stand, and who needs a look?"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from floorwalker.apps.dashboards import board
from floorwalker.apps.dashboards.asking import asked, common, on_facts, scope_of
from floorwalker.apps.dashboards.pages import in_order, read_centre_page, read_team_page
from floorwalker.apps.dashboards.views.files import hand_out, links
from floorwalker.apps.people.access import require, today, user_of
from floorwalker.apps.people.models import Agent, Right, Team
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.scorecard import Where, read_scorecard


@require_GET
@on_facts
def centre(request: HttpRequest, facts: Snapshot) -> HttpResponse:
    """How does the centre stand, and each of its teams?"""
    found = read_centre_page(request, facts)
    on_teams = scope_of(request).everything
    context = common(request, facts, found.question, on_teams=on_teams) | dict(found.context)
    return render(request, "dashboards/centre.html", context | {"files": links("centre_file")})


@require_GET
@on_facts
def centre_file(request: HttpRequest, facts: Snapshot, form: str) -> HttpResponse:
    """The same as a file."""
    return hand_out(request, read_centre_page(request, facts), form)


@require_GET
@on_facts
def team_board(request: HttpRequest, facts: Snapshot, team_id: int) -> HttpResponse:
    """Who in this team needs me, and for what?"""
    found = read_team_page(request, facts, team_id)
    context = common(request, facts, found.question, on_teams=True) | dict(found.context)
    context["files"] = links("team_file", team_id=team_id)
    return render(request, "dashboards/team_board.html", context)


@require_GET
@on_facts
def team_file(request: HttpRequest, facts: Snapshot, team_id: int, form: str) -> HttpResponse:
    """The same as a file."""
    return hand_out(request, read_team_page(request, facts, team_id), form)


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
    composed = in_order(board.compose(found, heads, subjects, _("No team yet")), question) | {"without_team": True}
    return render(request, "dashboards/team_board.html", common(request, facts, question) | composed)
