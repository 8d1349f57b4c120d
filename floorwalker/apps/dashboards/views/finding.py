"""Where is what the reader has in mind? One search, as a page, and as the options of the palette."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET
from django_htmx.http import trigger_client_event

from floorwalker.apps.dashboards.finding import MOST_LETTERS, Group, find
from floorwalker.apps.people.access import today, user_of


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """What may the reader open whose name holds these words?"""
    # PostgreSQL refuses a NUL in a text; nobody's name holds one.
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:MOST_LETTERS]
    groups = find(user_of(request), asked, today())
    said = _said(groups)
    as_options = bool(getattr(request, "htmx", None))
    template = "dashboards/_options.html" if as_options else "dashboards/search.html"
    answer = render(request, template, {"asked": asked, "groups": groups, "said": said})
    patch_vary_headers(answer, ["HX-Request"])
    if as_options:
        trigger_client_event(answer, "palette-answered", {"said": said}, after="swap")
    return answer


def _said(groups: list[Group]) -> str:
    count = sum(len(group.hits) for group in groups)
    if not count:
        return _("Nothing that you may open has this in its name.")
    if any(group.more for group in groups):
        return _("%(n)d found, and there are more.") % {"n": count}
    return ngettext("%(n)d found.", "%(n)d found.", count) % {"n": count}
