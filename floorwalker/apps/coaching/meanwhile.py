"""What else was done in the same weeks, with whom, to move the same measure? It may not stand for what happens without any action.

Only what moves the measure counts: an action on it, on what it is paid for with, or on one of the guardrails. Else everybody on a
busy floor has some action or other, and nobody is left to be held against.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from floorwalker.apps.coaching.models import Intervention, RolledOut, Treated
from floorwalker.apps.people.access import teams_of
from floorwalker.apps.people.models import Agent, Team
from floorwalker.insight.joint import Joint
from floorwalker.insight.planned import SHOWN_WEEKS, WEEKS, review_day
from floorwalker.kpis.catalogue import catalogue

REACH = timedelta(weeks=WEEKS[-1])
PERSON = "agent__merged_into__merged_into"


@dataclass(frozen=True)
class Meanwhile:
    """By key: people who had an action of their own, and teams, those below included, that had one as a whole."""

    people: frozenset[bytes]
    teams: frozenset[bytes]


def moving(measure: str, guardrails: Collection[str] = ()) -> frozenset[str]:
    """The measures of which an action moves this one: itself, what it is paid for with, and its guardrails."""
    known = catalogue().get(measure)
    counter = None if known is None else known.counter_measure
    return frozenset({measure, *guardrails, *(() if counter is None else (counter,))})


def meanwhile(measures: Collection[str], begins: date, besides: Collection[int] = ()) -> Meanwhile:
    """Who was treated on one of these in the weeks that were shown or up to the last review of what begins that day.

    besides: interventions that are not meant.
    """
    first, last = begins - timedelta(weeks=SHOWN_WEEKS), review_day(begins, WEEKS[-1])
    given = {
        "from_day__gte": first,
        "from_day__lt": last,
        "intervention__measure__in": measures,
        "intervention__cancelled_at": None,
    }
    people = Treated.objects.filter(**given).exclude(intervention__in=besides).select_related(PERSON)
    teams = RolledOut.objects.filter(**given).exclude(intervention__in=besides).values("team")
    return Meanwhile(
        frozenset(bytes(one.agent.person.key) for one in people),
        frozenset(bytes(one.key) for one in Team.objects.filter(pk__in=teams).with_descendants()),
    )


def joint_with(intervention: Intervention, until: date) -> tuple[Joint, ...]:
    """Other actions on the same measure that those treated, people or teams, had in the same weeks, up to that day."""
    other = _others(intervention, until)
    treated = list(intervention.treated.select_related(PERSON))
    people = {one.agent.person.pk: one.agent.person for one in treated}
    shared: defaultdict[int, set[int]] = defaultdict(set)
    if people:
        for one in Treated.objects.filter(intervention__in=other).select_related(PERSON):
            if one.agent.person.pk in people:
                shared[one.intervention_id].add(one.agent.person.pk)
        homes = teams_of(list(people.values()), intervention.begins_on)
        _share(shared, other, {pk: team.pk for pk, team in homes.items()})
    else:
        own = with_below(intervention.rolled_out.all()).keys()
        _share(shared, other, {team.pk: team.pk for team in own})
        place = intervention.queue_id, intervention.site_id
        alike = [pk for pk, one in other.items() if not own and (one.queue_id, one.site_id) == place != (None, None)]
        shared |= {pk: {intervention.pk} for pk in alike}
    return tuple(Joint(pk, other[pk].kind, other[pk].begins_on, len(who)) for pk, who in sorted(shared.items()))


def with_below(rows: Iterable[RolledOut]) -> Mapping[Team, date]:
    """Since when each team and all below it are reached: figures are those of the teams that people belong to."""
    found: dict[Team, date] = {}
    for row in sorted(rows, key=lambda row: (row.from_day, row.pk)):
        for team in Team.objects.filter(pk=row.team_id).with_descendants():
            found.setdefault(team, row.from_day)
    return found


def key_of(agent: Agent) -> bytes:
    """By which key the facts know somebody: that of the person whom she was found to be."""
    return bytes(agent.person.key)


def _others(intervention: Intervention, until: date) -> Mapping[int, Intervention]:
    """What else on this measure was under way in its weeks: begun before that day, and not over when it began."""
    begins = intervention.begins_on
    found = Intervention.objects.filter(measure=intervention.measure, cancelled_at=None)
    found = found.filter(begins_on__lt=until, begins_on__gt=begins - REACH).exclude(pk=intervention.pk)
    return {one.pk: one for one in found}


def _share(shared: dict[int, set[int]], other: Mapping[int, Intervention], teams: Mapping[int, int]) -> None:
    """Add those who belong to a team that another action reaches. teams: by number of each person or team."""
    rows: defaultdict[int, list[RolledOut]] = defaultdict(list)
    for row in RolledOut.objects.filter(intervention__in=other):
        rows[row.intervention_id].append(row)
    for pk, some in rows.items():
        reached = {team.pk for team in with_below(some)}
        shared[pk] |= {who for who, team in teams.items() if team in reached}
        if not shared[pk]:
            del shared[pk]
