"""What can be done on pages with figures? Each function is one transaction: check, change, audit entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.urls import Resolver404, resolve

from floorwalker.apps.dashboards.models import EventKind, FloorEvent, SavedView, TrendNote, Whose
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.looks import note_look
from floorwalker.apps.people.models import Agent, LookAt, Team, User
from floorwalker.errors import Refused

# The pages that can be saved as a view.
PAGES = frozenset("centre team_board without_team agent_page agent_trend measure_page agent_hours team_hours".split())
MOST_NAME, MOST_QUERY = 80, 600


@action
def note_export(about: str, form: str, address: str, *, agent: Agent | None, by: User, at: datetime) -> None:
    """Note that figures left as a file; the one person whom they are about is shown it."""
    if agent is not None:
        note_look(agent, LookAt.EXPORT, by=by, at=at)
    record(by.username, "export", about, at, form=form, question=address)


@action
def save_view(name: str, path: str, query: str, *, by: User, at: datetime) -> SavedView:
    """Keep a page of figures under a name; the same name again means the same view with another question."""
    route, arguments = _page_at(path)
    SavedView.objects.kept().filter(user=by, name=_named(name)).update(removed_at=at)
    view = SavedView.objects.create(
        user=by, name=_named(name), route=route, arguments=arguments, query=query[:MOST_QUERY], created_at=at
    )
    record(by.username, "save_view", view, at, route=route, question=view.query)
    return view


@action
def rename_view(view: SavedView, name: str, *, by: User, at: datetime) -> SavedView:
    """Give a view another name, that no other view of the same user has."""
    if SavedView.objects.kept().filter(user=by, name=_named(name)).exclude(pk=view.pk).exists():
        raise Refused("another of your views has this name", found=_named(name))
    view.name = _named(name)
    view.save(update_fields=["name"])
    record(by.username, "rename_view", view, at)
    return view


@action
def delete_view(view: SavedView, *, by: User, at: datetime) -> SavedView:
    """Remove a view; for a day it can be put back."""
    view.removed_at = at
    view.save(update_fields=["removed_at"])
    record(by.username, "delete_view", view, at)
    return view


@action
def restore_view(view: SavedView, *, by: User, at: datetime) -> SavedView:
    """Put a removed view back."""
    if SavedView.objects.kept().filter(user=by, name=view.name).exclude(pk=view.pk).exists():
        raise Refused("another of your views has this name by now", found=view.name, mend="rename that one first")
    view.removed_at = None
    view.save(update_fields=["removed_at"])
    record(by.username, "restore_view", view, at)
    return view


def _named(name: str) -> str:
    named = " ".join(name.split())[:MOST_NAME]
    if not named:
        raise Refused("a view needs a name")
    return named


@action
def note_event(
    title: str, kind: EventKind, first_day: date, last_day: date | None, *, by: User, at: datetime
) -> FloorEvent:
    """Note something that happened on the floor, to be marked on charts."""
    if last_day is not None and last_day < first_day:
        raise Refused(
            "this would end before it begins", found=f"{first_day} to {last_day}", mend="take a later last day"
        )
    event = FloorEvent.objects.create(title=title, kind=kind, first_day=first_day, last_day=last_day, by=by, at=at)
    record(by.username, "note_event", event, at, kind=str(kind), first_day=first_day.isoformat())
    return event


@action
def remove_event(event: FloorEvent, *, by: User, at: datetime) -> FloorEvent:
    """Take an event off the charts; that it was noted stays on the trail."""
    event.removed_at = at
    event.save(update_fields=["removed_at"])
    record(by.username, "remove_event", event, at)
    return event


@action
def write_trend_note(
    measure: str,
    about: Agent | Team,
    *,
    what: str,
    cause: str,
    whose: Whose,
    decision: str,
    drift: Mapping[str, Any],
    by: User,
    at: datetime,
) -> TrendNote:
    """Keep what somebody made of a change, with what the chart said then; earlier notes stay as they are."""
    agent, team = (about, None) if isinstance(about, Agent) else (None, about)
    note = TrendNote.objects.create(
        measure=measure,
        agent=agent,
        team=team,
        what=what,
        cause=cause,
        whose=whose,
        decision=decision,
        drift=dict(drift),
        by=by,
        at=at,
    )
    record(by.username, "write_trend_note", note, at, measure=measure, whose=str(whose))
    return note


def _page_at(path: str) -> tuple[str, dict[str, Any]]:
    """The route and arguments of a page of figures."""
    try:
        found = resolve(path)
    except Resolver404:
        found = None
    if found is None or found.url_name not in PAGES:
        raise Refused("this page cannot be saved as a view", found=path[:MOST_NAME])
    return str(found.url_name), dict(found.kwargs)
