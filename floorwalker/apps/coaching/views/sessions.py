"""What is said, agreed and signed in one talk, and what came of it? The pages of a session, for its coach and who is coached."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from floorwalker.apps.coaching import alongside, coaching_coaches, following_up, planning, taking_along, talking
from floorwalker.apps.coaching.forms.sessions import AgreedForm, WhenForm, zone_of
from floorwalker.apps.coaching.models import CoachingSession
from floorwalker.apps.coaching.models.interventions import LONGEST_REASON
from floorwalker.apps.coaching.preparing import prepare, suggested_for
from floorwalker.apps.coaching.reading_marks import note_marks_read
from floorwalker.apps.coaching.seeing_sessions import find_led, find_of_coach, find_part, find_session, parts_shown
from floorwalker.apps.coaching.showing_sessions import show_session
from floorwalker.apps.people.access import only, today, user_of
from floorwalker.errors import Refused


@require_http_methods(["GET", "POST"])
def coaching_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """What will we try? The coach's own form is on it, once who is coached could speak first."""
    user, on = user_of(request), today()
    session = find_session(user, session_id, on)
    shown = show_session(session, user, timezone.now())
    is_late = request.method == "POST" and not shown.writes
    if is_late and (session.is_open or session.coach_id != user.pk):
        raise Http404
    if is_late:
        messages.error(request, _too_late(request.POST.get("promise", "")))
    form = AgreedForm(request.POST or None, session=session) if shown.writes else None
    if form is not None and request.method == "POST" and form.is_valid():
        session = find_led(user, session_id, on)
        try:
            if request.POST.get("do") == "sign":
                talking.sign_as_coach(session, form.agreed, by=user, at=timezone.now())
                messages.success(request, _("Signed. Nothing of it changes now; who was coached signs it as well."))
            else:
                talking.keep_notes(session, form.agreed, by=user, at=timezone.now())
                messages.success(request, _("Kept. Nothing is signed yet."))
            return redirect("coaching_session", session.pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    taken = () if session.is_by_a_colleague else taking_along.taken_along(session, user, on)
    context: dict[str, Any] = {"session": session, "shown": shown, "form": form, "taken": taken}
    if session.is_by_a_colleague:
        context["its_day"] = alongside.has_its_day_come(session, timezone.now())
    status = 409 if is_late else 422 if form is not None and form.errors else 200
    return render(request, "coaching/session.html", context, status=status)


def _too_late(promise: str) -> str:
    """What a coach reads who sent a form of hers that is signed, or called off, in another window: with what she had written."""
    said = _("This talk was signed or called off meanwhile, in another window: what you sent is not kept.")
    return (
        f"{said} {_('You had written: “%(words)s”') % {'words': promise[:LONGEST_REASON]}}" if promise.strip() else said
    )


@require_GET
def prepare_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """What should the coach have before her?"""
    user, on = user_of(request), today()
    session = find_led(user, session_id, on)
    people = prepare(session, user, on) if session.is_open else []
    note_marks_read([one.evaluation.pk for person in people for one in person.found], by=user, at=timezone.now())
    context = {"session": session, "people": people, "taken": taking_along.taken_along(session, user, on)}
    context["suggested"] = suggested_for(session, people, user, on)
    return render(request, "coaching/prepare.html", context)


@require_POST
def open_record(request: HttpRequest, session_id: int) -> HttpResponse:
    """Show the coach more than twelve weeks, and write down that she saw them."""
    user = user_of(request)
    session = find_led(user, session_id, today())
    _try(request, lambda: planning.open_longer_record(session, by=user, at=timezone.now()))
    return redirect("prepare_session", session.pk)


@require_POST
def take_along(request: HttpRequest, session_id: int) -> HttpResponse:
    """Take a marked stretch of a recording, or the marks of an evaluation, along into the talk."""
    user, at = user_of(request), timezone.now()
    session = find_led(user, session_id, at.date())
    people = prepare(session, user, at.date())
    marks = {one.pk: (one, person.agent) for person in people for one in person.clips}
    found = {one.evaluation.pk: one.evaluation for person in people for one in person.found}
    mark, evaluation = marks.get(_number(request, "mark") or 0), found.get(_number(request, "evaluation") or 0)
    if mark is not None:
        _try(request, lambda: taking_along.take_clip(session, *mark, by=user, at=at))
    else:
        known = only(evaluation)
        _try(request, lambda: taking_along.take_marks(session, known, by=user, at=at))
    return redirect("prepare_session", session.pk)


@require_POST
def lead_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """What the coach does beside writing: say that somebody could speak first, or call it off."""
    user, at = user_of(request), timezone.now()
    session = find_led(user, session_id, at.date())
    acts: dict[str, Callable[[], object]] = {
        "chance": lambda: talking.give_chance(session, by=user, at=at),
        "cancel": lambda: planning.cancel_session(session, request.POST.get("because", ""), by=user, at=at),
    }
    _try(request, acts.get(request.POST.get("do", "")))
    return redirect("coaching_session", session.pk)


@require_POST
def take_part(request: HttpRequest, session_id: int) -> HttpResponse:
    """What who is coached does: write first, sign or disagree, rate, let it be talked about."""
    user, at = user_of(request), timezone.now()
    part = find_part(user, session_id, at.date())
    said = request.POST.get("words", "")
    acts: dict[str, Callable[[], object]] = {
        "write": lambda: talking.write_words(part, said, by=user, at=at),
        "sign": lambda: talking.sign_part(part, "", by=user, at=at),
        "disagree": lambda: talking.sign_part(part, _said(said), by=user, at=at),
        "rate": lambda: talking.rate_session(part, _number(request, "rating") or 0, said, by=user, at=at),
        "let": lambda: coaching_coaches.let_talk(part, shares_words="words" in request.POST, by=user, at=at),
        "take_back": lambda: coaching_coaches.take_back_talk(part, by=user, at=at),
    }
    _try(request, acts.get(request.POST.get("do", "")))
    return redirect("coaching_session", session_id)


def _said(words: str) -> str:
    if not words.strip():
        raise Refused(_("say with what you disagree"), mend=_("a sentence is enough"))
    return words


@require_POST
def follow_up(request: HttpRequest, session_id: int) -> HttpResponse:
    """What became of the promise, said by one of the two."""
    user, at = user_of(request), timezone.now()
    session = find_session(user, session_id, at.date())
    parts = {one.pk: one for one in parts_shown(session, user, at.date())}
    alone = next(iter(parts.values())) if len(parts) == 1 else None
    part = only(session.part_of(user) or parts.get(_number(request, "part") or 0, alone))
    if not (part.is_of(user) or session.coach_id == user.pk):
        raise Http404
    kept, said = request.POST.get("kept", ""), request.POST.get("words", "")
    _try(request, lambda: following_up.say_kept(part, kept, said, by=user, at=at))
    return redirect("coaching_session", session_id)


@require_POST
def with_colleague(request: HttpRequest, session_id: int) -> HttpResponse:
    """What two colleagues do: agree, leave it, say what they learned."""
    user, at = user_of(request), timezone.now()
    session = find_session(user, session_id, at.date())
    if not session.is_by_a_colleague or not (session.coach_id == user.pk or session.part_of(user)):
        raise Http404
    said, minutes = request.POST.get("words", ""), _number(request, "minutes")
    acts: dict[str, Callable[[], object]] = {
        "agree": lambda: alongside.agree_with_colleague(session, by=user, at=at),
        "leave": lambda: alongside.leave_colleague(session, said, by=user, at=at),
        "learned": lambda: alongside.tell_learned(session, said, minutes, by=user, at=at),
    }
    _try(request, acts.get(request.POST.get("do", "")))
    return redirect("coaching_session", session.pk)


@require_http_methods(["GET", "POST"])
def coach_the_coach(request: HttpRequest, session_id: int) -> HttpResponse:
    """Plan a talk with a coach upon one of her sessions."""
    user, at = user_of(request), timezone.now()
    about = find_of_coach(user, session_id, at.date())
    form = WhenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        when = form.planned_for(_zone(about))
        try:
            made = coaching_coaches.plan_of_coach(about, form.cleaned_data["topic"], when, by=user, at=at)
            messages.success(request, _("It is planned. The coach finds it under “My coaching”."))
            return redirect("coaching_session", made.pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"about": about, "form": form}
    return render(request, "coaching/coach_the_coach.html", context, status=422 if form.errors else 200)


def _zone(session: CoachingSession) -> str:
    return next((zone_of(one.agent) for one in session.participants.all()), "UTC")


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _try(request: HttpRequest, act: Callable[[], Any] | None) -> None:
    """Do it; what is refused is told where it was asked for. Nothing known is no such page."""
    if act is None:
        raise Http404
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
