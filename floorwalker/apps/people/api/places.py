"""Which sites, queues and teams are there, and how are teams made and changed?"""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from floorwalker.apps.people.acting import take_turn
from floorwalker.apps.people.api.reach import manager, one, place_of_team, teams_managed, teams_seen
from floorwalker.apps.people.api.shapes import QueueOf, SiteOf, TeamOf
from floorwalker.apps.people.models import Queue, Site
from floorwalker.apps.people.teaming import LONGEST_NAME, add_team, change_team
from floorwalker.ui.rest.paging import Page, Paging, page_of
from floorwalker.ui.rest.shown import LARGEST, Id
from floorwalker.ui.rest.tags import require_unchanged

router = Router()


class TeamGiven(Schema):
    """A team as it is to be."""

    name: str = Field(min_length=1, max_length=LONGEST_NAME)
    parent: int | None = Field(None, ge=1, le=LARGEST)
    site: int | None = Field(None, ge=1, le=LARGEST)


@router.get("/sites", response=Page[SiteOf])
def list_sites(request: HttpRequest, paging: Query[Paging]) -> object:
    """The sites, by code."""
    return page_of(request, Site.objects.order_by("code"), paging, SiteOf.of)


@router.get("/queues", response=Page[QueueOf])
def list_queues(request: HttpRequest, paging: Query[Paging]) -> object:
    """The queues, by name."""
    return page_of(request, Queue.objects.order_by("name", "pk"), paging, QueueOf.of)


@router.get("/teams", response=Page[TeamOf])
def list_teams(request: HttpRequest, paging: Query[Paging]) -> object:
    """The teams that the owner of the token may see, by name."""
    return page_of(request, teams_seen(request).order_by("name", "pk"), paging, TeamOf.of)


@router.post("/teams", response={201: TeamOf})
def make_team(request: HttpRequest, given: TeamGiven) -> object:
    """A new team; one that the data name comes by itself and need not be made."""
    by = manager(request)
    parent, site = place_of_team(request, given.parent, given.site)
    return TeamOf.of(add_team(given.name, parent=parent, site=site, by=by.username, at=timezone.now()))


@router.get("/teams/{team_id}", response=TeamOf)
def read_team(request: HttpRequest, team_id: Id) -> object:
    """One team."""
    return TeamOf.of(one(teams_seen(request), team_id))


@router.put("/teams/{team_id}", response=TeamOf)
def write_team(request: HttpRequest, team_id: Id, given: TeamGiven) -> object:
    """Rename a team, or put it below another: whoever leads that one sees it from now on."""
    by = manager(request)
    with transaction.atomic():
        take_turn()
        team = one(teams_managed(request), team_id)
        require_unchanged(request, TeamOf.of(team))
        parent, site = place_of_team(request, given.parent, given.site, team)
        return TeamOf.of(change_team(team, given.name, parent=parent, site=site, by=by.username, at=timezone.now()))
