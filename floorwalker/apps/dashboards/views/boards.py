"""How do the centre and its teams stand, and who needs a look?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from floorwalker.apps.dashboards.asking import common, on_facts, scope_of
from floorwalker.apps.dashboards.fairness import judged_measures
from floorwalker.apps.dashboards.pages import read_centre_page, read_team_page, read_without_team
from floorwalker.apps.dashboards.saying import target_notes
from floorwalker.apps.dashboards.views.files import hand_out, links
from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.people.models import Team
from floorwalker.facts.snapshot import Snapshot


@require_GET
@on_facts
def centre(request: HttpRequest, facts: Snapshot) -> HttpResponse:
    """How does the centre stand, and each of its teams?"""
    found = read_centre_page(request, facts, paged=True)
    on_teams = scope_of(request).everything
    context = common(request, facts, found.question, on_teams=on_teams) | dict(found.context)
    context |= {"files": links("centre_file"), "target_notes": target_notes(found)}
    return render(request, "dashboards/centre.html", context)


@require_GET
@on_facts
def centre_file(request: HttpRequest, facts: Snapshot, form: str) -> HttpResponse:
    """The same as a file."""
    return hand_out(request, read_centre_page(request, facts), form)


@require_GET
@on_facts
def team_board(request: HttpRequest, facts: Snapshot, team_id: int) -> HttpResponse:
    """Who in this team needs me, and for what?"""
    found = read_team_page(request, facts, team_id, soon=True)
    context = common(request, facts, found.question, on_teams=True) | dict(found.context)
    context |= {"files": links("team_file", team_id=team_id), "team_pk": team_id}
    context |= {"target_notes": target_notes(found), "followed": judged_measures()}
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
    found = read_without_team(request, facts)
    context = common(request, facts, found.question) | dict(found.context) | {"without_team": True}
    context |= {"files": links("without_team_file"), "target_notes": target_notes(found)}
    return render(request, "dashboards/team_board.html", context)


@require_GET
@on_facts
def without_team_file(request: HttpRequest, facts: Snapshot, form: str) -> HttpResponse:
    """The same as a file."""
    return hand_out(request, read_without_team(request, facts), form)
