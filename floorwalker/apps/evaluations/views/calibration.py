"""How do people mark the same contacts blind, and come to read the form alike?"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from floorwalker.apps.evaluations import calibrating, convening
from floorwalker.apps.evaluations.access import find_calibrated, find_led_session, find_session
from floorwalker.apps.evaluations.answering import read_given
from floorwalker.apps.evaluations.blindness import is_kept_from, note_reading
from floorwalker.apps.evaluations.calibration_forms import CallForm, DrawForm
from floorwalker.apps.evaluations.contacts import day_named, part_named, parts_of, queue_names
from floorwalker.apps.evaluations.discussing import read_question, read_session
from floorwalker.apps.evaluations.heard import recorded_keys
from floorwalker.apps.evaluations.models import CalibrationSession, EvaluationForm, Stage
from floorwalker.apps.evaluations.pooling import read_sessions
from floorwalker.apps.people.access import only, require, today, user_of
from floorwalker.apps.people.models import Agent, Right
from floorwalker.errors import Refused
from floorwalker.ui import calibration_words
from floorwalker.ui.whole_numbers import whole_number

AGENTS_FOUND = 20


@require_GET
def calibrations(request: HttpRequest) -> HttpResponse:
    """Which sessions are there, and do we come to mark alike?"""
    user = user_of(request)
    if not user.scope_on(today()).may(Right.MANAGE_FORMS):
        require(user, Right.EVALUATE, today())
    return render(request, "evaluations/calibrations.html", read_sessions(user, today(), request.GET.get("form", "")))


@require_http_methods(["GET", "POST"])
def call_calibration(request: HttpRequest) -> HttpResponse:
    """Call people together to mark the same contacts."""
    user = user_of(request)
    require(user, Right.MANAGE_FORMS, today())
    form = CallForm(request.POST or None, on=today())
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(
                "calibration_contacts", calibrating.call_session(form.called, by=user, at=timezone.now()).pk
            )
        except Refused as refused:  # told beside what was typed
            form.add_error(None, str(refused))
    context = {"form": form, "has_form": EvaluationForm.objects.in_use().exists()}
    return render(request, "evaluations/call_calibration.html", context, status=422 if form.errors else 200)


@require_GET
def calibration(request: HttpRequest, session_id: int) -> HttpResponse:
    """Who said what, where do they differ most, and what was agreed? While it is blind: what is still to be marked."""
    user = user_of(request)
    found = find_session(user, session_id, today())
    context = read_session(found, user, today())
    if found.is_shown and not context["kept"]:
        note_reading(found, by=user, at=timezone.now())
    if found.seed and context["leads"] and "again" in request.GET:
        context["proved"] = calibration_words.PROOFS[convening.draw_again(found)]
    return render(request, "evaluations/calibration.html", context)


@require_http_methods(["GET", "POST"])
def calibration_contacts(request: HttpRequest, session_id: int) -> HttpResponse:
    """Which contacts are marked in this session? By hand, or drawn from what a plan draws from."""
    user = user_of(request)
    session = find_led_session(user, session_id, today())
    if session.stage(today()) not in (Stage.PLANNED, Stage.BLIND):
        raise Http404
    drawing = DrawForm(request.POST if request.POST.get("do") == "draw" else None, on=today())
    if request.method == "POST" and _choose(request, session, drawing):
        return redirect("calibration_contacts", session_id)
    agent = _agent(request, request.GET.get("agent", ""))
    context = {"session": session, "form": drawing, "agent": agent, "asked": request.GET.get("q", "").strip()[:100]}
    context |= {
        "contacts": session.contacts.select_related("agent").prefetch_related("sights__user"),
        "most": AGENTS_FOUND,
    }
    context["sight"] = "sight" in request.GET
    context |= _parts(agent, request.GET.get("until", "")) if agent else {"agents": _agents(request, session)}
    return render(request, "evaluations/calibration_contacts.html", context, status=422 if drawing.errors else 200)


def _choose(request: HttpRequest, session: CalibrationSession, drawing: DrawForm) -> bool:
    """One choice by a button of the page; False where what was typed is not right yet. What is refused is told on the page."""
    user, at, do = user_of(request), timezone.now(), request.POST.get("do", "")
    try:
        if do == "draw":
            if not drawing.is_valid():
                return False
            found = drawing.cleaned_data
            convening.draw_contacts(session, found["plan"], found["many"], by=user, at=at)
        elif do == "remove":
            one = only(session.contacts.filter(pk=whole_number(request.POST.get("contact", ""))).first())
            convening.remove_contact(one, by=user, at=at)
        elif do == "add":
            agent = only(_agent(request, request.POST.get("agent", "")))
            key, _colon, day = request.POST.get("part", "").partition("@")
            part, sight = only(part_named(agent, key, day_named(day))), request.POST.get("sight") == "on"
            convening.add_contact(session, part, agent, sight=sight, by=user, at=at)
        else:
            raise Http404
    except Refused as refused:
        messages.error(request, str(refused))
    return True


@require_http_methods(["GET", "POST"])
def calibration_question(request: HttpRequest, session_id: int, code: str) -> HttpResponse:
    """What was said on this question, and what do we agree that it asks?"""
    user = user_of(request)
    session = find_session(user, session_id, today())
    if is_kept_from(session, user):
        raise Http404
    context = read_question(session, user, code, today())
    note_reading(session, by=user, at=timezone.now())
    if request.method == "POST":
        require(user, Right.MANAGE_FORMS, today())
        settled = _settled(request, session, code)
        calibrating.agree_on(session, settled, by=user, at=timezone.now())
        following = context["following"] if "next" in request.POST else None
        if following is not None:
            return redirect("calibration_question", session_id, following)
        return redirect("calibration", session_id)
    return render(request, "evaluations/calibration_question.html", context)


def _settled(request: HttpRequest, session: CalibrationSession, code: str) -> calibrating.Settled:
    """What was typed: by contact an answer as the marking page would send it, with the contact's number before."""
    sent, answers = request.POST.dict(), {}
    for contact in session.contacts.all():
        mine = f"{contact.pk}-"
        own = {name.removeprefix(mine): value for name, value in sent.items() if name.startswith(mine)}
        answers[contact.pk] = read_given(session.version.asks, own)["answers"].get(code, {})
    return calibrating.Settled(code, answers, sent.get("guidance", ""), sent.get("note", ""))


@require_POST
def lead_calibration(request: HttpRequest, session_id: int) -> HttpResponse:
    """The acts of whoever leads: end the blind phase, call it off, close the discussion, take a wording over."""
    user, at, do = user_of(request), timezone.now(), request.POST.get("do", "")
    session = find_led_session(user, session_id, today())
    if do == "end_blind":
        calibrating.end_blind_phase(session, by=user, at=at)
    elif do == "call_off":
        calibrating.call_off(session, request.POST.get("why", ""), by=user, at=at)
    elif do == "close":
        calibrating.close_session(session, request.POST.get("minutes", ""), by=user, at=at)
        messages.success(request, _("Closed. From now on nothing of this session changes."))
    elif do == "take_over":
        wording = only(session.wordings.filter(pk=whole_number(request.POST.get("wording", ""))).first())
        draft = calibrating.take_over(wording, by=user, at=at)
        messages.success(
            request, _("It is the guidance of the form's next version now. Publish that when it is ready.")
        )
        return redirect("form_draft", draft.form_id)
    else:
        raise Http404
    return redirect("calibration", session_id)


@require_POST
def begin_calibrated(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Mark one contact of a session, blind."""
    user = user_of(request)
    made = calibrating.begin_calibration(find_calibrated(user, contact_id, today()), by=user, at=timezone.now())
    return redirect("mark_evaluation" if made.submitted_at is None else "evaluation", made.pk)


def _agent(request: HttpRequest, number: str) -> Agent | None:
    found = Agent.objects.visible_to(user_of(request), today()).filter(pk=whole_number(number))
    return found.first() if number else None


def _agents(request: HttpRequest, session: CalibrationSession) -> Any:
    """Agents whom all participants may mark, by name; where sight is given, those whom the reader may hear."""
    found = Agent.objects.visible_to(user_of(request), today()).on_the_floor()
    if "sight" in request.GET:
        found = found.filter(pk__in=Agent.objects.heard_by(user_of(request), today()).values("pk"))
    else:
        found = found.filter(pk__in=convening.reached_by(session.participants.all(), timezone.now()))
    asked = request.GET.get("q", "").strip()[:100]
    return (found.filter(name__icontains=asked) if asked else found)[:AGENTS_FOUND]


def _parts(agent: Agent, until: str) -> dict[str, Any]:
    parts, before = parts_of(agent, day_named(until))
    names = queue_names([part.queue_key for part in parts])
    heard = recorded_keys(part.contact_key for part in parts)
    rows = [
        (part, part.segment_key.hex(), names.get(part.queue_key or b"", ""), part.contact_key in heard)
        for part in parts
    ]
    return {"rows": rows, "before": before}
