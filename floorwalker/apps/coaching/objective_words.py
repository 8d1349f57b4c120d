"""How is an objective said: what is aimed at, how likely it is, how it stands, and why none can be agreed on?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.coaching.models import Objective
from floorwalker.apps.coaching.reaching import Barred, Expects, Read
from floorwalker.apps.people.access import team_of
from floorwalker.apps.people.models import Agent
from floorwalker.estimate import Answer, Estimate
from floorwalker.insight.ended import fell_beyond, is_beyond_luck
from floorwalker.insight.objective import Hindrance, NoObjective
from floorwalker.insight.person_level import Standing
from floorwalker.kpis.definition import Better, Kpi
from floorwalker.stats.targets import Progress
from floorwalker.ui import words

SURE, HARDLY = 9.5, 0.5
# Over so many times the contacts of a quarter nobody waits, and no figure stays what it is.
MOST_TIMES = 20


def aimed_at(kpi: Kpi, target: float) -> str:
    """ "at least 80%": the side from which it is reached."""
    said = _("at least %(value)s") if kpi.better is Better.UP else _("at most %(value)s")
    return said % {"value": words.figure(target, kpi.unit)}


def worded(kpi: Kpi, target: float, due: date) -> str:
    """The objective in one line."""
    return _("%(measure)s: %(target)s by %(day)s") % {
        "measure": words.in_language(kpi.name),
        "target": aimed_at(kpi, target),
        "day": words.day(due),
    }


def chance(probability: float) -> str:
    """A probability in tenths, which is as finely as it is known."""
    tenths = 10 * probability
    if tenths < HARDLY:
        return _("less than 1 in 20")
    return _("more than 19 in 20") if tenths >= SURE else _("about %(n)d in 10") % {"n": round(tenths)}


def proposed(kpi: Kpi, now: float, standing: Standing, due: date) -> str:
    """From where to where, by when, and how likely with the plan and without."""
    return _(
        "From %(now)s to %(target)s by %(day)s: a chance of %(with)s with the plan, of %(without)s without it."
    ) % {
        "now": words.figure(now, kpi.unit),
        "target": aimed_at(kpi, standing.target),
        "day": words.day(due),
        "with": chance(standing.probability),
        "without": chance(standing.without_plan),
    }


def pace(kpi: Kpi, standing: Standing, due: date) -> str:
    """How it looks today."""
    return _("As it looks now there is a chance of %(chance)s of %(target)s by %(day)s.") % {
        "chance": chance(standing.probability),
        "target": aimed_at(kpi, standing.target),
        "day": words.day(due),
    }


def progress(state: Progress) -> str:
    """What the chance asks for."""
    return {
        Progress.ON_TRACK: _("On track."),
        Progress.AT_RISK: _("At risk: talk about what would help, while there is time."),
        Progress.ASK: _("It will hardly be reached this way: agree on a new plan, or on a new target."),
    }[state]


def assumed(objective: Objective) -> str:
    """What the chance with the plan takes the action to do."""
    return expectation(Expects(objective.forecast.get("expects", Expects.NOTHING)))


def expectation(expects: Expects) -> str:
    """What the action is taken to do, as a sentence."""
    return {
        Expects.NOTHING: _("Nothing is taken to come of the action before it has been seen."),
        Expects.QUARTER: _(
            "The chance with the plan takes the action to close a quarter of the way to what a quarter of colleagues "
            "reach, give or take 15 points; what such actions have done here is not known yet."
        ),
        Expects.HALF: _(
            "The chance with the plan takes the action to close half of the way to what a quarter of colleagues "
            "reach, give or take 15 points: twice what is usual. What such actions have done here is not known yet."
        ),
    }[expects]


def read_how(kpi: Kpi, days: int, volume: int) -> str:
    """How the figure will be read on the day."""
    said = ngettext(
        "It is read on the last %(days)d days, of about %(n)d contact, at the same work as colleagues.",
        "It is read on the last %(days)d days, of about %(n)d contacts, at the same work as colleagues.",
        volume,
    )
    return said % {"days": days, "n": volume}


def ended(kpi: Kpi, target: float, reading: Estimate, days: int) -> Iterator[str]:
    """By what it ended: the reading of which the chance was told, and whether luck can have decided."""
    told = {
        "days": days,
        "n": reading.n,
        "value": words.figure(reading.value, kpi.unit),
        "target": aimed_at(kpi, target),
    }
    yield (
        ngettext(
            "Read on the last %(days)d days, of %(n)d contact: %(value)s. The target was %(target)s.",
            "Read on the last %(days)d days, of %(n)d contacts: %(value)s. The target was %(target)s.",
            reading.n,
        )
        % told
    )
    if not is_beyond_luck(kpi, target, reading):
        yield _("Luck alone can have carried it over the target, or kept it short of it: what was done counts as much.")


def cost(counter: Kpi, limit: float | None, found: Answer | None) -> str:
    """What became of the measure that must not get worse."""
    fell = fell_beyond(counter, limit, found)
    told = {"measure": words.in_language(counter.name)}
    if fell is None or limit is None or not isinstance(found, Estimate):
        return _("Whether %(measure)s got worse meanwhile cannot be told.") % told
    told |= {"value": words.figure(found.value, counter.unit), "limit": words.figure(limit, counter.unit)}
    if fell:
        return (
            _("It had its cost: %(measure)s was %(value)s, beyond the limit of %(limit)s on which both had agreed.")
            % told
        )
    return _("%(measure)s stayed within the limit of %(limit)s: %(value)s.") % told


def hindered(read: Read, agent: Agent, on: date) -> Iterator[str]:
    """Why no objective can be agreed on, each with where it goes or what can be done."""
    for one in read.barred:
        yield _barred(one)
    if isinstance(read.found, NoObjective):
        for reason in read.found.reasons:
            yield _hindered(reason, read.found, agent, on)


def _barred(one: Barred) -> str:
    return {
        Barred.OPEN_ALREADY: _("There is an open objective in this measure: replace that one, or end it first."),
        Barred.NO_COUNTER_MEASURE: _(
            "No measure is known that would show what this one costs: speed alone is no objective."
        ),
        Barred.NO_FACTS: _("Nothing has been loaded yet: there are no figures to begin with."),
    }[one]


def _hindered(reason: Hindrance, found: NoObjective, agent: Agent, on: date) -> str:
    if reason is Hindrance.WITHIN_NOISE:
        return _within_noise(found)
    if reason is Hindrance.TEAMS:
        team = team_of(agent, on)
        said = _("This gap is the team's (%(team)s), not one person's: it belongs on the agenda of its leader.")
        return said % {"team": "–" if team is None else team.name}
    return {
        Hindrance.SYSTEMIC: _(
            "This gap is everybody's: it goes to whoever answers for the process. Nobody can close it alone."
        ),
        Hindrance.NO_DATA: _("Too little of this work was done of late to know where you would begin."),
        Hindrance.NO_COLLEAGUES: _("Nobody does comparable work: there is nothing to hold it against."),
        Hindrance.CHANGED_WORK: _("The work has changed too much: wait until three months of the new work are known."),
        Hindrance.SHORT_HISTORY: _("Three months of figures are needed to know where somebody truly stands."),
        Hindrance.FEW_COLLEAGUES: _("Too few colleagues do this work to know what can be reached."),
        Hindrance.BEYOND_COLLEAGUES: _("This is better already than what three in four colleagues reach: keep it up."),
    }[reason]


def _within_noise(found: NoObjective) -> str:
    said = _("A target that can be asked for here would be met or missed by luck.")
    if found.longer is None:
        return said
    if found.longer > MOST_TIMES:
        return f"{said} {_('No period holds contacts enough to tell: choose a measure of which more is known.')}"
    more = _("It would take about %(n)s times as many contacts to tell: choose a measure that is met more often.")
    return f"{said} {more % {'n': words.figure(found.longer, '')}}"
