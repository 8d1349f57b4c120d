"""What does one shift tell the next, how long does it hold, and who has read it?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import QuerySet

from floorwalker.apps.huddles.access import may_lead, may_read_team
from floorwalker.apps.huddles.agreeing import said
from floorwalker.apps.huddles.models import HandOver, HandOverRead
from floorwalker.apps.huddles.models.handing_over import LONGEST_WORDS
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Team, User
from floorwalker.errors import Refused

# So long a note may hold; what holds longer is a standard, or a meeting's.
LONGEST = timedelta(days=7)


@action
def hand_over(team: Team, words: str, *, until: datetime, by: User, at: datetime) -> HandOver:
    """Leave a note for whoever comes next in the team; it goes by itself when it holds no more."""
    if not may_read_team(by, team, at.date()):
        raise Refused("you are not of this team", found=team.name)
    if not at < until <= at + LONGEST:
        raise Refused("a note holds for a while", found=until.isoformat(), expected="at most seven days from now")
    made = HandOver.objects.create(team=team, words=said(words, LONGEST_WORDS), by=by, at=at, until=until)
    record(by.username, "hand_over", made, at, team=team.name, until=until.isoformat())
    return made


@action
def take_back_note(note: HandOver, *, by: User, at: datetime) -> HandOver:
    """It holds no more: by whoever wrote it, or leads the team."""
    if by.pk != note.by_id and not may_lead(by, note.team, at.date()):
        raise Refused("this note is somebody else's", found=note.by.username)
    if note.until > at:
        note.until = at
        note.save(update_fields=["until"])
        record(by.username, "take_back_note", note, at)
    return note


@action
def read_note(note: HandOver, *, by: User, at: datetime) -> None:
    """Say that one has read it; said twice it is said once."""
    if not may_read_team(by, note.team, at.date()):
        raise Refused("you are not of this team", found=note.team.name)
    _read, made = HandOverRead.objects.get_or_create(note=note, by=by, defaults={"at": at})
    if made:
        record(by.username, "read_note", note, at)


def unread_notes(user: User, at: datetime, teams: Collection[int]) -> QuerySet[HandOver]:
    """What holds now in these teams (by number), was written by others and was not read by the user yet; the newest first."""
    others = HandOver.objects.filter(team__in=teams, at__lte=at, until__gt=at).exclude(by=user)
    read = HandOverRead.objects.filter(by=user).values("note")
    return others.exclude(pk__in=read).select_related("by__agent", "team")
