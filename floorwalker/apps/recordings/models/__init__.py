"""What is kept of recordings: where each lies, of whom it is, how loud it is, who heard it, and what was marked in it."""

from floorwalker.apps.recordings.models.files import (
    ErasedContact,
    Kind,
    Recording,
    RecordingPart,
    RecordingQuerySet,
    Search,
)
from floorwalker.apps.recordings.models.hearing import LONGEST_NOTE, Listen, Mark, MarkQuerySet
from floorwalker.apps.recordings.models.silences import Silence
from floorwalker.apps.recordings.models.sounds import Waveform

__all__ = [
    "LONGEST_NOTE",
    "ErasedContact",
    "Kind",
    "Listen",
    "Mark",
    "MarkQuerySet",
    "Recording",
    "RecordingPart",
    "RecordingQuerySet",
    "Search",
    "Silence",
    "Waveform",
]
