"""What do the pages of everybody's changes hold: the chart of the floor, and that of each kind of contact?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.dashboards.fairness import JUDGED
from floorwalker.apps.dashboards.trends import draw_control, events_between
from floorwalker.apps.people.models import Queue, Scope, Site
from floorwalker.apps.standards.seeing import of_sites
from floorwalker.charts.render import Drawing
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight import said
from floorwalker.insight.level import LevelChart
from floorwalker.insight.scorecard import Where
from floorwalker.insight.standing import window
from floorwalker.insight.statements import Method
from floorwalker.kpis.definition import Kpi
from floorwalker.ui import change_words, judging_words

Queues = Mapping[bytes, Queue]


@dataclass(frozen=True)
class ShownKind:
    """One kind of contact in the list: what it is called, its changes in words, and where its chart is."""

    name: str
    said: tuple[str, ...]
    n: int
    address: str


@dataclass(frozen=True)
class ShownChart:
    """A chart with its sentences; name: of the kind of contact, nothing of everybody's."""

    name: str
    said: tuple[str, ...]
    drawing: Drawing
    chart: LevelChart


@dataclass(frozen=True)
class Place:
    """Where charts are drawn of: everybody whom the reader's role is for, or one site of several; address: its query."""

    name: str
    address: str
    is_shown: bool


def sites_of(scope: Scope) -> list[Site]:
    """The sites that the reader may look at one by one: those of her role, else all; none where there is only one."""
    sites = list(scope.sites or Site.objects.order_by("name"))
    return sites if len(sites) > 1 else []


def read_level_page(facts: Snapshot, kpi: Kpi, last: date, scope: Scope, *, of: str, site: str) -> dict[str, Any]:
    """The chart of everybody, or of the kind of contact that is asked for, and the list of all kinds; site: of that alone."""
    if kpi.id not in JUDGED:
        raise Http404
    sites = sites_of(scope)
    chosen = next((one for one in sites if str(one.pk) == site), None)
    if site and chosen is None:
        raise Http404
    where: Where = of_sites({}, scope) if chosen is None else {"site": (bytes(chosen.key),)}
    to = {"to": last.isoformat()}
    places = [Place(_("All sites"), f"?{urlencode(to)}", chosen is None)]
    places += [Place(one.name, f"?{urlencode(to | {'site': one.pk})}", one == chosen) for one in sites]
    kept = ({"site": str(chosen.pk)} if chosen else {}) | ({"of": of} if of else {})
    context = {"places": places if sites else [], "kept": f"&{urlencode(kept)}" if kept else "", "site": chosen}
    return context | _charts(facts, kpi, last, where, of, to | ({"site": str(chosen.pk)} if chosen else {}))


def _charts(
    facts: Snapshot, kpi: Kpi, last: date, where: Where, asked: str, address: Mapping[str, str]
) -> dict[str, Any]:
    period = window(Method.TREND, last)
    found = said.levels(facts, kpi.id, period, where)
    if found is None or found.floor is None:
        return {"shown": None}
    queues = {bytes(queue.key): queue for queue in Queue.objects.all()}
    by_place = {_place(chart, queues): chart for chart in found.kinds}
    if asked and asked not in by_place:
        raise Http404
    chosen = by_place[asked] if asked else found.floor
    events = events_between(period.first, period.last)
    drawing = draw_control(chosen.days, kpi, chosen.drifts, events)
    kinds = (_kind(chart, place, queues, address) for place, chart in by_place.items())
    return {
        "shown": ShownChart(_name(chosen, queues) if asked else "", _said(chosen), drawing, chosen),
        "kinds": sorted(kinds, key=lambda one: (not one.said, one.name.casefold())),
        "events": events,
        "budget": change_words.budget(found.budget),
        "capped": judging_words.capped(found.capped),
    }


def _kind(chart: LevelChart, place: str, queues: Queues, address: Mapping[str, str]) -> ShownKind:
    where = f"{reverse('level_trend', args=[chart.kpi.id])}?{urlencode({**address, 'of': place})}"
    return ShownKind(_name(chart, queues), _said(chart), chart.n, where)


def _said(chart: LevelChart) -> tuple[str, ...]:
    say = change_words.level_moved if chart.is_floor else change_words.kind_moved
    return tuple(say(drift, chart.kpi.unit) for drift in chart.drifts)


def _place(chart: LevelChart, queues: Queues) -> str:
    """How an address names a kind of contact: a reason by itself, a queue by its number, neither by a dash."""
    if isinstance(chart.kind, bytes):
        queue = queues.get(chart.kind)
        return f"queue-{queue.pk}" if queue else f"queue-{chart.kind.hex()}"
    return "-" if chart.kind is None else str(chart.kind)


def _name(chart: LevelChart, queues: Queues) -> str:
    if isinstance(chart.kind, bytes):
        queue = queues.get(chart.kind)
        return queue.name if queue else _("No queue")
    return _("No reason") if chart.kind is None else str(chart.kind)
