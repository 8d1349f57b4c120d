"""How far can scores be relied on?"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from floorwalker.apps.evaluations.access import find_evaluator
from floorwalker.apps.evaluations.behaviours import show_behaviours
from floorwalker.apps.evaluations.drifting import read_evaluator
from floorwalker.apps.evaluations.models import Evaluation, Purpose
from floorwalker.apps.evaluations.panel import USUAL_WEEKS, show_panel, show_severity
from floorwalker.apps.evaluations.scored import show_score, show_scores
from floorwalker.apps.people.access import find_agent, require, today, user_of
from floorwalker.apps.people.looks import note_look, note_looks
from floorwalker.apps.people.models import LookAt, Right

CHOICES = (4, 13, 26)
PER_PAGE = 50


@require_GET
def evaluators(request: HttpRequest) -> HttpResponse:
    """How severe evaluators are and whether they agree; an evaluator who does not lead the others sees her own row."""
    user = user_of(request)
    scope = user.scope_on(today())
    if not scope.may(Right.MANAGE_FORMS):
        require(user, Right.EVALUATE, today())
    weeks = _weeks(request)
    found = show_panel(user, weeks, everybody=scope.may(Right.MANAGE_FORMS))
    return render(request, "evaluations/evaluators.html", {"found": found, "weeks": weeks, "choices": CHOICES})


@require_GET
def evaluator(request: HttpRequest, evaluator_id: int) -> HttpResponse:
    """Whether somebody has come to mark differently: for those who see her row on the page of all evaluators."""
    found = find_evaluator(user_of(request), evaluator_id, today())
    context = {**read_evaluator(found), "severity": show_severity(bytes(found.key), USUAL_WEEKS), "weeks": USUAL_WEEKS}
    return render(request, "evaluations/evaluator.html", context)


@require_GET
def behaviours(request: HttpRequest) -> HttpResponse:
    """Which behaviours go with what customers want? For everybody: it is of the whole centre and says nothing of anybody."""
    weeks = _weeks(request)
    context = {"found": show_behaviours(weeks), "weeks": weeks, "choices": CHOICES}
    return render(request, "evaluations/behaviours.html", context)


@require_GET
def agent_score(request: HttpRequest, agent_id: int) -> HttpResponse:
    """What is left of one agent's score when it is taken out who marked it? A page of its own, which the agent's page holds."""
    user = user_of(request)
    agent = find_agent(user, agent_id, today())
    note_look(agent, LookAt.PAGE, by=user, at=timezone.now())
    weeks = _weeks(request)
    own = agent.pk in user.oneself()
    # The mean of a few tells, from one day to the next, what the marks say that are not released to her yet.
    waits = own and Evaluation.objects.handed_in().filter(agent=agent, purpose=Purpose.OFFICIAL).exists()
    found = None if waits else show_score(agent, weeks)
    context = {"agent": agent, "own": own, "waits": waits, "found": found, "weeks": weeks}
    return render(request, "evaluations/score.html", context | {"choices": CHOICES})


@require_GET
def scores(request: HttpRequest) -> HttpResponse:
    """The same of everybody whom the reader may see, by name."""
    user = user_of(request)
    require(user, Right.SEE_FIGURES_OF_AGENTS, today())
    weeks = _weeks(request)
    found = show_scores(user, weeks, today())
    page = Paginator(found.scored if found else (), PER_PAGE).get_page(request.GET.get("page"))
    note_looks([one.agent for one in page], LookAt.PAGE, by=user, at=timezone.now())
    context = {"found": found, "page": page, "weeks": weeks, "choices": CHOICES}
    return render(request, "evaluations/scores.html", context)


def _weeks(request: HttpRequest) -> int:
    asked = request.GET.get("weeks", "")
    return int(asked) if asked in map(str, CHOICES) else USUAL_WEEKS
