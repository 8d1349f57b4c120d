"""What of coaching waits for a leader, what is planned, what is to be followed up, and how many hours did she give?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Sum

from floorwalker.apps.coaching.models import CoachingProposal, CoachingSession, Participant
from floorwalker.apps.coaching.proposing import not_theirs
from floorwalker.apps.coaching.seeing_sessions import coached_people
from floorwalker.apps.people.models import User
from floorwalker.kpis.catalogue import catalogue
from floorwalker.ui import words

WEEKS_OF_HOURS = 12
MOST_PAST = 20


@dataclass(frozen=True)
class Waiting:
    """What a leader finds: proposals, talks to be held, promises whose day has come, talks of hers before, hours she gave.

    unsigned: those who have not answered what their coach has signed; not_theirs: by measure's name how many people's gaps
    are their team's, and how many everybody's: for whoever answers for the process.
    """

    proposals: Sequence[CoachingProposal]
    planned: Sequence[CoachingSession]
    to_follow_up: Sequence[Participant]
    unsigned: Sequence[Participant]
    past: Sequence[CoachingSession]
    minutes: int
    not_theirs: Sequence[tuple[str, int, int]]

    @property
    def time(self) -> str:
        """How much time she gave."""
        return words.duration(60 * self.minutes)


def waiting_for(user: User, at: datetime) -> Waiting:
    """Everything of her people that waits, the longest waiting first."""
    on = at.date()
    led = CoachingSession.objects.led_by(user, on).with_words()
    proposals = CoachingProposal.objects.waiting().for_coach(user, on)
    given = CoachingSession.objects.filter(coach=user, held_at__gte=at - timedelta(weeks=WEEKS_OF_HOURS))
    parts = Participant.objects.select_related("agent", "user", "session").filter(session__in=led.signed().values("pk"))
    due = parts.filter(session__review_on__lte=on, coach_kept="").order_by("session__review_on", "pk")
    unsigned = parts.filter(signed_at=None, disagrees="").order_by("session__held_at", "pk")
    return Waiting(
        list(proposals.select_related("agent", "matter", "made_by").order_by("-probability", "made_at", "pk")),
        list(led.planned().order_by("planned_for", "pk")),
        list(due),
        list(unsigned),
        list(led.held()[:MOST_PAST]),
        given.aggregate(all=Sum("minutes"))["all"] or 0,
        [(catalogue()[name].name, team, all_of) for name, team, all_of in not_theirs(coached_people(user, on))],
    )


@dataclass(frozen=True)
class Mine:
    """What somebody finds of her own: talks to come and those held, what she has asked for, what colleagues ask of her."""

    planned: Sequence[CoachingSession]
    past: Sequence[CoachingSession]
    asked: Sequence[CoachingProposal]
    to_agree: Sequence[CoachingSession]
    to_answer: Sequence[Participant]


def mine(user: User, at: datetime) -> Mine:
    """Everything in which the user takes part as somebody who learns, or as a colleague."""
    found = CoachingSession.objects.of_oneself(user).with_words()
    planned = list(found.planned().order_by("planned_for", "pk"))
    held = list(found.held()[:MOST_PAST])
    asked = [] if user.agent_id is None else list(CoachingProposal.objects.filter(agent=user.agent, made_by=user))
    return Mine(
        [one for one in planned if not one.is_by_a_colleague or one.agreed_at is not None or one.planned_by == user],
        held,
        asked[-MOST_PAST:],
        [one for one in planned if one.is_by_a_colleague and one.agreed_at is None and one.planned_by != user],
        [part for one in held if (part := to_answer(one, user, at)) is not None],
    )


def to_answer(session: CoachingSession, user: User, at: datetime) -> Participant | None:
    """How the user takes part in a signed session of which something is left to be said: signature, rating, what was kept."""
    part = session.part_of(user)
    if part is None or session.coach_signed_at is None:
        return None
    is_due = session.review_on is not None and session.review_on <= at.date() and not part.kept
    return part if not part.has_answered or part.rated_at is None or is_due else None
