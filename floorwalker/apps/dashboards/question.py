"""What does the reader ask: which days, beside which others, of which contacts? Read from the address, to be kept and sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict

from floorwalker.apps.dashboards.filters import Filters, read_filters
from floorwalker.apps.dashboards.periods import PRESETS, SO_FAR, USUAL, before, preset_period, stepped, year_before
from floorwalker.insight.scorecard import Period, Where

BEFORE, YEAR = "before", "year"
LONGEST_TEXT = 40
# Beyond, judgements of people would keep a server busy for minutes, and nobody is what she was.
MOST_DAYS = 3 * 366


@dataclass(frozen=True)
class Question:
    """The period and the filters that were asked for, what to compare with, and how far the facts reach."""

    period: Period
    preset: str
    known: Period
    filters: Filters = field(default_factory=Filters)
    compare: str = ""
    sort: str = ""
    # What the address asks for and nobody can answer, so that no figure is taken for another's.
    unread_period: bool = False
    unread_choice: bool = False

    @property
    def where(self) -> Where:
        """The filter that the question adds to every query."""
        return self.filters.where

    @property
    def incomplete(self) -> bool:
        """Whether the period reaches beyond the days of which there are facts."""
        return self.period.last > self.known.last or self.period.first < self.known.first

    @property
    def is_so_far(self) -> bool:
        """Whether this is a week that may not be over."""
        return self.preset == SO_FAR

    @property
    def unknown_queue(self) -> bool:
        """Whether the address names a queue that is not known here."""
        return self.filters.unknown_queue

    @property
    def queue(self) -> object | None:
        """The queue that was chosen."""
        return self.filters.queue

    @property
    def beside(self) -> Period | None:
        """The period to compare with; None where figures stand beside their targets alone."""
        if self.compare == BEFORE:
            return before(self.period, is_so_far=self.is_so_far)
        return year_before(self.period) if self.compare == YEAR else None

    @property
    def beside_is_incomplete(self) -> bool:
        """Whether the facts do not reach over the whole of the other period."""
        return (
            self.beside is not None and not self.known.first <= self.beside.first <= self.beside.last <= self.known.last
        )

    @property
    def address(self) -> str:
        """The question as the part of an address after the question mark."""
        return urlencode(self._parts({"period": self.preset} if self.preset else _days(self.period)))

    @property
    def full_address(self) -> str:
        """The same, with the days of a preset: what a link of today will mean tomorrow."""
        return urlencode(self._parts(_days(self.period)))

    @property
    def earlier(self) -> str:
        """The same question about the period before."""
        return urlencode(self._parts(_days(stepped(self.period, -1))))

    @property
    def later(self) -> str:
        """The same question about the period after; nothing where no facts are known of it."""
        after = stepped(self.period, 1)
        return urlencode(self._parts(_days(after))) if after.first <= self.known.last else ""

    @property
    def kept(self) -> dict[str, str]:
        """The same question by its parts, for a form that asks for another order alone."""
        return {name: value for name, value in parse_qsl(self.address) if name != "sort"}

    @property
    def unfiltered(self) -> str:
        """The same question about all contacts."""
        return urlencode(_days(self.period) | ({"compare": self.compare} if self.compare else {}))

    def _parts(self, days: dict[str, str]) -> dict[str, str]:
        compare = {"compare": self.compare} if self.compare else {}
        return days | self.filters.parts | compare | ({"sort": self.sort} if self.sort else {})


def read_question(asked: QueryDict, known: tuple[date, date], *, on_teams: bool = False) -> Question:
    """The question in an address; what cannot be read is left at the usual, the last four complete weeks, and noted.

    on_teams: the page is about groups of agents, so that it can be cut to those of one tenure.
    """
    facts = Period(*known)
    first, last = _day(asked.get("from")), _day(asked.get("to"))
    # Links of earlier versions say weeks=4.
    named = asked.get("period") or asked.get("weeks") or ""
    preset = named if named in PRESETS else ""
    unread = bool(named and not preset)
    if preset or first is None or last is None or not 0 <= (last - first).days < MOST_DAYS:
        unread = unread or (not preset and bool(asked.get("from") or asked.get("to")))
        preset = preset or USUAL
        period = preset_period(preset, facts)
    else:
        period = Period(first, last)
    filters = read_filters(asked, period.last, on_teams=on_teams)
    compare = asked.get("compare", "")
    return Question(
        period,
        preset,
        facts,
        filters,
        compare=compare if compare in (BEFORE, YEAR) else "",
        sort=asked.get("sort", "")[: 2 * LONGEST_TEXT],
        unread_period=unread,
        unread_choice=filters.unread or compare not in ("", "target", BEFORE, YEAR),
    )


def _days(period: Period) -> dict[str, str]:
    return {"from": period.first.isoformat(), "to": period.last.isoformat()}


def _day(text: str | None) -> date | None:
    """A day that leaves room for the periods before and after it."""
    try:
        found = date.fromisoformat(text) if text else None
    except ValueError:
        return None
    return found if found is not None and 1900 < found.year < 2200 else None
