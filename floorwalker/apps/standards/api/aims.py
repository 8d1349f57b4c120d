"""What does the centre want to reach, and by which causes is it said why something was missed? For programs, as on the pages."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.people.api.shapes import Named
from floorwalker.apps.standards.access import readable
from floorwalker.apps.standards.aiming import Served, aims_with_standards
from floorwalker.apps.standards.models import RootCause
from floorwalker.ui.rest.paging import Page, Paging, page_of
from floorwalker.ui.rest.shown import Day

router = Router()


class AimsAsked(Schema):
    """Which aims."""

    on: Day | None = Field(None, description="those whose period includes that day")


class AimOf(Schema):
    """An aim of the centre, of a site or of a team for a period, and the standards that serve it."""

    id: int
    wording: str
    measure: str | None = Field(None, description="the measure by which it is known, where one counts it")
    known_by: str | None = Field(None, description="in words, by what it is known")
    owner: Named = Field(description="who answers for it")
    site: int | None = None
    team: int | None = Field(None, description="neither site nor team: it is the centre's")
    from_day: date
    until: date = Field(description="the first day after its period")
    standards: list[int] = Field(
        description="the numbers of the standards that serve it, of those that the reader may read"
    )

    @classmethod
    def of(cls, served: Served) -> AimOf:
        """An aim with what serves it."""
        aim = served.aim
        return cls(
            id=aim.pk,
            wording=aim.wording,
            measure=aim.measure or None,
            known_by=aim.known_by or None,
            owner=Named.of(aim.owner),
            site=aim.site_id,
            team=aim.team_id,
            from_day=aim.from_day,
            until=aim.to_day,
            standards=[version.standard_id for version in served.serves],
        )


class CausesAsked(Schema):
    """Which causes."""

    on: Day | None = Field(None, description="those that are used on that day")


class CauseOf(Schema):
    """A root cause of the centre's own list, by whose code an evaluation says why something was missed."""

    id: int
    code: str
    name: str
    kind: str = Field(description="agent, process, system, policy, information or customer")
    is_the_agents: bool = Field(description="whether it counts in the agent's own score")
    parent: str | None = Field(None, description="the code of the wider cause")
    from_day: date | None = None
    until: date | None = Field(None, description="the first day on which it is no longer used")

    @classmethod
    def of(cls, cause: RootCause) -> CauseOf:
        """A cause."""
        return cls(
            id=cause.pk,
            code=cause.code,
            name=str(cause),
            kind=cause.kind,
            is_the_agents=cause.is_the_agents,
            parent=None if cause.parent is None else cause.parent.code,
            from_day=cause.from_day,
            until=cause.to_day,
        )


@router.get("/aims", response=Page[AimOf])
def list_aims(request: HttpRequest, asked: Query[AimsAsked], paging: Query[Paging]) -> object:
    """What the centre, sites and teams want to reach, as far as the reader may know it, the latest first."""
    user, on = user_of(request), today()
    served, _unserving = aims_with_standards(user, on, readable(user, on))
    found = [one for one in served if asked.on is None or one.aim.holds_on(asked.on)]
    return page_of(request, found, paging, AimOf.of)


@router.get("/causes", response=Page[CauseOf])
def list_causes(request: HttpRequest, asked: Query[CausesAsked], paging: Query[Paging]) -> object:
    """The root causes of the centre's list, past ones too, by code."""
    found = RootCause.objects.select_related("parent").order_by("code", "pk")
    if asked.on is not None:
        found = found.on(asked.on)
    return page_of(request, found, paging, CauseOf.of)
