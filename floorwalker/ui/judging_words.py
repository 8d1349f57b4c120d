"""How is a judgement about a person said, so that one would say it to a colleague's face?

Every sentence names its range and how sure it is; where too little is known it says what would be needed. Nobody is called
worse than a colleague: people are held against what was agreed, or against what is usual for the same work.
"""

from __future__ import annotations

import math

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.insight.capped import Capped
from floorwalker.insight.cause import Caused, Causes
from floorwalker.insight.comparison import SURE, Comparison, Judged, Lack, Verdict
from floorwalker.insight.fair import whose_gap
from floorwalker.insight.resolution import Resolution
from floorwalker.stats.levels import UNLIKELY, Cause
from floorwalker.ui.words import decimals_within, figure


def percent(share: float) -> str:
    """A probability in whole per cent; never quite certain."""
    return f"{min(99, max(1, round(100 * share)))}%"


def compared(one: Judged, found: Comparison) -> str:
    """What is known of one agent's figure, and how many very long contacts were not held against her."""
    return " ".join(filter(None, (_compared(one, found), _beyond(one.beyond))))


def _beyond(n: int) -> str:
    return (
        ngettext(
            "%(n)s of them was very long and counts as no longer than nearly all of its kind.",
            "%(n)s of them were very long and count as no longer than nearly all of their kind.",
            n,
        )
        % {"n": f"{n:,}"}
        if n
        else ""
    )


def capped(found: Capped | None) -> str:
    """As what very long contacts counted, and how many they were of all; nothing where there were none.

    No number of contacts: who reads it may not see everybody's.
    """
    if found is None:
        return ""
    return _(
        "Very long contacts (%(share)s of all) count here as no longer than nearly all of their kind, %(cap)s on average. "
        "Plain figures are whole."
    ) % {"share": figure(found.share, "share"), "cap": figure(found.seconds, "seconds")}


def _compared(one: Judged, found: Comparison) -> str:
    if one.adjusted is None or one.probability_below is None:
        return too_little(one, found)
    if one.verdict is Verdict.NOT_ENOUGH_DATA:
        return alike(one, found, one.probability_below) if one.is_told_against else too_little(one, found)
    decimals = decimals_within(one.low, one.adjusted, one.high) if found.kpi.unit == "share" else None
    figures = {"figure": one.adjusted, "low": one.low, "high": one.high}
    told = {name: figure(value, found.kpi.unit, decimals) for name, value in figures.items()} | {
        "sure": percent(one.probability_below),
        "gap": gap(found),
        "contacts": contacts(one.n, found),
        "standard": _("the usual") if one.standard is None else _told(one.standard, found),
    }
    if one.verdict is Verdict.WORSE:
        return (
            _(
                "%(figure)s for the same kinds of work (likely %(low)s to %(high)s). It is %(sure)s sure that this misses "
                "%(standard)s by more than %(gap)s. From %(contacts)s."
            )
            % told
        )
    if one.verdict is Verdict.WATCH:
        return (
            _(
                "%(figure)s for the same kinds of work (likely %(low)s to %(high)s). It may miss %(standard)s by more than "
                "%(gap)s, but only with %(sure)s: keep watching. From %(contacts)s."
            )
            % told
        )
    if one.probability_below > UNLIKELY:
        return (
            _(
                "%(figure)s for the same kinds of work (likely %(low)s to %(high)s). Whether it misses %(standard)s by more "
                "than %(gap)s cannot be told yet (%(sure)s). From %(contacts)s."
            )
            % told
        )
    return (
        _(
            "%(figure)s for the same kinds of work (likely %(low)s to %(high)s). It is unlikely (%(sure)s) that this misses "
            "%(standard)s by more than %(gap)s. From %(contacts)s."
        )
        % told
    )


def alike(one: Judged, found: Comparison, probability: float) -> str:
    """Of a measure in which people hardly differ: nobody is held against another, but the figure against the standard."""
    of_teams = _(
        "%(figure)s was seen, from %(contacts)s. Teams hardly differ in this measure, so none is told from another; it is "
        "unlikely (%(sure)s) that this misses %(standard)s by more than %(gap)s."
    )
    of_agents = _(
        "%(figure)s was seen, from %(contacts)s. Agents hardly differ in this measure, so nobody is told from another; it is "
        "unlikely (%(sure)s) that this misses %(standard)s by more than %(gap)s."
    )
    return (of_teams if one.is_team else of_agents) % {
        "figure": _told(one.raw, found),
        "contacts": contacts(one.n, found),
        "standard": _told(one.standard, found),
        "gap": gap(found),
        "sure": percent(probability),
    }


def too_little(one: Judged, found: Comparison) -> str:
    """Why nothing can be said of one agent, and what would be needed."""
    raw = _seen(one, found)
    if one.needed is not None and one.needed > one.n:
        needed = _("About %(needed)s would be needed.") % {"needed": contacts(one.needed, found)}
        return f"{raw} {needed}"
    if one.needed is None and Lack.UNRELIABLE in one.lacks:
        return f"{raw} {_hardly_differ(one)}"
    order = (Lack.FEW_CONTACTS, Lack.FEW_PEERS, Lack.UNRELIABLE, Lack.FEW_DAYS, Lack.WIDE)
    say = _lacking_of_team if one.is_team else lacking
    why = next((say(lack) for lack in order if lack in one.lacks), "")
    return f"{raw} {why}".strip()


# Where only these are lacking, more contacts of hers would tell no more.
NOT_HERS = frozenset({Lack.FEW_PEERS, Lack.UNRELIABLE})


def _seen(one: Judged, found: Comparison) -> str:
    """What was seen, and that it is too little where more of it would tell more."""
    told = {"figure": _told(one.raw, found), "contacts": contacts(one.n, found)}
    if one.lacks and NOT_HERS.issuperset(one.lacks) and one.needed is None:
        return _("%(figure)s was seen, from %(contacts)s.") % told
    return _("%(figure)s was seen, from %(contacts)s: too little to tell it from chance.") % told


def _hardly_differ(one: Judged) -> str:
    if one.is_team:
        return _("Teams hardly differ in this measure: even a whole year is unlikely to tell one from another.")
    return _("Agents hardly differ in this measure: even a whole year is unlikely to tell one from another.")


def lacking(lack: Lack) -> str:
    """Why nothing can be said of somebody's figure."""
    return {
        Lack.FEW_PEERS: _("Too few colleagues do the same kinds of work."),
        Lack.FEW_DAYS: _("They come from too few days."),
        Lack.UNRELIABLE: _("Agents hardly differ in this measure: what is seen of one is mostly chance."),
        Lack.WIDE: _("The likely range is still too wide."),
        Lack.FEW_CONTACTS: _("There are too few of them."),
    }[lack]


def _lacking_of_team(lack: Lack) -> str:
    of_teams = {
        Lack.FEW_PEERS: _("Too few teams do the same kinds of work."),
        Lack.UNRELIABLE: _("Teams hardly differ in this measure: what is seen of one is mostly chance."),
    }
    return of_teams.get(lack) or lacking(lack)


def unplaced(lack: Lack) -> str:
    """Why it cannot be told whose somebody's gap is."""
    return _("It cannot be told whose this is: %(why)s") % {"why": lacking(lack)}


def contacts(n: int, found: Comparison) -> str:
    """ "214 contacts", or surveys where these are counted."""
    counted = {"n": f"{n:,}"}
    if found.kpi.table.name == "survey":
        return ngettext("%(n)s survey", "%(n)s surveys", n) % counted
    if found.kpi.table.name == "alert":
        return ngettext("%(n)s ring", "%(n)s rings", n) % counted
    return ngettext("%(n)s contact", "%(n)s contacts", n) % counted


def gap(found: Comparison) -> str:
    """The smallest gap that is worth anyone's time."""
    if found.kpi.unit == "seconds":
        return f"{100 * found.delta:.3g}%"
    if found.kpi.unit == "share":
        return _("%(points)s points") % {"points": f"{100 * found.delta:.3g}"}
    return f"{found.delta:.3g}"


def cause(one: Caused, judged: Judged | None = None) -> str:
    """Whose a gap is. judged: what is said of the same figure by itself, where that is known."""
    whose = whose_gap(one, judged)
    if whose is not one.primary and judged is not None and judged.probability_below is not None:
        return _(
            "No gap that matters is likely (%(sure)s): where one part of it is large, another makes up for it."
        ) % {"sure": percent(judged.probability_below)}
    told = {
        "system": percent(one.p_system),
        "team": percent(one.p_team),
        "personal": percent(one.p_personal),
    }
    return {
        Cause.PERSONAL: _("Mostly the person's own (%(personal)s sure that this part matters)."),
        Cause.TEAM: _(
            "Mostly the whole team's (%(team)s sure that this part matters): look at how the team works first."
        ),
        Cause.SYSTEMIC: _("Mostly everybody's (%(system)s sure that this part matters): look at the process first."),
        Cause.NONE: _("No gap that matters is likely (system %(system)s, team %(team)s, own %(personal)s)."),
        Cause.NOT_ENOUGH_DATA: _(
            "It cannot be told yet whose this is (system %(system)s, team %(team)s, own %(personal)s; %(sure)s is asked for)."
        ),
    }[whose] % (told | {"sure": percent(SURE)})


def cause_of_few(one: Caused) -> str:
    """The same to a member of a small team: what is the team's, beside her own part, would be a colleague's to her."""
    if one.primary is Cause.SYSTEMIC:
        return cause(one)
    return _("How much of a gap is the team's is not told here: in so small a team it would give colleagues away.")


def held_against(found: Causes) -> str:
    """What a floor's gaps are measured from."""
    said = figure(found.standard, found.kpi.unit)
    if found.reference:
        return _("held against the same work and people in the weeks before: %(figure)s") % {"figure": said}
    return _("held against %(figure)s") % {"figure": said}


def resolved(found: Resolution) -> str:
    """How many first contacts were settled, those that still wait included."""
    shares = (("share", found.share), ("low", found.low), ("high", found.high), ("plain", found.plain))
    told = {name: figure(value, found.kpi.unit) for name, value in shares}
    told |= {"n": f"{found.n:,}", "waiting": f"{found.waiting:,}"}
    return (
        _(
            "%(share)s settled (likely %(low)s to %(high)s), of %(n)s first contacts, %(waiting)s of which have not had their"
            " week and are included by estimate. With those left in who would have called again anyway: %(plain)s."
        )
        % told
    )


def _told(value: float | None, found: Comparison) -> str:
    return figure(value, found.kpi.unit)


def named_wrongly(named: int, wrong: float) -> str:
    """How many figures a list names, and how many of these are expected to be wrong; under one, in how many such lists any."""
    said = ngettext("%(n)d figure of a person is named here.", "%(n)d figures of people are named here.", named)
    lists = math.ceil(round(wrong * 10, 6))
    if lists <= 1:
        doubt = _("In fewer than one in ten of such lists is anybody expected to be named wrongly.")
    elif lists < 10:
        doubt = _("In up to %(lists)d of ten such lists is somebody expected to be named wrongly.") % {"lists": lists}
    else:
        doubt = ngettext(
            "About %(wrong)d of them is expected to be named wrongly.",
            "About %(wrong)d of them are expected to be named wrongly.",
            round(wrong),
        ) % {"wrong": round(wrong)}
    return f"{said % {'n': named}} {doubt}"
