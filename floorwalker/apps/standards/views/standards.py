"""What is expected, why, since when, how is it met, and what was changed because of it?"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.standards import smart
from floorwalker.apps.standards.access import reach_of
from floorwalker.apps.standards.changed import changes_of
from floorwalker.apps.standards.concerning import find_kept, find_version, is_concerned, may_keep
from floorwalker.apps.standards.drafting import HALF_A_YEAR
from floorwalker.apps.standards.forms import ChangeForm, ReviewForm, WithdrawForm
from floorwalker.apps.standards.meeting import met_by
from floorwalker.apps.standards.models import StandardVersion
from floorwalker.apps.standards.printing import notice_pdf
from floorwalker.apps.standards.publishing import note_change, withdraw_standard
from floorwalker.apps.standards.readers import readers_for
from floorwalker.apps.standards.reviewing import keep_standard
from floorwalker.apps.standards.saying import place_said
from floorwalker.apps.standards.shelf import shelf_of, target_of, unread_by
from floorwalker.apps.standards.showing import parts_for
from floorwalker.errors import Refused
from floorwalker.ui.refusal_words import tell
from floorwalker.ui.whole_numbers import whole_number


@require_GET
def standards(request: HttpRequest) -> HttpResponse:
    """All standards that the reader may read: those to talk about and to read first."""
    user, on = user_of(request), today()
    sought = request.GET.get("q", "")[:200].strip()
    context = {
        "shelf": shelf_of(user, on, sought),
        "sought": sought,
        "on": on,
        "may_set": bool(reach_of(user, on).places),
    }
    return render(request, "standards/standards.html", context)


@require_http_methods(["GET", "POST"])
def standard(request: HttpRequest, standard_id: int) -> HttpResponse:
    """One standard: its words, why, how it is met, its versions, and what was changed because of it."""
    user, on = user_of(request), today()
    version = find_version(user, standard_id, _number(request), on)
    keeps = may_keep(user, version, on)
    if request.method == "POST" and not keeps:
        raise Http404
    form = ChangeForm(request.POST or None, initial={"on": on}) if keeps else None
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            note_change(version.standard, **form.cleaned_data, by=user, at=timezone.now())
            messages.success(request, _("It is noted."))
            return redirect("standard", standard_id)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    context = _shown(request, version, keeps=keeps) | {"form": form, "keeps": keeps}
    return render(request, "standards/standard.html", context, status=422 if form is not None and form.errors else 200)


def _shown(request: HttpRequest, version: StandardVersion, *, keeps: bool) -> dict[str, Any]:
    user, on = user_of(request), today()
    unread = unread_by(user, [version]).get(version.pk) if version.is_published else None
    concerns_reader = is_concerned(user, version, on)
    others = version.standard.versions.with_places().exclude(pk=version.pk)
    return {
        "version": version,
        "standard": version.standard,
        "place": place_said(version),
        "expects": target_of(version),
        "findings": smart.check(version, on, user.scope_on(on)) if version.is_in_work else (),
        "met": met_by(version, user, on) if version.is_published else None,
        "to_read": unread[0] if unread is not None and concerns_reader else None,
        "concerns_reader": concerns_reader,
        "parts": parts_for(version, user, on),
        "published": [one for one in others if one.is_published],
        "in_work": version.standard.in_work,
        "changes": changes_of(version),
        "questions": version.remarks.filter(kind="question").select_related("by__agent", "answered_by__agent"),
        "record": version.remarks.of_consultation().select_related("by__agent", "answered_by__agent")
        if concerns_reader or keeps
        else (),
        "amendments": version.amendments.select_related("by"),
        "may_withdraw": version.place in reach_of(user, on).places and version.is_published and version.to_day is None,
        "on": on,
    }


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, standard_id: int) -> HttpResponse:
    """Is it still what is expected? It was looked at again, and goes on as it is until another day."""
    user, on = user_of(request), today()
    found = find_kept(user, standard_id, on)
    version = found.in_force
    if version is None:
        raise Http404
    form = ReviewForm(request.POST or None, initial={"next_on": on + HALF_A_YEAR})
    if request.method == "POST" and form.is_valid():
        try:
            keep_standard(version, **form.cleaned_data, by=user, at=timezone.now())
            messages.success(request, _("It is noted."))
            return redirect("standard", standard_id)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    context: dict[str, Any] = {"form": form, "version": version, "standard": found, "place": place_said(version)}
    context |= {"met": met_by(version, user, on), "parts": parts_for(version, user, on), "on": on}
    context |= {"changes": changes_of(version), "may_withdraw": version.place in reach_of(user, on).places}
    context |= {"findings": smart.still_holds(version, user.scope_on(on)), "in_work": found.in_work}
    return render(request, "standards/review.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, standard_id: int) -> HttpResponse:
    """From which day on is it expected no longer?"""
    user, on = user_of(request), today()
    found = find_kept(user, standard_id, on)
    version = found.in_force
    if version is None or version.place not in reach_of(user, on).places:
        raise Http404
    form = WithdrawForm(request.POST or None, initial={"on": on})
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_standard(found, on=form.cleaned_data["on"], by=user, at=timezone.now())
            return redirect("standard", standard_id)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    context = {"form": form, "version": version}
    return render(request, "standards/withdraw.html", context, status=422 if form.errors else 200)


@require_GET
def notice_file(request: HttpRequest, standard_id: int) -> HttpResponse:
    """The notice to print and hang up; to whoever may know them, with those who have no log-in and sign on paper."""
    version = _published(request, standard_id)
    known = readers_for(version, user_of(request), today()) if "sign" in request.GET else None
    to_sign = [str(agent) for agent in known.without_log_in] if known is not None else []
    answer = HttpResponse(notice_pdf(version, timezone.now(), to_sign), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="standard-{standard_id}.pdf"'
    return answer


@require_GET
def display(request: HttpRequest, standard_id: int) -> HttpResponse:
    """The notice for the displays of the floor: the whole screen, readable from afar."""
    version = _published(request, standard_id)
    context = {"version": version, "place": place_said(version), "expects": target_of(version), "on": today()}
    return render(request, "standards/display.html", context)


def _published(request: HttpRequest, standard_id: int) -> StandardVersion:
    version = find_version(user_of(request), standard_id, None, today())
    if not version.is_published:
        raise Http404
    return version


def _number(request: HttpRequest) -> int | None:
    return whole_number(request.GET.get("version", "")) or None
