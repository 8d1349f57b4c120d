"""How loud is each lane of a sound, moment by moment? Short windows while it is read, then as many as a picture has room for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

# One row a frame, one column a lane, from -1 to 1.
Samples: TypeAlias = npt.NDArray[np.float32]

WINDOWS_PER_SECOND = 50
# What is kept of a lane, however long it lasts.
MOST_PEAKS = 1200


class Unreadable(Exception):
    """A file that is not measured; its text is the code of the reason."""


@dataclass(frozen=True)
class Sound:
    """What a file holds: how it is written, its lanes, its length, and the greatest sample of each stretch, 0 to 255, by lane."""

    codec: str
    lanes: int
    rate: int
    seconds: float
    peaks: tuple[bytes, ...]


def measure(blocks: Iterable[Samples], *, codec: str, lanes: int, rate: int) -> Sound:
    """Read the whole sound once, a block at a time; what is held of it grows by fifty numbers a second and lane."""
    window = max(1, rate // WINDOWS_PER_SECOND)
    heights: list[npt.NDArray[np.float32]] = []
    rest = np.empty((0, lanes), np.float32)
    frames = 0
    for block in blocks:
        frames += len(block)
        held = np.concatenate([rest, block]) if len(rest) else block
        whole = len(held) - len(held) % window
        heights.append(np.abs(held[:whole]).reshape(-1, window, lanes).max(axis=1))
        rest = held[whole:]
    if len(rest):
        heights.append(np.abs(rest).max(axis=0, keepdims=True))
    if not frames:
        raise Unreadable("empty")
    every = np.concatenate(heights)
    return Sound(codec, lanes, rate, frames / rate, tuple(_picture(every[:, lane]) for lane in range(lanes)))


def _picture(heights: npt.NDArray[np.float32]) -> bytes:
    """At most so many peaks, each the greatest of its stretch."""
    count = min(MOST_PEAKS, len(heights))
    starts = np.arange(count) * len(heights) // count
    greatest = np.maximum.reduceat(heights, starts)
    return bytes(np.ceil(np.minimum(greatest, 1) * 255).astype(np.uint8))
