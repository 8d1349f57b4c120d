"""Which improvement cycles are there, and did one of them work?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from floorwalker.apps.improvement.access import find_cycle, may_improve, require_cycles
from floorwalker.apps.improvement.listing import list_cycles
from floorwalker.apps.improvement.showing import show_cycle
from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.people.models import Right


@require_GET
def cycles(request: HttpRequest) -> HttpResponse:
    """What waits, what is under way, and what was decided."""
    user, on = user_of(request), today()
    scope = require_cycles(user, on)
    context = {"found": list_cycles(user, on), "may_open": scope.may(Right.IMPROVE), "on": on}
    return render(request, "improvement/cycles.html", context)


@require_GET
def cycle(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """One cycle, all of it: what is next, and everything as it stood when it was decided."""
    user, on = user_of(request), today()
    found = find_cycle(user, cycle_id, on)
    context = {"cycle": found, "carries": may_improve(user, found.about, on), "shown": show_cycle(found, on), "on": on}
    return render(request, "improvement/cycle.html", context)
