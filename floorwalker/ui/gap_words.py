"""How is a gap said: how large, how sure, whose, and what it comes to?"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.insight.cut import Part
from floorwalker.insight.gaps import Gap, Gaps, Sureness, Whose
from floorwalker.kpis.definition import Kpi
from floorwalker.ui.judging_words import percent
from floorwalker.ui.signed import with_minus
from floorwalker.ui.words import duration, in_language

HOUR, TENTH = 3600.0, 0.05
# What is told as nought: of a share a tenth of a point, of a score a hundredth.
NO_POINT, NO_SCORE = 0.0005, 0.005


def sure(gap: Gap) -> str:
    """How sure it is that the gap is there."""
    told = {"sure": percent(gap.share.probability)}
    if gap.sureness is Sureness.REAL:
        return _("real: %(sure)s sure") % told
    return _("may be: %(sure)s") % told


def whose(gap: Gap) -> str:
    """Whose a gap is, in general."""
    return {
        Whose.SYSTEM: _("everybody's: the process"),
        Whose.TEAM: _("the whole team's"),
        Whose.PERSON: _("the person's own"),
    }[gap.whose]


def together(gap: Gap, kpi: Kpi) -> str:
    """A gap of a team or of everybody, in one line."""
    told = {"size": size(gap, kpi), "sure": percent(gap.share.probability)}
    if gap.whose is Whose.SYSTEM:
        return _("everybody on the floor: %(size)s, %(sure)s sure that it matters") % told
    return _("the whole team: %(size)s, %(sure)s sure that it matters") % told


def size(gap: Gap, kpi: Kpi) -> str:
    """ "49 s more (likely 15 s to 84 s)": how far from the standard, and which way; a range may reach to the good side."""
    share = gap.share
    told = {"size": amount(share.gap, kpi), "low": amount(share.low, kpi), "high": amount(share.high, kpi)}
    if kpi.better == "up":
        return _("%(size)s less (likely %(low)s to %(high)s)") % told
    return _("%(size)s more (likely %(low)s to %(high)s)") % told


def amount(value: float, kpi: Kpi) -> str:
    """A difference of two figures: durations as such, shares in points."""
    return signed(value, kpi.unit)


def signed(value: float, unit: str) -> str:
    """The same by unit."""
    if unit == "seconds":
        return with_minus(duration(value if abs(value) >= TENTH else 0.0))
    if unit == "share":
        return _("%(points)s points") % {"points": with_minus(f"{100 * value:z.1f}")}
    return with_minus(f"{value:z.2f}")


def change(value: float, kpi: Kpi) -> str:
    """What a step adds to a gap, or takes from it: worse or better by how much, whichever way is better."""
    if kpi.unit == "seconds":
        nought = abs(value) < TENTH
    else:
        nought = abs(value) < (NO_POINT if kpi.unit == "share" else NO_SCORE)
    if nought:
        return _("nothing")
    told = {"size": amount(abs(value), kpi)}
    return _("%(size)s worse") % told if value > 0 else _("%(size)s better") % told


def cost(gap: Gap, kpi: Kpi) -> str:
    """What a gap comes to in the period: hours of work, or contacts."""
    low, high = gap.cost_range
    if kpi.unit == "seconds":
        hours = {name: _hours(value) for name, value in (("cost", gap.cost), ("low", low), ("high", high))}
        return _("about %(cost)s hours (likely %(low)s to %(high)s)") % hours
    counted = {name: f"{value:,.0f}" for name, value in (("cost", gap.cost), ("low", low), ("high", high))}
    if kpi.table.name == "survey":
        return _("about %(cost)s surveys (likely %(low)s to %(high)s)") % counted
    return _("about %(cost)s contacts (likely %(low)s to %(high)s)") % counted


def added(part: Part, kpi: Kpi) -> str:
    """What one part of a gap adds to it, or takes away."""
    size = _hours(abs(part.cost)) if kpi.unit == "seconds" else f"{abs(part.cost):,.0f}"
    if kpi.unit == "seconds":
        said = _("adds %(size)s hours") if part.cost >= 0 else _("takes %(size)s hours away")
    elif kpi.table.name == "survey":
        said = _("adds %(size)s surveys") if part.cost >= 0 else _("takes %(size)s surveys away")
    else:
        said = _("adds %(size)s contacts") if part.cost >= 0 else _("takes %(size)s contacts away")
    return said % {"size": size}


def _hours(seconds: float) -> str:
    hours = seconds / HOUR
    return f"{hours:,.0f}" if hours >= 10 else f"{hours:.1f}"


def found(gaps: Gaps) -> str:
    """The first sentence about one measure."""
    count = len(gaps.real)
    if not count and not gaps.near:
        return _("Of nobody can it be told yet whether there is a gap.")
    if not count:
        return _("No gap stands out from chance. That is an answer, not missing data.")
    return ngettext(
        "%(n)d gap stands out from chance.",
        "%(n)d gaps stand out from chance; first the one that costs most.",
        count,
    ) % {"n": count}


def rest(gaps: Gaps) -> str:
    """What is known of everybody who is not named."""
    said = [
        ngettext(
            "Of %(n)d agent no gap that matters is likely.", "Of %(n)d agents no gap that matters is likely.", gaps.near
        )
        % {"n": gaps.near}
        if gaps.near
        else "",
        ngettext("Of %(n)d it cannot be told yet.", "Of %(n)d it cannot be told yet.", gaps.untold) % {"n": gaps.untold}
        if gaps.untold and (gaps.near or gaps.real)  # else that is what the first sentence says
        else "",
        ngettext("%(n)d does work that too few others do.", "%(n)d do work that too few others do.", gaps.apart)
        % {"n": gaps.apart}
        if gaps.apart
        else "",
    ]
    return " ".join(sentence for sentence in said if sentence)


def overall(real: int, measures: list[Kpi], *, told: bool) -> str:
    """The first sentence of the page: how much stands out, in which measures. told: whether of anybody it is known."""
    if not real and not told:
        return _("Of nobody can it be told yet whether there is a gap.")
    if not real:
        return _("In no measure does a gap stand out from chance. That is an answer, not missing data.")
    names = ", ".join(in_language(kpi.name) for kpi in measures)
    return ngettext(
        "%(n)d gap stands out from chance, in %(measures)s.",
        "%(n)d gaps stand out from chance, in %(measures)s.",
        real,
    ) % {"n": real, "measures": names}
