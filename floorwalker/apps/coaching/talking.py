"""What do both say in a session, what one thing is agreed, and who has signed it? The one who is coached speaks first.

The coach signs last in the talk and then nothing of it changes: who was coached signs it too, or says with what she disagrees,
and that stands beside it. A promise with a measure becomes an intervention, so that its effect can be told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from floorwalker.apps.coaching.figuring import frozen, measures_for, read_figures
from floorwalker.apps.coaching.guarding import check_judged, guardrails_of
from floorwalker.apps.coaching.learning import known_gap
from floorwalker.apps.coaching.models import (
    ActionKind,
    CoachingSession,
    Evidence,
    EvidenceKind,
    Intervention,
    Participant,
    SessionKind,
    Treated,
)
from floorwalker.apps.coaching.models.interventions import LONGEST_REASON
from floorwalker.apps.coaching.planning import find_open
from floorwalker.apps.coaching.proposing import check_is_hers
from floorwalker.apps.coaching.records_shown import weeks_seen
from floorwalker.apps.coaching.timing import check_day
from floorwalker.apps.coaching.wording import within
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Agent, User
from floorwalker.errors import Refused
from floorwalker.kpis.catalogue import catalogue

MOST_MINUTES = 480
LEAST_STARS, MOST_STARS = 1, 5


@dataclass(frozen=True)
class Agreed:
    """What came of a talk: the coach's words, the one action that was agreed, by what it is told, and when it is looked at."""

    coach_words: str
    promise: str
    measure: str
    review_on: date | None
    minutes: int | None


@action
def write_words(part: Participant, words: str, *, by: User, at: datetime) -> Participant:
    """Who is coached says how she sees it, before anybody else does; changed by her until the coach has signed."""
    find_open(part.session)
    part = _own(part, by)
    if not words.strip():
        raise Refused(_("nothing was written"), mend=_("say how you see it, in your own words"))
    part.words, part.wrote_at = words.strip(), part.wrote_at or at
    part.save(update_fields=["words", "wrote_at"])
    record(by.username, "write_in_coaching", part.session, at)
    return part


@action
def give_chance(session: CoachingSession, *, by: User, at: datetime) -> CoachingSession:
    """The coach says that whoever has not written was asked to speak first, and did so aloud or would not."""
    session = _led(find_open(session), by)
    silent = session.participants.filter(wrote_at=None, given_chance_at=None)
    people = sorted(silent.values_list("pk", flat=True))
    silent.update(given_chance_at=at)
    record(by.username, "give_chance_in_coaching", session, at, participants=people)
    return session


@action
def keep_notes(session: CoachingSession, agreed: Agreed, *, by: User, at: datetime) -> CoachingSession:
    """Keep what the coach has written so far; nothing is signed."""
    session = _led(find_open(session), by)
    _check_spoke_first(session)
    _write(session, agreed)
    session.save(update_fields=["coach_words", "promise", "measure", "review_on", "minutes"])
    record(by.username, "keep_coaching_notes", session, at)
    return session


def sign_as_coach(session: CoachingSession, agreed: Agreed, *, by: User, at: datetime) -> CoachingSession:
    """The talk was held: sign what was agreed, with the figures as they stand now; nothing of it changes after that."""
    people = [one.agent for one in session.participants.select_related("agent") if one.agent is not None]
    for agent in people if session.kind != SessionKind.OF_COACH else ():
        check_is_hers(agent, agreed.measure)
    only = people[0] if len(people) == 1 and not session.is_by_a_colleague else None
    measures, on = measures_for(agreed.measure), at.date()
    figures = [] if only is None else read_figures(only, measures, by, session.weeks_shown, on)
    return _sign(session, agreed, [frozen(figure, at) for figure in figures], by=by, at=at)


@action
def _sign(
    session: CoachingSession, agreed: Agreed, figures: Sequence[dict[str, Any]], *, by: User, at: datetime
) -> CoachingSession:
    session = _led(find_open(session), by)
    _check_spoke_first(session)
    people = [one.agent for one in session.participants.select_related("agent") if one.agent is not None]
    _check(session, agreed, at)
    _write(session, agreed)
    session.held_at = session.coach_signed_at = at
    session.intervention = _intervention(session, people, at)
    session.save()
    for figure in figures:
        kept = {"kind": EvidenceKind.FIGURE, "agent": people[0], "figure": figure, "added_by": by, "added_at": at}
        session.evidence.add(Evidence.objects.create(**kept))
    on = None if session.review_on is None else session.review_on.isoformat()
    record(by.username, "sign_coaching", session, at, measure=session.measure, review_on=on, minutes=session.minutes)
    return session


def check_minutes(minutes: int | None) -> None:
    """Refuse what no session can have taken."""
    if minutes is None or not 1 <= minutes <= MOST_MINUTES:
        found = None if minutes is None else str(minutes)
        raise Refused(_("say how long it took"), found=found, expected=f"1 – {MOST_MINUTES}")


def _check(session: CoachingSession, agreed: Agreed, at: datetime) -> None:
    if not agreed.promise.strip():
        raise Refused(_("a talk ends with one thing that is agreed"), mend=_("say what will be tried, in one sentence"))
    if agreed.review_on is None or agreed.review_on <= at.date():
        raise Refused(
            _("what is agreed is looked at again on a day"),
            found="–" if agreed.review_on is None else agreed.review_on.isoformat(),
            expected=_("a day after today"),
        )
    check_day(agreed.review_on, at)
    check_minutes(agreed.minutes)
    if session.kind == SessionKind.OF_COACH:
        return
    if agreed.measure not in catalogue():
        raise Refused(
            _("say by which measure it will be told whether it helped"),
            found=agreed.measure[:80] or "–",
            mend=_("choose the one that the promise is to move: without it nobody could ever say"),
        )
    check_judged(agreed.measure)


def _check_spoke_first(session: CoachingSession) -> None:
    if not all(one.could_speak_first for one in session.participants.all()):
        raise Refused(
            _("who is coached speaks first"),
            mend=_("wait for the person's words, or say that there was a chance to write them"),
        )


def _write(session: CoachingSession, agreed: Agreed) -> None:
    session.coach_words, session.promise = agreed.coach_words.strip(), agreed.promise.strip()
    session.review_on, session.minutes = agreed.review_on, agreed.minutes
    if session.kind != SessionKind.OF_COACH:
        session.measure = agreed.measure


def _intervention(session: CoachingSession, people: Sequence[Agent], at: datetime) -> Intervention | None:
    """What the effect is worked out from; with the measure that must not get worse for it."""
    if session.kind == SessionKind.OF_COACH or not people:
        return None
    reason = session.topic or ("" if session.proposal is None else session.proposal.because)
    made = Intervention.objects.create(
        kind=ActionKind.COACHING,
        measure=session.measure,
        guardrails=guardrails_of(session.measure),
        begins_on=at.date(),
        decided_at=session.planned_at,
        decided_by=session.planned_by,
        weeks_shown=max(session.weeks_shown, weeks_seen([session.coach, session.planned_by], people, session.measure)),
        because=reason[:LONGEST_REASON],
        before=known_gap(people, session.measure),
    )
    Treated.objects.bulk_create(Treated(intervention=made, agent=agent, from_day=at.date()) for agent in people)
    return made


@action
def sign_part(part: Participant, disagrees: str, *, by: User, at: datetime) -> Participant:
    """Who was coached signs what was agreed, or says with what she disagrees; either stands beside it and stays."""
    part = _own(part, by)
    _check_signed(part.session)
    if part.has_answered:
        raise Refused(_("you have answered this session already, and it stays as it is"))
    part.disagrees, part.signed_at = disagrees.strip(), None if disagrees.strip() else at
    part.save(update_fields=["disagrees", "signed_at"])
    verb = "disagree_with_coaching" if part.disagrees else "sign_coaching_part"
    record(by.username, verb, part.session, at)
    return part


@action
def rate_session(part: Participant, rating: int, words: str, *, by: User, at: datetime) -> Participant:
    """Who was coached says how useful it was, once."""
    part = _own(part, by)
    _check_signed(part.session)
    if part.rated_at is not None:
        raise Refused(_("you have rated this session already"), found=f"{part.rated_at:%Y-%m-%d}")
    if not LEAST_STARS <= rating <= MOST_STARS:
        raise Refused(
            _("this is no rating"), found=str(rating) if rating else None, expected=f"{LEAST_STARS} – {MOST_STARS}"
        )
    part.rating, part.rating_words, part.rated_at = rating, within(words), at
    part.save(update_fields=["rating", "rating_words", "rated_at"])
    record(by.username, "rate_coaching", part.session, at)
    return part


def _own(part: Participant, by: User) -> Participant:
    part = Participant.objects.select_for_update(of=("self",)).select_related("session").get(pk=part.pk)
    if not part.is_of(by):
        raise Refused(_("only who was coached says this"))
    return part


def _led(session: CoachingSession, by: User) -> CoachingSession:
    if session.coach_id != by.pk:
        raise Refused(_("only the coach of a session does this"))
    if session.is_by_a_colleague:
        raise Refused(_("what colleagues do together is not signed by a coach"))
    return session


def _check_signed(session: CoachingSession) -> None:
    if session.cancelled_at is not None or session.coach_signed_at is None:
        raise Refused(_("the coach has not signed this session yet"))
