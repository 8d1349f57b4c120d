"""How far can scores be relied on?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from floorwalker.apps.evaluations.access import find_evaluator
from floorwalker.apps.evaluations.drifting import read_evaluator
from floorwalker.apps.evaluations.panel import show_panel
from floorwalker.apps.people.access import require, today, user_of
from floorwalker.apps.people.models import Right

USUAL_WEEKS, CHOICES = 13, (4, 13, 26)


@require_GET
def evaluators(request: HttpRequest) -> HttpResponse:
    """How severe evaluators are and whether they agree; an evaluator who does not lead the others sees her own row."""
    user = user_of(request)
    scope = user.scope_on(today())
    if not scope.may(Right.MANAGE_FORMS):
        require(user, Right.EVALUATE, today())
    asked = request.GET.get("weeks", "")
    weeks = int(asked) if asked in map(str, CHOICES) else USUAL_WEEKS
    found = show_panel(user, weeks, today(), everybody=scope.may(Right.MANAGE_FORMS))
    return render(request, "evaluations/evaluators.html", {"found": found, "weeks": weeks, "choices": CHOICES})


@require_GET
def evaluator(request: HttpRequest, evaluator_id: int) -> HttpResponse:
    """Whether somebody has come to mark differently: for those who see her row on the page of all evaluators."""
    found = find_evaluator(user_of(request), evaluator_id, today())
    return render(request, "evaluations/evaluator.html", read_evaluator(found))
