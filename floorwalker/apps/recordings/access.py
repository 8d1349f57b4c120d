"""May this user hear this recording, on that day? What may not be heard is not there."""

from __future__ import annotations

from datetime import date

from django.http import Http404

from floorwalker.apps.people.access import only
from floorwalker.apps.people.models import User
from floorwalker.apps.recordings.blindness import marks_shown
from floorwalker.apps.recordings.models import Mark, Recording, RecordingQuerySet


def find_recording(user: User, recording_id: int, on: date) -> Recording:
    """The recording, where the user may hear it; else it is not there."""
    return only(Recording.objects.heard_by(user, on).filter(pk=recording_id).first())


def find_mark(user: User, recording_id: int, mark_id: int, on: date) -> Mark:
    """A mark that the user is shown on a recording that she may hear; kept when it was taken off, since somebody may have
    cited it."""
    recording = find_recording(user, recording_id, on)
    return only(marks_shown(recording, user, on).filter(pk=mark_id).first())


def find_own_mark(user: User, recording_id: int, mark_id: int, on: date) -> Mark:
    """A mark that the user made and may take off; else it is not there."""
    mark = find_mark(user, recording_id, mark_id, on)
    if mark.made_by_id != user.pk or mark.removed_at is not None:
        raise Http404
    return mark


def unmatched(user: User, on: date) -> RecordingQuerySet:
    """The files without a contact, for those who see what came in everywhere: nobody knows of which site or team they are."""
    if not user.scope_on(on).loads.everywhere:
        raise Http404
    return Recording.objects.here().filter(contact_key=None)
