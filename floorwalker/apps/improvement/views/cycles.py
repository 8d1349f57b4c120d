"""Which improvement cycles are there, and did one of them work?"""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from floorwalker.apps.improvement.access import find_cycle, may_improve, require_cycles
from floorwalker.apps.improvement.listing import list_cycles
from floorwalker.apps.improvement.showing import show_cycle
from floorwalker.apps.people.access import only, today, user_of
from floorwalker.apps.people.models import Right, User
from floorwalker.apps.standards.access import readable
from floorwalker.apps.standards.models import StandardVersion


@require_GET
def cycles(request: HttpRequest) -> HttpResponse:
    """What waits, what is under way, and what was decided."""
    user, on = user_of(request), today()
    scope = require_cycles(user, on)
    standard = _standard_asked(request, user, on)
    number = None if standard is None else standard.standard_id
    context = {"found": list_cycles(user, on, number), "may_open": scope.may(Right.IMPROVE), "on": on}
    context["standard"] = standard
    return render(request, "improvement/cycles.html", context)


def _standard_asked(request: HttpRequest, user: User, on: date) -> StandardVersion | None:
    """The standard whose cycles are asked for, where the reader may read it; None where none is."""
    asked = request.GET.get("standard", "")
    if not asked:
        return None
    known = StandardVersion.objects.current().filter(readable(user, on))
    return only(known.filter(standard=int(asked)).first() if asked.isdecimal() and len(asked) < 12 else None)


@require_GET
def cycle(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """One cycle, all of it: what is next, and everything as it stood when it was decided."""
    user, on = user_of(request), today()
    found = find_cycle(user, cycle_id, on)
    context = {"cycle": found, "carries": may_improve(user, found.about, on), "shown": show_cycle(found, on), "on": on}
    return render(request, "improvement/cycle.html", context)
