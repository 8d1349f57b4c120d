"""With which page does each role begin?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from floorwalker.apps.dashboards.asking import on_facts, today, user_of
from floorwalker.apps.people.access import scope_for
from floorwalker.facts.lake import Snapshot


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
