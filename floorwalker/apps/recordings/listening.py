"""What does the player show of a contact: its sound with lanes and marks, the screen in step, and what was said?

Pages of other contexts ask `recording_of` and include `recordings/_player.html` with what it answers as `player`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.conf import settings

from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.recordings.actions import note_opening
from floorwalker.apps.recordings.blindness import marks_shown
from floorwalker.apps.recordings.drawing import Lane, draw_lanes
from floorwalker.apps.recordings.models import Kind, Mark, Recording, RecordingQuerySet, Waveform
from floorwalker.apps.recordings.screening import read_and_screen
from floorwalker.apps.recordings.silencing import is_sent, never_read, stretches_in
from floorwalker.errors import ConfigError
from floorwalker.media.settings import StoreSettings, read_stores
from floorwalker.media.transcripts.turns import Transcript, Turn


@dataclass(frozen=True)
class Player:
    """What is there to hear, see and read of one contact.

    start: where it begins to play, in seconds. screen_late: by how much the screen began after the sound.
    problem: the code of the reason why there is no waveform; empty while it waits for the worker. unread: the same of the
    transcript. masked: how many numbers in it are not shown; quiet: how many stretches of the sound are silent for that;
    unsent: whether it is not played, since its form cannot be made silent; no_screen: whether the screen is not for that;
    unknown: how many transcripts of it could never be read, so that nothing of the sound is silent for them.
    """

    sound: Recording | None = None
    screen: Recording | None = None
    transcript: Recording | None = None
    turns: Sequence[Turn] = ()
    masked: int = 0
    quiet: int = 0
    unsent: bool = False
    unknown: int = 0
    no_screen: bool = False
    unread: str = ""
    seconds: float | None = None
    lanes: Sequence[Lane] = ()
    problem: str = ""
    screen_late: float = 0.0
    marks: Sequence[Mark] = ()
    own_marks_only: bool = False
    agents: Sequence[Agent] = ()
    contact_at: datetime | None = None
    start: float = 0.0
    cited: Mark | None = None
    others: Sequence[Recording] = field(default=())

    @property
    def is_known(self) -> bool:
        """Whether anything is there."""
        return self.main is not None

    @property
    def main(self) -> Recording | None:
        """What marks are made on: the sound, else the screen, else the transcript."""
        return self.sound or self.screen or self.transcript

    @property
    def plays(self) -> bool:
        """Whether something can be played."""
        return (self.sound is not None or self.screen is not None) and not self.unsent


def recording_of(contact_key: bytes, *, user: User, at: datetime, own_marks_only: bool = False) -> Player:
    """Everything that the user may hear of a contact; not known where there is nothing, or nothing that she may hear.

    own_marks_only: for whoever must judge alone, such as a second evaluator.
    """
    found = [*_heard(user, at).of_contact(contact_key)]
    return _player(found, found[0] if found else None, user=user, at=at, own_marks_only=own_marks_only)


def player_of(
    recording: Recording, *, user: User, at: datetime, cited: Mark | None = None, own_marks_only: bool = False
) -> Player:
    """The same, beginning with one file: it is played even where the contact has several of its kind."""
    keys = [bytes(part.contact_key) for part in recording.parts.all()]
    found = [*_heard(user, at).of_contacts(keys)]
    player = _player(found, recording, user=user, at=at, own_marks_only=own_marks_only)
    return replace(player, cited=cited, start=cited.from_seconds) if cited else player


def settings_of(recording: Recording) -> StoreSettings | None:
    """The store in which a recording lies; None where it is not set up any more."""
    try:
        return read_stores(settings.FLOORWALKER.home).get(recording.store)
    except ConfigError:
        return None


def _heard(user: User, at: datetime) -> RecordingQuerySet:
    return Recording.objects.heard_by(user, at.date()).here().prefetch_related("parts__identity__agent")


def _player(
    found: Sequence[Recording], first: Recording | None, *, user: User, at: datetime, own_marks_only: bool = False
) -> Player:
    if first is None:
        return Player()
    by_kind = {kind: [one for one in found if one.kind == kind] for kind in Kind}
    # What was asked for comes before the others of its kind; the longest first, else: it holds the others' legs.
    chosen = {
        kind: first
        if first.kind == kind
        else max(rows, key=lambda one: (len(one.parts.all()), one.size_bytes), default=None)
        for kind, rows in by_kind.items()
    }
    sound, screen = chosen[Kind.SOUND], chosen[Kind.SCREEN]
    main = sound or screen or chosen[Kind.TRANSCRIPT]
    assert main is not None
    leads = sound or screen
    # The words are read first: where they changed since the last look, so does what is silent.
    said = _read(chosen[Kind.TRANSCRIPT], settings_of(sound) if sound else None, at)
    quiet = stretches_in(leads) if leads is not None else ()
    unsent = bool(quiet) and leads is not None and not is_sent(leads)
    waveform = Waveform.objects.filter(recording=sound).first() if sound else None
    marks = marks_shown(main, user, at.date()).kept()
    note_opening(main, by=user, at=at)
    return Player(
        sound=sound,
        # Pictures of a screen cannot be made silent, nor what was typed on it.
        screen=None if quiet and sound is not None else screen,
        no_screen=bool(quiet) and sound is not None and screen is not None,
        transcript=chosen[Kind.TRANSCRIPT],
        turns=said.turns if isinstance(said, Transcript) else (),
        masked=said.masked if isinstance(said, Transcript) else 0,
        quiet=len(quiet),
        unsent=unsent,
        unknown=never_read(leads) if leads is not None else 0,
        unread=said if isinstance(said, str) else "",
        seconds=waveform.seconds if waveform else None,
        lanes=draw_lanes(waveform, settings_of(sound)) if waveform and sound else (),
        problem=waveform.problem if waveform else "",
        screen_late=_late(sound, screen),
        marks=[*(marks.filter(made_by=user) if own_marks_only else marks)],
        own_marks_only=own_marks_only,
        agents=main.agents,
        contact_at=main.contact_at,
        others=[one for one in found if one not in chosen.values()],
    )


def _read(recording: Recording | None, of_sound: StoreSettings | None, at: datetime) -> Transcript | str:
    """What was said, read where it lies; or the code of the reason why not."""
    if recording is None:
        return ""
    return read_and_screen(recording, lanes=of_sound.lanes if of_sound is not None else None, at=at)


def _late(sound: Recording | None, screen: Recording | None) -> float:
    if sound is None or screen is None or sound.began_at is None or screen.began_at is None:
        return 0.0
    return (screen.began_at - sound.began_at).total_seconds()
