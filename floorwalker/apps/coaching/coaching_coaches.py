"""How is a coach coached? Upon one of her own sessions, where whoever took part in it agrees; words stay theirs unless they share them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from floorwalker.apps.coaching.models import CoachingSession, Participant, SessionKind
from floorwalker.apps.coaching.timing import check_time
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Agent, User
from floorwalker.errors import Refused


@action
def let_talk(part: Participant, *, shares_words: bool, by: User, at: datetime) -> Participant:
    """Who was coached agrees that her coach is coached upon this session; with her own words only if she shares them."""
    part = Participant.objects.select_for_update(of=("self",)).select_related("session").get(pk=part.pk)
    if not part.is_of(by):
        raise Refused(_("only who was coached says this"))
    if part.session.coach_signed_at is None:
        raise Refused(_("the coach has not signed this session yet"))
    part.lets_talk_at, part.shares_words = at, shares_words
    part.save(update_fields=["lets_talk_at", "shares_words"])
    record(by.username, "let_talk_about_coaching", part.session, at, shares_words=shares_words)
    return part


@action
def take_back_talk(part: Participant, *, by: User, at: datetime) -> Participant:
    """She does not agree any more; talks that were planned may be held, and her words are not shown in them."""
    part = Participant.objects.select_for_update(of=("self",)).select_related("session").get(pk=part.pk)
    if not part.is_of(by):
        raise Refused(_("only who was coached says this"))
    part.lets_talk_at, part.shares_words = None, False
    part.save(update_fields=["lets_talk_at", "shares_words"])
    record(by.username, "take_back_talk_about_coaching", part.session, at)
    return part


@action
def plan_of_coach(
    about: CoachingSession, topic: str, planned_for: datetime, *, by: User, at: datetime
) -> CoachingSession:
    """Plan a talk with a coach upon a session of hers that is signed, and that all who took part let be talked about."""
    about = CoachingSession.objects.select_for_update(of=("self",)).get(pk=about.pk)
    _check(about, by, at)
    if not topic.strip():
        raise Refused(_("say what it is to be about"), mend=_("a sentence is enough"))
    check_time(planned_for, at)
    made = CoachingSession.objects.create(
        kind=SessionKind.OF_COACH,
        coach=by,
        planned_by=by,
        planned_at=at,
        planned_for=planned_for,
        topic=topic.strip(),
        of_session=about,
    )
    Participant.objects.create(session=made, user=about.coach)
    record(by.username, "plan_coaching_of_coach", made, at, of_session=about.pk, coach=about.coach.username)
    return made


def _check(about: CoachingSession, by: User, at: datetime) -> None:
    if about.coach_id == by.pk:
        raise Refused(_("nobody can be their own coach"))
    if about.kind not in (SessionKind.ONE_TO_ONE, SessionKind.GROUP) or about.coach_signed_at is None:
        raise Refused(_("a coach is coached upon one of their own sessions that was held and signed"))
    parts = list(about.participants.all())
    agents = [one.agent_id for one in parts if one.agent_id is not None]
    if Agent.objects.coached_by(by, at.date()).filter(pk__in=agents).count() < len(agents):
        raise Refused(_("no role of yours reaches everybody who took part in it"))
    silent = [str(one) for one in parts if one.lets_talk_at is None]
    if silent:
        raise Refused(
            _("not everybody who took part has agreed to it"),
            found=", ".join(silent),
            mend=_("ask them: they find it on the page of the session"),
        )


def shared_words(session: CoachingSession) -> list[Participant]:
    """Of the session that a coach is coached upon, those who took part and share what they wrote."""
    if session.of_session is None:
        return []
    shared = session.of_session.participants.filter(shares_words=True).exclude(words="")
    return list(shared.select_related("agent"))
