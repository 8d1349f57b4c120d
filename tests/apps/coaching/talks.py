"""What do tests of coaching stand on? Talks that are planned, held and signed, by the same actions as on the pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from floorwalker.apps.coaching.models import CoachingSession, Participant, SessionKind
from floorwalker.apps.coaching.planning import Planned, plan_session
from floorwalker.apps.coaching.talking import Agreed, give_chance, sign_as_coach, sign_part, write_words
from floorwalker.apps.people.models import Agent
from tests.apps.conftest import Floor

MEASURE = "transfer_rate"


def now() -> datetime:
    """As pages reckon it."""
    return datetime.now(UTC)


def planned(floor: Floor, *agents: Agent, by: str = "leader", **more: Any) -> CoachingSession:
    """A talk tomorrow; with the first agent where nobody else is named."""
    people = agents or (floor.agents[0],)
    kind = SessionKind.ONE_TO_ONE if len(people) == 1 else SessionKind.GROUP
    plan = Planned(kind, people, now() + timedelta(days=1), "How calls are passed on", **more)
    return plan_session(plan, by=floor.users[by], at=now())


def agreed(**more: Any) -> Agreed:
    """What both agreed on."""
    given: dict[str, Any] = {
        "coach_words": "You know more than you think.",
        "promise": "Say who will answer before passing a call on",
        "measure": MEASURE,
        "review_on": timezone.now().date() + timedelta(days=28),
        "minutes": 30,
    }
    return Agreed(**given | more)


def signed(floor: Floor, *agents: Agent, by: str = "leader", **more: Any) -> CoachingSession:
    """The same, held: the first agent wrote, everybody else was given the chance to."""
    session = planned(floor, *agents, by=by)
    own = floor.users["agent"]
    if (part := session.part_of(own)) is not None:
        write_words(part, "Callers ask me things that I cannot answer.", by=own, at=now())
    give_chance(session, by=floor.users[by], at=now())
    return sign_as_coach(session, agreed(**more), by=floor.users[by], at=now())


def answered(floor: Floor, session: CoachingSession) -> Participant:
    """The first agent's part, signed by her."""
    own = floor.users["agent"]
    part = session.part_of(own)
    assert part is not None
    return sign_part(part, "", by=own, at=now())
