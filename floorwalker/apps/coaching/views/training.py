"""What is trained next, who was there, what was learned, and what is due again?"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from floorwalker.apps.coaching import training as doing
from floorwalker.apps.coaching.forms.training import CourseForm, LearnedForm
from floorwalker.apps.coaching.listing_training import attendees_shown, find_training, list_trainings
from floorwalker.apps.coaching.models import Training
from floorwalker.apps.coaching.seeing_sessions import people_to_choose, teams_to_choose
from floorwalker.apps.people.access import require, today, user_of
from floorwalker.apps.people.models import Right, User
from floorwalker.errors import Refused


@require_GET
def trainings(request: HttpRequest) -> HttpResponse:
    """What comes next, what is due again, what was held: of one's own people, or one's own."""
    user, at = user_of(request), timezone.now()
    may_plan = user.scope_on(at.date()).may(Right.COACH)
    return render(request, "coaching/trainings.html", {"found": list_trainings(user, at), "may_plan": may_plan})


@require_http_methods(["GET", "POST"])
def plan_training(request: HttpRequest) -> HttpResponse:
    """What, when, by whom, and who is invited?"""
    user, on = user_of(request), today()
    require(user, Right.COACH, on)
    number = _number(request.GET.get("again", ""))
    before = None if number is None else find_training(user, number, on)
    team = _number(request.GET.get("team", ""))
    chosen = [] if before is None else [one.agent_id for one in attendees_shown(before, user, on) if one.there]
    posted = [number for one in request.POST.getlist("people") if (number := _number(one)) is not None]
    people = people_to_choose(user, on, team, [*chosen, *posted])
    form = CourseForm(request.POST or None, people=people, initial=_begun(before, chosen))
    if request.method == "POST" and form.is_valid():
        try:
            made = doing.plan_training(form.course(user, before), by=user, at=timezone.now())
            messages.success(request, _("It is planned. Whoever is invited finds it under “Training”."))
            return redirect("training", made.pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "teams": teams_to_choose(user, on), "team": team}
    return render(request, "coaching/plan_training.html", context, status=422 if form.errors else 200)


def _begun(before: Training | None, chosen: list[int]) -> dict[str, object]:
    if before is None:
        return {}
    return {"subject": before.subject, "minutes": before.minutes, "measure": before.measure, "people": chosen}


@require_GET
def training(request: HttpRequest, training_id: int) -> HttpResponse:
    """One training: who is invited, who was there, what they take from it."""
    user, on = user_of(request), today()
    found = find_training(user, training_id, on)
    return render(request, "coaching/training.html", _context(found, user, LearnedForm()))


@require_POST
def hold_training(request: HttpRequest, training_id: int) -> HttpResponse:
    """Say who was there, or call it off."""
    user = user_of(request)
    found = _led(user, training_id)
    there = [number for one in request.POST.getlist("there") if (number := _number(one)) is not None]
    try:
        if request.POST.get("do") == "cancel":
            doing.cancel_training(found, by=user, at=timezone.now())
            messages.success(request, _("It is called off."))
        else:
            doing.hold_training(found, there, by=user, at=timezone.now())
            messages.success(request, _("It is kept who was there. They are asked what they take from it."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("training", found.pk)


@require_POST
def say_what_was_learned(request: HttpRequest, training_id: int) -> HttpResponse:
    """What one takes from it, in one's own words."""
    user, on = user_of(request), today()
    found = find_training(user, training_id, on)
    if not found.attendees.filter(agent__in=user.oneself()).exists():
        raise Http404
    form = LearnedForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            doing.say_what_was_learned(found, given["learned"], given["rating"], by=user, at=timezone.now())
            messages.success(request, _("Thank you: it stands with the training."))
            return redirect("training", found.pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "coaching/training.html", _context(found, user, form), status=422)


def _led(user: User, training_id: int) -> Training:
    found = find_training(user, training_id, today())
    if user.pk not in (found.planned_by_id, found.trainer_id):
        raise Http404
    return found


def _context(found: Training, user: User, form: LearnedForm) -> dict[str, object]:
    shown = attendees_shown(found, user, today())
    own = next((one for one in shown if one.agent_id in user.oneself()), None)
    leads = user.pk in (found.planned_by_id, found.trainer_id)
    is_open = found.held_at is None and found.cancelled_at is None
    return {"training": found, "shown": shown, "own": own, "leads": leads, "is_open": is_open, "form": form}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
