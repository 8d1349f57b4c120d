"""What ought the owner of a token to know, and what has she or he read?"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from floorwalker.apps.notices.access import find_notice, notices_of
from floorwalker.apps.notices.actions import mark_read
from floorwalker.apps.notices.models import Notice, Severity
from floorwalker.apps.people.access import today, user_of
from floorwalker.ui.notice_words import sentence
from floorwalker.ui.rest.paging import Page, Paging, page_of
from floorwalker.ui.rest.shown import Id

router = Router()
ROUTERS: dict[str, list[Router]] = {"notices": [router]}


class NoticesAsked(Schema):
    """Which notices."""

    show: Literal["open", "past"] = "open"


class NoticeOf(Schema):
    """A notice: its code with the values of its sentence, and the sentence itself."""

    id: int
    code: str
    subject: str
    params: dict[str, Any]
    sentence: str
    severity: Literal["inform", "warn", "act"]
    address: str = Field(description="the page where one sees to it, or nothing")
    raised_at: datetime
    cleared_at: datetime | None = None
    is_read: bool

    @classmethod
    def of(cls, notice: Notice) -> NoticeOf:
        """A notice, of which it is known whether its reader has read it."""
        return cls(
            id=notice.pk,
            code=notice.code,
            subject=notice.subject,
            params=notice.params,
            sentence=sentence(notice.code, notice.params),
            severity=Severity(notice.severity).name.lower(),  # type: ignore[arg-type]
            address=notice.address,
            raised_at=notice.raised_at,
            cleared_at=notice.cleared_at,
            is_read=notice.is_read,
        )


@router.get("/notices", response=Page[NoticeOf])
def list_notices(request: HttpRequest, asked: Query[NoticesAsked], paging: Query[Paging]) -> object:
    """What holds now, the gravest first; or what is over, the last first."""
    own = notices_of(user_of(request), today())
    return page_of(request, own.past() if asked.show == "past" else own.open(), paging, NoticeOf.of)


@router.post("/notices/{notice_id}/read", response=NoticeOf)
def read_notice(request: HttpRequest, notice_id: Id) -> object:
    """Note that the owner of the token has read it."""
    user = user_of(request)
    mark_read(find_notice(user, notice_id, today()), by=user, at=timezone.now())
    return NoticeOf.of(find_notice(user, notice_id, today()))
