"""What do tests of coaching stand on? Talks that are planned, held and signed, by the same actions as on the pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from floorwalker.apps.coaching.alongside import Wish, ask_colleague
from floorwalker.apps.coaching.models import CoachingSession, Participant, SessionKind
from floorwalker.apps.coaching.planning import Planned, plan_session
from floorwalker.apps.coaching.proposing import propose_with_reason
from floorwalker.apps.coaching.talking import Agreed, give_chance, sign_as_coach, sign_part, write_words
from floorwalker.apps.people.models import Agent
from tests.apps.conftest import Floor
from tests.apps.evaluations.made import People

MEASURE = "transfer_rate"


def now() -> datetime:
    """As pages reckon it."""
    return datetime.now(UTC)


def planned(floor: People, *agents: Agent, by: str = "leader", **more: Any) -> CoachingSession:
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


def signed(floor: People, *agents: Agent, by: str = "leader", **more: Any) -> CoachingSession:
    """The same, held: the first agent wrote, everybody else was given the chance to."""
    session = planned(floor, *agents, by=by)
    own = floor.users["agent"]
    if (part := session.part_of(own)) is not None:
        write_words(part, "Callers ask me things that I cannot answer.", by=own, at=now())
    give_chance(session, by=floor.users[by], at=now())
    return sign_as_coach(session, agreed(**more), by=floor.users[by], at=now())


def with_mate(floor: Floor) -> CoachingSession:
    """The first agent asks a colleague of her team whether she may listen along."""
    wish = Wish(SessionKind.LISTENING, floor.named["mate"], now() + timedelta(days=2), "How you begin a call")
    return ask_colleague(wish, by=floor.users["agent"], at=now())


def talks_of(floor: Floor) -> dict[str, dict[str, dict[str, Any]]]:
    """By route, talks of the first team's leader with the first agent, and of the other's with somebody of hers."""
    own, other = floor.named["own"], floor.named["other"]
    led = {"own": (own, "leader"), "other": (other, "other_leader")}
    plans = {name: {"session_id": planned(floor, agent, by=by).pk} for name, (agent, by) in led.items()}
    held = {name: {"session_id": signed(floor, agent, by=by).pk} for name, (agent, by) in led.items()}
    proposals = {
        name: {"proposal_id": propose_with_reason(agent, "She asked me", "", by=floor.users[by], at=now()).pk}
        for name, (agent, by) in led.items()
    }
    mates = {"session_id": with_mate(floor).pk}
    return {
        "decline_coaching": proposals,
        "coaching_session": plans | {"colleague": mates},
        **dict.fromkeys(("prepare_session", "open_record", "take_along", "lead_session"), plans),
        **dict.fromkeys(("take_part", "follow_up_promise"), plans),
        "with_colleague": {"": mates},
        "coach_the_coach": held,
    }


def answered(floor: People, session: CoachingSession) -> Participant:
    """The first agent's part, signed by her."""
    own = floor.users["agent"]
    part = session.part_of(own)
    assert part is not None
    return sign_part(part, "", by=own, at=now())
