"""Which recordings may I hear, how does one sound, what is marked in it, and which files have no contact?"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.people.models import Queue, Right
from floorwalker.apps.recordings.access import find_mark, find_own_mark, find_recording, unmatched
from floorwalker.apps.recordings.actions import add_mark, length_of, remove_mark
from floorwalker.apps.recordings.coverage import read_coverage
from floorwalker.apps.recordings.forms import MarkForm
from floorwalker.apps.recordings.handing_out import hand_out
from floorwalker.apps.recordings.judging import evaluations_of
from floorwalker.apps.recordings.listening import player_of
from floorwalker.apps.recordings.listing import contacts_of, read_asked, rows_of, teams_heard
from floorwalker.apps.recordings.models import Mark, Recording, Search

PER_PAGE = 50


@require_GET
def recordings(request: HttpRequest) -> HttpResponse:
    """The contacts that the reader may hear or read, the newest first, and cut to what she asks for."""
    user, on = user_of(request), today()
    teams = teams_heard(user, on)
    asked = read_asked(request.GET, teams)
    page = Paginator(contacts_of(asked.found(user, on)), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": rows_of(page, user, on),
        "asked": asked,
        "teams": teams,
        "queues": Queue.objects.all() if user.scope_on(on).may(Right.LISTEN) else (),
        "hears_others": user.scope_on(on).may(Right.LISTEN),
        "sees_unmatched": user.scope_on(on).loads.everywhere,
    }
    return render(request, "recordings/recordings.html", context)


@require_GET
def unmatched_recordings(request: HttpRequest) -> HttpResponse:
    """The files whose contact is not known, with why, and what the last look at each store came to."""
    rows = unmatched(user_of(request), today()).order_by("store", "name")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    searches = list(Search.objects.latest_of_each())
    context = {"page": page, "searches": searches, "coverage": read_coverage(searches)}
    return render(request, "recordings/unmatched.html", context)


@require_GET
def recording(request: HttpRequest, recording_id: int) -> HttpResponse:
    """One recording: heard, read, and marked."""
    found = find_recording(user_of(request), recording_id, today())
    return _show(request, found)


@require_GET
def recording_mark(request: HttpRequest, recording_id: int, mark_id: int) -> HttpResponse:
    """The recording from where somebody marked it: the address by which a mark is cited."""
    mark = find_mark(user_of(request), recording_id, mark_id, today())
    return _show(request, mark.recording, cited=mark)


@require_POST
def mark_recording(request: HttpRequest, recording_id: int) -> HttpResponse:
    """Mark a moment or a stretch."""
    user = user_of(request)
    found = find_recording(user, recording_id, today())
    form = MarkForm(request.POST, seconds=length_of(found))
    if not form.is_valid():
        return _show(request, found, form=form, status=422)
    said = form.cleaned_data
    add_mark(
        found,
        from_seconds=said["begins"],
        to_seconds=said["ends"],
        note=said["note"],
        by=user,
        at=timezone.now(),
    )
    return _changed(request, found)


@require_POST
def unmark_recording(request: HttpRequest, recording_id: int, mark_id: int) -> HttpResponse:
    """Take one's own mark off."""
    mark = find_own_mark(user_of(request), recording_id, mark_id, today())
    remove_mark(mark, by=user_of(request), at=timezone.now())
    return _changed(request, mark.recording)


@require_safe
def recording_file(request: HttpRequest, recording_id: int) -> HttpResponseBase:
    """The sound or screen itself, or the part of it that a player asks for; who hears it is kept."""
    user = user_of(request)
    return hand_out(request, find_recording(user, recording_id, today()), to=user, at=timezone.now())


def _show(
    request: HttpRequest,
    found: Recording,
    *,
    form: MarkForm | None = None,
    cited: Mark | None = None,
    status: int = 200,
) -> HttpResponse:
    # Whoever must judge alone marks without being shown what others marked.
    alone = request.POST.get("own") == "1"
    player = player_of(found, user=user_of(request), at=timezone.now(), cited=cited, own_marks_only=alone)
    listens = found.listens.select_related("user")[:PER_PAGE]
    keys = sorted({bytes(part.contact_key) for part in found.parts.all()})
    judged = evaluations_of(user_of(request), keys, today())
    context = {
        "recording": found,
        "player": player,
        "mark_form": form,
        "listens": listens,
        "evaluations": [one for key in keys for one in judged.get(key, ())],
    }
    page = "recordings/_marks.html" if request.headers.get("HX-Request") else "recordings/recording.html"
    return render(request, page, context, status=status)


def _changed(request: HttpRequest, found: Recording) -> HttpResponse:
    """The marks as they are now: for htmx alone, so that the sound goes on; else the page."""
    return _show(request, found) if request.headers.get("HX-Request") else redirect("recording", found.pk)
