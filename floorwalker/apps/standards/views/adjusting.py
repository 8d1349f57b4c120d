"""Which targets were agreed with single people, and how is one agreed or ended? For those alone who agree to them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.standards.adjusting import (
    adjust_target,
    adjustments_for,
    agents_in_reach,
    end_adjustment,
    find_adjustment,
)
from floorwalker.apps.standards.drafting import HALF_A_YEAR
from floorwalker.apps.standards.forms import AdjustForm, EndForm
from floorwalker.apps.standards.models import AdjustedTarget
from floorwalker.errors import Refused
from floorwalker.kpis.catalogue import catalogue
from floorwalker.ui import words
from floorwalker.ui.refusal_words import tell


@never_cache
@require_http_methods(["GET", "POST"])
def adjustments(request: HttpRequest) -> HttpResponse:
    """Those of the people within the reader's reach, with their reasons; and a new one."""
    user, on = user_of(request), today()
    found = adjustments_for(user, on)
    first = {"from_day": on, "review_on": on + HALF_A_YEAR}
    form = AdjustForm(request.POST or None, agents=agents_in_reach(user, on), initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            adjust_target(
                said["agent"],
                said["measure"],
                **form.bounds,
                from_day=said["from_day"],
                review_on=said["review_on"],
                reason=said["reason"],
                by=user,
                at=timezone.now(),
            )
            messages.success(request, _("It counts from that day on, for every figure that is held against a target."))
            return redirect("adjustments")
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    groups = [
        (_("Now and coming"), [one for one in found if one.to_day is None or one.to_day > on]),
        (_("Past"), [one for one in found if one.to_day is not None and one.to_day <= on]),
    ]
    rows = [
        (name, [(one, words.in_language(catalogue()[one.measure].name), _aim(one)) for one in some])
        for name, some in groups
    ]
    context = {"groups": [(name, some) for name, some in rows if some], "form": form, "on": on}
    return render(request, "standards/adjustments.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def adjustment(request: HttpRequest, adjustment_id: int) -> HttpResponse:
    """From which day on does it no longer count?"""
    user, on = user_of(request), today()
    found = find_adjustment(user, adjustment_id, on)
    form = EndForm(request.POST or None, initial={"on": on})
    if request.method == "POST" and form.is_valid():
        try:
            end_adjustment(found, on=form.cleaned_data["on"], by=user, at=timezone.now())
            return redirect("adjustments")
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    context = {"adjusted": found, "kpi": catalogue()[found.measure], "aim": _aim(found), "form": form}
    return render(request, "standards/adjustment.html", context, status=422 if form.errors else 200)


def _aim(adjusted: AdjustedTarget) -> str:
    aim, kpi = adjusted.as_target.aim, catalogue()[adjusted.measure]
    return "–" if aim is None else words.bounds(aim, kpi.unit)
