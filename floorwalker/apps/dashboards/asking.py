"""Who asks, about which facts and which days? What every page with figures begins with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache, wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from floorwalker.apps.dashboards.question import Question, preset_names, read_question
from floorwalker.apps.people.models import Queue, Scope, Team, User
from floorwalker.facts.lake import Lake, Snapshot
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Kpi


@cache
def lake() -> Lake:
    """This process's door to the facts."""
    return Lake(settings.FLOORWALKER)


def today() -> date:
    """The day on which rights are judged."""
    return timezone.now().date()


def user_of(request: HttpRequest) -> User:
    """Who is asking; log-in is required for every page."""
    assert isinstance(request.user, User)
    return request.user


def scope_of(request: HttpRequest) -> Scope:
    """What the reader may see and do today."""
    return user_of(request).scope_on(today())


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


def asked(request: HttpRequest, facts: Snapshot) -> Question:
    known = known_days(facts)
    if known is None:
        raise Http404
    return read_question(request.GET, known)


def common(request: HttpRequest, question: Question, scope: Scope) -> dict[str, Any]:
    return {
        "question": question,
        "presets": preset_names(),
        "queues": Queue.objects.all(),
        "scope": scope,
        "teams": Team.objects.visible_to(user_of(request), today()),
    }


def find_measure(measure_id: str) -> Kpi:
    kpi = catalogue().get(measure_id)
    if kpi is None:
        raise Http404
    return kpi
