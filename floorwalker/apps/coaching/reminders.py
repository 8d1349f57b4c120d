"""Who is to be reminded of feedback and coaching? Of what was watched, of a yes, of talks tomorrow, of what is to be signed and kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models.functions import Coalesce
from django.urls import reverse

from floorwalker.apps.coaching.feedback_reminders import watched_feedback
from floorwalker.apps.coaching.models import CoachingSession, Participant
from floorwalker.apps.coaching.objective_reminders import unanswered_objectives
from floorwalker.apps.coaching.training_due import due_trainings
from floorwalker.apps.notices.models import About
from floorwalker.apps.notices.reminding import Due

SOON = timedelta(days=1)
# So long something to rate stands open before it is let go: what was felt is forgotten by then.
RATED_WITHIN = timedelta(days=14)


def due(at: datetime) -> Iterator[Due]:
    """Everything of these subjects that waits for somebody."""
    yield from watched_feedback(at)
    yield from unanswered_objectives(at)
    yield from _sessions(at)
    yield from due_trainings(at)


def _sessions(at: datetime) -> Iterator[Due]:
    yield from _tomorrow(at)
    yield from _to_agree(at)
    yield from _to_sign_and_rate(at)
    yield from _to_follow_up(at)


def _tomorrow(at: datetime) -> Iterator[Due]:
    """Both sides of a talk of today or tomorrow; between colleagues once both have agreed."""
    soon = CoachingSession.objects.planned().filter(planned_for__date__range=(at.date(), at.date() + SOON))
    for session in soon.with_words():
        if session.is_by_a_colleague and session.agreed_at is None:
            continue
        said = {"day": session.planned_for.date().isoformat()}
        for user in {session.coach_id, *_users(session)}:
            yield Due(user, About.HOLD_COACHING, _subject(session.pk), _page(session.pk), said)


def _to_agree(at: datetime) -> Iterator[Due]:
    asked = CoachingSession.objects.planned().filter(agreed_at=None, planned_for__gte=at)
    for session in asked.with_words():
        if session.is_by_a_colleague:
            for user in {session.coach_id, *_users(session)} - {session.planned_by_id}:
                yield Due(user, About.AGREE_COACHING, _subject(session.pk), _page(session.pk))


def _to_sign_and_rate(at: datetime) -> Iterator[Due]:
    parts = Participant.objects.annotate(who=Coalesce("user", "agent__user")).exclude(who=None)
    signed = parts.filter(session__coach_signed_at__isnull=False, session__cancelled_at=None)
    for session, user in signed.filter(signed_at=None, disagrees="").values_list("session", "who"):
        yield Due(user, About.SIGN_COACHING, _subject(session), _page(session))
    unrated = signed.filter(rated_at=None, session__coach_signed_at__gte=at - RATED_WITHIN)
    for session, user in unrated.values_list("session", "who"):
        yield Due(user, About.RATE_COACHING, _subject(session), _page(session))


def _to_follow_up(at: datetime) -> Iterator[Due]:
    """Whoever of the two has not said yet what became of the promise."""
    open_yet = CoachingSession.objects.to_follow_up(at.date())
    parts = Participant.objects.filter(session__in=open_yet.values("pk"))
    hers = parts.filter(kept="", agent__user__isnull=False).values_list("session", "agent__user")
    of_leaders = parts.filter(kept="", user__isnull=False).values_list("session", "user")
    coachs = parts.filter(coach_kept="").values_list("session", "session__coach").distinct()
    for session, user in {*hers, *of_leaders, *coachs}:
        yield Due(user, About.FOLLOW_UP_COACHING, _subject(session), _page(session))


def _users(session: CoachingSession) -> set[int]:
    """Those who are coached and can log in."""
    agents = [one.agent for one in session.participants.all() if one.agent is not None]
    own = {one.user_id for one in session.participants.all() if one.user_id is not None}
    return own | {agent.user.pk for agent in agents if hasattr(agent, "user")}


def _subject(session: int) -> str:
    return f"coaching:{session}"


def _page(session: int) -> str:
    return reverse("coaching_session", args=[session])
