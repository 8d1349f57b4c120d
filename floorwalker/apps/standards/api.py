"""What does the centre aim for, and how is a target set and ended by a program?"""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from floorwalker.apps.people.access import require, today, user_of
from floorwalker.apps.people.models import Right
from floorwalker.apps.standards.actions import end_target, set_target
from floorwalker.apps.standards.models import Target
from floorwalker.ui.rest.paging import Page, Paging, page_of
from floorwalker.ui.rest.shown import Day, Id

router = Router()
ROUTERS: dict[str, list[Router]] = {"targets": [router]}


class TargetsAsked(Schema):
    """Which targets."""

    measure: str | None = Field(None, max_length=80)
    on: Day | None = Field(None, description="those that count on that day")


class TargetOf(Schema):
    """What the centre aims for in a measure; `until` is the first day that no longer counts, null for an open end."""

    id: int
    measure: str
    value: float = Field(description="in the measure's unit: shares 0 to 1, durations in seconds")
    from_day: date | None = None
    until: date | None = None

    @classmethod
    def of(cls, target: Target) -> TargetOf:
        """A target."""
        return cls(
            id=target.pk,
            measure=target.measure,
            value=target.value,
            from_day=target.from_day,
            until=target.to_day,
        )


class TargetGiven(Schema):
    """A value to aim for, from a day on."""

    measure: str = Field(max_length=80)
    value: float = Field(allow_inf_nan=False, ge=-1e12, le=1e12)
    from_day: Day


class TargetEnd(Schema):
    """From which day on."""

    from_day: Day


@router.get("/targets", response=Page[TargetOf])
def list_targets(request: HttpRequest, asked: Query[TargetsAsked], paging: Query[Paging]) -> object:
    """What the centre aims for and aimed for, by measure, the latest first."""
    found = Target.objects.order_by("measure", "-from_day", "-pk")
    if asked.on is not None:
        found = found.on(asked.on)
    if asked.measure is not None:
        found = found.filter(measure=asked.measure)
    return page_of(request, found, paging, TargetOf.of)


@router.post("/targets", response={201: TargetOf})
def make_target(request: HttpRequest, given: TargetGiven) -> object:
    """Aim for a value from a day on, up to the next target that is set already."""
    user = user_of(request)
    require(user, Right.SET_TARGETS, today())
    return TargetOf.of(set_target(given.measure, given.value, from_day=given.from_day, by=user, at=timezone.now()))


@router.post("/targets/{target_id}/end", response=TargetOf)
def stop_target(request: HttpRequest, target_id: Id, given: TargetEnd) -> object:
    """Aim for nothing from a day on; the days before keep their target."""
    user = user_of(request)
    require(user, Right.SET_TARGETS, today())
    target = Target.objects.filter(pk=target_id).first()
    if target is None:
        raise Http404
    return TargetOf.of(end_target(target, on=given.from_day, by=user, at=timezone.now()))
