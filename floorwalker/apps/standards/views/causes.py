"""Which root causes are there, and how does somebody add, rename and end one?"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.standards.causing import (
    add_cause,
    causes_in_order,
    end_cause,
    find_cause,
    may_keep_causes,
    rename_cause,
)
from floorwalker.apps.standards.forms import CauseForm, EndForm, RenameCauseForm
from floorwalker.errors import Refused
from floorwalker.ui.refusal_words import tell


@require_http_methods(["GET", "POST"])
def causes(request: HttpRequest) -> HttpResponse:
    """The list, for everybody; and a new one, for whoever keeps it."""
    user, on = user_of(request), today()
    may_keep = may_keep_causes(user, on)
    if request.method == "POST" and not may_keep:
        raise Http404
    form = CauseForm(request.POST or None, on=on) if may_keep else None
    if form is not None and form.is_valid():
        said = form.cleaned_data
        try:
            made = add_cause(
                said["code"],
                said["name"],
                said["kind"],
                parent=said["parent"],
                from_day=said["from_day"],
                by=user,
                at=timezone.now(),
            )
            messages.success(request, _("“%(name)s” can be chosen from that day on.") % {"name": made})
            return redirect("causes")
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    context = {"kinds": causes_in_order(on), "form": form, "may_keep": may_keep}
    return render(request, "standards/causes.html", context, status=422 if form is not None and form.errors else 200)


@require_http_methods(["GET", "POST"])
def cause(request: HttpRequest, cause_id: int) -> HttpResponse:
    """Say one in better words, or let it end."""
    user = user_of(request)
    found = find_cause(user, cause_id, today())
    ending = request.method == "POST" and request.POST.get("do") == "end"
    renaming = request.method == "POST" and not ending
    rename = RenameCauseForm(request.POST if renaming else None, initial={"name": found.name})
    end = EndForm(request.POST if ending else None, initial={"on": today()})
    try:
        if renaming and rename.is_valid():
            rename_cause(found, rename.cleaned_data["name"], by=user, at=timezone.now())
            return redirect("causes")
        if ending and end.is_valid():
            end_cause(found, on=end.cleaned_data["on"], by=user, at=timezone.now())
            return redirect("causes")
    except Refused as refused:
        (end if ending else rename).add_error(None, str(tell(refused)))
    form = end if ending else rename
    context = {"cause": found, "rename": rename, "end": end, "form": form}
    return render(request, "standards/cause.html", context, status=422 if form.errors else 200)
