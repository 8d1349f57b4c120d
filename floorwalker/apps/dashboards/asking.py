"""Who asks, about which facts and which days? What every page with figures begins with."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from floorwalker.apps.dashboards.filters import bands
from floorwalker.apps.dashboards.models import SavedView
from floorwalker.apps.dashboards.periods import preset_names
from floorwalker.apps.dashboards.question import BEFORE, YEAR, Question, read_question
from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.people.lake import lake as lake
from floorwalker.apps.people.models import Queue, Scope, Team
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.choices import Choices, read_choices
from floorwalker.insight.known import known_days
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Kpi

# What there is to choose from changes with the facts alone: it is read once a load.
_choices: dict[str, tuple[object, Choices]] = {}


def scope_of(request: HttpRequest) -> Scope:
    """What the reader may see and do today."""
    return user_of(request).scope_on(today())


def on_facts(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand a page the facts of one moment; before anything is loaded it says how to begin."""

    @wraps(view)
    def answer(request: HttpRequest, **given: Any) -> HttpResponse:
        facts = lake().snapshot()
        if known_days(facts) is None:
            return render(request, "dashboards/empty.html")
        return view(request, facts, **given)

    return answer


def asked(request: HttpRequest, facts: Snapshot, *, on_teams: bool = False) -> Question:
    """The question in the address. on_teams: the page is about people whom the reader may see one by one."""
    known = known_days(facts)
    if known is None:
        raise Http404
    return read_question(request.GET, known, on_teams=on_teams)


def common(request: HttpRequest, facts: Snapshot, question: Question, *, on_teams: bool = False) -> dict[str, Any]:
    """What the form of the question, and the way around, need on every page."""
    choices = choices_of(facts)
    return {
        "question": question,
        "presets": preset_names(),
        "comparisons": {
            "": _("The target alone"),
            BEFORE: _("The period before"),
            YEAR: _("The same period last year"),
        },
        "queues": Queue.objects.all(),
        "channels": choices.channels if len(choices.channels) > 1 or question.filters.channel else (),
        "reasons": tuple(dict.fromkeys((*choices.reasons, *filter(None, [question.filters.reason])))),
        "bands": bands() if on_teams else {},
        "scope": scope_of(request),
        "saved": SavedView.objects.kept().filter(user=user_of(request)),
        "teams": Team.objects.visible_to(user_of(request), today()),
    }


def choices_of(facts: Snapshot) -> Choices:
    """The channels and reasons of these facts."""
    state = facts.lake.path, facts.current.tables.get("contact")
    if _choices.get("contact", (None, None))[0] != state:
        _choices["contact"] = state, read_choices(facts)
    return _choices["contact"][1]


def find_measure(measure_id: str) -> Kpi:
    """The measure of that name; else there is no such page."""
    kpi = catalogue().get(measure_id)
    if kpi is None:
        raise Http404
    return kpi
