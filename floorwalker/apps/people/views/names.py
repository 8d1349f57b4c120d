"""Whom do names found in data stand for? Proposals to match, create or ignore, singly or all alike."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from floorwalker.apps.people import describing, merging
from floorwalker.apps.people.access import find_managed_agent, today
from floorwalker.apps.people.matching import Proposal, proposals
from floorwalker.apps.people.models import Agent, Standing, User
from floorwalker.apps.people.views.roll import manager
from floorwalker.errors import Refused
from floorwalker.ui.refusal_words import tell

NAMES_PER_PAGE = 50


@require_GET
def names(request: HttpRequest) -> HttpResponse:
    """The names that nobody has looked at yet, each with whom it may be."""
    managed = Agent.objects.managed_by(manager(request), today())
    found = managed.on_the_floor().filter(standing=Standing.SEEN)
    page = Paginator(found, NAMES_PER_PAGE).get_page(request.GET.get("page"))
    proposed = proposals(page, managed)
    context = {
        "page": page,
        "proposals": proposed,
        "strong": sum(one.is_strong for one in proposed),
        "alone": sum(one.other is None for one in proposed),
    }
    return render(request, "people/names.html", context)


@require_POST
def settle_name(request: HttpRequest, agent_id: int) -> HttpResponse:
    """One name: the same as somebody, a person of its own, or not a person."""
    user = manager(request)
    agent = find_managed_agent(user, agent_id, today())
    match request.POST.get("as"):
        case "new":
            describing.confirm_agent(agent, by=user.username, at=timezone.now())
        case "ignore":
            describing.ignore_agent(agent, by=user.username, at=timezone.now())
        case str(other) if other.isdecimal() and len(other) < 10:
            same = find_managed_agent(user, int(other), today())
            merging.merge_agents(same, agent, by=user.username, at=timezone.now())
        case _:
            raise Http404
    return redirect("names")


@require_POST
def settle_names(request: HttpRequest) -> HttpResponse:
    """All alike: those with a strong proposal are matched, or those without any become persons of their own."""
    user = manager(request)
    managed = Agent.objects.managed_by(user, today())
    proposed = proposals(managed.on_the_floor().filter(standing=Standing.SEEN), managed)
    if request.POST.get("all") == "strong":
        for left_out in _match(proposed, user):
            messages.warning(request, str(tell(left_out)))
    elif request.POST.get("all") == "alone":
        for one in proposed:
            if one.other is None:
                describing.confirm_agent(one.agent, by=user.username, at=timezone.now())
    else:
        raise Http404
    return redirect("names")


def _match(proposed: list[Proposal], user: User) -> list[Refused]:
    """Of two that propose each other one is matched: whoever stays is confirmed by it. Returns why some were not."""
    gone: set[int] = set()
    left_out: list[Refused] = []
    for one in proposed:
        if one.other is None or not one.is_strong or one.agent.pk in gone or one.other.pk in gone:
            continue
        gone |= {one.agent.pk, one.other.pk}
        try:
            merging.merge_agents(one.other, one.agent, by=user.username, at=timezone.now())
        except Refused as refused:
            left_out.append(refused)
    return left_out
