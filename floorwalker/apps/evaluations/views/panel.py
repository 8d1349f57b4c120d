"""How far can scores be relied on?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

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
