"""Whom did coaching reach in each month, and what did coaching and training that were reviewed to their end achieve?

Both are rows of what was to be done: a month in which somebody works here is one in which somebody should have talked with her.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from floorwalker.apps.coaching.committing import Commitment, end_of
from floorwalker.apps.coaching.learning import finished_actions
from floorwalker.apps.coaching.models import CoachingSession, Intervention, Participant
from floorwalker.apps.coaching.models.sessions import BY_A_LEADER
from floorwalker.apps.people.access import today
from floorwalker.apps.people.models import Agent, Team

# This year and the two before; what is older leaves the facts.
MONTHS = 36


def monthly_coverage() -> Iterator[Commitment]:
    """One row for each agent of a team and month, from that of the first session on; done when a leader's talk was held."""
    first = CoachingSession.objects.filter(kind__in=BY_A_LEADER).order_by("planned_at").first()
    if first is None:
        return
    for month in _months(first.planned_at.date().replace(day=1), today()):
        yield from _of_month(month, _after(month))


def _of_month(month: date, after: date) -> Iterator[Commitment]:
    held = Participant.objects.filter(
        session__kind__in=BY_A_LEADER,
        session__cancelled_at=None,
        session__held_at__gte=_instant(month),
        session__held_at__lt=_instant(after),
        agent__isnull=False,
    )
    talked = dict(held.order_by("-session__held_at").values_list("agent", "session__held_at"))
    on = min(after - timedelta(days=1), today())
    agents = Agent.objects.on_the_floor().in_teams(Team.objects.all(), on).distinct().order_by("pk")
    for agent in agents.values_list("pk", flat=True):
        yield Commitment(
            kind="coverage",
            number=f"{agent}:{month.isoformat()}",
            begun_at=_instant(month),
            agent=agent,
            due_at=end_of(after - timedelta(days=1)),
            done_at=talked.get(agent),
        )


def effects() -> Iterator[Commitment]:
    """What the last planned review found of each action; of several people or of a team it is nobody's in particular."""
    for one, look in finished_actions(today()):
        yield Commitment(
            kind="effect",
            number=str(one.pk),
            begun_at=_instant(one.begins_on),
            agent=_only(one),
            detail=one.kind,
            measure=one.measure,
            site=one.site_id,
            done_at=look.at,
            outcome=look.verdict,
        )


def _only(one: Intervention) -> int | None:
    treated = [row.agent_id for row in one.treated.all()]
    return treated[0] if len(treated) == 1 else None


def _months(first: date, last: date) -> list[date]:
    found = [last.replace(day=1)]
    while found[-1] > first and len(found) < MONTHS:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[::-1]


def _after(month: date) -> date:
    """The first day of the month after."""
    return (month + timedelta(days=31)).replace(day=1)


def _instant(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
