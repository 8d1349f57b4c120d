"""What was asked and answered in a meeting, what did somebody take on, and what became of it?"""

from __future__ import annotations

from datetime import date, datetime

from floorwalker.apps.coaching.timing import check_day
from floorwalker.apps.huddles.access import may_lead, may_read_team, users_of
from floorwalker.apps.huddles.models import ActionPoint, Meeting, MeetingQuestion
from floorwalker.apps.huddles.models.meetings import LONGEST_ITEM, LONGEST_WORDS
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import User
from floorwalker.errors import Refused


@action
def ask(meeting: Meeting, words: str, *, by: User, at: datetime) -> MeetingQuestion:
    """Ask something, before, in or after the meeting."""
    if not may_read_team(by, meeting.team, at.date()):
        raise Refused("you are not of this team", found=meeting.team.name)
    _check_not_called_off(meeting)
    made = MeetingQuestion.objects.create(meeting=meeting, words=said(words), asked_by=by, asked_at=at)
    record(by.username, "ask_in_meeting", meeting, at, question=made.pk)
    return made


@action
def answer(question: MeetingQuestion, words: str, *, by: User, at: datetime) -> MeetingQuestion:
    """Answer it, at once or later; better words replace those before, which the trail keeps."""
    question.refresh_from_db(from_queryset=MeetingQuestion.objects.select_for_update())
    _check_leads(by, question.meeting, at)
    was = question.answer
    question.answer, question.answered_by, question.answered_at = said(words, LONGEST_WORDS), by, at
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    record(by.username, "answer_in_meeting", question.meeting, at, question=question.pk, was=was)
    return question


@action
def agree_action(meeting: Meeting, words: str, *, owner: User, due_on: date, by: User, at: datetime) -> ActionPoint:
    """Somebody takes something on, by a day; it comes back in the next brief until it is done or dropped."""
    _check_leads(by, meeting, at)
    _check_not_called_off(meeting)
    if due_on < at.date():
        raise Refused("an action is due today or later", found=due_on.isoformat(), expected=at.date().isoformat())
    check_day(due_on, at)
    if owner not in users_of(meeting.team, at.date()):
        raise Refused("an action is for somebody of this team, or who leads it", found=owner.username)
    made = ActionPoint.objects.create(meeting=meeting, words=said(words), owner=owner, due_on=due_on, made_at=at)
    record(by.username, "agree_action", made, at, meeting=meeting.pk, owner=owner.username, due_on=due_on.isoformat())
    return made


@action
def finish_action(point: ActionPoint, outcome: str = "", *, by: User, at: datetime) -> ActionPoint:
    """It is done; what came of it may be said."""
    _check_open(point, by, at)
    point.done_at, point.outcome = at, said(outcome) if outcome.strip() else ""
    point.save(update_fields=["done_at", "outcome"])
    record(by.username, "finish_action", point, at)
    return point


@action
def drop_action(point: ActionPoint, because: str, *, by: User, at: datetime) -> ActionPoint:
    """It will not be done, with a word why."""
    _check_open(point, by, at)
    if not because.strip():
        raise Refused("an action is dropped with a word", mend="say why it will not be done")
    point.dropped_at, point.outcome = at, said(because)
    point.save(update_fields=["dropped_at", "outcome"])
    record(by.username, "drop_action", point, at, because=point.outcome)
    return point


def said(words: str, most: int = LONGEST_ITEM) -> str:
    """Words that are there, and not too many; else refused."""
    found = words.strip()
    if not 1 <= len(found) <= most:
        raise Refused("this needs words", found=f"{len(found)} characters", expected=f"1 to {most} characters")
    return found


def _check_leads(by: User, meeting: Meeting, at: datetime) -> None:
    if not may_lead(by, meeting.team, at.date()):
        raise Refused("you do not lead this team", found=meeting.team.name)


def _check_not_called_off(meeting: Meeting) -> None:
    meeting.refresh_from_db(from_queryset=Meeting.objects.select_for_update())
    if meeting.cancelled_at is not None:
        raise Refused("this meeting was called off", found=meeting.cancelled_at.date().isoformat())


def _check_open(point: ActionPoint, by: User, at: datetime) -> None:
    """Of whoever acts or leads, and not settled, as it is now: whatever the page showed."""
    point.refresh_from_db(from_queryset=ActionPoint.objects.select_for_update())
    if by.pk != point.owner_id and not may_lead(by, point.meeting.team, at.date()):
        raise Refused("this action is somebody else's", found=point.owner.username)
    if point.done_at is not None or point.dropped_at is not None:
        raise Refused("this action is settled already", found=point.outcome or "done")
