"""How is it said whether something befalls a group of agents more often? As a difference with its doubt: look again, blind."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.insight.outcomes import Befell
from floorwalker.stats.disparities import LEAST_COUNTED, Contrast
from floorwalker.ui.evaluator_words import points
from floorwalker.ui.signed import with_minus

POINTS = 100.0


def names() -> dict[str, str]:
    """By code what an outcome is called."""
    return {
        "targets": _("Targets met"),
        "named": _("Named for a gap"),
        "fatal": _("Fatal misses"),
        "overturned": _("Appeals overturned"),
        "looked_for": _("Chosen for a targeted evaluation"),
    }


def figures(contrast: Contrast | None) -> dict[str, str]:
    """A difference in whole points and a ratio, never without their ranges; dashes where nothing may be said."""
    if contrast is None:
        return {"difference": "–", "ratio": "–"}
    gaps = (with_minus(f"{POINTS * value:z.0f}") for value in (contrast.difference, contrast.low, contrast.high))
    ratios = (f"{value:.2f}" for value in (contrast.ratio, contrast.ratio_low, contrast.ratio_high))
    return {"difference": _ranged(*gaps), "ratio": _ranged(*ratios)}


def _ranged(value: str, low: str, high: str) -> str:
    return _("%(value)s (%(low)s to %(high)s)") % {"value": value, "low": low, "high": high}


def sentence(found: Befell) -> str:
    """What can be said of one outcome of one group."""
    if found.fair is None:
        return _("Cannot tell: too few others do the same work at the same time of day, and have been here as long.")
    if not found.is_signal:
        return _("Nothing that stands out: likely between %(below)s points below and %(above)s above the others.") % {
            "below": points(max(0.0, -POINTS * found.fair.low)),
            "above": points(max(0.0, POINTS * found.fair.high)),
        }
    told = _told(found.fair)
    return (
        _("About %(points)s points more often than among others alike (likely %(low)s to %(high)s). Look again, blind.")
        if found.fair.difference > 0
        else _(
            "About %(points)s points less often than among others alike (likely %(low)s to %(high)s). Look again, blind."
        )
    ) % told


def answer(found: Sequence[Befell]) -> str:
    """What all of it tells in one sentence."""
    signals = len({one.outcome for one in found if one.is_signal})
    if signals:
        return ngettext(
            "%(n)s outcome differs between groups even among agents with the same work: a sign to look again, blind.",
            "%(n)s outcomes differ between groups even among agents with the same work: a sign to look again, blind.",
            signals,
        ) % {"n": signals}
    if any(one.fair is not None for one in found):
        return _("No outcome stands out: what differs between the groups may well be chance.")
    return _("Nothing can be said of outcomes: in some count there are fewer than %(least)s agents.") % {
        "least": LEAST_COUNTED
    }


def _told(fair: Contrast) -> dict[str, str]:
    low, high = sorted((abs(POINTS * fair.low), abs(POINTS * fair.high)))
    return {"points": points(abs(POINTS * fair.difference)), "low": points(low), "high": points(high)}
