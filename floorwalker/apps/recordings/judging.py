"""Which contacts of recordings were evaluated, as far as the reader may know it?

Who judges is known to contexts on the right: they say it here, where the program starts (jobs/apps.py).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from floorwalker.apps.people.models import User
from floorwalker.apps.recordings.models import RecordingPart


@dataclass(frozen=True)
class Judged:
    """An evaluation that the reader may read: where it lies, and in a few words which."""

    address: str
    name: str


# The keys of all contacts with an evaluation that the reader may read; and of some contacts, by key, the evaluations.
Keys = Callable[[User, date], "QuerySet[Any, Any]"]
Reader = Callable[[User, Collection[bytes], date], Mapping[bytes, list[Judged]]]

known_keys: list[Keys] = []
readers: list[Reader] = []


def was_evaluated(user: User, on: date) -> Q:
    """Recordings of a contact of which the reader may read an evaluation."""
    found = Q(pk__in=[])
    for keys in known_keys:
        parts = RecordingPart.objects.filter(recording=OuterRef("pk"), contact_key__in=keys(user, on))
        found |= Q(Exists(parts))
    return found


def evaluations_of(user: User, contact_keys: Collection[bytes], on: date) -> dict[bytes, list[Judged]]:
    """By contact, the evaluations that the reader may read."""
    found: dict[bytes, list[Judged]] = {}
    for read in readers if contact_keys else ():
        for key, judged in read(user, contact_keys, on).items():
            found.setdefault(key, []).extend(judged)
    return found
