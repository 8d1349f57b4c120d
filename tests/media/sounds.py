"""What would a recorder write? Small sounds whose every sample is known, in the forms that telephone systems use."""

from __future__ import annotations

import struct

import numpy as np

PCM, A_LAW, MU_LAW = 1, 6, 7
RATE = 8000


def write_wav(
    lanes: np.ndarray | None = None,
    *,
    codec: int = PCM,
    bits: int = 16,
    rate: int = RATE,
    before: bytes = b"",
    after: bytes = b"",
) -> bytes:
    """A WAV file of samples from -1 to 1, one row a lane; without any half a second of a low tone. Bits are 8 for the laws."""
    if lanes is None:
        lanes = tone(0.5)[np.newaxis]
    count = lanes.shape[0]
    data = encode(lanes.T.reshape(-1), codec, bits)
    form = struct.pack("<HHIIHH", codec, count, rate, rate * count * bits // 8, count * bits // 8, bits)
    chunks = (
        b"fmt " + struct.pack("<I", len(form)) + form + before + b"data" + struct.pack("<I", len(data)) + data + after
    )
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def tone(seconds: float, height: float = 0.5, rate: int = RATE) -> np.ndarray:
    """A tone of 200 Hz whose greatest sample is that high."""
    return height * np.sin(2 * np.pi * 200 * np.arange(int(seconds * rate)) / rate)


def encode(samples: np.ndarray, codec: int, bits: int) -> bytes:
    """Samples from -1 to 1 as the bytes of a WAV file."""
    if codec == MU_LAW:
        return np.array([_mu_law(int(one * 32767)) for one in samples], np.uint8).tobytes()
    if codec == A_LAW:
        return np.array([_a_law(int(one * 32767)) for one in samples], np.uint8).tobytes()
    if bits == 8:
        return (np.round(samples * 127) + 128).astype(np.uint8).tobytes()
    if bits == 24:
        return b"".join(int(one * 8388607).to_bytes(3, "little", signed=True) for one in samples)
    return np.round(samples * 32767).astype("<i2").tobytes()


def _mu_law(sample: int) -> int:
    """ITU-T G.711, by its rule and not by a table, so that it does not repeat what is tested."""
    sign, magnitude = (0x80, -sample) if sample < 0 else (0, sample)
    magnitude = min(magnitude, 32635) + 132
    exponent = magnitude.bit_length() - 8
    return ~(sign | exponent << 4 | magnitude >> (exponent + 3) & 15) & 0xFF


def _a_law(sample: int) -> int:
    sign, magnitude = (0, -sample - 1) if sample < 0 else (0x80, sample)
    exponent = max(magnitude.bit_length() - 8, 0)
    mantissa = magnitude >> (exponent + 3 if exponent else 4) & 15
    return (sign | exponent << 4 | mantissa) ^ 0x55
