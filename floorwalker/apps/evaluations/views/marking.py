"""How does somebody find a contact, mark it, and hand the marking in?"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from floorwalker.apps.evaluations import beginning, handing_in
from floorwalker.apps.evaluations.access import find_open_marking, find_to_evaluate, handed_in_by
from floorwalker.apps.evaluations.answering import LONGEST_WORDS, Missing, find_missing, read_given
from floorwalker.apps.evaluations.contacts import day_named, part_named, parts_of, queue_names
from floorwalker.apps.evaluations.heard import recorded_keys
from floorwalker.apps.evaluations.laying_out import laid_out
from floorwalker.apps.evaluations.models import Evaluation, EvaluationForm, Marking, Purpose, Why
from floorwalker.apps.people.access import only, require, today, user_of
from floorwalker.apps.people.models import Agent, Right, User
from floorwalker.apps.recordings.listening import recording_of
from floorwalker.apps.standards.models import CauseKind, RootCause
from floorwalker.errors import Refused
from floorwalker.ui.keys import KEYS, Group
from floorwalker.ui.whole_numbers import whole_number

AGENTS_FOUND = 20


@require_GET
def choose_agent(request: HttpRequest) -> HttpResponse:
    """Whose contact is to be evaluated?"""
    user, asked = user_of(request), request.GET.get("q", "").strip()[:100]
    require(user, Right.EVALUATE, today())
    found = Agent.objects.evaluated_by(user, today()).on_the_floor()
    agents = found.filter(Q(name__icontains=asked) | Q(staff_number=asked) if asked else Q())[:AGENTS_FOUND]
    return render(request, "evaluations/choose_agent.html", {"agents": agents, "asked": asked, "most": AGENTS_FOUND})


@require_GET
def choose_contact(request: HttpRequest, agent_id: int) -> HttpResponse:
    """Which of the agent's contacts is to be evaluated, by which form and for what?"""
    user = user_of(request)
    agent, purposes = find_to_evaluate(user, agent_id, today())
    parts, before = parts_of(agent, day_named(request.GET.get("until", "")))
    names = queue_names([part.queue_key for part in parts])
    done = Evaluation.objects.filter(segment_key__in=[part.segment_key for part in parts], evaluator=user)
    begun = {bytes(key): pk for key, pk in done.values_list("segment_key", "pk") if key is not None}
    heard = recorded_keys(part.contact_key for part in parts)
    context = {
        "agent": agent,
        "purposes": purposes,
        "forms": EvaluationForm.objects.in_use(),
        "before": before,
        "rows": [
            {
                "part": part,
                "key": part.segment_key.hex(),
                "queue": names.get(part.queue_key or b"", ""),
                "begun": begun.get(part.segment_key),
                "heard": part.contact_key in heard,
            }
            for part in parts
        ],
    }
    return render(request, "evaluations/choose_contact.html", context)


@require_POST
def begin_evaluation(request: HttpRequest, agent_id: int) -> HttpResponse:
    """Begin to evaluate a contact."""
    user = user_of(request)
    agent, purposes = find_to_evaluate(user, agent_id, today())
    key, _colon, day = request.POST.get("part", "").partition("@")
    part = part_named(agent, key, day_named(day))
    form = EvaluationForm.objects.in_use().filter(pk=whole_number(request.POST.get("form", ""))).first()
    if part is None or form is None:
        messages.error(request, _("Choose a form, and one of these contacts."))
        return redirect("choose_contact", agent_id)
    purpose = next((one for one in purposes if one == request.POST.get("purpose")), purposes[0])
    whole = request.POST.get("whole") == "on" and part.places > 1
    made = beginning.begin_evaluation(
        part, agent, only(form.published), purpose, whole=whole, by=user, at=timezone.now()
    )
    return redirect("mark_evaluation" if made.submitted_at is None else "evaluation", made.pk)


@require_http_methods(["GET", "POST"])
def mark_evaluation(request: HttpRequest, evaluation_id: int) -> HttpResponse:
    """What did the customer get? The form beside the contact; the score is not shown before all of it is handed in."""
    user = user_of(request)
    done = handed_in_by(user, evaluation_id)
    if done is not None:  # by a second press, in another window, or on the way back
        return redirect(*_after(done))
    marking = find_open_marking(user, evaluation_id, today())
    missing: list[Missing] = []
    if request.method == "POST":
        asks = marking.evaluation.version.asks
        given = read_given(asks, request.POST.dict())
        saves = whole_number(request.POST.get("saves", ""))
        marking = handing_in.save_marking(marking, given, saves=saves, by=user, at=timezone.now())
        missing = find_missing(asks, marking.answers) if request.POST.get("do") == "submit" else []
        if request.POST.get("do") == "submit" and not missing:
            return redirect(*_after(handing_in.submit_marking(marking, given, by=user, at=timezone.now())))
        if not missing:
            messages.success(request, _("Saved. Nothing is handed in yet."))
            return redirect("mark_evaluation", evaluation_id)
    return render(request, "evaluations/mark.html", _marked(marking, missing, user), status=422 if missing else 200)


def _after(done: Evaluation) -> tuple[str, int]:
    """Where it goes on once a marking is handed in: to its page, or to the session for which it was made."""
    return ("evaluation", done.pk) if done.calibration is None else ("calibration", done.calibration.session_id)


@require_POST
def save_evaluation(request: HttpRequest, evaluation_id: int) -> JsonResponse:
    """Keep what was answered so far, while somebody goes on answering."""
    user = user_of(request)
    try:
        marking = find_open_marking(user, evaluation_id, today(), known=("evaluation__version",))
    except Http404:
        # Asked only now: of a hundred saves ninety-nine are of what is open.
        done = handed_in_by(user, evaluation_id)
        if done is None and Evaluation.objects.filter(pk=evaluation_id).exists():
            raise
        return JsonResponse({"refused": _why_not_open(done, user)}, status=409)
    given = read_given(marking.evaluation.version.asks, request.POST.dict())
    try:
        saves = whole_number(request.POST.get("saves", ""))
        kept = handing_in.save_marking(marking, given, saves=saves, by=user, at=timezone.now())
    except Refused as refused:
        return JsonResponse({"refused": str(refused)}, status=409)
    at = timezone.localtime(kept.saved_at).strftime("%H:%M")
    return JsonResponse({"saved": _("saved %(at)s") % {"at": at}, "saves": kept.saves})


def _why_not_open(done: Evaluation | None, user: User) -> str:
    """Why nothing that somebody answers on a page which is still open is kept any more; done: nothing where it is gone."""
    if done is None:
        return _(
            "this evaluation was ended while you could not go on with it, and its contact waits again: nothing is kept"
        )
    appeal = getattr(done, "appeal", None)
    if appeal is not None and appeal.taken_by_id != user.pk:
        return _("an appealed evaluation is changed by the appeal alone")
    return _("this evaluation was handed in, in another window: what is answered here is not kept any more")


def _marked(marking: Marking, missing: list[Missing], user: User) -> dict[str, Any]:
    """What the page prints. Whoever marks anew after an appeal, or beside somebody else, hears it without others' marks."""
    evaluation = marking.evaluation
    asks = evaluation.version.asks
    sections = laid_out(asks, marking.given, marking.answers)
    first = missing[0].code if missing else next((q.code for q in asks.questions if q.code not in marking.given), "")
    return {
        "evaluation": evaluation,
        "marking": marking,
        "sections": sections,
        "open": next((s.code for s in sections if any(q.question.code == first for q in s.questions)), "")
        or (sections[0].code if sections else ""),
        "causes": sorted(
            RootCause.objects.on(today()).in_order(), key=lambda cause: CauseKind.values.index(cause.kind)
        ),
        "missing": missing,
        "longest": LONGEST_WORDS,
        "keys_of_marking": " ".join(key.code for key in KEYS if key.group is Group.MARKING),
        "player": recording_of(
            bytes(evaluation.contact_key),
            user=user,
            at=timezone.now(),
            own_marks_only=marking.why == Why.APPEAL
            or evaluation.beside_id is not None
            or evaluation.purpose == Purpose.CALIBRATION,
        ),
        "of_oneself": evaluation.purpose == Purpose.SELF,
        "for_calibration": evaluation.purpose == Purpose.CALIBRATION,
    }
