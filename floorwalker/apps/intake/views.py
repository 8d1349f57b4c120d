"""What came in, what was left out of it, and how is that mended?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import datetime
from itertools import chain

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from floorwalker.apps.intake import memory
from floorwalker.apps.intake.actions import note_export
from floorwalker.apps.intake.forms import read_filter, read_where
from floorwalker.apps.intake.receipts import read_receipt
from floorwalker.apps.intake.tasks import enqueue_again
from floorwalker.apps.intake.waiting import is_under_way, waits
from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.people.taking_out import check_taking_out
from floorwalker.ingest.again import why_not_again
from floorwalker.ingest.remembered import RUNNING, LoadRow, Where
from floorwalker.ingest.store import IntakeStore
from floorwalker.ui.exports import csv_lines
from floorwalker.ui.words import instant

LOADS_PER_PAGE = 30
REPAIRS_PER_PAGE = 10
EXAMPLES = 3
EXPORTED = ("reason", "file", "line", "found", "expected", "mend", "record", "source", "load")


@require_GET
def loads(request: HttpRequest) -> HttpResponse:
    """How does each source stand, and what did each load do?"""
    store = _store(request)
    page: Page[LoadRow] = Paginator(memory.LoadList(store), LOADS_PER_PAGE).get_page(request.GET.get("page"))
    found = memory.standings(store, timezone.now())
    return render(
        request, "intake/loads.html", {"standings": found, "page": page, "rows": store.count_rejects(Where())}
    )


@require_GET
def load(request: HttpRequest, load_id: str) -> HttpResponse:
    """What did this load read, and what became of it?"""
    store = _store(request)
    row = memory.find_load(store, load_id)
    context = {
        "load": row,
        "title": memory.title_of(row.source),
        "receipt": read_receipt(row, store.flag_meanings(load_id)),
        "repairs": store.repairs(Where(load=load_id)),
        "again": store.loads_again(load_id),
        "refused": why_not_again(row),
        "waits": waits(load_id) or is_under_way(store, load_id),
        "is_running": row.state == RUNNING,
    }
    return render(request, "intake/load.html", context)


@require_POST
def read_again(request: HttpRequest, load_id: str) -> HttpResponse:
    """Have a load's files read again."""
    row = memory.find_load(_store(request), load_id)
    enqueue_again(row, by=user_of(request), at=timezone.now())
    messages.success(
        request, _("This load will be read again in the background; what is known already stays as it is.")
    )
    return redirect("load", load_id)


@require_GET
def rejects(request: HttpRequest) -> HttpResponse:
    """Which rows wait for repair, and what mends them?"""
    store = _store(request)
    asked = read_filter(request.GET, store)
    page = Paginator(asked.repairs, REPAIRS_PER_PAGE).get_page(request.GET.get("page"))
    groups = [
        {
            "repair": repair,
            "title": memory.title_of(repair.source),
            "examples": store.examples(
                replace(asked.where, source=repair.source, reason=repair.reason, mend=repair.mend), EXAMPLES
            ),
        }
        for repair in page
    ]
    context = {"asked": asked, "page": page, "groups": groups}
    return render(request, "intake/rejects.html", context)


@require_GET
def rejects_csv(request: HttpRequest) -> HttpResponseBase:
    """The rows that were left out, as a file, each with its reason."""
    store, where = _store(request), read_where(request.GET)
    user, at, count = user_of(request), timezone.now(), store.count_rejects(where)
    check_taking_out(request, rows=count)
    note_export(where, count, by=user, at=at)
    rows = ([row[name] for name in EXPORTED] for row in store.rejected(where))
    answer = StreamingHttpResponse(
        csv_lines(EXPORTED, chain(rows, _about(where, str(user), at))), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="left-out-rows.csv"'
    return answer


def _about(where: Where, who: str, at: datetime) -> Iterator[tuple[str, ...]]:
    """Below the rows, after an empty line: who took them, when, and which were asked for."""
    asked = ", ".join(f"{name}: {value}" for name, value in asdict(where).items() if value is not None)
    yield ()
    yield _("Taken by"), who
    yield _("Taken at"), instant(at)
    yield _("Filter"), asked or _("all rows that were left out")


def _store(request: HttpRequest) -> IntakeStore:
    return memory.require_loads(user_of(request), today())
