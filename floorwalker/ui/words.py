"""How is a finding said? One translated string per sentence code, and the forms of figures."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.estimate import Answer, NoEstimate, Reason

COUNTED = ("contacts", "alerts")


def figure(value: float | None, unit: str) -> str:
    """A figure as people write it: 72%, 4 min 05 s, 1,204."""
    if value is None:
        return "–"
    if unit == "share":
        return f"{100 * value:.0f}%" if 0.1 <= value <= 0.9 or value in (0, 1) else f"{100 * value:.1f}%"
    if unit == "seconds":
        return duration(value)
    if unit in COUNTED:
        return f"{value:,.0f}"
    return f"{value:,.2f}" if abs(value) < 10 else f"{value:,.1f}"


def plain(value: object) -> str:
    """Any value of a fact row: a dash for none, whole numbers without a point, yes and no in words."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float):
        return f"{value:,.1f}".removesuffix(".0")
    if isinstance(value, datetime):
        return date_format(value.astimezone(UTC), "j M Y, H:i:s")
    return str(value)


def duration(seconds: float) -> str:
    """Seconds in the units in which people think of them."""
    if abs(seconds) < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if abs(whole) < 120:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest:02} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min"


def interval(answer: Answer) -> str:
    """ "likely 66 to 78", or nothing where the figure was counted."""
    if isinstance(answer, NoEstimate) or answer.low is None or answer.high is None:
        return ""
    low, high = figure(answer.low, answer.unit), figure(answer.high, answer.unit)
    return _("likely %(low)s to %(high)s") % {"low": low, "high": high}


def how_many(n: int) -> str:
    """ "from 214 observations"."""
    return ngettext("from %(n)s", "from %(n)s", n) % {"n": f"{n:,}"}


def reason(code: Reason) -> str:
    """Why there is no figure, in words."""
    return {
        Reason.NO_DATA: _("nothing happened here"),
        Reason.TOO_FEW: _("too few to say"),
        Reason.PENDING: _("not known yet"),
        Reason.NOT_MEASURABLE: _("this source does not tell"),
        Reason.NOT_DEFINED_FOR_SPLIT: _("belongs to nobody in particular"),
    }[code]


def verdict(state: str) -> str:
    """The three states of a figure against its target."""
    return {
        "above": _("meets the target, more than chance"),
        "below": _("misses the target, more than chance"),
        "unclear": _("cannot tell yet"),
        "none": _("no target set"),
    }[state]
