"""To whom can somebody give feedback, how is it given, and what became of what was given?"""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from floorwalker.apps.coaching.access import (
    TAKEN_BACK_WITHIN,
    find_receiver,
    find_to_take_back,
    may_coach,
    receivers,
)
from floorwalker.apps.coaching.forms.feedback import GiveForm
from floorwalker.apps.coaching.giving import give_feedback, take_back
from floorwalker.apps.coaching.matter_words import titles_of
from floorwalker.apps.coaching.models import Feedback
from floorwalker.apps.people.access import today, user_of
from floorwalker.errors import Refused
from floorwalker.ui.refusal_words import tell

A_PAGE = 30


@never_cache
@require_GET
def choose_receiver(request: HttpRequest) -> HttpResponse:
    """Everybody to whom the reader may give feedback; q: a part of a name."""
    wanted = request.GET.get("q", "").strip()
    found = [one for one in receivers(user_of(request), today()) if wanted.casefold() in one.name.casefold()]
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "coaching/choose_receiver.html", {"page": page, "wanted": wanted})


@never_cache
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, agent_id: int) -> HttpResponse:
    """The form by which feedback is given to one person."""
    user, on, at = user_of(request), today(), timezone.now()
    agent = find_receiver(user, agent_id, on)
    coaches = may_coach(user, agent, on)
    form = GiveForm(request.POST or None, agent=agent, user=user, at=at, coaches=coaches)
    if request.method == "POST" and form.is_valid():
        try:
            given = give_feedback(agent, form.said, by=user, at=at)
            messages.success(request, _kept(given, str(agent)))
            return redirect("given_feedback")
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    context = {"agent": agent, "form": form, "coaches": coaches}
    return render(request, "coaching/give_feedback.html", context, status=422 if form.errors else 200)


def _kept(given: Feedback, name: str) -> str:
    if given.private:
        return _("Kept for yourself and whoever else coaches %(name)s.") % {"name": name}
    return _("%(name)s can read it now. You can take it back within a day.") % {"name": name}


@never_cache
@require_GET
def given_feedback(request: HttpRequest) -> HttpResponse:
    """What the reader gave, with the answers; the last day's can be taken back."""
    user, at = user_of(request), timezone.now()
    given = Feedback.objects.filter(given_by=user).select_related("matter__agent", "standard")
    page = Paginator(given.prefetch_related("answers__by__agent"), A_PAGE).get_page(request.GET.get("page"))
    titles = titles_of({one.matter.code for one in page})
    rows = [(one, titles[one.matter.code], _is_recent(one, at)) for one in page]
    return render(request, "coaching/given_feedback.html", {"rows": rows, "page": page})


def _is_recent(one: Feedback, at: datetime) -> bool:
    return one.taken_back_at is None and one.given_at > at - TAKEN_BACK_WITHIN


@require_POST
def take_feedback_back(request: HttpRequest, feedback_id: int) -> HttpResponse:
    """Nobody reads it any more."""
    user, at = user_of(request), timezone.now()
    take_back(find_to_take_back(user, feedback_id, at), by=user, at=at)
    messages.success(request, _("Taken back. Nobody reads it any more."))
    return redirect("given_feedback")
