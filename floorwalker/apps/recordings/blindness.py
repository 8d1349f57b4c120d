"""Which marks on a recording is a reader not shown, since she has to judge the contact without others' judgement?

Who judges what is known to contexts on the right: they say it here, where the program starts (jobs/apps.py).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from django.db.models import Q

from floorwalker.apps.people.models import User
from floorwalker.apps.recordings.models import MarkQuerySet, Recording

Keeper = Callable[[User, Collection[bytes], date], Q]

keepers: list[Keeper] = []


def marks_shown(recording: Recording, user: User, on: date) -> MarkQuerySet:
    """The marks on a recording that the reader is shown, those that were taken off among them; always her own."""
    found = recording.marks.select_related("made_by")
    if not recording.marks.exclude(made_by=user).exists():
        return found
    keys = {bytes(key) for key in recording.parts.values_list("contact_key", flat=True)}
    for kept_from in keepers:
        found = found.exclude(kept_from(user, keys, on) & ~Q(made_by=user))
    return found
