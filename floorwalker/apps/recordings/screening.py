"""Which transcripts wait to be looked through for numbers that may be cards', and what is kept of one?

Once for each state of its file, by the worker; by whoever opens the page or asks for the sound where that comes first. What was
found stays when the transcript goes away or cannot be read any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from math import inf, isinf

from django.conf import settings
from django.db.models import F, Q

from floorwalker.apps.people.acting import action
from floorwalker.apps.recordings.models import Kind, Recording, RecordingQuerySet, Silence
from floorwalker.errors import ConfigError
from floorwalker.media.settings import StoreSettings, read_stores
from floorwalker.media.silence import Stretch
from floorwalker.media.sound import Unreadable
from floorwalker.media.stores import FolderStore
from floorwalker.media.transcripts.masking import RULE
from floorwalker.media.transcripts.reading import MOST_BYTES, read_transcript
from floorwalker.media.transcripts.turns import Transcript, Turn

GONE = "gone"


def unscreened() -> RecordingQuerySet:
    """The transcripts of known contacts that were not looked through since their file changed, or by the rule of today.

    Of a file that is gone nothing can be asked again.
    """
    as_it_is = Q(silence__changed_ns__gte=F("changed_ns"), silence__rule=RULE)
    return Recording.objects.here().matched().filter(kind=Kind.TRANSCRIPT).exclude(as_it_is)


def screen(recording: Recording, *, at: datetime) -> Silence:
    """Look one transcript through, and keep in which stretches of the sound such numbers are said."""
    store = _stores().get(recording.store)
    _read(recording, store, store.lanes if store is not None else (), at=at)
    return recording.silence


def read_and_screen(recording: Recording, *, lanes: Sequence[str] | None, at: datetime) -> Transcript | str:
    """What was said, for whoever reads it, or the code of the reason why not; a state that nobody has looked through is.

    lanes: who is heard on each lane of the sound; None: as the transcript's own store says.
    """
    store = _stores().get(recording.store)
    return _read(recording, store, (store.lanes if store is not None else ()) if lanes is None else lanes, at=at)


def is_screened(recording: Recording) -> bool:
    """Whether what is kept of a transcript is of its file as the last look found it."""
    kept = silence_of(recording)
    if recording.gone_at is not None:
        return True
    return kept is not None and kept.changed_ns >= recording.changed_ns and kept.rule == RULE


def silence_of(recording: Recording) -> Silence | None:
    """What is kept of a transcript; None where nobody has looked it through."""
    return getattr(recording, "silence", None)


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


def _read(recording: Recording, store: StoreSettings | None, lanes: Sequence[str], *, at: datetime) -> Transcript | str:
    """Read it where it lies, and keep what that says of the sound; once for each state of the file."""
    if store is None:
        return _looked_at(recording, GONE, at=at)
    folder = FolderStore(store.folder)
    try:
        held = folder.about(recording.name)
        with folder.open_as(held) as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return _looked_at(recording, GONE, at=at)
    state = {"changed_ns": held.changed_ns, "size_bytes": held.size_bytes}
    try:
        said = read_transcript(BytesIO(content), lanes=lanes)
    except Unreadable as error:
        return _looked_at(recording, str(error), at=at, **state)
    kept, digest = silence_of(recording), sha256(content).hexdigest()
    if kept is None or (kept.digest, kept.rule, kept.problem, kept.changed_ns) != (digest, RULE, "", held.changed_ns):
        keep_silence(recording, stretches_of(said.turns), digest, at=at, **state)
    return said


def _looked_at(recording: Recording, problem: str, *, at: datetime, **state: int) -> str:
    state = state or {"changed_ns": recording.changed_ns, "size_bytes": recording.size_bytes}
    kept = silence_of(recording)
    if kept is None or (kept.problem, kept.rule, kept.changed_ns) != (problem, RULE, state["changed_ns"]):
        keep_problem(recording, problem, at=at, **state)
    return problem


@action
def keep_silence(
    recording: Recording, stretches: Sequence[Stretch], digest: str, *, at: datetime, changed_ns: int, size_bytes: int
) -> Silence:
    """Keep what a transcript says of the sound; nobody's doing, so the trail has nothing of it."""
    spans = [[start, None if isinf(end) else end] for start, end in stretches]
    said = {"digest": digest, "rule": RULE, "spans": spans, "problem": "", "looked_at": at}
    return _keep(recording, said | {"changed_ns": changed_ns, "size_bytes": size_bytes})


@action
def keep_problem(recording: Recording, problem: str, *, at: datetime, changed_ns: int, size_bytes: int) -> Silence:
    """Keep that a state of a transcript could not be read: what an earlier one said stays as it is."""
    said = {"problem": problem, "rule": RULE, "looked_at": at}
    return _keep(recording, said | {"changed_ns": changed_ns, "size_bytes": size_bytes})


def _keep(recording: Recording, said: dict[str, object]) -> Silence:
    recording.silence, _new = Silence.objects.update_or_create(recording=recording, defaults=said)
    return recording.silence


def _stores() -> dict[str, StoreSettings]:
    try:
        return read_stores(settings.FLOORWALKER.home)
    except ConfigError:
        return {}
