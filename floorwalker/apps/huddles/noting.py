"""How are notes kept while a meeting goes on, by whoever leads it, in one window or in two?"""

from __future__ import annotations

from datetime import datetime

from floorwalker.apps.coaching.unchanged import mark_of
from floorwalker.apps.huddles.access import check_open
from floorwalker.apps.huddles.models import Meeting
from floorwalker.apps.huddles.models.meetings import LONGEST_WORDS
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import User
from floorwalker.errors import Refused


@action
def keep_notes(meeting: Meeting, notes: str, *, seen: str | None = None, by: User, at: datetime) -> Meeting:
    """What is noted while it goes on; others read it once it is over. seen: as `together`."""
    check_open(meeting, by, at)
    meeting.notes = together(meeting, notes, seen)
    meeting.save(update_fields=["notes"])
    record(by.username, "keep_meeting_notes", meeting, at)
    return meeting


def mark_of_notes(meeting: Meeting) -> str:
    """By what it is known which notes a page has shown."""
    return mark_of(meeting.notes)


def together(meeting: Meeting, notes: str, seen: str | None) -> str:
    """The notes as they are to be kept: below what was noted in another window meanwhile, which stays.

    seen: the mark of the notes that the page had shown; None of whoever saw the present ones.
    """
    new = _plain(notes)
    is_seen = seen is None or seen == mark_of_notes(meeting)
    kept = new if is_seen or new == meeting.notes else f"{meeting.notes}\n{new}".strip()
    if len(kept) > LONGEST_WORDS:
        raise Refused("this is too long", found=f"{len(kept)} characters", expected=f"at most {LONGEST_WORDS}")
    return kept


def is_kept(meeting: Meeting, notes: str) -> bool:
    """Whether these very notes are kept."""
    return meeting.notes == _plain(notes)


def _plain(notes: str) -> str:
    """Lines end as they are counted in the browser."""
    return notes.replace("\r\n", "\n").strip()
