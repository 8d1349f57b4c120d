"""What of a session does this reader see, and what can she do on it now? Words are shown only to whom they are for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from floorwalker.apps.coaching.coaching_coaches import shared_words
from floorwalker.apps.coaching.following_up import is_to_follow_up
from floorwalker.apps.coaching.models import CoachingSession, EvidenceKind, Participant, SessionKind
from floorwalker.apps.coaching.seeing_sessions import may_read_words, parts_shown
from floorwalker.apps.people.models import Agent, User
from floorwalker.insight.frozen import Frozen, from_json
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Kpi


@dataclass(frozen=True)
class PartShown:
    """One who is coached; words: whether the reader sees what she wrote; due: whether the reader says now what she kept."""

    part: Participant
    is_own: bool
    words: bool
    due: bool


@dataclass(frozen=True)
class SessionShown:
    """A session to one reader.

    own: how she takes part; is_coach: whether she gives it; writes: whether its form is open to her; waits_for: those who are
    to speak first; figures: as they stood when it was signed; upon: may a coach be coached upon it by this reader; shared: of
    a coach's session, words that were shared with it. topic, learned, called_off: what was written of it, by whoever wanted it,
    by who gave it, and why it is not held; nothing where that is not for this reader.
    """

    parts: Sequence[PartShown]
    own: Participant | None
    is_coach: bool
    writes: bool
    waits_for: Sequence[Participant]
    figures: Sequence[tuple[Kpi | None, Frozen]]
    measure: Kpi | None
    upon: bool
    shared: Sequence[Participant]
    topic: str
    learned: str
    called_off: str


def show_session(session: CoachingSession, user: User, at: datetime) -> SessionShown:
    """The session as this user sees it now."""
    on, own = at.date(), session.part_of(user)
    is_coach = session.coach_id == user.pk
    every = list(session.participants.all())
    leads = is_coach and not session.is_by_a_colleague and _still_coaches(session, user, at)
    waits_for = [one for one in every if not one.could_speak_first]
    shown = [_part(one, session, user, at) for one in parts_shown(session, user, on)]
    return SessionShown(
        shown,
        own,
        is_coach,
        leads and session.is_open and not waits_for,
        waits_for if leads and session.is_open else (),
        _figures(session, user, at),
        catalogue().get(session.measure),
        _may_be_coached_upon(session, user, at),
        shared_words(session) if session.kind == SessionKind.OF_COACH else (),
        session.topic if may_read_words(session, session.planned_by, user, on) else "",
        session.learned if may_read_words(session, session.coach, user, on) else "",
        # Either of two colleagues may have called it off: the word is for the other.
        session.cancelled_because if is_coach or own is not None or not session.is_by_a_colleague else "",
    )


def _part(part: Participant, session: CoachingSession, user: User, at: datetime) -> PartShown:
    is_own, is_coach = part.is_of(user), session.coach_id == user.pk
    said = bool(part.kept if is_own else part.coach_kept)
    due = (is_own or is_coach) and session.coach_signed_at is not None and not said
    part.session = session
    return PartShown(part, is_own, is_own or is_coach or part.shares_words, due and is_to_follow_up(part, at.date()))


def _still_coaches(session: CoachingSession, user: User, at: datetime) -> bool:
    agents = [one.agent_id for one in session.participants.all() if one.agent_id is not None]
    return Agent.objects.coached_by(user, at.date()).filter(pk__in=agents).count() == len(agents)


def _figures(session: CoachingSession, user: User, at: datetime) -> list[tuple[Kpi | None, Frozen]]:
    """What the talk was based on, of one person: for herself, and for whoever may coach her; no colleague's."""
    if session.coach_signed_at is None:
        return []
    kept = session.evidence.filter(kind=EvidenceKind.FIGURE)
    may, own = set(Agent.objects.coached_by(user, at.date()).values_list("pk", flat=True)), user.oneself()
    seen = [one for one in kept if one.agent_id in own or one.agent_id in may]
    read = [from_json(one.figure) for one in seen if one.figure is not None]
    return [(catalogue().get(one.kpi), one) for one in read]


def _may_be_coached_upon(session: CoachingSession, user: User, at: datetime) -> bool:
    led = session.kind in (SessionKind.ONE_TO_ONE, SessionKind.GROUP) and session.coach_signed_at is not None
    return led and session.coach_id != user.pk and session.part_of(user) is None and _still_coaches(session, user, at)
