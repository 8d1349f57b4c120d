"""How do two colleagues learn from each other, without anybody's figures? One asks, the other agrees, and both say what they learned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from floorwalker.apps.coaching.models import CoachingSession, Participant, SessionKind
from floorwalker.apps.coaching.seeing_sessions import colleagues
from floorwalker.apps.coaching.talking import check_minutes
from floorwalker.apps.coaching.timing import check_not_planned, check_time
from floorwalker.apps.coaching.wording import within
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Agent, User
from floorwalker.errors import Refused


@dataclass(frozen=True)
class Wish:
    """What somebody would like to do with a colleague, when and what for; gives: whether it is she who offers it."""

    kind: SessionKind
    colleague: Agent
    planned_for: datetime
    topic: str
    gives: bool = False


@action
def ask_colleague(wish: Wish, *, by: User, at: datetime) -> CoachingSession:
    """Ask a colleague, or offer it to her; nothing is agreed before she says yes."""
    own = None if by.agent is None else by.agent.person
    if own is None:
        raise Refused(_("colleagues on the floor do this with each other"))
    if not wish.kind.is_by_a_colleague:
        raise Refused(_("this is not what colleagues do together"), found=str(wish.kind.label))
    if wish.colleague not in colleagues(by, at.date()):
        raise Refused(_("this is not a colleague who could be asked"), found=str(wish.colleague))
    if not wish.topic.strip():
        raise Refused(_("say what it is to be about"), mend=_("a sentence is enough"))
    check_time(wish.planned_for, at)
    coach, learner = (by, wish.colleague) if wish.gives else (wish.colleague.user, own)
    check_not_planned(wish.kind, wish.planned_for, coach, {learner.pk})
    made = CoachingSession.objects.create(
        kind=wish.kind,
        coach=coach,
        planned_by=by,
        planned_at=at,
        planned_for=wish.planned_for,
        topic=wish.topic.strip(),
    )
    Participant.objects.create(session=made, agent=learner)
    record(by.username, "ask_colleague", made, at, kind=wish.kind, colleague=wish.colleague.pk)
    return made


@action
def agree_with_colleague(session: CoachingSession, *, by: User, at: datetime) -> CoachingSession:
    """Whoever was asked says yes."""
    session = _between(session, by)
    if session.planned_by_id == by.pk:
        raise Refused(_("the other of you says yes"))
    if session.agreed_at is not None:
        raise Refused(_("you have said yes already"))
    session.agreed_at = at
    session.save(update_fields=["agreed_at"])
    record(by.username, "agree_with_colleague", session, at)
    return session


@action
def leave_colleague(session: CoachingSession, because: str, *, by: User, at: datetime) -> CoachingSession:
    """Either of the two says no, or calls it off before it was held; a reason is welcome and not asked for."""
    session = _between(session, by)
    if session.held_at is not None:
        raise Refused(_("it was held already"), found=f"{session.held_at:%Y-%m-%d}")
    session.cancelled_at, session.cancelled_because = at, within(because)
    session.save(update_fields=["cancelled_at", "cancelled_because"])
    record(by.username, "leave_colleague", session, at)
    return session


@action
def tell_learned(
    session: CoachingSession, learned: str, minutes: int | None, *, by: User, at: datetime
) -> CoachingSession:
    """Each of the two says what she learned, once; the first of them also how long it took."""
    session = _between(session, by)
    if session.agreed_at is None:
        raise Refused(_("the other of you has not agreed yet"))
    if not learned.strip():
        raise Refused(_("say what you learned"), mend=_("a sentence is enough"))
    if session.held_at is None:
        if not has_its_day_come(session, at):
            raise Refused(
                _("its day has not come"),
                found=f"{session.planned_for:%Y-%m-%d}",
                mend=_("say what you learned once you have met"),
            )
        check_minutes(minutes)
        session.held_at, session.minutes = at, minutes
    part = session.part_of(by)
    if part.learned if part is not None else session.learned:
        raise Refused(_("you have said already what you learned, and that stays"))
    if part is None:
        session.learned = learned.strip()
    else:
        part.learned = learned.strip()
        part.save(update_fields=["learned"])
    session.save(update_fields=["held_at", "minutes", "learned"])
    record(by.username, "tell_learned", session, at)
    return session


def has_its_day_come(session: CoachingSession, at: datetime) -> bool:
    """Whether the day for which it was planned has begun where the two of them work."""
    zone = ZoneInfo(session.zone)
    return session.planned_for.astimezone(zone).date() <= at.astimezone(zone).date()


def _between(session: CoachingSession, by: User) -> CoachingSession:
    """The session as it is now, between the two of them."""
    session = CoachingSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if not session.is_by_a_colleague or not (session.coach_id == by.pk or session.part_of(by) is not None):
        raise Refused(_("only the two of them say this"))
    if session.cancelled_at is not None:
        raise Refused(_("this was called off"), found=f"{session.cancelled_at:%Y-%m-%d}")
    return session
