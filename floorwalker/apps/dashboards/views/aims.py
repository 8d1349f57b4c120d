"""What shall we aim for, where, and what was reached there until now? A target is chosen in sight of its history."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from floorwalker.apps.dashboards.asking import find_measure
from floorwalker.apps.dashboards.reached import read_reached
from floorwalker.apps.people.access import require, today, user_of
from floorwalker.apps.people.models import Right, User
from floorwalker.apps.standards.access import Reach, code_of, reach_of
from floorwalker.apps.standards.actions import set_target
from floorwalker.apps.standards.forms import TargetForm
from floorwalker.apps.standards.models import Place, Target
from floorwalker.apps.standards.saying import aim_said, place_said, places_said
from floorwalker.errors import Refused
from floorwalker.kpis.definition import Better, Kpi
from floorwalker.ui import words
from floorwalker.ui.refusal_words import tell


@require_http_methods(["GET", "POST"])
def set_measure_target(request: HttpRequest, measure_id: str) -> HttpResponse:
    """Aim for a value or a band at a place, from a day on."""
    kpi, user = find_measure(measure_id), user_of(request)
    require(user, Right.SET_TARGETS, today())
    reach = reach_of(user, today())
    place = _place(request, reach)
    if kpi.better is Better.CONTEXT:
        raise Http404
    form = TargetForm(request.POST or None, kpi=kpi, initial={"from_day": today()})
    if request.method == "POST" and form.is_valid():
        replaced = _replaced(form, kpi, place)
        target = _set(form, kpi, reach, place, user)
        if target is not None:
            if replaced is not None:
                messages.warning(request, replaced)
            said = {
                "measure": words.in_language(kpi.name),
                "place": place_said(target),
                "target": aim_said(target, kpi),
            }
            messages.success(request, _("%(measure)s, %(place)s: %(target)s.") % said)
            return redirect("measure_page", measure_id)
    context = {"kpi": kpi, "form": form, "place": code_of(place), "places": places_said(reach)}
    context |= read_reached(kpi, place, reach, user)
    return render(request, "dashboards/set_target.html", context, status=422 if form.errors else 200)


def _place(request: HttpRequest, reach: Reach) -> Place:
    """The place in the address or the form; the widest where none is named, and 404 where it is beyond the user's reach."""
    code = (request.POST if request.method == "POST" else request.GET).get("place", "")
    place = reach.by_code.get(code) if code else next(iter(reach.places), None)
    if place is None:
        raise Http404
    return place


def _replaced(form: TargetForm, kpi: Kpi, place: Place) -> str | None:
    """Whose target with the same first day gives way: perhaps one that was set while this form was open."""
    day = form.cleaned_data["from_day"]
    gone = Target.objects.of_place(kpi.id, place).with_places().filter(from_day=day).first()
    if gone is None:
        return None
    who = _("nobody known") if gone.set_by is None else str(gone.set_by)
    return _("It takes the place of %(target)s, which %(who)s had set from the same day on.") % {
        "target": aim_said(gone, kpi),
        "who": who,
    }


def _set(form: TargetForm, kpi: Kpi, reach: Reach, place: Place, user: User) -> Target | None:
    """The target, or what stands in its way as an error of the form."""
    given = form.cleaned_data
    try:
        return set_target(
            kpi.id,
            **form.bounds,
            **reach.given(place),
            from_day=given["from_day"],
            to_day=form.to_day,
            reason=given["reason"],
            by=user,
            at=timezone.now(),
        )
    except Refused as refused:
        form.add_error(None, str(tell(refused)))
        return None
