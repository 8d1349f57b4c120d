"""How is a meeting planned, its brief edited, begun, and ended; and who was there?"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db.models import Max

from floorwalker.apps.coaching.timing import check_time
from floorwalker.apps.huddles.access import check_leads, check_open, may_lead, members_of
from floorwalker.apps.huddles.agreeing import said
from floorwalker.apps.huddles.drafting import draft
from floorwalker.apps.huddles.models import Attendance, AttendanceBefore, BriefItem, ItemKind, Meeting, MeetingKind
from floorwalker.apps.huddles.noting import is_kept, together
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Agent, Team, User
from floorwalker.errors import Refused

LONGEST_MINUTES = 240
LATE = timedelta(days=1)


@action
def plan_meeting(
    team: Team, kind: MeetingKind, *, planned_for: datetime, minutes: int, by: User, at: datetime
) -> Meeting:
    """Plan a meeting of a team; its brief is drafted from the week, and the draft kept beside what is made of it."""
    check_leads(by, team, at)
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise Refused("a meeting has its minutes", found=str(minutes), expected=f"1 to {LONGEST_MINUTES}")
    # One that began an hour ago is still written down as it is held; one of last year was mistyped.
    check_time(planned_for, at - LATE)
    drafted = draft(team, at)
    made = Meeting.objects.create(
        kind=kind,
        team=team,
        planned_for=planned_for,
        minutes=minutes,
        led_by=by,
        drafted=[one.kept for one in drafted],
        made_at=at,
    )
    BriefItem.objects.bulk_create(
        BriefItem(meeting=made, place=n, kind=one.kind, words=one.words, code=one.code, figure=one.figure)
        for n, one in enumerate(drafted)
    )
    record(by.username, "plan_meeting", made, at, team=team.name, kind=str(kind), drafted=len(drafted))
    return made


@action
def add_item(meeting: Meeting, kind: ItemKind, words: str, *, by: User, at: datetime) -> BriefItem:
    """Say something else too, at the end."""
    check_open(meeting, by, at)
    last = meeting.items.aggregate(last=Max("place"))["last"]
    made = BriefItem.objects.create(
        meeting=meeting, place=0 if last is None else last + 1, kind=kind, words=said(words)
    )
    record(by.username, "add_brief_item", meeting, at, item=made.pk)
    return made


@action
def change_item(item: BriefItem, words: str, *, by: User, at: datetime) -> BriefItem:
    """Say it in one's own words; what the program had drafted stays with the meeting."""
    item = _item_now(item, by, at)
    was, item.words = item.words, said(words)
    item.save(update_fields=["words"])
    record(by.username, "change_brief_item", item.meeting, at, item=item.pk, was=was)
    return item


@action
def move_item(item: BriefItem, step: int, *, by: User, at: datetime) -> None:
    """One place earlier (-1) or later (1); at the end of the list nothing moves."""
    item = _item_now(item, by, at)
    every = list(item.meeting.items.all())
    here = next(n for n, one in enumerate(every) if one.pk == item.pk)
    there = here + step
    if not 0 <= there < len(every):
        return
    every[here], every[there] = every[there], every[here]
    _number(every)
    record(by.username, "move_brief_item", item.meeting, at, item=item.pk, place=there)


@action
def drop_item(item: BriefItem, *, by: User, at: datetime) -> None:
    """Leave it out; an action of last time stays open all the same."""
    item = _item_now(item, by, at)
    meeting, was = item.meeting, {"item": item.pk, "kind": item.kind, "was": item.words}
    item.delete()
    record(by.username, "drop_brief_item", meeting, at, **was)


@action
def begin_meeting(meeting: Meeting, *, by: User, at: datetime) -> Meeting:
    """It begins; whoever opens it once more changes nothing."""
    check_open(meeting, by, at)
    if meeting.started_at is None:
        meeting.started_at = at
        meeting.save(update_fields=["started_at"])
        record(by.username, "begin_meeting", meeting, at)
    return meeting


@action
def note_attendance(meeting: Meeting, there: Collection[Agent], *, by: User, at: datetime) -> None:
    """Who of the team was there, and who was not; noted again, it is as noted last, and what was noted before is kept."""
    meeting.refresh_from_db(from_queryset=Meeting.objects.select_for_update())
    if not may_lead(by, meeting.team, at.date()):
        raise Refused("you do not lead this team", found=meeting.team.name)
    if meeting.cancelled_at is not None:
        raise Refused("this meeting was called off", found=meeting.cancelled_at.date().isoformat())
    members = members_of(meeting.team, meeting.planned_for.date())
    present = {agent.pk for agent in there}
    strangers = present - {agent.pk for agent in members}
    if strangers:
        raise Refused("somebody here is not of this team", found=str(len(strangers)))
    noted = {one.agent_id: one for one in meeting.attendances.all()}
    new = [agent for agent in members if agent.pk not in noted]
    other = [one for one in noted.values() if one.there != (one.agent_id in present)]
    _note_otherwise(other, by, at)
    Attendance.objects.bulk_create(Attendance(meeting=meeting, agent=one, there=one.pk in present) for one in new)
    told = {"there": len(present), "of": len(members), "changed": [one.agent_id for one in other]}
    record(by.username, "note_attendance", meeting, at, **told)


def _note_otherwise(changed: Collection[Attendance], by: User, at: datetime) -> None:
    """Turn what was noted round; as it was it stays beside."""
    AttendanceBefore.objects.bulk_create(
        AttendanceBefore(attendance=one, there=one.there, until_at=at, changed_by=by) for one in changed
    )
    for one in changed:
        one.there = not one.there
    Attendance.objects.bulk_update(changed, ["there"])


@action
def end_meeting(meeting: Meeting, notes: str, *, seen: str | None = None, by: User, at: datetime) -> Meeting:
    """It is over; what is left open comes back in the next brief. Said twice in the same words it is said once."""
    meeting.refresh_from_db(from_queryset=Meeting.objects.select_for_update())
    if meeting.ended_at is not None and is_kept(meeting, notes) and may_lead(by, meeting.team, at.date()):
        return meeting
    check_open(meeting, by, at)
    meeting.started_at = meeting.started_at or at
    meeting.ended_at, meeting.notes = at, together(meeting, notes, seen)
    meeting.save(update_fields=["started_at", "ended_at", "notes"])
    record(by.username, "end_meeting", meeting, at)
    return meeting


@action
def cancel_meeting(meeting: Meeting, notes: str = "", *, seen: str | None = "", by: User, at: datetime) -> Meeting:
    """It is not held; it stays in the list, with what was noted. Called off twice it is called off once.

    seen: as `together`; of whoever says nothing of the notes, none of them.
    """
    meeting.refresh_from_db(from_queryset=Meeting.objects.select_for_update())
    if meeting.cancelled_at is not None and may_lead(by, meeting.team, at.date()):
        return meeting
    check_open(meeting, by, at)
    meeting.cancelled_at = at
    meeting.notes = together(meeting, notes, seen)
    meeting.save(update_fields=["cancelled_at", "notes"])
    record(by.username, "cancel_meeting", meeting, at)
    return meeting


def _number(items: Iterable[BriefItem]) -> None:
    changed = []
    for place, one in enumerate(items):
        one.place = place
        changed.append(one)
    BriefItem.objects.bulk_update(changed, ["place"])


def _item_now(item: BriefItem, by: User, at: datetime) -> BriefItem:
    """An item of an open meeting, as it is now: somebody else may have left it out meanwhile."""
    check_open(item.meeting, by, at)
    found = BriefItem.objects.select_for_update(of=("self",)).select_related("meeting__team").filter(pk=item.pk).first()
    if found is None:
        raise Refused("this was left out already", mend="read the brief again: somebody else has changed it meanwhile")
    return found
