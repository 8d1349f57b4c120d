"""Which processes are there, who answers for them, and how does somebody name, change and end one?"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.standards.access import code_of, reach_of
from floorwalker.apps.standards.forms import EndForm, ProcessForm
from floorwalker.apps.standards.models import CENTRE, Place, Process
from floorwalker.apps.standards.owning import (
    add_process,
    change_process,
    end_process,
    find_process,
    may_keep_process,
)
from floorwalker.errors import Refused
from floorwalker.ui.refusal_words import tell


@require_http_methods(["GET", "POST"])
def owned_processes(request: HttpRequest) -> HttpResponse:
    """The list, for everybody; and a new one, for whoever keeps it."""
    user, on = user_of(request), today()
    reach = reach_of(user, on)
    if request.method == "POST" and not reach.places:
        raise Http404
    form = ProcessForm(request.POST or None, reach=reach, on=on) if reach.places else None
    if form is not None and form.is_valid():
        try:
            made = add_process(form.said, from_day=form.cleaned_data["from_day"], by=user, at=timezone.now())
            messages.success(request, _("What is found of “%(name)s” goes to its owner.") % {"name": made})
            return redirect("owned_process", made.pk)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    context = {"processes": Process.objects.with_owners(), "form": form, "on": on}
    status = 422 if form is not None and form.errors else 200
    return render(request, "standards/processes.html", context, status=status)


@require_http_methods(["GET", "POST"])
def owned_process(request: HttpRequest, process_id: int) -> HttpResponse:
    """One process, for everybody to read; changed and ended by whoever keeps the list there."""
    user, on = user_of(request), today()
    found, reach = find_process(process_id), reach_of(user, on)
    keeps = may_keep_process(reach, found.site, found.queue)
    if request.method == "POST" and not keeps:
        raise Http404
    if not keeps:
        return render(request, "standards/process.html", {"process": found, "on": on})
    ending = request.method == "POST" and request.POST.get("do") == "end"
    changing = request.method == "POST" and not ending
    change = ProcessForm(
        request.POST if changing else None, reach=reach, on=on, process=found, initial=_as_it_is(found)
    )
    end = EndForm(request.POST if ending else None, initial={"on": on})
    try:
        if changing and change.is_valid():
            change_process(found, change.said, by=user, at=timezone.now())
            return redirect("owned_process", found.pk)
        if ending and end.is_valid():
            end_process(found, on=end.cleaned_data["on"], by=user, at=timezone.now())
            return redirect("owned_process", found.pk)
    except Refused as refused:
        (end if ending else change).add_error(None, str(tell(refused)))
    form = end if ending else change
    context = {"process": found, "on": on, "change": change, "end": end, "form": form}
    return render(request, "standards/process.html", context, status=422 if form.errors else 200)


def _as_it_is(process: Process) -> dict[str, object]:
    place: Place = CENTRE
    if process.site_id is not None:
        place = "site", process.site_id
    elif process.queue_id is not None:
        place = "queue", process.queue_id
    kept = {name: getattr(process, name) for name in ("name", "about", "reason")}
    return kept | {"owner": process.owner_id, "place": code_of(place)}
