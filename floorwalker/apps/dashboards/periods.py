"""Which days does a period hold, which comes before and after it, and which is the same a year earlier?

Periods keep to whole weeks, months and quarters where they can, so that like stands beside like.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from floorwalker.insight.known import WEEK, last_complete_week
from floorwalker.insight.scorecard import Period

# A year in whole weeks, so that a Monday stands beside a Monday.
YEAR_OF_WEEKS = timedelta(days=52 * WEEK)
WEEKS = {"1": 7, "4": 28, "12": 84, "26": 182}
USUAL = "4"
MONTH, QUARTER, SO_FAR = "month", "quarter", "so_far"
PRESETS = (*WEEKS, MONTH, QUARTER, SO_FAR)


@dataclass(frozen=True)
class Months:
    """A run of whole calendar months: how many, and in which it begins."""

    year: int
    month: int
    count: int

    @property
    def period(self) -> Period:
        """Its first and last day."""
        last = self.moved(self.count - 1)
        return Period(
            date(self.year, self.month, 1), date(last.year, last.month, calendar.monthrange(last.year, last.month)[1])
        )

    def moved(self, months: int) -> Months:
        """The run that begins so many months later."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Months(year, month + 1, self.count)


def preset_names() -> dict[str, str]:
    """By preset, what it is called."""
    return {
        "1": _("Last week"),
        "4": _("Last 4 weeks"),
        "12": _("Last 12 weeks"),
        "26": _("Last 26 weeks"),
        MONTH: _("Last calendar month"),
        QUARTER: _("Last quarter"),
        SO_FAR: _("This week so far"),
    }


def preset_period(preset: str, known: Period) -> Period:
    """The days of a preset; all but this week so far are over, as far as the facts reach."""
    if preset in WEEKS:
        last = last_complete_week(known)
        return Period(last - timedelta(days=WEEKS[preset] - 1), last)
    if preset == SO_FAR:
        return Period(known.last - timedelta(days=known.last.weekday()), known.last)
    return _last_complete_months(known.last, 3 if preset == QUARTER else 1)


def _last_complete_months(last: date, count: int) -> Period:
    begun = Months(last.year, last.month - (last.month - 1) % count, count)
    return begun.period if begun.period.last == last else begun.moved(-count).period


def stepped(period: Period, steps: int) -> Period:
    """The period so many steps later, or earlier: whole months step by months, others by their own length."""
    months = _months(period)
    if months is not None:
        return months.moved(steps * months.count).period
    length = timedelta(days=(period.last - period.first).days + 1)
    return Period(period.first + steps * length, period.last + steps * length)


def before(period: Period, *, is_so_far: bool = False) -> Period:
    """The period before, of the same length; of a week that is not over, the same days of the week before."""
    return moved(period, -timedelta(days=WEEK)) if is_so_far else stepped(period, -1)


def year_before(period: Period) -> Period:
    """The same period a year earlier: the same months, or 52 weeks earlier, so that the days of the week agree."""
    months = _months(period)
    return moved(period, -YEAR_OF_WEEKS) if months is None else months.moved(-12).period


def moved(period: Period, by: timedelta) -> Period:
    """The same days, that much later."""
    return Period(period.first + by, period.last + by)


def _months(period: Period) -> Months | None:
    """The period as a run of whole months, where it is one."""
    first, last = period.first, period.last
    run = Months(first.year, first.month, (last.year - first.year) * 12 + last.month - first.month + 1)
    return run if first.day == 1 and run.period == period else None
