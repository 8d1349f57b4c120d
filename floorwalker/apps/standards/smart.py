"""Is a standard specific, measurable, attainable, relevant and timed? Checked from what is known, never typed by its author."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.people.lake import lake
from floorwalker.apps.people.models import Queue, Scope, Site, Team
from floorwalker.apps.standards.holding import Agreed
from floorwalker.apps.standards.models import StandardVersion, Target
from floorwalker.apps.standards.seeing import branch_of, everything_of, peers_of, where_of
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.attainable import WEEK, WEEKS, Attained, read_attained
from floorwalker.insight.known import known_days, last_complete_week
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Better, Kpi
from floorwalker.ui import words

# A measure of time can be met by cutting contacts short: its standard comes with the one that would show it.


class Weight(StrEnum):
    """How grave a finding is: it holds, it wants a reason, or it stops the publishing. Untold: there is nothing to tell by."""

    HOLDS = "holds"
    WARNS = "warns"
    STOPS = "stops"
    UNTOLD = "untold"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: under which word of SMART, how it was found, and in which sentence."""

    aspect: str
    weight: Weight
    sentence: str


def check(version: StandardVersion, on: date, scope: Scope) -> list[Finding]:
    """All findings, with figures as far as the reader of that scope may see them."""
    kpi = catalogue().get(version.measure)
    found = [_specific(version), *_measurable(version, kpi)]
    if kpi is not None and version.held is not None:
        found += _attainable(version, kpi, scope)
    return [*found, *_relevant(version), *_timed(version, on), *_owned(version), *_countered(version, kpi)]


def still_holds(version: StandardVersion, scope: Scope) -> list[Finding]:
    """What is asked again of a standard in force: is its measure there, was its target reached, and is it read with another?"""
    kpi = catalogue().get(version.measure)
    found = [*_measurable(version, kpi)]
    if kpi is not None and version.held is not None:
        found += _attainable(version, kpi, scope)
    return [*found, *_owned(version), *_countered(version, kpi)]


def stops(found: list[Finding]) -> list[Finding]:
    """What must be mended before it can be published."""
    return [one for one in found if one.weight is Weight.STOPS]


def warns(found: list[Finding]) -> list[Finding]:
    """What is published only with a reason."""
    return [one for one in found if one.weight is Weight.WARNS]


def place_object(version: StandardVersion) -> Site | Team | Queue | str | None:
    """What it is for; None: the centre."""
    return version.site or version.team or version.queue or version.channel or None


def _specific(version: StandardVersion) -> Finding:
    said = ngettext(
        "Title, wording and reason are there; it is of one place, in %(n)d word.",
        "Title, wording and reason are there; it is of one place, in %(n)d words.",
        len(version.wording.split()),
    ) % {"n": len(version.wording.split())}
    return Finding(_("Specific"), Weight.HOLDS, said)


def _measurable(version: StandardVersion, kpi: Kpi | None) -> Iterator[Finding]:
    aspect = _("Measurable")
    if kpi is not None and kpi.better is Better.CONTEXT:
        yield Finding(aspect, Weight.STOPS, _("This measure says how much there was, not how well."))
    elif kpi is not None:
        said = _("It is counted: %(measure)s, %(target)s.") % {
            "measure": words.in_language(kpi.name),
            "target": "–" if version.held is None else words.bounds(version.held, kpi.unit),
        }
        yield Finding(aspect, Weight.HOLDS, said)
    elif version.measure:
        yield Finding(aspect, Weight.STOPS, _("Its measure is not in the catalogue any more."))
    else:
        yield Finding(
            aspect, Weight.HOLDS, _("It is seen or heard: a question of an evaluation form can check the behaviour.")
        )


def _attainable(version: StandardVersion, kpi: Kpi, scope: Scope) -> Iterator[Finding]:
    """It is looked at for everybody; with how many weeks and teams only where the reader may see figures of the place."""
    aspect, place = _("Attainable"), place_object(version)
    where = where_of(place, scope)
    found = attained(version, kpi, everything_of(place) if where is None else where)
    if found is None or found.is_untold:
        yield Finding(aspect, Weight.UNTOLD, _("Too little is known of this place and of other teams to say."))
        return
    warns = found.is_beyond_peers or found.is_beyond_history
    if where is not None:
        yield Finding(aspect, Weight.WARNS if warns else Weight.HOLDS, " ".join(attained_said(found)))
    elif warns:
        yield Finding(aspect, Weight.WARNS, _("It lies beyond what was reached there, or by teams like this."))
    else:
        yield Finding(aspect, Weight.HOLDS, _("It was reached before, there or by teams like this."))


def attained(version: StandardVersion, kpi: Kpi, where: Where) -> Attained | None:
    """How often the target would have been reached, up to the last week that is complete; None before any facts."""
    facts, held = lake().snapshot(), version.held
    last = last_week(facts, kpi)
    if last is None or held is None:
        return None
    place = place_object(version)
    itself = branch_of(place) if isinstance(place, Team) else ()
    return read_attained(
        facts, kpi, held, last=last, where=where, peers={**peers_of(place), **_sites_of(where)}, itself=itself
    )


def attained_said(found: Attained) -> Iterator[str]:
    """It in words: what was reached here, what by teams like this."""
    if found.weeks:
        yield ngettext(
            "Here it was reached in %(met)d of the last %(n)d week.",
            "Here it was reached in %(met)d of the last %(n)d weeks.",
            found.weeks,
        ) % {"met": found.weeks_met, "n": found.weeks}
    if found.is_beyond_peers:
        yield _("It lies beyond what 95%% of teams like this reached: %(met)d of %(n)d did.") % {
            "met": found.peers_met,
            "n": found.peers,
        }
    elif found.peers:
        yield ngettext(
            "Of %(n)d other team %(met)d reached it over these weeks.",
            "Of %(n)d other teams %(met)d reached it over these weeks.",
            found.peers,
        ) % {"met": found.peers_met, "n": found.peers}
    if found.is_reached_always:
        yield _("It asks for nothing that is not done already.")


def last_week(facts: Snapshot, kpi: Kpi) -> Period | None:
    """The weeks that a target is looked at over: 13, up to the last that is complete on every page; None without its facts."""
    own = facts.days(kpi.table.name)
    if own is None:
        return None
    last = last_complete_week(Period(*(known_days(facts) or own)))
    return Period(last - timedelta(days=WEEKS * WEEK - 1), last)


def _sites_of(where: Where) -> Where:
    """Peers are looked at where the reader's own figures are cut to sites: at those alone."""
    return {"site": where["site"]} if "site" in where else {}


def _relevant(version: StandardVersion) -> Iterator[Finding]:
    aspect, aim = _("Relevant"), version.standard.aim
    if aim is None:
        yield Finding(aspect, Weight.STOPS, _("It serves no aim: name the one that it serves."))
    elif not aim.holds_on(version.from_day):
        yield Finding(aspect, Weight.STOPS, _("The period of the aim that it serves does not include its first day."))
    else:
        yield Finding(aspect, Weight.HOLDS, _("It serves the aim “%(aim)s”.") % {"aim": aim})


def _timed(version: StandardVersion, on: date) -> Iterator[Finding]:
    aspect = _("Timed")
    said = {"first": words.day(version.from_day), "review": words.day(version.review_on)}
    if version.from_day < on:
        yield Finding(
            aspect, Weight.STOPS, _("It would have begun on %(first)s: nobody is held to what was not said.") % said
        )
    elif version.review_on > version.from_day + timedelta(days=2 * 366):
        yield Finding(
            aspect, Weight.STOPS, _("It would be looked at again only on %(review)s: within two years.") % said
        )
    else:
        yield Finding(
            aspect, Weight.HOLDS, _("It counts from %(first)s on and is looked at again on %(review)s.") % said
        )


def _owned(version: StandardVersion) -> Iterator[Finding]:
    owner = version.standard.owner
    if not owner.is_active:
        yield Finding(_("Owner"), Weight.STOPS, _("Its owner cannot log in any more: name another."))
    else:
        yield Finding(_("Owner"), Weight.HOLDS, _("%(owner)s answers for it.") % {"owner": owner})


def _countered(version: StandardVersion, kpi: Kpi | None) -> Iterator[Finding]:
    """A standard of efficiency holds only beside a target of the measure that shows whether it was met at others' cost."""
    if kpi is None or not kpi.is_of_efficiency:
        return
    aspect = _("Counter-measure")
    counter = catalogue().get(kpi.counter_measure or "")
    if counter is None:
        yield Finding(aspect, Weight.STOPS, _("No measure is known that would show what this one costs."))
        return
    name, agreed = words.in_language(counter.name), counter_target(version, counter)
    if agreed is None or agreed.aim is None:
        said = _(
            "A target of time alone can be met at the customer's cost: set a target for “%(counter)s” there first."
        )
        yield Finding(aspect, Weight.STOPS, said % {"counter": name})
    else:
        said = _("It is read together with “%(counter)s”, %(target)s.")
        yield Finding(aspect, Weight.HOLDS, said % {"counter": name, "target": words.bounds(agreed.aim, counter.unit)})


def counter_target(version: StandardVersion, counter: Kpi) -> Target | None:
    """The target of the counter-measure that holds at the same place on the first day."""
    period = Period(version.from_day, version.from_day)
    match place_object(version):
        case Team() as team:
            held = Agreed.read(period).of_teams([team])
        case Site() as site:
            held = Agreed.read(period).of_centre([site])
        case Queue() as queue:
            held = Agreed.read(period, queue=queue).of_centre()
        case str() as channel:
            held = Agreed.read(period, channel=channel).of_centre()
        case _:
            held = Agreed.read(period).of_centre()
    found = held.get(counter.id)
    return None if found is None else found.agreed
