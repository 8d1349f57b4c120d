"""What waits for whom, which evaluations are there, and what does one say?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from floorwalker.apps.evaluations import evaluating
from floorwalker.apps.evaluations.access import find_evaluation, find_to_change, is_hidden_from
from floorwalker.apps.evaluations.heard import recorded_keys
from floorwalker.apps.evaluations.listing import Asked, exported, read_asked, told
from floorwalker.apps.evaluations.models import Purpose
from floorwalker.apps.evaluations.queueing import drawn_for, queue_of
from floorwalker.apps.evaluations.reading import read_evaluation
from floorwalker.apps.people.access import require, today, user_of
from floorwalker.apps.people.models import Right, User
from floorwalker.apps.people.taking_out import check_taking_out
from floorwalker.ui.exports import csv_lines
from floorwalker.ui.long_lists import page_of
from floorwalker.ui.words import instant

PER_PAGE = 30


@require_GET
def my_queue(request: HttpRequest) -> HttpResponse:
    """What waits for this evaluator?"""
    user = user_of(request)
    require(user, Right.EVALUATE, today())
    return render(request, "evaluations/queue.html", {"queue": queue_of(user, today()), "waiting": drawn_for(user)})


@require_GET
def evaluations(request: HttpRequest) -> HttpResponse:
    """Which evaluations may the reader see, the newest first?"""
    user, on = user_of(request), today()
    asked = read_asked(request.GET)
    page = page_of(asked.found(user, on), PER_PAGE, request.GET.get("page"))
    heard = recorded_keys(one.contact_key for one in page)
    context = {
        "asked": asked,
        "page": page,
        "rows": [told(one, user, on, heard) for one in page],
        "purposes": Purpose,
        "about_oneself": user.scope_on(on).agent is not None and not user.scope_on(on).may(Right.SEE_FIGURES_OF_AGENTS),
    }
    return render(request, "evaluations/evaluations.html", context)


@require_GET
def evaluations_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as a file: one row an evaluation, and below what it is."""
    user, at, asked = user_of(request), timezone.now(), read_asked(request.GET)
    found = asked.found(user, today())
    count = found.count()
    check_taking_out(request, rows=count)
    listed = note_taking_out(asked, count, by=user, at=at)
    heading, rows = exported(found, user, today())
    answer = StreamingHttpResponse(
        csv_lines(heading, _with_about(rows, listed)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="evaluations.csv"'
    return answer


def note_taking_out(asked: Asked, count: int, *, by: User, at: datetime) -> list[tuple[str, str]]:
    """Note that a list was taken along; what is written below it."""
    evaluating.note_export(count, by=by, at=at)
    return [(_("Taken by"), str(by)), (_("Taken at"), instant(at)), (_("Filter"), asked.said or _("all"))]


def _with_about(rows: Iterator[tuple[Any, ...]], about: list[tuple[str, str]]) -> Iterator[tuple[Any, ...]]:
    yield from rows
    yield ()
    yield from about


@require_GET
def evaluation(request: HttpRequest, evaluation_id: int) -> HttpResponse:
    """What was found on this contact, how does the score come about, and what was said to it?"""
    user, on = user_of(request), today()
    found = find_evaluation(user, evaluation_id, on)
    hidden = is_hidden_from(found, user, on)
    at = timezone.now()
    if not hidden and found.stands is not None:
        evaluating.note_opening(found, by=user, at=at)
    return render(request, "evaluations/evaluation.html", read_evaluation(found, user, at, hidden=hidden))


@require_POST
def release_evaluation(request: HttpRequest, evaluation_id: int) -> HttpResponse:
    """Let the agent read it."""
    user = user_of(request)
    found = evaluating.release_evaluation(find_to_change(user, evaluation_id, today()), by=user, at=timezone.now())
    messages.success(request, _("%(agent)s can read this evaluation now.") % {"agent": found.agent})
    return redirect("evaluation", evaluation_id)


@require_POST
def edit_evaluation(request: HttpRequest, evaluation_id: int) -> HttpResponse:
    """Mark it anew, with a reason."""
    user = user_of(request)
    found = find_to_change(user, evaluation_id, today())
    evaluating.edit_evaluation(found, request.POST.get("reason", "")[:500], by=user, at=timezone.now())
    return redirect("mark_evaluation", evaluation_id)
