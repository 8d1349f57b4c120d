"""Who looked at somebody's figures, and who did what?"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from floorwalker.apps.people.access import require, today, user_of
from floorwalker.apps.people.models import Agent, AuditEntry, Look, Right

LOOKS_SHOWN = 200
ENTRIES_PER_PAGE = 50


@require_GET
def looks(request: HttpRequest, agent_id: int) -> HttpResponse:
    """Who has looked at this agent's figures? Shown to the agent, and to whoever watches over privacy."""
    user = user_of(request)
    scope = user.scope_on(today())
    agent = Agent.objects.filter(pk=agent_id).first()
    if agent is None or not (scope.may(Right.SEE_AUDIT) or scope.agent == agent):
        raise Http404
    found = Look.objects.filter(agent=agent).select_related("user")[:LOOKS_SHOWN]
    return render(request, "people/looks.html", {"agent": agent, "looks": found, "own": scope.agent == agent})


@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """Who did what to whom, newest first?"""
    require(user_of(request), Right.SEE_AUDIT, today())
    asked = request.GET.get("q", "").strip()[:100]
    entries = AuditEntry.objects.order_by("-id")
    if asked:
        act = asked.replace(" ", "_")  # as it is kept; the page shows its words
        entries = entries.filter(Q(by__icontains=asked) | Q(verb__icontains=act) | Q(subject__icontains=asked))
    page = Paginator(entries, ENTRIES_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/audit.html", {"page": page, "asked": asked})
