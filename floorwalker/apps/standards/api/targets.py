"""What does the centre aim for, and how is a target set and ended by a program?"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.standards.access import find_target, reach_of, readable, require_place
from floorwalker.apps.standards.actions import end_target, set_target
from floorwalker.apps.standards.models import CENTRE, LONGEST_REASON, Place, Target
from floorwalker.errors import Refused
from floorwalker.facts.tables import Channel
from floorwalker.ui.rest.paging import Page, Paging, page_of
from floorwalker.ui.rest.shown import Day, Id

router = Router()


class TargetsAsked(Schema):
    """Which targets."""

    measure: str | None = Field(None, max_length=80)
    on: Day | None = Field(None, description="those that count on that day")


class TargetOf(Schema):
    """What is aimed for at one place: a site, team, queue or channel, else the centre; until: the first day without it."""

    id: int
    measure: str
    value: float | None = Field(None, description="in the measure's unit: shares 0 to 1, durations in seconds")
    low: float | None = Field(None, description="of a band; a target is a value, or a band with both its ends")
    high: float | None = None
    site: int | None = None
    team: int | None = None
    queue: int | None = None
    channel: str | None = None
    from_day: date | None = None
    until: date | None = None

    @classmethod
    def of(cls, target: Target) -> TargetOf:
        """A target."""
        return cls(
            id=target.pk,
            measure=target.measure,
            value=target.value,
            low=target.low,
            high=target.high,
            site=target.site_id,
            team=target.team_id,
            queue=target.queue_id,
            channel=target.channel or None,
            from_day=target.from_day,
            until=target.to_day,
        )


Figure = Annotated[float, Field(allow_inf_nan=False, ge=-1e12, le=1e12)]


class TargetGiven(Schema):
    """A value or a band to aim for, from a day on, at the centre or at one place."""

    measure: str = Field(max_length=80)
    value: Figure | None = None
    low: Figure | None = None
    high: Figure | None = None
    site: Id | None = None
    team: Id | None = None
    queue: Id | None = None
    channel: Channel | None = None
    from_day: Day
    until: Day | None = None
    reason: str = Field("", max_length=LONGEST_REASON)

    @property
    def place(self) -> Place:
        """What it is for; Refused where it names several."""
        named = {"site": self.site, "team": self.team, "queue": self.queue, "channel": self.channel}
        places: list[Place] = [(kind, which) for kind, which in named.items() if which is not None]
        if len(places) > 1:
            raise Refused("a target is for one place", found=", ".join(kind for kind, _which in places))
        return places[0] if places else CENTRE


class TargetEnd(Schema):
    """From which day on."""

    from_day: Day


@router.get("/targets", response=Page[TargetOf])
def list_targets(request: HttpRequest, asked: Query[TargetsAsked], paging: Query[Paging]) -> object:
    """What is and was aimed for, as far as the reader may see it, by measure, the latest first."""
    found = Target.objects.filter(readable(user_of(request), today())).order_by("measure", "-from_day", "-pk")
    if asked.on is not None:
        found = found.on(asked.on)
    if asked.measure is not None:
        found = found.filter(measure=asked.measure)
    return page_of(request, found, paging, TargetOf.of)


@router.post("/targets", response={201: TargetOf})
def make_target(request: HttpRequest, given: TargetGiven) -> object:
    """Aim for a value or a band from a day on, up to the next target that is set there already."""
    user = user_of(request)
    require_place(user, given.place, today())
    target = set_target(
        given.measure,
        given.value,
        low=given.low,
        high=given.high,
        **reach_of(user, today()).given(given.place),
        from_day=given.from_day,
        to_day=given.until,
        reason=given.reason,
        by=user,
        at=timezone.now(),
    )
    return TargetOf.of(target)


@router.post("/targets/{target_id}/end", response=TargetOf)
def stop_target(request: HttpRequest, target_id: Id, given: TargetEnd) -> object:
    """Aim for nothing more from a day on; the days before keep their target.

    One that has not begun by then is withdrawn: what is returned then ends when it begins, or before.
    """
    user = user_of(request)
    target = find_target(user, target_id, today())
    return TargetOf.of(end_target(target, on=given.from_day, by=user, at=timezone.now()))
