"""Was it kept what was agreed? Both say so on the day that was agreed for it, each for herself."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from floorwalker.apps.coaching.models import CoachingSession, Kept, Participant
from floorwalker.apps.coaching.wording import within
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Agent, User
from floorwalker.errors import Refused


def last_promise(agent: Agent, before: CoachingSession) -> Participant | None:
    """What this person agreed to last, before a session, and what became of it."""
    held = Participant.objects.filter(
        agent__in=agent.numbers_of_person(), session__coach_signed_at__lt=before.planned_for
    )
    held = held.exclude(session=before).exclude(session__promise="").select_related("session__coach")
    return held.order_by("-session__held_at", "-pk").first()


def is_to_follow_up(part: Participant, on: date) -> bool:
    """Whether the day has come and one of the two has not said what became of the promise."""
    due = part.session.review_on
    return due is not None and due <= on and not (part.kept and part.coach_kept)


@action
def say_kept(part: Participant, kept: str, words: str, *, by: User, at: datetime) -> Participant:
    """Who was coached, or her coach, says what became of the promise; once for each of the two."""
    part = Participant.objects.select_for_update(of=("self",)).select_related("session").get(pk=part.pk)
    session = part.session
    hers, coachs = part.is_of(by), session.coach_id == by.pk
    if not (hers or coachs):
        raise Refused(_("the two who agreed on it say what became of it"))
    _check_due(session, at.date())
    if kept not in Kept.values:
        raise Refused(_("this is no answer"), found=kept[:20], expected=", ".join(Kept.values))
    if part.kept if hers else part.coach_kept:
        raise Refused(_("you have said already what became of it, and that stays"))
    if hers:
        part.kept, part.kept_words, part.kept_at = kept, within(words), at
    else:
        part.coach_kept, part.coach_kept_words, part.coach_kept_at = kept, within(words), at
    part.save()
    record(by.username, "say_kept", session, at, participant=part.pk, kept=kept, as_coach=not hers)
    return part


def _check_due(session: CoachingSession, on: date) -> None:
    if session.coach_signed_at is None or session.cancelled_at is not None or session.review_on is None:
        raise Refused(_("nothing was agreed in this session yet"))
    if on < session.review_on:
        raise Refused(
            _("the day to look at it has not come"),
            found=on.isoformat(),
            expected=_("from %(day)s on") % {"day": session.review_on.isoformat()},
        )
