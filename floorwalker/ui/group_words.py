"""How is it said whether groups of agents are scored differently? As a difference with its doubt, and never as a reason."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.insight.groups import Differences, Gap, GroupFound, MarkedOtherwise, Shift
from floorwalker.stats.group_gaps import LEAST_AGENTS
from floorwalker.ui.evaluator_words import points


def shifts() -> dict[str, str]:
    """By time of day, what agents who mostly work then are called."""
    return {
        Shift.MORNING: _("mostly mornings"),
        Shift.AFTERNOON: _("mostly afternoons"),
        Shift.EVENING: _("mostly evenings and nights"),
    }


def group(found: GroupFound) -> str:
    """What can be said of one group."""
    if found.plain is None and found.fair is None:
        return _(
            "Nothing is said: too few agents or evaluations, of this group or of all others; %(least)s agents at least."
        ) % {"least": LEAST_AGENTS}
    if found.fair is None:
        return _(
            "Cannot tell: too few of these agents were marked by evaluators who marked others too. The plain difference may be the "
            "evaluators' own."
        )
    if not found.fair.is_clear:
        return _(
            "Nothing that stands out: likely between %(below)s points below and %(above)s above the others."
        ) % _sides(found.fair)
    above = found.fair.points > 0
    return (
        _(
            "Scores about %(points)s points above the others, marked by the same people on the same work (likely %(low)s to %(high)s). "
            "That is no reason yet."
        )
        if above
        else _(
            "Scores about %(points)s points below the others, marked by the same people on the same work (likely %(low)s to %(high)s). "
            "That is no reason yet: look at training, systems and hours before anybody."
        )
    ) % _told(found.fair)


def marked_otherwise(found: MarkedOtherwise, name: str) -> str:
    """What can be said of one evaluator and one group."""
    if not found.is_signal:
        return _(
            "%(group)s: nothing that stands out; likely between %(below)s points below and %(above)s above what colleagues give to the "
            "same agents."
        ) % {"group": name, **_sides(found.gap)}
    told = {"group": name, **_told(found.gap)}
    return (
        _(
            "%(group)s: scores about %(points)s points higher than colleagues score the same agents (likely %(low)s to %(high)s). Have "
            "contacts marked again, blind: this is a sign to look, and says nothing of why."
        )
        if found.gap.points > 0
        else _(
            "%(group)s: scores about %(points)s points lower than colleagues score the same agents (likely %(low)s to %(high)s). Have "
            "contacts marked again, blind: this is a sign to look, and says nothing of why."
        )
    ) % told


def answer(found: Differences) -> str:
    """What the whole tells in one sentence."""
    if found.clear:
        return ngettext(
            "%(n)s group scores differently even where the same people marked it on the same work.",
            "%(n)s groups score differently even where the same people marked them on the same work.",
            len(found.clear),
        ) % {"n": len(found.clear)}
    if any(one.fair is not None for one in found.groups):
        return _("No group stands out: what differs between them may well be chance.")
    return _("Nothing can be said yet: there are too few agents in these groups, or nobody marked several of them.")


def caution() -> str:
    """What must stand above every such figure."""
    return _(
        "A difference between groups says nothing of any person in them, and nothing of why. Many in a higher group stand below many "
        "in a lower one. Groups of fewer than ten agents are left out altogether."
    )


def _told(gap: Gap) -> dict[str, str]:
    low, high = sorted((abs(gap.low), abs(gap.high)))
    return {"points": points(abs(gap.points)), "low": points(low), "high": points(high)}


def _sides(gap: Gap) -> dict[str, str]:
    return {"below": points(max(0.0, -gap.low)), "above": points(max(0.0, gap.high))}
