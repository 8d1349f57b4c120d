"""What does the demo's invented centre sound like? Tones in the rhythm of speech, an agent on the left and a customer on the right.

Nobody was recorded and nobody speaks: it is a few sines and noise, as long as the invented sentences beside them.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

AGENT, CUSTOMER = "Agent", "Customer"
RATE = 8000
MU_LAW = 7
# So long is a letter, and so long is the breath between two turns.
SECONDS_A_LETTER, BETWEEN = 0.055, 0.45
PITCH = {AGENT: 185.0, CUSTOMER: 118.0}
SYLLABLES_A_SECOND = 4.3

Line = tuple[str, str]


@dataclass(frozen=True)
class Spoken:
    """One turn: who, in which words, and from when to when in seconds."""

    speaker: str
    words: str
    start: float
    end: float


def spoken(lines: Sequence[Line]) -> list[Spoken]:
    """The turns one after the other, each as long as its words take."""
    found, at = [], BETWEEN
    for speaker, words in lines:
        end = at + len(words) * SECONDS_A_LETTER
        found.append(Spoken(speaker, words, at, end))
        at = end + BETWEEN
    return found


def sound_of(turns: Sequence[Spoken], random: np.random.Generator) -> bytes:
    """A stereo WAV file in mu-law: each turn on its speaker's lane."""
    frames = int((turns[-1].end + BETWEEN) * RATE)
    lanes = np.zeros((frames, 2), dtype=np.float64)
    lanes += 0.004 * random.standard_normal(lanes.shape)
    for turn in turns:
        first, last = int(turn.start * RATE), int(turn.end * RATE)
        lanes[first:last, 0 if turn.speaker == AGENT else 1] += _voice(last - first, PITCH[turn.speaker], random)
    return _wav(lanes)


def subtitles_of(turns: Sequence[Spoken]) -> str:
    """The same turns as WebVTT, with who speaks."""
    cues = [f"{_clock(one.start)} --> {_clock(one.end)}\n<v {one.speaker}>{one.words}" for one in turns]
    return "\n\n".join(["WEBVTT", *cues]) + "\n"


def _voice(frames: int, pitch: float, random: np.random.Generator) -> npt.NDArray[np.float64]:
    """A tone with overtones that falls and rises, louder and softer as syllables are."""
    at = np.arange(frames) / RATE
    melody = pitch * (1 + 0.06 * np.sin(2 * np.pi * 0.7 * at + random.uniform(0, 6)))
    phase = 2 * np.pi * np.cumsum(melody) / RATE
    tone = sum((np.sin(phase * overtone) / overtone for overtone in range(1, 8)), np.zeros(frames))
    beat = np.clip(np.sin(2 * np.pi * SYLLABLES_A_SECOND * at + random.uniform(0, 6)) + 0.35, 0, None)
    return np.asarray(0.16 * beat * (tone + 0.15 * random.standard_normal(frames)))


def _wav(lanes: npt.NDArray[np.float64]) -> bytes:
    content = _mu_law(lanes).tobytes()
    head = struct.pack("<HHIIHHH", MU_LAW, 2, RATE, RATE * 2, 2, 8, 0)
    fact = struct.pack("<I", len(lanes))
    chunks = b"fmt " + struct.pack("<I", len(head)) + head + b"fact" + struct.pack("<I", len(fact)) + fact
    chunks += b"data" + struct.pack("<I", len(content)) + content
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def _mu_law(samples: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
    """As telephony writes it: sign, segment of a doubling, and place in it, all bits turned."""
    level = np.minimum(np.abs(samples) * 32767, 32635).astype(np.int32) + 132
    segment = np.clip(np.floor(np.log2(level)).astype(np.int32) - 7, 0, 7)
    place = (level >> (segment + 3)) & 0x0F
    sign = np.where(samples < 0, 0x80, 0)
    return np.asarray(~(sign | (segment << 4) | place) & 0xFF, dtype=np.uint8)


def _clock(seconds: float) -> str:
    whole = round(seconds * 1000)
    return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}.{whole % 1000:03}"
