"""How is a gain said in words? Better or worse by how much, and between which of the two it may lie, without a sign to be read.

Gains are above nought where something got better, whichever side of the measure is the better one: of a rate that fell a plus
would be read as a rise.
"""

from __future__ import annotations

from django.utils.translation import gettext as _


def amount(value: float, unit: str) -> str:
    """How large a gain or a loss is, without its side: 3.1%, 2.0 points."""
    number = _number(value, unit)
    if unit == "ratio":
        return f"{number}%"
    return _("%(points)s points") % {"points": number} if unit == "share" else number


def gain(value: float | None, unit: str) -> str:
    """One gain: better by 8.4 points."""
    if value is None:
        return "–"
    said = {"size": amount(value, unit)}
    if _is_nought(value, unit):
        return _("no different")
    return _("better by %(size)s") % said if value > 0 else _("worse by %(size)s") % said


def gain_between(low: float | None, high: float | None, unit: str) -> str:
    """Between which gains: better by 1.2 to 15.6 points; where it may be either, from 2.0 points worse to 3.1 points better."""
    if low is None or high is None:
        return "–"
    if _is_nought(low, unit) and _is_nought(high, unit):
        return _("no different")
    if low < 0 < high and not (_is_nought(low, unit) or _is_nought(high, unit)):
        told = {"worse": amount(low, unit), "better": amount(high, unit)}
        return _("from %(worse)s worse to %(better)s better") % told
    least, most = sorted((abs(low), abs(high)))
    told = {"least": _number(least, unit), "most": amount(most, unit)}
    is_better = high > 0 and not _is_nought(high, unit)
    return _("better by %(least)s to %(most)s") % told if is_better else _("worse by %(least)s to %(most)s") % told


def _number(value: float, unit: str) -> str:
    return f"{100 * abs(value):.1f}" if unit in ("ratio", "share") else f"{abs(value):.2f}"


def _is_nought(value: float, unit: str) -> bool:
    """As it is written: what is rounded to nought has no side."""
    return not float(_number(value, unit))
