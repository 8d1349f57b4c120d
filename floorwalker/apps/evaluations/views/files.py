"""How is a form taken along as a file, and one that was written elsewhere brought in?"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from floorwalker.apps.evaluations import building
from floorwalker.apps.evaluations.access import find_form
from floorwalker.apps.evaluations.form_files import ENDINGS, MOST_BYTES, read_file, write_file
from floorwalker.apps.evaluations.forms import BringInForm
from floorwalker.apps.people.access import require, today, user_of
from floorwalker.apps.people.models import Right
from floorwalker.errors import Refused
from floorwalker.ui.refusal_words import tell


@require_GET
def form_file(request: HttpRequest, form_id: int, ending: str) -> HttpResponse:
    """One version of a form as JSON or YAML: the published one that is asked for, else the one in use."""
    form = find_form(user_of(request), form_id, today())
    asked = request.GET.get("version", "")
    versions = form.versions.select_related("form").exclude(published_at=None).order_by("-number")
    shown = next((one for one in versions if asked in ("", str(one.number))), None)
    if shown is None or ending not in ENDINGS:
        raise Http404
    answer = HttpResponse(write_file(shown, ending), content_type=f"{ENDINGS[ending]}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="form-{form.pk}-version-{shown.number}.{ending}"'
    return answer


@require_http_methods(["GET", "POST"])
def bring_in_form(request: HttpRequest) -> HttpResponse:
    """A new form from a file: it is looked at as a draft, and used by nobody before it is published."""
    user = user_of(request)
    require(user, Right.MANAGE_FORMS, today())
    form = BringInForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            read = read_file(form.cleaned_data["file"].read(MOST_BYTES + 1))
            name = form.cleaned_data["name"] or read.name
            given = (name, read.purpose, read.respond_days, read.form())
            made = building.bring_in_form(*given, by=user, at=timezone.now())
            messages.success(
                request, _("“%(name)s” is brought in as a draft. Look at it, then publish it.") % {"name": name}
            )
            return redirect("form_draft", made.pk)
        except Refused as refused:
            said = str(tell(refused))
            form.add_error("file", f"{refused.where}: {said}" if refused.where else said)
    return render(request, "evaluations/bring_in.html", {"form": form}, status=422 if form.errors else 200)
