"""How is it said what comes first, what it gains, and why not others? Objectives themselves are said by coaching."""

from __future__ import annotations

from django.utils.translation import gettext as _

from floorwalker.kpis.definition import Kpi
from floorwalker.stats.gains import Kind, WhyNot
from floorwalker.stats.priority import Chosen
from floorwalker.ui.words import duration

# From so many on, contacts are told whole.
WHOLE = 10


def gains(one: Chosen) -> str:
    """What an action of the list is expected to gain in a month: "38 min of work a month (10 min to 70 min)"."""
    low, high = one.range
    told = {"gain": duration(one.gain), "low": duration(low), "high": duration(high)}
    return _("about %(gain)s of work a month (likely %(low)s to %(high)s)") % told


def gains_of_measure(one: Chosen, kpi: Kpi) -> str:
    """The same in the measure's own words: work where it is a duration, else the contacts, rings or surveys that are better."""
    if kpi.unit == "seconds":
        return gains(one)
    worth = one.candidate.worth
    sizes = zip(("n", "low", "high"), (one.gain, *one.range), strict=True)
    told = {name: _counted(gain / worth if worth else 0.0) for name, gain in sizes}
    if kpi.table.name == "survey":
        return _("better in about %(n)s surveys a month (likely %(low)s to %(high)s)") % told
    if kpi.table.name == "alert":
        return _("better in about %(n)s rings a month (likely %(low)s to %(high)s)") % told
    return _("better in about %(n)s contacts a month (likely %(low)s to %(high)s)") % told


def _counted(number: float) -> str:
    return f"{number:,.0f}" if number >= WHOLE else f"{number:.1f}"


def action(kind: Kind) -> str:
    """What is done."""
    return {
        Kind.COACH: _("Coach"),
        Kind.TEAM: _("Act with the team"),
        Kind.PROCESS: _("Hand to the owner of the process"),
        Kind.EVIDENCE: _("Evaluate three more contacts first"),
    }[kind]


def why_not(why: WhyNot) -> str:
    """Why an action is not on the list."""
    return {
        WhyNot.NO_CAPACITY: _("The hours are spent on what gains more."),
        WhyNot.NOT_PERSONAL: _("The cause is not personal."),
        WhyNot.OPEN_GOAL: _("Already at an objective: one at a time."),
        WhyNot.ONE_AT_A_TIME: _("Something else of the same person comes first: one at a time."),
        WhyNot.EVIDENCE_FIRST: _("Three more evaluations are worth more now."),
        WhyNot.NOT_SURE: _("Not sure enough that there is a gap that matters."),
        WhyNot.NO_GAIN: _("Nothing would be gained."),
    }[why]
