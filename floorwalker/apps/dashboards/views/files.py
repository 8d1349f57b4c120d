"""How do the figures of a page leave as a file? Noted in the trail, and in the looks of the person whom they are about."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from floorwalker.apps.dashboards.actions import note_export
from floorwalker.apps.dashboards.printing import as_pdf
from floorwalker.apps.dashboards.reading import Figures
from floorwalker.apps.dashboards.sheets import sheet_of
from floorwalker.apps.people.access import user_of
from floorwalker.apps.people.taking_out import check_taking_out
from floorwalker.ui.exports import as_csv, as_xlsx

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


def links(route: str, *forms: str, **given: Any) -> dict[str, str]:
    """By form, where a page's figures can be taken as a file; forms: those alone."""
    names = {"pdf": _("PDF"), "xlsx": _("Excel"), "csv": _("CSV")}
    chosen = {form: name for form, name in names.items() if form in (forms or names)}
    return {name: reverse(route, kwargs={**given, "form": form}) for form, name in chosen.items()}


def hand_out(request: HttpRequest, found: Figures, form: str) -> HttpResponse:
    """The figures as an attachment that no cache keeps."""
    if form not in TYPES:
        raise Http404
    check_taking_out(request, rows=len(found.figures), whole_centre=found.about == "centre")
    user, at = user_of(request), timezone.now()
    content = _content(found, form, str(user), at)
    note_export(found.about, form, found.question.full_address, agent=found.agent, by=user, at=at)
    period = found.question.period
    name = f"{slugify(found.title) or found.kind}-{period.first.isoformat()}-{period.last.isoformat()}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=TYPES[form], headers=headers)


def _content(found: Figures, form: str, who: str, at: datetime) -> bytes:
    if form == "pdf":
        return as_pdf(found, who, at)
    sheet = sheet_of(found, who, at)
    return as_csv(sheet) if form == "csv" else as_xlsx(sheet)
