"""What of coaching waits for a leader, what is planned, what is to be followed up, and how many hours did she give?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, Q, QuerySet, Sum, When
from django.utils.translation import ngettext

from floorwalker.apps.coaching.models import CoachingProposal, CoachingSession, Participant
from floorwalker.apps.coaching.models.sessions import BY_A_COLLEAGUE, SessionQuerySet
from floorwalker.apps.coaching.proposing import not_theirs
from floorwalker.apps.coaching.seeing_sessions import coached_on_the_floor
from floorwalker.apps.people.models import User
from floorwalker.kpis.catalogue import catalogue
from floorwalker.ui import words

WEEKS_OF_HOURS = 12
MINUTES_OF_HOUR = 60
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
        """How much time was given, by the minute: seconds are not kept."""
        if self.minutes < MINUTES_OF_HOUR:
            return ngettext("%(n)s minute", "%(n)s minutes", self.minutes) % {"n": self.minutes}
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
        [(catalogue()[name].name, team, all_of) for name, team, all_of in not_theirs(_keys_of_people(user, on))],
    )


def _keys_of_people(user: User, on: date) -> list[bytes]:
    """Of whom the user may coach; of a whole centre nothing else is needed of them here."""
    return [bytes(key) for key in coached_on_the_floor(user, on).values_list("key", flat=True)]


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
    asked = list(CoachingProposal.objects.filter(agent__in=user.oneself(), made_by=user))
    return Mine(
        [one for one in planned if not _asks(one, user)],
        held,
        asked[-MOST_PAST:],
        [one for one in planned if _asks(one, user)],
        [part for one in held if (part := to_answer(one, user, at)) is not None],
    )


def to_answer(session: CoachingSession, user: User, at: datetime) -> Participant | None:
    """How the user takes part in a signed session of which something is left to be said: signature, rating, what was kept."""
    part = session.part_of(user)
    if part is None or session.coach_signed_at is None:
        return None
    is_due = session.review_on is not None and session.review_on <= at.date() and not part.kept
    return part if not part.has_answered or part.rated_at is None or is_due else None


@dataclass(frozen=True)
class MineFirst:
    """What of her own waits first for somebody, for a page that shows a few; waiting: of how many a word of hers is missing."""

    planned: Sequence[CoachingSession]
    to_agree: Sequence[CoachingSession]
    to_answer: Sequence[Participant]

    @property
    def waiting(self) -> int:
        """As far as it stands there."""
        return len(self.to_agree) + len(self.to_answer)


def _asks(session: CoachingSession, user: User) -> bool:
    """Whether a colleague asks the user for it, who has not said yes."""
    return session.is_by_a_colleague and session.agreed_at is None and session.planned_by_id != user.pk


def own_planned(user: User) -> SessionQuerySet:
    """Talks to come in which the user takes part as somebody who learns, or as a colleague."""
    return CoachingSession.objects.of_oneself(user).planned()


def own_unanswered(user: User, at: datetime) -> QuerySet[Participant]:
    """How she takes part in signed sessions of which something is left to be said: as `to_answer`, of many."""
    hers = Q(user=user) | Q(agent__in=user.oneself())
    signed = Participant.objects.filter(hers, session__coach_signed_at__isnull=False, session__cancelled_at=None)
    is_due = Q(kept="", session__review_on__lte=at.date())
    return signed.filter(Q(signed_at=None, disagrees="") | Q(rated_at=None) | is_due)


def mine_first(user: User, at: datetime, few: int) -> MineFirst:
    """The same as `mine`, asked only for what is shown."""
    asked_first = Case(When(kind__in=BY_A_COLLEAGUE, agreed_at=None, then=0), default=1)
    planned = list(own_planned(user).with_words().order_by(asked_first, "planned_for", "pk")[: 2 * few])
    left = own_unanswered(user, at).select_related("session").order_by("-session__held_at", "-pk")
    return MineFirst(
        [one for one in planned if not _asks(one, user)][:few],
        [one for one in planned if _asks(one, user)][:few],
        list(left[:few]),
    )
