"""Which stretches of a recording are silent, since numbers that may be cards' are said in them? As is kept of its transcripts.

What the transcript does not show is not heard either: the bytes are replaced where the file is sent, not in somebody's player.
A file in which they cannot be is not sent at all.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from floorwalker.apps.recordings.models import Kind, Recording
from floorwalker.apps.recordings.screening import is_screened, screen, silence_of
from floorwalker.errors import ConfigError
from floorwalker.media.settings import StoreSettings, read_stores
from floorwalker.media.silence import Quiet, Stretch, silence
from floorwalker.media.stores import FolderStore, Held

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
    """From when to when such numbers are said, by all that was ever read of the same contact, in whatever store.

    Of a transcript that began at another time than the file, by either's clock: one silence too many tells nobody anything.
    One that nobody has looked through since it was found is, once; any other is not opened.
    """
    found: list[Stretch] = []
    for transcript in _transcripts(recording):
        if not is_screened(transcript):
            screen(transcript, at=timezone.now())
        kept = silence_of(transcript)
        said = kept.stretches if kept is not None else ()
        found += said
        began_at = transcript.began_at
        if began_at is not None and recording.began_at is not None and began_at != recording.began_at:
            later = (began_at - recording.began_at).total_seconds()
            found += [(start + later, end + later) for start, end in said if end + later > 0]
    return tuple(found)


def never_read(recording: Recording) -> int:
    """How many transcripts of the same contact could never be read: what is said in the sound is known of none of them."""
    kept = [silence_of(transcript) for transcript in _transcripts(recording)]
    return sum(one is None or not one.was_read for one in kept)


def _transcripts(recording: Recording) -> list[Recording]:
    """Those whose file is gone among them: what was said is in the sound as before."""
    keys = [bytes(key) for key in recording.parts.values_list("contact_key", flat=True)]
    return list(Recording.objects.of_contacts(keys).filter(kind=Kind.TRANSCRIPT).select_related("silence"))


def _stores() -> dict[str, StoreSettings]:
    try:
        return read_stores(settings.FLOORWALKER.home)
    except ConfigError:
        return {}


@lru_cache(REMEMBERED)
def _silenced(folder: Path, held: Held, stretches: tuple[Stretch, ...]) -> Quiet | None:
    with FolderStore(folder).open_as(held) as file:
        return silence(file, stretches)
