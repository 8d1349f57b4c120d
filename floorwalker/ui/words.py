"""How is a finding said? One translated string per sentence code, and the forms of figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from django.conf import settings
from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from floorwalker.estimate import Answer, Estimate, NoEstimate, Reason
from floorwalker.insight.change import Change, Direction
from floorwalker.insight.judgement import INSIDE, TOO_HIGH, TOO_LOW, WITHHELD, Target
from floorwalker.insight.scorecard import Point, extremes
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Kind

COUNTED = ("contacts", "alerts", "commitments")
# A narrower range of a share, or one nearer to none or all, needs a decimal to be told.
NARROW_SHARE = 0.03
SMALL_SHARE = 0.1
# From here on a range of durations is told in minutes and seconds, up to here without hours.
MINUTES, HOUR = 119.5, 3599.5


def figure(value: float | None, unit: str, decimals: int | None = None) -> str:
    """A figure as people write it: 72%, 4 min 05 s, 1,204. decimals: of a share in per cent, where others stand beside it."""
    if value is None:
        return "–"
    if unit == "share":
        shown = int(not SMALL_SHARE <= value <= 1 - SMALL_SHARE) if decimals is None else decimals
        text = f"{100 * value:.{shown}f}"
        return (text.removesuffix(".0") if decimals is None or value in (0, 1) else text) + "%"
    if unit == "seconds":
        return duration(value)
    if unit in COUNTED:
        return f"{value:,.0f}"
    return f"{value:,.2f}" if abs(value) < 10 else f"{value:,.1f}"


def plain(value: object) -> str:
    """Any value of a fact row: a dash for none, whole numbers without a point, yes and no in words; an instant by its own clock."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float):
        # A share, such as a score, says nothing with one digit behind its point.
        return f"{value:.3g}" if abs(value) < 1 else f"{value:,.1f}".removesuffix(".0")
    if isinstance(value, datetime):
        return date_format(value, "j M Y, H:i:s")
    return str(value)


def in_language(text: str) -> str:
    """A text of the catalogue of measures in the reader's language; one that a centre added itself stays as it is."""
    return _(text) if text else ""


def day(found: date) -> str:
    """A day as people write it."""
    return date_format(found, "j M Y")


def clock() -> dict[str, object] | None:
    """How drawings write dates, as d3-time-format has it; nothing where the reader's language is the source's own."""
    if (get_language() or settings.LANGUAGE_CODE) == settings.LANGUAGE_CODE:
        return None
    return {
        "dateTime": "%-d %b %Y, %H:%M",
        "date": "%-d %b %Y",
        "time": "%H:%M",
        "periods": ["AM", "PM"],
        "days": [str(name) for name in (WEEKDAYS[6], *(WEEKDAYS[n] for n in range(6)))],
        "shortDays": [str(name) for name in (WEEKDAYS_ABBR[6], *(WEEKDAYS_ABBR[n] for n in range(6)))],
        "months": [str(MONTHS[n]) for n in range(1, 13)],
        "shortMonths": [str(MONTHS_3[n]).title() for n in range(1, 13)],
    }


def instant(at: datetime) -> str:
    """An instant, in UTC."""
    return date_format(at.astimezone(UTC), "j M Y, H:i") + " UTC"


def duration(seconds: float) -> str:
    """Seconds in the units in which people think of them."""
    if seconds < 0:
        # Minutes and seconds count from nought on either side; what rounds to nought has no side.
        said = duration(-seconds)
        return said if said == duration(0.0) else f"-{said}"
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 120:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest:02} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min"


def aim(value: float, unit: str) -> str:
    """A target as it was set: nothing of it is rounded away."""
    return f"{100 * value:.2f}".rstrip("0").rstrip(".") + "%" if unit == "share" else figure(value, unit)


def bounds(target: Target, unit: str) -> str:
    """ "at least 80%", "at most 5%", "75% to 85%": what is aimed for."""
    if target.low is not None and target.high is not None:
        return _("%(low)s to %(high)s") % {"low": aim(target.low, unit), "high": aim(target.high, unit)}
    if target.low is not None:
        return _("at least %(value)s") % {"value": aim(target.low, unit)}
    return "–" if target.high is None else _("at most %(value)s") % {"value": aim(target.high, unit)}


def decimals(answer: Estimate) -> int:
    """How many decimals of per cent a share, and with it both bounds of its range, is told with."""
    return decimals_within(answer.low, answer.value, answer.high)


def decimals_within(low: float | None, value: float, high: float | None) -> int:
    """The same of any share between two bounds."""
    told = [bound for bound in (low, value, high) if bound is not None]
    width = max(told) - min(told)
    if width < NARROW_SHARE or (value < SMALL_SHARE and width < 2 * NARROW_SHARE):
        return 1
    return int(any(bound not in (0, 1) and round(bound, 2) in (0, 1) for bound in told))


def value(answer: Estimate) -> str:
    """The figure of an answer."""
    return figure(answer.value, answer.unit, decimals(answer))


def interval(answer: Answer) -> str:
    """ "likely 66 to 78%", or nothing where the figure was counted."""
    if isinstance(answer, NoEstimate) or answer.low is None or answer.high is None:
        return ""
    if answer.unit == "seconds" and answer.low >= MINUTES and answer.high < HOUR:
        low, high = (
            f"{minutes}:{rest:02}" for minutes, rest in (divmod(round(b), 60) for b in (answer.low, answer.high))
        )
        return _("likely %(low)s to %(high)s min") % {"low": low, "high": high}
    low, high = (figure(bound, answer.unit, decimals(answer)) for bound in (answer.low, answer.high))
    return _("likely %(low)s to %(high)s") % {"low": _without_unit(low, high), "high": high}


def _without_unit(low: str, high: str) -> str:
    """The lower bound without the sign that the upper one repeats: 66 to 78%, 2.0 to 11 s."""
    for unit in ("%", " s"):
        if low.count(" ") == high.count(" ") == unit.count(" ") and low.endswith(unit) and high.endswith(unit):
            return low.removesuffix(unit)
    return low


def how_many(answer: Answer) -> str:
    """ "from 214 contacts": what a figure was made of."""
    n, counted = answer.n, {"n": f"{answer.n:,}"}
    kpi = catalogue().get(answer.definition.partition("@")[0])
    match kpi.table.name if kpi else "":
        case "contact" | "segment":
            return ngettext("from %(n)s contact", "from %(n)s contacts", n) % counted
        case "alert":
            return ngettext("from %(n)s ring", "from %(n)s rings", n) % counted
        case "survey":
            return ngettext("from %(n)s survey", "from %(n)s surveys", n) % counted
        case "evaluation" if kpi and kpi.kind is not Kind.RATIO:
            return ngettext("from %(n)s evaluation", "from %(n)s evaluations", n) % counted
        case "reading":
            return ngettext("from %(n)s reading", "from %(n)s readings", n) % counted
        case "commitment":
            return ngettext("from %(n)s commitment", "from %(n)s commitments", n) % counted
        case "state_interval" if kpi and kpi.kind is Kind.RATE:
            return ngettext("from %(n)s stretch of work", "from %(n)s stretches of work", n) % counted
        case "state_interval":
            return ngettext("from %(n)s day worked", "from %(n)s days worked", n) % counted
    return ngettext("from %(n)s", "from %(n)s", n) % counted


def no_figure(answer: NoEstimate) -> str:
    """Why there is no figure, and how little there was where that is the reason."""
    said = reason(answer.reason)
    return f"{said}, {how_many(answer)}" if answer.reason is Reason.TOO_FEW else said


def movement(weeks: Sequence[Point]) -> str:
    """What a drawing of weeks shows: where it was lowest, where highest, and where it is now."""
    found = extremes(weeks)
    if found is None:
        return ""
    lowest, highest, last = (
        {"figure": value(point.answer), "day": date_format(point.week, "j M")}
        for point in found
        if isinstance(point.answer, Estimate)
    )
    return _(
        "Lowest in the week of %(low_day)s (%(low)s), highest in the week of %(high_day)s (%(high)s), "
        "in the last of these weeks %(last)s. The band is the likely range of each week."
    ) % {
        "low_day": lowest["day"],
        "low": lowest["figure"],
        "high_day": highest["day"],
        "high": highest["figure"],
        "last": last["figure"],
    }


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
    """The three states of a figure against its target; against a band, on which side it lies."""
    return {
        INSIDE: _("lies within the band by more than chance"),
        TOO_LOW: _("too low by more than chance"),
        TOO_HIGH: _("too high by more than chance"),
        "above": _("meets the target by more than chance"),
        "below": _("misses the target by more than chance"),
        "above_by_work": _("no gap that matters, for the same kinds of work"),
        "below_by_work": _("a gap that matters, for the same kinds of work"),
        "unclear": _("cannot tell yet"),
        "none": _("no target set"),
        WITHHELD: _("how single people stand to it is not shown here"),
    }[state]


def change_was(change: Change) -> str:
    """ "was 71%, likely 68 to 74%": the figure of the other period."""
    was = change.was
    if isinstance(was, NoEstimate):
        return _("earlier: %(reason)s") % {"reason": no_figure(was)}
    likely = interval(was)
    if not likely:
        return _("was %(figure)s") % {"figure": value(was)}
    return _("was %(figure)s, %(likely)s") % {"figure": value(was), "likely": likely}


def change_said(change: Change, better: str) -> str:
    """Whether the difference is more than chance, and if so whether that is better; nothing where nobody can say."""
    if change.direction is Direction.CHANCE:
        return _("the difference may be chance")
    if change.direction not in (Direction.HIGHER, Direction.LOWER):
        return ""
    higher = change.direction is Direction.HIGHER
    if better not in ("up", "down"):
        return _("higher by more than chance") if higher else _("lower by more than chance")
    if higher == (better == "up"):
        return _("higher by more than chance: better") if higher else _("lower by more than chance: better")
    return _("higher by more than chance: worse") if higher else _("lower by more than chance: worse")


def channel_names() -> dict[str, str]:
    """By channel, what it is called."""
    return {
        "voice": _("Voice"),
        "email": _("E-mail"),
        "chat": _("Chat"),
        "messaging": _("Messaging"),
        "social": _("Social media"),
        "callback": _("Callback"),
        "task": _("Task"),
    }


def told(answer: Answer) -> str:
    """An answer in one line: 72%, likely 66 to 78%, from 214 contacts; or why there is none."""
    if isinstance(answer, NoEstimate):
        return no_figure(answer)
    counted = "" if answer.method == "counted" else how_many(answer)
    return ", ".join(part for part in (value(answer), interval(answer), counted) if part)
