"""Which appeals wait for the owner of the token, how is one taken and decided, and how is an evaluation marked anew?

Whoever decides marks the contact anew before, from nothing: through the answers of the evaluation, which are then hers to give.
"""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Query, Schema

from floorwalker.apps.evaluations import appealing, evaluating
from floorwalker.apps.evaluations.access import (
    find_appeal,
    find_evaluation,
    find_open_marking,
    find_to_change,
    is_hidden_from,
)
from floorwalker.apps.evaluations.api.evaluations import LONGEST_APPEAL, router, shown_to
from floorwalker.apps.evaluations.api.given import OpenMarking
from floorwalker.apps.evaluations.api.shapes import AppealOf, EvaluationInFull
from floorwalker.apps.evaluations.models import LONGEST_REASON, Appeal
from floorwalker.apps.evaluations.queueing import appeals_for
from floorwalker.apps.people.access import require, today, user_of
from floorwalker.apps.people.api.shapes import AgentNamed
from floorwalker.apps.people.models import Right
from floorwalker.ui.rest.paging import Page, Paging, page_of
from floorwalker.ui.rest.shown import Id


class AppealWaiting(Schema):
    """An open appeal that the owner of the token has taken, or may take; its reason is told when she has marked the contact."""

    evaluation: int
    agent: AgentNamed
    form: int
    raised_at: datetime
    taken: bool = Field(description="whether she has taken it, and marks the contact or decides")

    @classmethod
    def of(cls, appeal: Appeal) -> AppealWaiting:
        """An appeal."""
        return cls(
            evaluation=appeal.evaluation_id,
            agent=AgentNamed.of(appeal.evaluation.agent),
            form=appeal.evaluation.version.form_id,
            raised_at=appeal.raised_at,
            taken=appeal.taken_by_id is not None,
        )


class BesideOf(Schema):
    """One question with what both markings say."""

    wording: str
    first: str = Field(description="the answer of the marks that stood when the agent appealed")
    anew: str = Field(description="the answer of whoever marked the contact without having seen them")
    differs: bool
    appealed: bool = Field(description="whether the appeal is about it")


class AppealBeside(AppealOf):
    """An appeal with both markings beside each other, for whoever decides it and, once it is decided, for all who may read it."""

    evaluation: int
    beside: list[BesideOf]


class DecisionGiven(Schema):
    """Which marks stand, and why."""

    outcome: Appeal.Outcome = Field(description="overturned: the new marks stand; upheld: the first ones do")
    explanation: str = Field(
        min_length=1, max_length=LONGEST_APPEAL, description="to the agent: what was heard, and what follows from it"
    )


class EditGiven(Schema):
    """What has to be changed, and why."""

    reason: str = Field(min_length=1, max_length=LONGEST_REASON)


@router.get("/appeals", response=Page[AppealWaiting])
def list_appeals(request: HttpRequest, paging: Query[Paging]) -> object:
    """The open appeals that the owner of the token has taken or may take, the longest waiting first."""
    user = user_of(request)
    require(user, Right.EVALUATE, today())
    return page_of(request, appeals_for(user, today()), paging, AppealWaiting.of)


@router.get("/evaluations/{evaluation_id}/appeal", response=AppealBeside)
def read_appeal(request: HttpRequest, evaluation_id: Id) -> object:
    """The appeal against an evaluation; not for whoever may still take it, nor for whoever marks the contact anew, until she has."""
    user, on = user_of(request), today()
    found = find_evaluation(user, evaluation_id, on)
    appeal = getattr(found, "appeal", None)
    if appeal is None or is_hidden_from(found, user, on):
        raise Http404
    told = appeal.decided_at is not None or appeal.taken_by_id == user.pk
    beside = [
        BesideOf(wording=one.wording, first=one.first, anew=one.blind, differs=one.differs, appealed=one.appealed)
        for one in (appealing.beside(appeal) if told else ())
    ]
    if found.stands is not None:
        evaluating.note_opening(found, by=user, at=timezone.now())
    return AppealBeside(**AppealOf.of(appeal).model_dump(), evaluation=found.pk, beside=beside)


@router.post("/evaluations/{evaluation_id}/appeal/take", response=OpenMarking)
def take_appeal(request: HttpRequest, evaluation_id: Id) -> object:
    """Take an appeal, and mark the contact anew: neither who made nor who has read the first marks can."""
    user, on = user_of(request), today()
    appealing.take_appeal(find_appeal(user, evaluation_id, on), by=user, at=timezone.now())
    return OpenMarking.of(find_open_marking(user, evaluation_id, on))


@router.post("/evaluations/{evaluation_id}/appeal/decide", response=EvaluationInFull)
def decide_appeal(request: HttpRequest, evaluation_id: Id, given: DecisionGiven) -> object:
    """Say which marks stand, as whoever has taken the appeal and has marked the contact anew."""
    user = user_of(request)
    appeal = find_appeal(user, evaluation_id, today())
    if appeal.taken_by_id != user.pk:
        raise Http404
    appealing.decide_appeal(appeal, given.outcome, given.explanation, by=user, at=timezone.now())
    return shown_to(user, find_evaluation(user, evaluation_id, today()))


@router.post("/evaluations/{evaluation_id}/edit", response=OpenMarking)
def edit_evaluation(request: HttpRequest, evaluation_id: Id, given: EditGiven) -> object:
    """Begin a further marking of what was submitted, from the one that stands; that one stays to be seen."""
    user, on = user_of(request), today()
    evaluating.edit_evaluation(find_to_change(user, evaluation_id, on), given.reason, by=user, at=timezone.now())
    return OpenMarking.of(find_open_marking(user, evaluation_id, on))
