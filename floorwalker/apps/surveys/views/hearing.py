"""What do customers say, how many of them answer, and can it be relied on?"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.people.looks import note_looks
from floorwalker.apps.people.models import LookAt, Right, User
from floorwalker.apps.surveys.access import figures_of, find_answer, require_hearing
from floorwalker.apps.surveys.answering import ask_for_figures, erase_words
from floorwalker.apps.surveys.heard import Read, answers_in_words, as_read, overview
from floorwalker.apps.surveys.models import Answer, Survey
from floorwalker.apps.surveys.showing import as_shown

ANSWERS_PER_PAGE, LATEST = 30, 5


@require_GET
def surveys(request: HttpRequest) -> HttpResponse:
    """Each measure of what customers say, with what it cannot tell; how they were asked; the latest in their own words."""
    user = user_of(request)
    scope = require_hearing(user, today())
    weeks = 13 if request.GET.get("weeks") == "13" else 4
    latest = _read(answers_in_words(user, today())[:LATEST], user)
    asked = Survey.objects.filter(plans__ended_at=None).distinct().prefetch_related("versions__questions")
    context = {
        "found": overview(figures_of(scope), weeks, of_centre=scope.may(Right.SEE_FIGURES_OF_CENTRE)),
        "weeks": weeks,
        "latest": latest,
        "asked": [as_shown(survey.present) for survey in asked if survey.present is not None],
    }
    return render(request, "surveys/surveys.html", context)


@require_POST
def figures_now(request: HttpRequest) -> HttpResponse:
    """Bring the latest answers into the figures, instead of waiting for the night."""
    user = user_of(request)
    require_hearing(user, today())
    ask_for_figures(by=user, at=timezone.now())
    messages.success(request, _("The latest answers are being counted. Look again in a minute."))
    return redirect("surveys")


@require_GET
def survey_words(request: HttpRequest) -> HttpResponse:
    """What customers wrote, with what else they answered: about whom the reader may see."""
    user = user_of(request)
    scope = require_hearing(user, today())
    wanted = request.GET.get("q", "").strip()[:200]
    page = Paginator(answers_in_words(user, today(), wanted), ANSWERS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": _read(page.object_list, user), "wanted": wanted}
    return render(request, "surveys/words.html", context | {"may_erase": scope.may(Right.MANAGE_SURVEYS)})


@require_POST
def erase_survey_words(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Take out what a customer wrote; the figures stay."""
    user = user_of(request)
    erase_words(find_answer(user, answer_id, today()), by=user, at=timezone.now())
    messages.success(request, _("The words are erased; the figures stay."))
    return redirect("survey_words")


def _read(answers: Iterable[Answer], user: User) -> list[Read]:
    """Answers to be read; the agents whom they are about are shown that somebody looked."""
    rows = as_read(answers)
    note_looks({row.agent for row in rows if row.agent is not None}, LookAt.ROWS, by=user, at=timezone.now())
    return rows
