"""What does a WAV file hold, and what are its samples? PCM of 8 to 32 bits, floating point, and the two laws of telephony."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from floorwalker.media.sound import Samples, Unreadable

PCM, FLOAT, A_LAW, MU_LAW, EXTENSIBLE = 1, 3, 6, 7, 0xFFFE
NAMES = {PCM: "PCM", FLOAT: "float", A_LAW: "A-law", MU_LAW: "mu-law"}
BITS = {PCM: (8, 16, 24, 32), FLOAT: (32,), A_LAW: (8,), MU_LAW: (8,)}
# What a recorder writes as a size that it did not know when it began.
NOT_KNOWN = (0, 0xFFFFFFFF)
MOST_CHUNKS = 100
MOST_LANES = 8
MOST_RATE = 384_000
BLOCK_FRAMES = 65_536


@dataclass(frozen=True)
class Wave:
    """What a WAV file's header says: how its samples are written, and where they begin and end."""

    codec: int
    lanes: int
    rate: int
    bits: int
    start: int
    size_bytes: int

    @property
    def codec_name(self) -> str:
        """As people write it."""
        return f"{NAMES[self.codec]} {self.bits} bit" if self.codec in (PCM, FLOAT) else NAMES[self.codec]

    @property
    def frame_bytes(self) -> int:
        """One sample of each lane."""
        return self.lanes * self.bits // 8

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.size_bytes // self.frame_bytes / self.rate


def read_header(file: BinaryIO) -> Wave:
    """Read what stands before the samples, and nothing of them; Unreadable where it is no such file."""
    end = file.seek(0, 2)
    file.seek(0)
    first = file.read(12)
    if len(first) < 12 or first[:4] not in (b"RIFF", b"RF64") or first[8:] != b"WAVE":
        raise Unreadable("format")
    form, long_size = None, 0
    for _chunk in range(MOST_CHUNKS):
        head = file.read(8)
        if len(head) < 8:
            break
        name, size = struct.unpack("<4sI", head)
        if name == b"data":
            if form is None:
                raise Unreadable("broken")
            return _wave(form, file.tell(), long_size if long_size and size == 0xFFFFFFFF else size, end)
        if name in (b"fmt ", b"ds64"):
            content = file.read(min(size, 64))
            if name == b"fmt ":
                form = content
            elif len(content) >= 16:
                long_size = struct.unpack_from("<Q", content, 8)[0]
            size -= len(content)
        file.seek(size + (size & 1), 1)
    raise Unreadable("broken")


def read_samples(file: BinaryIO, wave: Wave) -> Iterator[Samples]:
    """The samples from -1 to 1, block by block: one row a frame, one column a lane."""
    file.seek(wave.start)
    left = wave.size_bytes - wave.size_bytes % wave.frame_bytes
    while left > 0:
        content = file.read(min(left, BLOCK_FRAMES * wave.frame_bytes))
        content = content[: len(content) - len(content) % wave.frame_bytes]
        if not content:
            return
        left -= len(content)
        yield _decode(content, wave).reshape(-1, wave.lanes)


def _wave(form: bytes, start: int, size: int, end: int) -> Wave:
    if len(form) < 16:
        raise Unreadable("broken")
    codec, lanes, rate, _bytes_a_second, _frame, bits = struct.unpack_from("<HHIIHH", form)
    if codec == EXTENSIBLE:
        if len(form) < 26:
            raise Unreadable("broken")
        codec = struct.unpack_from("<H", form, 24)[0]
    if codec not in BITS or bits not in BITS[codec]:
        raise Unreadable("codec")
    if not 1 <= lanes <= MOST_LANES or not 1 <= rate <= MOST_RATE:
        raise Unreadable("broken")
    held = end - start
    return Wave(codec, lanes, rate, bits, start, held if size in NOT_KNOWN else min(size, held))


def _decode(content: bytes, wave: Wave) -> Samples:
    if wave.codec in (A_LAW, MU_LAW):
        table = _A_LAW_SAMPLES if wave.codec == A_LAW else _MU_LAW_SAMPLES
        return np.asarray(table[np.frombuffer(content, np.uint8)], np.float32)
    if wave.codec == FLOAT:
        return np.asarray(np.clip(np.nan_to_num(np.frombuffer(content, "<f4")), -1, 1), np.float32)
    return np.asarray(_whole_numbers(content, wave.bits) / 2 ** (wave.bits - 1), np.float32)


def _whole_numbers(content: bytes, bits: int) -> npt.NDArray[np.signedinteger[Any]]:
    """PCM: without a sign at 8 bits, with one at all others."""
    if bits == 8:
        return np.frombuffer(content, np.uint8).astype(np.int16) - np.int16(128)
    if bits != 24:
        return np.frombuffer(content, f"<i{bits // 8}")
    thirds = np.frombuffer(content, np.uint8).reshape(-1, 3).astype(np.int32)
    whole = thirds[:, 0] | thirds[:, 1] << 8 | thirds[:, 2] << 16
    return (whole ^ 0x800000) - 0x800000


def _mu_law_samples() -> Samples:
    """ITU-T G.711: sign, three bits of exponent and four of mantissa, all bits turned over."""
    code = ~np.arange(256, dtype=np.int32) & 0xFF
    size = (((code & 15) << 3) + 132 << (code >> 4 & 7)) - 132
    return (np.where(code & 0x80, -size, size) / 2**15).astype(np.float32)


def _a_law_samples() -> Samples:
    """ITU-T G.711: every second bit turned over, and no exponent for the two smallest ranges."""
    code = np.arange(256, dtype=np.int32) ^ 0x55
    exponent = code >> 4 & 7
    size = ((code & 15) << 4) + 8
    size = np.where(exponent > 0, size + 0x100 << np.maximum(exponent - 1, 0), size)
    return (np.where(code & 0x80, size, -size) / 2**15).astype(np.float32)


_MU_LAW_SAMPLES, _A_LAW_SAMPLES = _mu_law_samples(), _a_law_samples()
