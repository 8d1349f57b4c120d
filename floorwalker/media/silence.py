"""Which bytes of a sound are replaced, so that stretches of it are silent and everything else is what it was?

The length stays, byte for byte, so that any part of the file can be asked for. WAV and MP3 can be silenced so; other forms
cannot, and whoever asks is told that.
"""

from __future__ import annotations

import mmap
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, isinf
from typing import BinaryIO
from zlib import crc32

from floorwalker.media import waves
from floorwalker.media.sound import Unreadable

# From which second to which.
Stretch = tuple[float, float]
# A transcript's times are its service's guess.
MARGIN_SECONDS = 0.5
HEADER_BYTES = 4
# kbit/s by index, of layer III: MPEG 1, and MPEG 2 with 2.5; samples a second of MPEG 1, halved and quartered for these two.
_RATES = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
)
_SAMPLES = (44_100, 48_000, 32_000)


@dataclass(frozen=True)
class Quiet:
    """The bytes that are replaced, from where to where (half-open, in order, apart), and by which value."""

    spans: tuple[tuple[int, int], ...] = ()
    fill: int = 0

    @property
    def state(self) -> str:
        """What tells a file with these bytes replaced from the same one with others."""
        return f"{crc32(repr(self).encode()):x}" if self.spans else ""

    def change(self, at: int, block: bytes) -> bytes:
        """What a block of the file that begins there is answered as."""
        first = max(bisect_right(self.spans, (at, at)) - 1, 0)
        found: bytearray | None = None
        for start, end in self.spans[first:]:
            if start >= at + len(block):
                break
            low, high = max(start - at, 0), min(end - at, len(block))
            if low < high:
                found = bytearray(block) if found is None else found
                found[low:high] = bytes([self.fill]) * (high - low)
        return block if found is None else bytes(found)


def silence(file: BinaryIO, stretches: Sequence[Stretch]) -> Quiet | None:
    """The bytes that hold these stretches and half a second on either side; None for a form that is not known well enough."""
    wanted = _joined(stretches)
    if not wanted:
        return Quiet()
    try:
        return _of_wave(waves.read_header(file), wanted)
    except Unreadable as error:
        # A WAV file whose samples are packed in a way of their own is no MP3 file either.
        return _of_frames(file, wanted) if str(error) == "format" else None


def _joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    """In order, with the margin, and those that touch as one."""
    found: list[Stretch] = []
    for start, end in sorted((max(0.0, start - MARGIN_SECONDS), end + MARGIN_SECONDS) for start, end in stretches):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _of_wave(wave: waves.Wave, wanted: Sequence[Stretch]) -> Quiet:
    frames = wave.size_bytes // wave.frame_bytes
    spans = []
    for start, end in wanted:
        first = min(floor(start * wave.rate), frames)
        last = frames if isinf(end) else min(ceil(end * wave.rate), frames)
        if first < last:
            spans.append((wave.start + first * wave.frame_bytes, wave.start + last * wave.frame_bytes))
    silent = {waves.MU_LAW: 0xFF, waves.A_LAW: 0xD5}.get(wave.codec, 0x80 if wave.bits == 8 else 0)
    return Quiet(tuple(spans), silent)


def _of_frames(file: BinaryIO, wanted: Sequence[Stretch]) -> Quiet | None:
    """Of MP3 all that follows the headers of the frames: a frame of which nothing else is left is decoded as silence."""
    try:
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            spans, at, count = [], 0.0, 0
            for place, size, seconds in _frames(content):
                if any(start < at + seconds and at < end for start, end in wanted):
                    spans.append((place + HEADER_BYTES, place + size))
                at, count = at + seconds, count + 1
    except (OSError, ValueError):
        return None
    return Quiet(tuple(spans)) if count > 1 else None


def _frames(content: mmap.mmap) -> Iterator[tuple[int, int, float]]:
    """Where each frame lies, how long it is in bytes, and in seconds; what is none between them is passed over."""
    place, end = 0, len(content)
    if content[:3] == b"ID3" and end > 10:
        tag = content[6:10]
        place = 10 + (tag[0] << 21 | tag[1] << 14 | tag[2] << 7 | tag[3])
    while place + HEADER_BYTES <= end:
        found = _frame(content[place : place + HEADER_BYTES])
        if found is None:
            following = content.find(b"\xff", place + 1)
            if following < 0:
                return
            place = following
            continue
        yield place, min(found[0], end - place), found[1]
        place += found[0]


def _frame(head: bytes) -> tuple[int, float] | None:
    """The bytes and seconds of the frame with this header; None where it is none of layer III."""
    if len(head) < HEADER_BYTES or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, samples = head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or layer != 1 or samples == 3:
        return None
    kilobits = _RATES[version != 3][rate]
    if not kilobits:
        return None
    a_second = _SAMPLES[samples] >> {3: 0, 2: 1, 0: 2}[version]
    a_frame = 1152 if version == 3 else 576
    return a_frame // 8 * kilobits * 1000 // a_second + (head[2] >> 1 & 1), a_frame / a_second
