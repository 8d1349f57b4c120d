"""Which stretches of a recording are silent, since numbers that may be cards' are said in them? As its transcripts show them.

What the transcript does not show is not heard either: the bytes are replaced where the file is sent, not in somebody's player.
A file in which they cannot be is not sent at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import inf
from pathlib import Path

from django.conf import settings

from floorwalker.apps.recordings.models import Kind, Recording
from floorwalker.errors import ConfigError
from floorwalker.media.settings import StoreSettings, read_stores
from floorwalker.media.silence import Quiet, Stretch, silence
from floorwalker.media.sound import Unreadable
from floorwalker.media.stores import FolderStore, Held
from floorwalker.media.transcripts.reading import read_transcript
from floorwalker.media.transcripts.turns import Turn

# A player asks for part after part of one file: what was read of it once holds for as long as it stands unchanged.
REMEMBERED = 256


def quiet_of(recording: Recording, store: StoreSettings, held: Held) -> Quiet | None:
    """What is replaced in a file that is sent; None where it cannot be, and the file is not to be sent."""
    stretches = stretches_in(recording)
    if not stretches:
        return Quiet()
    return _silenced(store.folder, held, stretches) if recording.kind == Kind.SOUND else None


def is_sent(recording: Recording) -> bool:
    """Whether the file can be heard or seen at all; one that is gone is answered for by whoever opens it."""
    store = _stores().get(recording.store)
    if store is None:
        return True
    try:
        return quiet_of(recording, store, FolderStore(store.folder).about(recording.name)) is not None
    except FileNotFoundError:
        return True


def stretches_in(recording: Recording) -> tuple[Stretch, ...]:
    """From when to when such numbers are said, by all that is written down of the same contact, in whatever store.

    Of a transcript that began at another time than the file, by either's clock: one silence too many tells nobody anything.
    """
    keys = [bytes(key) for key in recording.parts.values_list("contact_key", flat=True)]
    rows = (
        Recording.objects.here().of_contacts(keys).filter(kind=Kind.TRANSCRIPT).values_list("store", "name", "began_at")
    )
    found: list[Stretch] = []
    stores = _stores()
    for store, name, began_at in rows:
        said = _read(stores[store], name) if store in stores else ()
        found += said
        if began_at is not None and recording.began_at is not None and began_at != recording.began_at:
            later = (began_at - recording.began_at).total_seconds()
            found += [(start + later, end + later) for start, end in said if end + later > 0]
    return tuple(found)


def _stores() -> dict[str, StoreSettings]:
    try:
        return read_stores(settings.FLOORWALKER.home)
    except ConfigError:
        return {}


def _read(store: StoreSettings, name: str) -> tuple[Stretch, ...]:
    try:
        return _stretches(store.folder, FolderStore(store.folder).about(name), tuple(store.lanes))
    except FileNotFoundError:
        return ()


def stretches_of(turns: Sequence[Turn]) -> tuple[Stretch, ...]:
    """The turns of which a number is not shown; where a time is not known, up to the next one that is."""
    found = []
    for place, turn in enumerate(turns):
        if not turn.masked:
            continue
        before = (one.start for one in reversed(turns[: place + 1]) if one.start is not None)
        after = (one.start for one in turns[place + 1 :] if one.start is not None)
        start, next_one = next(before, 0.0), next(after, inf)
        found.append((start, next_one if turn.end is None else max(turn.end, start)))
    return tuple(found)


@lru_cache(REMEMBERED)
def _stretches(folder: Path, held: Held, lanes: tuple[str, ...]) -> tuple[Stretch, ...]:
    try:
        with FolderStore(folder).open_as(held) as file:
            return stretches_of(read_transcript(file, lanes=lanes).turns)
    except (FileNotFoundError, Unreadable):
        return ()


@lru_cache(REMEMBERED)
def _silenced(folder: Path, held: Held, stretches: tuple[Stretch, ...]) -> Quiet | None:
    with FolderStore(folder).open_as(held) as file:
        return silence(file, stretches)
