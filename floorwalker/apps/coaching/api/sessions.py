"""Which talks are planned and held, what waits to be talked about, and how is a talk planned? For programs, as on the pages."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Annotated

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from floorwalker.apps.coaching import planning
from floorwalker.apps.coaching.models import CoachingProposal, CoachingSession, Participant, SessionKind
from floorwalker.apps.coaching.models.sessions import LONGEST_WORDS
from floorwalker.apps.coaching.seeing_sessions import find_proposal, find_session, may_read_words, parts_shown
from floorwalker.apps.people.access import require, today, user_of
from floorwalker.apps.people.api.shapes import Named
from floorwalker.apps.people.models import Agent, Right, User
from floorwalker.ui.rest.paging import Page, Paging, page_of
from floorwalker.ui.rest.shown import LARGEST, Id

router = Router()


class CoachedOf(Schema):
    """One who is coached, as far as the reader may know it."""

    agent: int | None = Field(None, description="none where a coach is coached")
    name: str
    words: str | None = Field(None, description="what she wrote first; for herself and her coach, unless she shares it")
    signed_at: datetime | None = None
    disagrees: str | None = None
    kept: str | None = Field(None, description="yes, partly or no: what she says became of the promise")
    coach_kept: str | None = Field(None, description="the same, as the coach says")

    @classmethod
    def of(cls, part: Participant, *, words: bool) -> CoachedOf:
        """A participant."""
        return cls(
            agent=part.agent_id,
            name=str(part),
            words=part.words or None if words else None,
            signed_at=part.signed_at,
            disagrees=part.disagrees or None if words else None,
            kept=part.kept or None,
            coach_kept=part.coach_kept or None,
        )


class CoachingSessionOf(Schema):
    """A talk; what was agreed in it is told once its coach has signed it."""

    id: int
    kind: str = Field(
        description="one_to_one, group, of_coach, buddying, shadowing, listening or observation",
    )
    coach: Named
    topic: str | None = None
    measure: str | None = Field(None, description="by which it is told whether it helped")
    planned_for: datetime
    weeks_shown: int = Field(description="how many weeks of the record had been shown when it was decided")
    held_at: datetime | None = None
    minutes: int | None = None
    promise: str | None = None
    review_on: date | None = None
    signed_at: datetime | None = Field(None, description="when the coach signed it: nothing of it changes after that")
    cancelled_at: datetime | None = None
    participants: list[CoachedOf] = Field(description="those of whom the reader may know")

    @classmethod
    def of(
        cls, session: CoachingSession, user: User, on: date, coached: Collection[int] | None = None
    ) -> CoachingSessionOf:
        """A session to one reader; coached: whom she coaches, where many are asked."""
        signed = session.coach_signed_at is not None
        shown = parts_shown(session, user, on, coached)
        return cls(
            id=session.pk,
            kind=session.kind,
            coach=Named.of(session.coach),
            topic=(session.topic or None) if may_read_words(session, session.planned_by, user, on, coached) else None,
            measure=session.measure or None,
            planned_for=session.planned_for,
            weeks_shown=session.weeks_shown,
            held_at=session.held_at,
            minutes=session.minutes if session.held_at else None,
            promise=session.promise or None if signed else None,
            review_on=session.review_on if signed else None,
            signed_at=session.coach_signed_at,
            cancelled_at=session.cancelled_at,
            participants=[CoachedOf.of(one, words=_reads_words(session, one, user)) for one in shown],
        )


def _reads_words(session: CoachingSession, part: Participant, user: User) -> bool:
    return part.is_of(user) or session.coach_id == user.pk or part.shares_words


class ProposalOf(Schema):
    """Somebody who could be coached, and why."""

    id: int
    agent: int
    name: str
    proposed_by: str = Field(description="figures, feedback, agent or leader")
    measure: str | None = None
    because: str | None = None
    probability: float | None = Field(
        None, description="that the gap is the person's own, of what the figures propose: 0 to 1"
    )
    made_at: datetime

    @classmethod
    def of(cls, proposal: CoachingProposal) -> ProposalOf:
        """A proposal."""
        return cls(
            id=proposal.pk,
            agent=proposal.agent_id,
            name=str(proposal.agent),
            proposed_by=proposal.proposed_by,
            measure=proposal.measure or None,
            because=proposal.because or None,
            probability=proposal.probability,
            made_at=proposal.made_at,
        )


class TalkGiven(Schema):
    """A talk to be planned by the owner of the token."""

    agents: list[Annotated[int, Field(ge=1, le=LARGEST)]] = Field(
        min_length=1, max_length=planning.MOST_GROUP, description="one for a talk, several for a group"
    )
    planned_for: datetime = Field(description="an instant with its offset")
    topic: str = Field("", max_length=LONGEST_WORDS, description="may be left out where it answers a proposal")
    measure: str = Field("", max_length=80, description="the measure that it is to move")
    proposal: int | None = Field(None, ge=1, le=LARGEST)


@router.get("/coaching/sessions", response=Page[CoachingSessionOf])
def list_coaching_sessions(request: HttpRequest, paging: Query[Paging]) -> object:
    """The talks that the owner of the token may know of, the latest first."""
    user, on = user_of(request), today()
    found = CoachingSession.objects.visible_to(user, on).with_words()
    coached = frozenset(Agent.objects.coached_by(user, on).values_list("pk", flat=True))
    return page_of(request, found, paging, lambda one: CoachingSessionOf.of(one, user, on, coached))


@router.get("/coaching/sessions/{session_id}", response=CoachingSessionOf)
def read_coaching_session(request: HttpRequest, session_id: Id) -> object:
    """One talk."""
    user, on = user_of(request), today()
    return CoachingSessionOf.of(find_session(user, session_id, on), user, on)


@router.post("/coaching/sessions", response={201: CoachingSessionOf})
def plan_coaching_session(request: HttpRequest, given: TalkGiven) -> object:
    """Plan a talk with people whom the owner of the token coaches; the proposal that it answers is closed by it."""
    user, on = user_of(request), today()
    require(user, Right.COACH, on)
    agents = list(Agent.objects.coached_by(user, on).filter(pk__in=given.agents))
    if len(agents) < len(set(given.agents)):
        raise Http404
    proposal = None if given.proposal is None else find_proposal(user, given.proposal, on)
    kind = SessionKind.ONE_TO_ONE if len(agents) == 1 else SessionKind.GROUP
    when = given.planned_for if given.planned_for.tzinfo is not None else timezone.make_aware(given.planned_for)
    plan = planning.Planned(kind, agents, when, given.topic, given.measure, proposal)
    made = planning.plan_session(plan, by=user, at=timezone.now())
    return CoachingSessionOf.of(find_session(user, made.pk, on), user, on)


@router.get("/coaching/proposals", response=Page[ProposalOf])
def list_coaching_proposals(request: HttpRequest, paging: Query[Paging]) -> object:
    """Who could be coached, of the people whom the owner of the token coaches; the oldest first."""
    user, on = user_of(request), today()
    require(user, Right.COACH, on)
    found = CoachingProposal.objects.waiting().for_coach(user, on).select_related("agent")
    return page_of(request, found, paging, ProposalOf.of)
