"""Who did what, and who looked at somebody's figures?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema

from floorwalker.apps.people.access import require, today, user_of
from floorwalker.apps.people.api.reach import one
from floorwalker.apps.people.models import Agent, AuditEntry, Look, Right
from floorwalker.ui.rest.paging import Page, Paging, page_of
from floorwalker.ui.rest.shown import LARGEST, Id

router = Router()


class EntriesAsked(Schema):
    """Which entries."""

    by: str | None = Field(None, max_length=200)
    verb: str | None = Field(None, max_length=60)
    subject: str | None = Field(None, max_length=200, description="such as agent:12")
    after: int | None = Field(None, ge=0, le=LARGEST, description="those with a greater number, to read on")


class Entry(Schema):
    """Who did what to whom; token: by which API token, where it was by one."""

    id: int
    at: datetime
    by: str
    verb: str
    subject: str
    detail: dict[str, Any]

    @classmethod
    def of(cls, entry: AuditEntry) -> Entry:
        """An entry of the trail."""
        return cls(id=entry.pk, at=entry.at, by=entry.by, verb=entry.verb, subject=entry.subject, detail=entry.detail)


class LookOf(Schema):
    """Somebody looked at a person's figures on a day, from the first time to the last."""

    by: str
    what: str
    day: date
    first_at: datetime
    last_at: datetime

    @classmethod
    def of(cls, look: Look) -> LookOf:
        """A look."""
        return cls(by=look.user.username, what=look.what, day=look.day, first_at=look.first_at, last_at=look.last_at)


@router.get("/audit", response=Page[Entry])
def list_entries(request: HttpRequest, asked: Query[EntriesAsked], paging: Query[Paging]) -> object:
    """Who did what to whom, the latest first."""
    require(user_of(request), Right.SEE_AUDIT, today())
    found = AuditEntry.objects.order_by("-id")
    exact = {name: value for name in ("by", "verb", "subject") if (value := getattr(asked, name)) is not None}
    found = found.filter(**exact)
    if asked.after is not None:
        found = found.filter(pk__gt=asked.after)
    return page_of(request, found, paging, Entry.of)


@router.get("/agents/{agent_id}/looks", response=Page[LookOf])
def list_looks(request: HttpRequest, agent_id: Id, paging: Query[Paging]) -> object:
    """Who has looked at this agent's figures; for the agent, and whoever watches over privacy."""
    scope = user_of(request).scope_on(today())
    if not (scope.may(Right.SEE_AUDIT) or (scope.agent is not None and scope.agent.pk == agent_id)):
        raise Http404
    agent = one(Agent.objects.all(), agent_id)
    found = Look.objects.filter(agent=agent).select_related("user").order_by("-last_at", "-pk")
    return page_of(request, found, paging, LookOf.of)
