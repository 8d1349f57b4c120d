"""Which trainings are planned, held and due again? For programs, as on the pages."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from floorwalker.apps.coaching.listing_training import DUE_SOON, seen_by
from floorwalker.apps.coaching.models import Training
from floorwalker.apps.people.access import today, user_of
from floorwalker.ui.rest.paging import Page, Paging, page_of

router = Router()


class TrainingOf(Schema):
    """One training, without who was invited."""

    id: int
    subject: str
    is_mentoring: bool
    measure: str | None = Field(None, description="that it is to move")
    planned_for: datetime
    minutes: int
    held_at: datetime | None = None
    cancelled_at: datetime | None = None
    refresh_on: date | None = Field(None, description="when those who were there should do it again")
    refreshes: int | None = Field(None, description="the training that this one repeats")

    @classmethod
    def of(cls, one: Training) -> TrainingOf:
        """As it is."""
        same = ("subject", "is_mentoring", "planned_for", "minutes", "held_at", "cancelled_at", "refresh_on")
        given = {name: getattr(one, name) for name in same}
        return cls(id=one.pk, measure=one.measure or None, refreshes=one.refreshes_id, **given)


@router.get("/coaching/trainings", response=Page[TrainingOf])
def list_trainings(request: HttpRequest, paging: Query[Paging], due: bool = False) -> object:
    """The trainings that the owner of the token may see, the latest first; due: those to be done again within four weeks."""
    user, on = user_of(request), today()
    found = Training.objects.filter(seen_by(user, on))
    return page_of(request, found.to_refresh(on + DUE_SOON) if due else found, paging, TrainingOf.of)
