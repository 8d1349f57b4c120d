"""Which views has somebody saved? Kept, renamed, removed and put back by the actions of the pages."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from floorwalker.apps.dashboards import actions
from floorwalker.apps.dashboards.actions import MOST_NAME, MOST_QUERY
from floorwalker.apps.dashboards.models import SavedView
from floorwalker.apps.people.access import user_of
from floorwalker.ui.rest.paging import Page, Paging, page_of
from floorwalker.ui.rest.shown import Id

router = Router()


class View(Schema):
    """A page of figures under a name; opening it asks for rights like any other visit."""

    id: int
    name: str
    address: str
    created_at: datetime
    is_removed: bool


class NewView(Schema):
    """Which page to keep, under which name."""

    name: str = Field(min_length=1, max_length=MOST_NAME)
    path: str = Field(max_length=300, description="the page, such as /teams/3/")
    query: str = Field("", max_length=MOST_QUERY, description="its question, what follows the question mark")


class ViewName(Schema):
    """Another name for a view."""

    name: str = Field(min_length=1, max_length=MOST_NAME)


def shown(view: SavedView) -> View:
    """A view as the API shows it."""
    removed = view.removed_at is not None
    return View(id=view.pk, name=view.name, address=view.address, created_at=view.created_at, is_removed=removed)


def own(request: HttpRequest, view_id: int) -> SavedView:
    """The reader's view; nobody else's is there."""
    view = SavedView.objects.filter(user=user_of(request), pk=view_id).first()
    if view is None:
        raise Http404
    return view


@router.get("/views", response=Page[View])
def list_views(request: HttpRequest, paging: Query[Paging]) -> object:
    """The saved views of the owner of the token, by name."""
    found = SavedView.objects.kept().filter(user=user_of(request)).order_by("name", "pk")
    return page_of(request, found, paging, shown)


@router.post("/views", response={201: View})
def save_view(request: HttpRequest, given: NewView) -> object:
    """Keep a page of figures under a name; the same name again means the same view with another question."""
    view = actions.save_view(given.name, given.path, given.query, by=user_of(request), at=timezone.now())
    return shown(view)


@router.patch("/views/{view_id}", response=View)
def rename_view(request: HttpRequest, view_id: Id, given: ViewName) -> object:
    """Give a view another name."""
    return shown(actions.rename_view(own(request, view_id), given.name, by=user_of(request), at=timezone.now()))


@router.delete("/views/{view_id}", response=View)
def delete_view(request: HttpRequest, view_id: Id) -> object:
    """Remove a view; for a day it can be put back."""
    return shown(actions.delete_view(own(request, view_id), by=user_of(request), at=timezone.now()))


@router.post("/views/{view_id}/restore", response=View)
def restore_view(request: HttpRequest, view_id: Id) -> object:
    """Put a removed view back."""
    return shown(actions.restore_view(own(request, view_id), by=user_of(request), at=timezone.now()))
