"""What was done, did it work, and what becomes of it?"""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from floorwalker.apps.improvement.access import find_carried_cycle
from floorwalker.apps.improvement.deciding import Decided, decide_cycle
from floorwalker.apps.improvement.doing import note_doing
from floorwalker.apps.improvement.finding import Sought, take
from floorwalker.apps.improvement.forms import DecideForm, DoingForm, ReviewForm
from floorwalker.apps.improvement.looks import look_of, show_look
from floorwalker.apps.improvement.models import Cycle, Stage, Verdict
from floorwalker.apps.improvement.reviewing import hold_review
from floorwalker.apps.improvement.showing import doings_of
from floorwalker.apps.improvement.taken import TakenGap
from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.people.lake import lake
from floorwalker.errors import Refused
from floorwalker.insight.known import known_days, last_complete_week
from floorwalker.insight.scorecard import Period
from floorwalker.insight.standing import window
from floorwalker.insight.statements import Method
from floorwalker.kpis.catalogue import catalogue
from floorwalker.ui.refusal_words import tell


@require_http_methods(["GET", "POST"])
def cycle_log(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """One more entry of the log."""
    user, on = user_of(request), today()
    found = find_carried_cycle(user, cycle_id, on)
    if found.stage == Stage.PLAN:
        return redirect("cycle", found.pk)
    form = DoingForm(request.POST or None, initial={"on": on})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        besides = bool(given["is_confounder"])
        try:
            note_doing(found, given["words"], on=given["on"], is_confounder=besides, by=user, at=timezone.now())
            return redirect("cycle", found.pk)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    return render(request, "improvement/log.html", {"cycle": found, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def review_cycle(request: HttpRequest, cycle_id: int, week: int) -> HttpResponse:
    """A review whose day has come; before it there is nothing to see."""
    user, on = user_of(request), today()
    found = find_carried_cycle(user, cycle_id, on)
    review = next((one for one in found.reviews.all() if one.week == week), None)
    if review is None:
        raise Http404
    if review.due_on > on or review.held_at is not None:
        return redirect("cycle", found.pk)
    form = ReviewForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            hold_review(review, form.cleaned_data["said"], by=user, at=timezone.now())
            messages.success(request, _("The review is held. What becomes of it?"))
            return redirect("decide_cycle", found.pk)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    look = look_of(review)
    context = {"cycle": found, "review": review, "form": form, "shown": {"doings": doings_of(found)}}
    context["look"] = None if look is None else show_look(look)
    return render(request, "improvement/review.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """Keep, change or stop; where something is changed, the next cycle is opened from here."""
    user, on, at = user_of(request), today(), timezone.now()
    found = find_carried_cycle(user, cycle_id, on)
    if found.is_decided or not found.held_reviews:
        return redirect("cycle", found.pk)
    form = DecideForm(request.POST or None, cycle=found, user=user, on=on)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            said = Decided(given["verdict"], given["because"], form.chosen_change, _figure_now(found, at))
            decide_cycle(found, said, by=user, at=at)
            if given["verdict"] == Verdict.CHANGE:
                return redirect(f"{reverse('new_cycle')}?before={found.pk}")
            return redirect("cycle", found.pk)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    look = found.held_reviews[-1].look
    context = {"cycle": found, "form": form, "look": None if look is None else show_look(look)}
    return render(request, "improvement/decide.html", context, status=422 if form.errors else 200)


def _figure_now(cycle: Cycle, at: datetime) -> TakenGap | None:
    """The gap as it stands on the day of the decision; None where the measure or the facts are gone."""
    facts = lake().snapshot()
    kpi, known = catalogue().get(cycle.measure), known_days(facts)
    if kpi is None or known is None:
        return None
    period = window(Method.CAUSE, last_complete_week(Period(*known)))
    return take(facts, Sought(cycle.about, kpi, period), at=at).gap
