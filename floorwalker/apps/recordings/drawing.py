"""How is a waveform drawn on the server, so that it is there without script? One outline a lane, in a box of fixed size."""

from __future__ import annotations

from dataclasses import dataclass

from floorwalker.apps.recordings.models import Waveform
from floorwalker.media.settings import StoreSettings
from floorwalker.ui.recording_words import say_speaker

WIDTH, HEIGHT = 1000, 100
# More would not be seen, and would weigh: two lanes of so many are some twenty kilobytes before packing.
MOST_POINTS = 500
# A sound that is never louder is not blown up further: noise would look like speech.
QUIETEST = 25


@dataclass(frozen=True)
class Lane:
    """One lane of a sound: who is heard on it (nothing where nobody says), its number, and its outline as an SVG path."""

    number: int
    who: str
    path: str


def draw_lanes(waveform: Waveform, settings: StoreSettings | None) -> list[Lane]:
    """Every lane of a measured sound, the loudest moment of all of them as high as there is room."""
    named = settings.lanes if settings is not None and waveform.lanes == len(settings.lanes) else ()
    loudest = max(QUIETEST, *bytes(waveform.peaks), 1) if waveform.peaks else QUIETEST
    return [
        Lane(number, say_speaker(named[number - 1]) if named else "", outline(peaks, loudest))
        for number, peaks in enumerate(waveform.by_lane, start=1)
    ]


def outline(peaks: bytes, loudest: int = 255) -> str:
    """The upper edge from left to right, and the lower one back; the loudest of each stretch, never thinner than a hair."""
    count = min(MOST_POINTS, len(peaks))
    if not count:
        return ""
    middle, room = HEIGHT // 2, HEIGHT // 2 - 4
    stretches = [peaks[_at(n, count, peaks) : _at(n + 1, count, peaks)] for n in range(count)]
    heights = [max(1, min(max(stretch), loudest) * room // loudest) for stretch in stretches]
    places = [round(WIDTH * (n + 0.5) / count) for n in range(count)]
    upper = [f"{x} {middle - height}" for x, height in zip(places, heights, strict=True)]
    lower = [f"{x} {middle + height}" for x, height in zip(places, heights, strict=True)]
    return f"M0 {middle}L{'L'.join(upper)}L{WIDTH} {middle}L{'L'.join(reversed(lower))}Z"


def _at(number: int, count: int, peaks: bytes) -> int:
    return number * len(peaks) // count
