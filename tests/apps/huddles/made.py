"""What is there to test huddles with? A planned huddle of the first team, with a question, and an action of its leader's."""

from __future__ import annotations

from datetime import datetime, timedelta

from floorwalker.apps.huddles.agreeing import agree_action, ask
from floorwalker.apps.huddles.holding import plan_meeting
from floorwalker.apps.huddles.models import ActionPoint, Meeting, MeetingKind, MeetingQuestion
from tests.apps.conftest import NOW, Floor

ONE_DAY = timedelta(days=1)


def a_huddle(floor: Floor, at: datetime = NOW) -> Meeting:
    """Of the first team, by its leader, in an hour."""
    planned = at + timedelta(hours=1)
    return plan_meeting(
        floor.teams[0], MeetingKind.HUDDLE, planned_for=planned, minutes=10, by=floor.users["leader"], at=at
    )


def a_question(floor: Floor, meeting: Meeting, at: datetime = NOW) -> MeetingQuestion:
    """Of an agent of the team."""
    return ask(meeting, "When do the new headsets come?", by=floor.users["agent"], at=at)


def an_action(floor: Floor, meeting: Meeting, owner: str = "leader", at: datetime = NOW) -> ActionPoint:
    """Something that one of the team has taken on, for tomorrow."""
    words = "Ask the supplier for the day"
    due_on = at.date() + ONE_DAY
    return agree_action(meeting, words, owner=floor.users[owner], due_on=due_on, by=floor.users["leader"], at=at)
