"""Which improvement cycles are there, how far have they come, and what was found? For programs, as on the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from floorwalker.apps.improvement.access import find_cycle, require_cycles, visible_cycles
from floorwalker.apps.improvement.models import Cycle, CycleReview
from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.people.api.shapes import Named
from floorwalker.ui.rest.paging import Page, Paging, page_of
from floorwalker.ui.rest.shown import Id

router = Router()


class CyclesAsked(Schema):
    """Which cycles."""

    show: Literal["all", "under_way", "decided"] = Field("all", description="those that were decided, or were not yet")


class CycleOf(Schema):
    """A round of plan, do and review about one person, one team or one process."""

    id: int
    title: str
    measure: str
    agent: int | None = None
    team: int | None = None
    process: int | None = None
    owner: Named = Field(description="who answers for it")
    stage: str = Field(description="plan, do, review or decided")
    opened_at: datetime
    begins_on: date | None = Field(None, description="the first day of what is done")
    next_review: date | None = Field(None, description="the next planned review that was not held")
    verdict: str | None = Field(None, description="what was decided: keep, change or stop")
    before: int | None = Field(None, description="the cycle whose decision opened this one")

    @classmethod
    def of(cls, cycle: Cycle) -> CycleOf:
        """A cycle."""
        return cls(**cycle_fields(cycle))


class ReviewOf(Schema):
    """A planned review; found: of one that was held, as it stood."""

    week: int
    due_on: date
    held_at: datetime | None = None
    said: str | None = None
    found: dict[str, Any] | None = Field(None, description="the look that it was held on; plus is better")

    @classmethod
    def of(cls, review: CycleReview) -> ReviewOf:
        """A review."""
        look = review.look if review.held_at is not None else None
        found = None if look is None else look.found
        return cls(
            week=review.week, due_on=review.due_on, held_at=review.held_at, said=review.said or None, found=found
        )


class CycleInFull(CycleOf):
    """A cycle with what was frozen when it was opened, its plan and its reviews."""

    gap: dict[str, Any] = Field(description="the figure as it stood, with the versions of measure and method")
    cause: dict[str, Any] | None = Field(None, description="whose it was said to be")
    cause_words: str | None = None
    guardrails: list[str] = Field(description="measures that must not get worse")
    weeks_shown: int | None = Field(None, description="how many weeks of the record whoever chose had seen")
    because: str | None = Field(None, description="the reason of the decision")
    reviews: list[ReviewOf]


def cycle_fields(cycle: Cycle) -> dict[str, Any]:
    """What both shapes hold."""
    open_ones = [one.due_on for one in cycle.reviews.all() if one.held_at is None]
    return {
        "id": cycle.pk,
        "title": cycle.title,
        "measure": cycle.measure,
        "agent": cycle.agent_id,
        "team": cycle.team_id,
        "process": cycle.process_id,
        "owner": Named.of(cycle.owner),
        "stage": cycle.stage,
        "opened_at": cycle.opened_at,
        "begins_on": None if cycle.intervention is None else cycle.intervention.begins_on,
        "next_review": None if cycle.is_decided else min(open_ones, default=None),
        "verdict": cycle.decision.verdict if cycle.is_decided else None,
        "before": cycle.before_id,
    }


@router.get("/cycles", response=Page[CycleOf])
def list_cycles(request: HttpRequest, asked: Query[CyclesAsked], paging: Query[Paging]) -> object:
    """The improvement cycles that the reader may see, the newest first."""
    user, on = user_of(request), today()
    require_cycles(user, on)
    found = visible_cycles(user, on)
    if asked.show == "under_way":
        found = found.under_way()
    elif asked.show == "decided":
        found = found.exclude(decision=None)
    return page_of(request, found, paging, CycleOf.of)


@router.get("/cycles/{cycle_id}", response=CycleInFull)
def read_cycle(request: HttpRequest, cycle_id: Id) -> object:
    """One improvement cycle; of a review that was not held nothing is told but its day."""
    cycle = find_cycle(user_of(request), cycle_id, today())
    made = cycle.intervention
    return CycleInFull(
        **cycle_fields(cycle),
        gap=cycle.gap,
        cause=cycle.cause,
        cause_words=cycle.cause_words or None,
        guardrails=[] if made is None else list(made.guardrails),
        weeks_shown=None if made is None else made.weeks_shown,
        because=cycle.decision.because if cycle.is_decided else None,
        reviews=[ReviewOf.of(one) for one in cycle.reviews.select_related("look")],
    )
