"""How much of somebody's record has a reader opened, beyond the weeks that everybody is shown? Noted once a day, when it is opened.

Whoever has seen a year may have chosen by it, and an effect is then worked out more carefully (docs/decisions/0047). What was
opened on the command line was seen by nobody in particular, and counts for everybody.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Max, Q

from floorwalker.apps.coaching.models import RecordShown
from floorwalker.apps.people.models import Agent, User
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.known import known_days, last_complete_week
from floorwalker.insight.planned import SHOWN_WEEKS
from floorwalker.insight.scorecard import Period

WEEK = 7
# Longer than any facts are kept; of more than that nobody asks how long it was.
MOST_WEEKS = 1000


def weeks_back(facts: Snapshot, *firsts: date | None) -> int:
    """How many weeks before the last whole one the earliest of these days lies; of no day at all, all that is known."""
    known = known_days(facts)
    if known is None:
        return 0
    first = min(known[0] if day is None else max(day, known[0]) for day in firsts)
    days = (last_complete_week(Period(*known)) - first).days + 1
    return min(max(-(-days // WEEK), 0), MOST_WEEKS)


def note_record(
    measures: Collection[str], weeks: int, *, of: Collection[Agent] | None, by: User | None, at: datetime
) -> None:
    """Keep that so many weeks were opened; nothing where these are no more than everybody is shown. of: None of everybody."""
    if weeks <= SHOWN_WEEKS or not measures:
        return
    people = [None] if of is None else list({agent.pk: agent for agent in of}.values())
    since = datetime.combine(at.astimezone(UTC).date(), time(), UTC)
    today = RecordShown.objects.filter(
        by=by, team=None, weeks__gte=weeks, at__gte=since, at__lt=since + timedelta(days=1)
    )
    known = set(today.filter(measure__in=measures).values_list("agent", "measure"))
    RecordShown.objects.bulk_create(
        RecordShown(by=by, measure=measure, agent=agent, weeks=weeks, at=at)
        for agent in people
        for measure in measures
        if (None if agent is None else agent.pk, measure) not in known
    )


def weeks_seen(readers: Collection[User], agents: Collection[Agent], measure: str) -> int:
    """How many weeks of these people's record of the measure one of the readers has looked at, at any time."""
    keys = {key for agent in agents for key in agent.keys_of_person()}
    theirs = Q(agent__key__in=keys) | Q(agent=None)
    seen = RecordShown.objects.filter(Q(by__in=readers) | Q(by=None), theirs, measure=measure)
    most = seen.aggregate(most=Max("weeks"))["most"] if measure else None
    return max(SHOWN_WEEKS, most or 0)
