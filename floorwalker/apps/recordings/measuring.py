"""Which sounds wait to be measured, and what becomes of one? The worker measures each once for each state of its file."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import F, Q

from floorwalker.apps.recordings.actions import keep_waveform
from floorwalker.apps.recordings.models import Kind, Recording, RecordingQuerySet, Waveform
from floorwalker.media.measuring import measure_apart
from floorwalker.media.settings import read_stores
from floorwalker.media.sound import Unreadable
from floorwalker.media.stores import FolderStore

# Above it a file is heard and not drawn: a day of telephone sound in two lanes is 1.4 GB.
MOST_BYTES = 4_000_000_000


def waiting() -> RecordingQuerySet:
    """The sounds of known contacts that were never measured, or have changed since; the newest contact first."""
    as_it_is = Q(waveform__changed_ns=F("changed_ns"), waveform__size_bytes=F("size_bytes"))
    return Recording.objects.here().matched().filter(kind=Kind.SOUND).exclude(as_it_is)


def measure_recording(recording: Recording, *, at: datetime) -> Waveform:
    """Measure one sound, and keep what it came to; or why it could not be measured."""
    store = read_stores(settings.FLOORWALKER.home).get(recording.store)
    if store is None or recording.size_bytes > MOST_BYTES:
        return keep_waveform(recording, "gone" if store is None else "limits", at=at)
    try:
        with FolderStore(store.folder).open(recording.name) as file:
            return keep_waveform(recording, measure_apart(file), at=at)
    except FileNotFoundError:
        return keep_waveform(recording, "gone", at=at)
    except Unreadable as error:
        return keep_waveform(recording, str(error), at=at)
