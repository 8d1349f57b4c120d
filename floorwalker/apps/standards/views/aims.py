"""What does the centre want to reach, which standards serve that, and which serve nothing?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.standards.access import reach_of, readable
from floorwalker.apps.standards.aiming import aims_with_standards, change_aim, find_aim, set_aim
from floorwalker.apps.standards.forms import AimForm
from floorwalker.apps.standards.models import Aim
from floorwalker.apps.standards.saying import place_said
from floorwalker.errors import Refused
from floorwalker.kpis.catalogue import catalogue
from floorwalker.ui.refusal_words import tell


@require_GET
def aims(request: HttpRequest) -> HttpResponse:
    """All aims that the reader may know of, each with the standards that serve it; and the standards that serve none."""
    user, on = user_of(request), today()
    served, unserving = aims_with_standards(user, on, readable(user, on))
    rows = [
        {"served": one, "place": place_said(one.aim), "kpi": catalogue().get(one.aim.measure), "last": _last(one.aim)}
        for one in served
    ]
    groups = [
        (_("Now"), [row for row in rows if row["served"].aim.holds_on(on)]),
        (_("Coming"), [row for row in rows if row["served"].aim.from_day > on]),
        (_("Past"), [row for row in rows if row["served"].aim.to_day <= on]),
    ]
    context = {
        "groups": [(name, some) for name, some in groups if some],
        "unserving": [(version, place_said(version)) for version in unserving],
        "may_set": bool(reach_of(user, on).places),
    }
    return render(request, "standards/aims.html", context)


@require_http_methods(["GET", "POST"])
def new_aim(request: HttpRequest) -> HttpResponse:
    """Agree on an aim for a period."""
    user, on = user_of(request), today()
    reach = reach_of(user, on)
    if not reach.places:
        raise Http404
    form = AimForm(request.POST or None, reach=reach, initial={"owner": user, "from_day": on})
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = reach.given(reach.by_code[form.cleaned_data["place"]])
        try:
            made = set_aim(form.said, **given, by=user, at=timezone.now())
            messages.success(request, _("The aim “%(aim)s” is set.") % {"aim": made})
            return redirect("aims")
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    return render(request, "standards/aim.html", {"form": form, "aim": None}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def aim(request: HttpRequest, aim_id: int) -> HttpResponse:
    """Say an aim better, or give it another owner, measure or period."""
    user, on = user_of(request), today()
    found = find_aim(user, aim_id, on)
    first = {name: getattr(found, name) for name in ("wording", "owner", "measure", "known_by", "from_day")}
    form = AimForm(
        request.POST or None, reach=reach_of(user, on), aim=found, initial={**first, "last_day": _last(found)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_aim(found, form.said, by=user, at=timezone.now())
            return redirect("aims")
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    context = {"form": form, "aim": found, "place": place_said(found)}
    return render(request, "standards/aim.html", context, status=422 if form.errors else 200)


def _last(aim: Aim) -> Any:
    return aim.to_day - timedelta(days=1)
