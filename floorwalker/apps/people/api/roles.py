"""Who may log in with which roles, and how are roles given and ended?"""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from floorwalker.apps.people.access import require, today, user_of
from floorwalker.apps.people.actions import end_role, grant_role
from floorwalker.apps.people.api.reach import one, one_or_none
from floorwalker.apps.people.api.shapes import RoleOf, UserOf
from floorwalker.apps.people.models import Right, Role, RoleGrant, Site, Team, User
from floorwalker.ui.rest.paging import Page, Paging, page_of
from floorwalker.ui.rest.shown import LARGEST, Day, Id

router = Router()


class RoleGiven(Schema):
    """A role from a day on: for a team, for a site, or for the centre."""

    role: Literal[
        "agent",
        "team_leader",
        "quality_analyst",
        "operations_manager",
        "process_owner",
        "assessor",
        "internal_verifier",
        "privacy_officer",
        "administrator",
    ]
    team: int | None = Field(None, ge=1, le=LARGEST)
    site: int | None = Field(None, ge=1, le=LARGEST)
    from_day: Day | None = Field(None, description="at once, and for all days before, without it")


class Ended(Schema):
    """From which day on."""

    from_day: Day


def granter(request: HttpRequest) -> User:
    """The owner of the token, where she or he gives roles; else nothing is there."""
    require(user_of(request), Right.GRANT_ROLES, today())
    return user_of(request)


@router.get("/users", response=Page[UserOf])
def list_users(request: HttpRequest, paging: Query[Paging]) -> object:
    """Who may log in, with every role held now or before, by user name."""
    granter(request)
    found = User.objects.prefetch_related("grants").order_by("username")
    return page_of(request, found, paging, UserOf.of)


@router.post("/users/{user_id}/roles", response={201: RoleOf})
def give_role(request: HttpRequest, user_id: Id, given: RoleGiven) -> object:
    """Give somebody a role from a day on."""
    by = granter(request)
    found = grant_role(
        one(User.objects.all(), user_id),
        Role(given.role),
        from_day=given.from_day,
        by=by,
        at=timezone.now(),
        team=one_or_none(Team.objects.all(), given.team),
        site=one_or_none(Site.objects.all(), given.site),
    )
    return RoleOf.of(found)


@router.post("/roles/{role_id}/end", response=RoleOf)
def take_role(request: HttpRequest, role_id: Id, given: Ended) -> object:
    """Take a role away from a day on; what it allowed before is history and stays."""
    by = granter(request)
    return RoleOf.of(end_role(one(RoleGrant.objects.all(), role_id), on=given.from_day, by=by, at=timezone.now()))
