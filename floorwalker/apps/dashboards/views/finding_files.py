"""How do gaps and changes leave as a file? The rows of their pages, noted in the trail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from floorwalker.apps.dashboards import findings, trends
from floorwalker.apps.dashboards.actions import note_export
from floorwalker.apps.dashboards.asking import find_measure, on_facts, scope_of
from floorwalker.apps.dashboards.fairness import JUDGED, judged_measures
from floorwalker.apps.dashboards.findings import (
    ChangeRow,
    FoundRow,
    GapRow,
    KindRow,
    PriorityRow,
    four_weeks_to,
    sheet_of_rows,
)
from floorwalker.apps.dashboards.priorities import read_hours_asked, read_priorities_of
from floorwalker.apps.dashboards.question import Question
from floorwalker.apps.dashboards.sheets import days_of
from floorwalker.apps.dashboards.views.files import TYPES
from floorwalker.apps.people.access import require, require_figures, today, user_of
from floorwalker.apps.people.models import Right
from floorwalker.apps.people.taking_out import check_taking_out
from floorwalker.facts.snapshot import Snapshot
from floorwalker.ui.exports import as_csv, as_xlsx
from floorwalker.ui.words import in_language

FORMS = {"csv": as_csv, "xlsx": as_xlsx}


@dataclass(frozen=True)
class _Taken:
    """What is taken: about names it for the trail, days and filtered for the reader of the file; last: its last day."""

    title: str
    about: str
    kind: type[FoundRow]
    rows: Sequence[FoundRow]
    days: str
    last: date
    filtered: str = ""


def _gaps(title: str, about: str, question: Question, rows: Sequence[GapRow]) -> _Taken:
    filtered = ", ".join(question.filters.said)
    return _Taken(title, about, GapRow, rows, days_of(question), question.period.last, filtered)


@require_GET
@on_facts
def gaps_file(request: HttpRequest, facts: Snapshot, form: str) -> HttpResponse:
    """What stands out over all measures, as a file."""
    question, rows = findings.gap_rows(request, facts, judged_measures(), real_alone=True)
    return _hand_out(request, _gaps(_("Gaps"), "gaps", question, rows), form)


@require_GET
@on_facts
def measure_gaps_file(request: HttpRequest, facts: Snapshot, measure_id: str, form: str) -> HttpResponse:
    """All gaps of one measure, as a file."""
    kpi = find_measure(measure_id)
    if kpi.id not in JUDGED:
        raise Http404
    question, rows = findings.gap_rows(request, facts, [kpi], real_alone=False)
    title = _("Gaps: %(name)s") % {"name": in_language(kpi.name)}
    return _hand_out(request, _gaps(title, f"gaps:{kpi.id}", question, rows), form)


@require_GET
@on_facts
def changes_file(request: HttpRequest, facts: Snapshot, form: str) -> HttpResponse:
    """Who has changed, as a file."""
    user = user_of(request)
    require_figures(user, today())
    last = trends.read_end(request.GET, facts).last
    rows = findings.change_rows(facts, user, today(), last)
    return _hand_out(request, _Taken(_("Changes"), "changes", ChangeRow, rows, four_weeks_to(last), last), form)


@require_GET
@on_facts
def processes_file(request: HttpRequest, facts: Snapshot, form: str) -> HttpResponse:
    """Which kinds of contact changed for everybody, as a file."""
    require_figures(user_of(request), today())
    last = trends.read_end(request.GET, facts).last
    rows = findings.kind_rows(facts, last)
    return _hand_out(request, _Taken(_("Processes"), "processes", KindRow, rows, four_weeks_to(last), last), form)


@require_GET
@on_facts
def priorities_file(request: HttpRequest, facts: Snapshot, form: str) -> HttpResponse:
    """What comes first, and why not the rest, as a file."""
    user = user_of(request)
    require(user, Right.COACH, today())
    hours, _is_unread = read_hours_asked(request.GET)
    question, listed = read_priorities_of(facts, user, today(), hours, wait=True)
    rows = [] if listed is None else findings.priority_rows(listed)
    told = _("%(hours)s hours a week") % {"hours": f"{hours:g}"}
    taken = _Taken(_("What first?"), "priorities", PriorityRow, rows, days_of(question), question.period.last, told)
    return _hand_out(request, taken, form)


def _hand_out(request: HttpRequest, taken: _Taken, form: str) -> HttpResponse:
    """The rows as an attachment that no cache keeps; names of people of the whole centre ask again who one is."""
    if form not in FORMS:
        raise Http404
    names_everybody = taken.kind is not KindRow and scope_of(request).everything
    check_taking_out(request, rows=len(taken.rows), whole_centre=names_everybody)
    user, at = user_of(request), timezone.now()
    sheet = sheet_of_rows(taken.title, taken.kind, taken.rows, taken.days, taken.filtered, str(user), at)
    content = FORMS[form](sheet)
    note_export(taken.about, form, request.GET.urlencode(), agent=None, by=user, at=at)
    name = f"{slugify(taken.title) or taken.about}-{taken.last.isoformat()}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=TYPES[form], headers=headers)
