"""Which gap is somebody about to take on? Read from an address: a measure, of whom or what, in which days, and from where it comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, QueryDict

from floorwalker.apps.coaching.models import Matter
from floorwalker.apps.improvement.access import find_carried_cycle, improvable_teams, may_improve
from floorwalker.apps.improvement.finding import Sought
from floorwalker.apps.improvement.models import Cycle
from floorwalker.apps.improvement.models.cycles import Subject
from floorwalker.apps.people.access import only
from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.standards.models import Process
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.known import known_days, last_complete_week
from floorwalker.insight.scorecard import Period
from floorwalker.insight.standing import window
from floorwalker.insight.statements import Method
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Kpi

OF_MEASURE = "measure:"
# A gap of more than a year is nobody's present one.
MOST = timedelta(days=366)


@dataclass(frozen=True)
class Begun:
    """What is to be taken on; matter: of feedback from which it comes; before: the cycle whose decision led here."""

    sought: Sought
    matter: Matter | None = None
    before: Cycle | None = None


def read_begun(given: QueryDict, user: User, facts: Snapshot, on: date) -> Begun | None:
    """What the address asks for; None where it does not say of whom and what. What the user may not improve is not there."""
    matter = _matter(given.get("matter"))
    before = None if not given.get("before") else find_carried_cycle(user, _number(given["before"]), on)
    about, kpi = _about(given, user, on, matter, before), _measure(given, matter, before)
    if about is None or kpi is None:
        return None
    if not may_improve(user, about, on) or (matter is not None and about not in _ends_of(matter)):
        raise Http404
    return Begun(Sought(about, kpi, _period(given, about, facts)), matter, before)


def _about(given: QueryDict, user: User, on: date, matter: Matter | None, before: Cycle | None) -> Subject | None:
    if given.get("agent"):
        return only(Agent.objects.coached_by(user, on).filter(pk=_number(given["agent"])).first())
    if given.get("team"):
        return only(next((one for one in improvable_teams(user, on) if one.pk == _number(given["team"])), None))
    if given.get("process"):
        return only(Process.objects.with_owners().filter(pk=_number(given["process"])).first())
    if before is not None:
        return before.about
    return None if matter is None else matter.agent or matter.team or matter.process


def _ends_of(matter: Matter) -> list[Subject]:
    """Whose a matter is, and to whom or what it was passed on."""
    ends = (matter, *(() if matter.passed_to is None else (matter.passed_to,)))
    return [about for end in ends if (about := end.agent or end.team or end.process) is not None]


def _measure(given: QueryDict, matter: Matter | None, before: Cycle | None) -> Kpi | None:
    named = given.get("measure") or ("" if before is None else before.measure)
    if not named and matter is not None and matter.code.startswith(OF_MEASURE):
        named = matter.code.removeprefix(OF_MEASURE)
    return only(catalogue().get(named)) if named else None


def _matter(named: str | None) -> Matter | None:
    return only(Matter.objects.filter(pk=_number(named)).first()) if named else None


def _period(given: QueryDict, about: Subject, facts: Snapshot) -> Period:
    """The days of the address, else the last four complete weeks, as pages begin with.

    Of a person always those: whose a gap is must not hang on which days somebody picks to look at.
    """
    first, last = _day(given.get("from")), _day(given.get("to"))
    if not isinstance(about, Agent) and first is not None and last is not None and timedelta(0) <= last - first <= MOST:
        return Period(first, last)
    known = known_days(facts)
    if known is None:
        raise Http404
    return window(Method.CAUSE, last_complete_week(Period(*known)))


def _number(given: object) -> int:
    text = str(given)
    if not text.isdecimal() or len(text) > 12:
        raise Http404
    return int(text)


def _day(text: str | None) -> date | None:
    try:
        found = date.fromisoformat(text) if text else None
    except ValueError:
        return None
    return found if found is not None and 1900 < found.year < 2200 else None
