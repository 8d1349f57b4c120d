"""Which days and which queue does the reader ask about? Read from the address, so that it can be kept and sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from floorwalker.apps.people.models import Queue
from floorwalker.insight.scorecard import Period, Where

PRESETS = {"1": 7, "4": 28, "12": 84, "26": 182}
USUAL = "4"


@dataclass(frozen=True)
class Question:
    """The period and the queue that were asked for, and how far the facts reach."""

    period: Period
    preset: str
    queue: Queue | None
    known: Period
    incomplete: bool
    # What the address asks for and nobody can answer, so that no figure is taken for another's.
    unread_period: bool = False
    unknown_queue: bool = False

    @property
    def where(self) -> Where:
        """The filter that the question adds to every query."""
        return {} if self.queue is None else {"queue": (bytes(self.queue.key),)}

    @property
    def address(self) -> str:
        """The question as the part of an address after the question mark."""
        days = {"from": self.period.first.isoformat(), "to": self.period.last.isoformat()}
        parts = {"weeks": self.preset} if self.preset else days
        if self.queue is not None:
            parts["queue"] = str(self.queue.pk)
        return urlencode(parts)


def read_question(asked: QueryDict, known: tuple[date, date]) -> Question:
    """The question in an address; what cannot be read is left at the usual, the last four complete weeks, and noted."""
    first, last = _day(asked.get("from")), _day(asked.get("to"))
    weeks = asked.get("weeks", "")
    preset = weeks if weeks in PRESETS else ""
    unread = bool(weeks and not preset)
    if preset or first is None or last is None or first > last:
        unread = unread or (not preset and bool(asked.get("from") or asked.get("to")))
        preset = preset or USUAL
        last = last_complete_week(known)
        first = last - timedelta(days=PRESETS[preset] - 1)
    queue = asked.get("queue", "")
    found = Queue.objects.filter(pk=int(queue)).first() if queue.isdecimal() and len(queue) < 10 else None
    return Question(
        Period(first, last),
        preset,
        found,
        Period(*known),
        incomplete=last > known[1] or first < known[0],
        unread_period=unread,
        unknown_queue=bool(queue) and found is None,
    )


def last_complete_week(known: tuple[date, date]) -> date:
    """The last Sunday up to which there are facts; the last day of the facts when they end before any Sunday."""
    first, last = known
    sunday = last - timedelta(days=(last.weekday() + 1) % 7)
    return sunday if sunday >= first else last


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def preset_names() -> dict[str, str]:
    """By preset, what it is called."""
    return {"1": _("Last week"), "4": _("Last 4 weeks"), "12": _("Last 12 weeks"), "26": _("Last 26 weeks")}
