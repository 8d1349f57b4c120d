"""Which kinds of contact changed for everybody, measure by measure?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from floorwalker.apps.dashboards.fairness import JUDGED
from floorwalker.apps.people.models import Queue
from floorwalker.charts.small import interval_bar
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight import said
from floorwalker.insight.process import Changed, Processes
from floorwalker.insight.standing import window
from floorwalker.insight.statements import Method
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Kpi
from floorwalker.ui import change_words, judging_words


@dataclass(frozen=True)
class ShownKind:
    """One kind of contact: what it is called, how it changed in words, and the drawing of the range."""

    name: str
    changed: Changed
    said: str
    bar: str


@dataclass(frozen=True)
class OfMeasure:
    """One measure: the kinds that changed, all the others, and what very long contacts counted as."""

    kpi: Kpi
    changed: tuple[ShownKind, ...]
    others: tuple[ShownKind, ...]
    capped: str

    @property
    def is_told(self) -> bool:
        """Whether of any kind it is known how it changed."""
        return any(one.changed.change is not None for one in (*self.changed, *self.others))


def read_process_changes(facts: Snapshot, last: date) -> list[OfMeasure]:
    """The last four weeks against the four before, by reason where there are reasons, else by queue."""
    queues = {bytes(queue.key): queue.name for queue in Queue.objects.all()}
    period = window(Method.PROCESS, last)
    found = ((catalogue()[measure], said.processes(facts, measure, period, {})) for measure in JUDGED)
    return [_of_measure(kpi, processes, queues) for kpi, processes in found if processes is not None]


def _of_measure(kpi: Kpi, found: Processes, queues: Mapping[bytes, str]) -> OfMeasure:
    ends = [end for one in found.kinds for end in (one.low, one.high) if end is not None]
    span = min([0.0, *ends]), max([0.0, *ends])
    every = sorted((_shown(one, found, queues, span) for one in found.kinds), key=lambda one: one.name.casefold())
    changed = sorted((one for one in every if one.changed.flagged), key=lambda one: -abs(one.changed.change or 0.0))
    others = tuple(one for one in every if not one.changed.flagged)
    return OfMeasure(kpi, tuple(changed), others, judging_words.capped(found.capped))


def _shown(one: Changed, found: Processes, queues: Mapping[bytes, str], span: tuple[float, float]) -> ShownKind:
    name = queues.get(one.kind, "") if isinstance(one.kind, bytes) else str(one.kind or "")
    bar = ""
    if one.change is not None and one.low is not None and one.high is not None:
        bar = interval_bar(one.low, one.change, one.high, span=span, target=(0.0,))
    return ShownKind(name or _("No reason"), one, change_words.changed(one, found), bar)
