"""Which targets hold, held and will hold, and how does one end?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.standards.access import find_target, reach_of
from floorwalker.apps.standards.actions import end_target
from floorwalker.apps.standards.forms import EndForm
from floorwalker.apps.standards.listing import Listed, When, listed, when
from floorwalker.kpis.catalogue import catalogue
from floorwalker.ui import words


@require_GET
def targets(request: HttpRequest) -> HttpResponse:
    """All targets that the reader may know of, of one measure or of all: who set each, when and why."""
    user, on = user_of(request), today()
    measure = request.GET.get("measure", "")
    known = catalogue()
    found = listed(user, on, measure=measure if measure in known else "")
    changeable = frozenset(reach_of(user, on).places)
    groups = [
        (
            name,
            [
                (one, one.target.place in changeable and one.when is not When.PAST)
                for one in found
                if one.when is moment
            ],
        )
        for name, moment in ((_("Now"), When.PRESENT), (_("Coming"), When.COMING), (_("Past"), When.PAST))
    ]
    context = {
        "groups": [(name, rows) for name, rows in groups if rows],
        "chosen": known.get(measure),
        "measures": sorted(known.values(), key=lambda kpi: words.in_language(kpi.name)),
        "may_set": bool(changeable),
    }
    return render(request, "standards/targets.html", context)


@require_http_methods(["GET", "POST"])
def end_measure_target(request: HttpRequest, target_id: int) -> HttpResponse:
    """From which day on does this target no longer count?"""
    user = user_of(request)
    target = find_target(user, target_id, today())
    form = EndForm(request.POST or None, initial={"on": today()})
    row = Listed(target, catalogue()[target.measure], when(target, today()))
    if request.method == "POST" and form.is_valid():
        said = _("The target of %(place)s ended.") % {"place": row.place}
        end_target(target, on=form.cleaned_data["on"], by=user, at=timezone.now())
        messages.success(request, said)
        return redirect("targets")
    return render(request, "standards/end_target.html", {"row": row, "form": form}, status=422 if form.errors else 200)
