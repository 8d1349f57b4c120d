"""Which meetings has a team, what was said, asked and agreed there, and how does a program add what somebody took on?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from floorwalker.apps.huddles.access import find_meeting, find_open_team, users_of
from floorwalker.apps.huddles.agreeing import agree_action
from floorwalker.apps.huddles.api_goals import router as goals
from floorwalker.apps.huddles.models import ActionPoint, Meeting
from floorwalker.apps.huddles.models.meetings import LONGEST_ITEM
from floorwalker.apps.people.access import only, today, user_of
from floorwalker.apps.people.api.shapes import Named
from floorwalker.ui.rest.paging import Page, Paging, page_of
from floorwalker.ui.rest.shown import Day, Id

router = Router()
ROUTERS: dict[str, list[Router]] = {"huddles": [router, goals]}


class MeetingOf(Schema):
    """One meeting of a team."""

    id: int
    kind: str = Field(description="huddle, team_meeting or review")
    team: int
    planned_for: datetime
    minutes: int
    led_by: Named
    started_at: datetime | None
    ended_at: datetime | None
    cancelled_at: datetime | None

    @classmethod
    def of(cls, meeting: Meeting) -> MeetingOf:
        """A meeting."""
        return cls(**meeting_fields(meeting))


def meeting_fields(meeting: Meeting) -> dict[str, Any]:
    """What every shape of a meeting holds."""
    names = ("kind", "planned_for", "minutes", "started_at", "ended_at", "cancelled_at")
    kept = {name: getattr(meeting, name) for name in names}
    return kept | {"id": meeting.pk, "team": meeting.team_id, "led_by": Named.of(meeting.led_by)}


class ItemOf(Schema):
    """One item of the brief."""

    kind: str
    words: str
    code: str = Field(description="what it is about, where the program drafted it; else nothing")


class ActionOf(Schema):
    """What somebody took on, and what became of it."""

    id: int
    words: str
    owner: Named
    due_on: date
    done_at: datetime | None
    dropped_at: datetime | None
    outcome: str

    @classmethod
    def of(cls, point: ActionPoint) -> ActionOf:
        """An action."""
        names = ("words", "due_on", "done_at", "dropped_at", "outcome")
        return cls(id=point.pk, owner=Named.of(point.owner), **{name: getattr(point, name) for name in names})


class QuestionOf(Schema):
    """What was asked, and answered."""

    words: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None


class MeetingInWords(MeetingOf):
    """A meeting with all that was said, asked and agreed there."""

    items: list[ItemOf]
    questions: list[QuestionOf]
    actions: list[ActionOf]
    notes: str


class ActionGiven(Schema):
    """What somebody takes on, and by when."""

    words: str = Field(min_length=1, max_length=LONGEST_ITEM)
    owner: int = Field(
        ge=1, le=2**53 - 1, description="the number of the log-in of somebody of the team, or who leads it"
    )
    due_on: Day


class WhichMeetings(Schema):
    """Which meetings."""

    held: bool | None = Field(None, description="held or not yet; without it all")


@router.get("/teams/{team_id}/meetings", response=Page[MeetingOf])
def list_meetings(request: HttpRequest, team_id: Id, asked: Query[WhichMeetings], paging: Query[Paging]) -> object:
    """The meetings of a team that the reader is in or leads, the latest first."""
    team = find_open_team(user_of(request), team_id, today())
    every = Meeting.objects.filter(team=team).select_related("led_by")
    found = every if asked.held is None else every.held() if asked.held else every.planned()
    return page_of(request, found.order_by("-planned_for", "-pk"), paging, MeetingOf.of)


@router.get("/meetings/{meeting_id}", response=MeetingInWords)
def read_meeting(request: HttpRequest, meeting_id: Id) -> object:
    """One meeting with its brief, its questions and what was agreed."""
    meeting = find_meeting(user_of(request), meeting_id, today())
    return MeetingInWords(
        **meeting_fields(meeting),
        items=[ItemOf(kind=one.kind, words=one.words, code=one.code) for one in meeting.items.all()],
        questions=[
            QuestionOf(words=one.words, asked_at=one.asked_at, answer=one.answer, answered_at=one.answered_at)
            for one in meeting.questions.all()
        ],
        actions=[ActionOf.of(one) for one in meeting.actions.select_related("owner")],
        notes="" if meeting.ended_at is None else meeting.notes,
    )


@router.post("/meetings/{meeting_id}/actions", response={201: ActionOf})
def add_meeting_action(request: HttpRequest, meeting_id: Id, given: ActionGiven) -> object:
    """Note what somebody of the team takes on; it comes back in the next brief until it is done or dropped."""
    user, on = user_of(request), today()
    meeting = find_meeting(user, meeting_id, on, leading=True)
    owner = only(next((one for one in users_of(meeting.team, on) if one.pk == given.owner), None))
    point = agree_action(meeting, given.words, owner=owner, due_on=given.due_on, by=user, at=timezone.now())
    return ActionOf.of(point)
