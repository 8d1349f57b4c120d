"""With what does each role begin?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from floorwalker.apps.dashboards.asking import lake
from floorwalker.apps.dashboards.home import next_step, parts_for
from floorwalker.apps.people.access import user_of
from floorwalker.insight.known import known_days


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The parts that concern the reader, and the one next step."""
    parts = parts_for(user_of(request), timezone.now())
    context = {"parts": parts, "step": next_step(parts), "loaded": known_days(lake().snapshot()) is not None}
    return render(request, "dashboards/home.html", context)
