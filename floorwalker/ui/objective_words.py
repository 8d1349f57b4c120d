"""How is an objective said, its chances, how it stands, and why there may be none; and what comes first, and why not others?"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.insight.objective import Followed, Hindrance, NoObjective, Objective
from floorwalker.kpis.definition import Kpi
from floorwalker.stats.gains import Kind, WhyNot
from floorwalker.stats.priority import Chosen
from floorwalker.stats.targets import Progress
from floorwalker.ui.judging_words import percent
from floorwalker.ui.words import aim, day, decimals_within, duration, figure

# From so many on, contacts are told whole.
WHOLE = 10


def proposed(one: Objective) -> str:
    """ "From 412 s to 390 s by 30 Sep 2026: 58% likely with the plan, 31% without. ..." """
    told = {
        "now": _now(one),
        "target": aim(one.standing.target, one.kpi.unit),
        "day": day(one.due),
        "likely": percent(one.standing.probability),
        "without": percent(one.standing.without_plan),
    }
    chances = _("From %(now)s to %(target)s by %(day)s: %(likely)s likely with the plan, %(without)s without.") % told
    return f"{chances} {_read(one)}"


def _now(one: Objective | Followed) -> str:
    found = one.baseline if isinstance(one, Objective) else one.now
    is_share = one.kpi.unit == "share" and found.low is not None and found.high is not None
    decimals = decimals_within(found.low or 0.0, found.value, found.high or 0.0) if is_share else None
    return figure(found.value, one.kpi.unit, decimals)


def _read(one: Objective) -> str:
    """Over which days it is read, and from how much."""
    told = {"n": f"{one.expected:,}", "weeks": one.reading_days // 7}
    return (
        ngettext(
            "It is read over the last %(weeks)s weeks, from about %(n)s contact.",
            "It is read over the last %(weeks)s weeks, from about %(n)s contacts.",
            one.expected,
        )
        % told
    )


def followed(one: Followed) -> str:
    """How it stands on the way."""
    told = {
        "now": _now(one),
        "target": aim(one.standing.target, one.kpi.unit),
        "day": day(one.due),
        "likely": percent(one.standing.probability),
        "state": state(one.standing.state),
    }
    return _("Now %(now)s; %(target)s by %(day)s is %(likely)s likely: %(state)s.") % told


def state(found: Progress) -> str:
    """A state in words."""
    return {
        Progress.ON_TRACK: _("on track"),
        Progress.AT_RISK: _("at risk"),
        Progress.ASK: _("time for a new plan or a new target"),
    }[found]


def refused(one: NoObjective) -> tuple[str, ...]:
    """Why no target is proposed, a sentence for each reason."""
    return tuple(_hindered(reason, one) for reason in one.reasons)


def _hindered(reason: Hindrance, one: NoObjective) -> str:
    if reason is Hindrance.WITHIN_NOISE and one.tried is not None:
        told = {"target": aim_of(one.tried, one.kpi)}
        return (
            _("A target of %(target)s would be met or missed by luck: nothing that is planned is known to gain more.")
            % told
        )
    return {
        Hindrance.NO_DATA: _("Too little was done in these weeks to say where this person stands."),
        Hindrance.NO_COLLEAGUES: _("Nobody does comparable work, so nothing is known of what can be reached."),
        Hindrance.CHANGED_WORK: _("The work has changed: what was before says little of what comes."),
        Hindrance.SYSTEMIC: _("The cause is everybody's: the process comes first, and nobody gets a target for it."),
        Hindrance.TEAMS: _("The cause is the team's: one action for all of it comes first."),
        Hindrance.SHORT_HISTORY: _("Fewer than three months are known: too few to set a target."),
        Hindrance.FEW_COLLEAGUES: _("Too few colleagues do the same kinds of work."),
        Hindrance.WITHIN_NOISE: _("It would be met or missed by luck."),
        Hindrance.BEYOND_COLLEAGUES: _("Already better than three in four colleagues: the aim is to keep it."),
    }[reason]


def aim_of(value: float, kpi: Kpi) -> str:
    """A target that was only tried, as exactly as a figure is told."""
    return figure(value, kpi.unit)


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
