"""Is a stretch of a sound silent, byte for byte as long, and everything else what it was?"""

from __future__ import annotations

import io
import math
import tempfile
from pathlib import Path

import numpy as np
import pytest

from floorwalker.media.silence import Quiet, Stretch, silence
from floorwalker.media.waves import read_header, read_samples
from tests.media.sounds import A_LAW, MU_LAW, PCM, tone, write_wav

FORMS = ((PCM, 8), (PCM, 16), (PCM, 24), (MU_LAW, 8), (A_LAW, 8))


def changed(content: bytes, quiet: Quiet, block: int) -> bytes:
    """The whole file as it is answered, in blocks of any size."""
    return b"".join(quiet.change(at, content[at : at + block]) for at in range(0, len(content), block))


def samples(content: bytes) -> np.ndarray:
    file = io.BytesIO(content)
    return np.concatenate([*read_samples(file, read_header(file))])


@pytest.mark.parametrize(("codec", "bits"), FORMS)
@pytest.mark.parametrize("block", [7, 1000, 10**9])
def test_wav_is_silent_where_it_is_asked_and_nowhere_else(codec: int, bits: int, block: int) -> None:
    content = write_wav(np.stack([tone(6), tone(6, 0.3)]), codec=codec, bits=bits, before=b"LIST\x04\x00\x00\x00abcd")
    quiet = silence(io.BytesIO(content), [(2.0, 2.4), (2.6, 3.0), (5.0, math.inf)])
    assert quiet is not None and len(quiet.spans) == 2
    was, now = samples(content), samples(changed(content, quiet, block))
    silent = np.zeros(len(was), bool)
    silent[int(1.5 * 8000) : int(3.5 * 8000)] = silent[int(4.5 * 8000) :] = True
    assert np.abs(now[silent]).max() < 0.001 and np.array_equal(now[~silent], was[~silent])
    assert len(changed(content, quiet, block)) == len(content)
    assert changed(content, quiet, block) == changed(content, quiet, 13)


def silenced(content: bytes, stretches: list[Stretch]) -> Quiet | None:
    """What is replaced in a file on disk: of MP3 only the headers are read."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        return silence(file, stretches)


def frames(count: int, head: bytes = b"\xff\xfb\x90\x64", length: int = 417) -> bytes:
    """MP3 frames of 128 kbit/s at 44.1 kHz, 26 ms each, filled with what is no header."""
    return (head + b"\x55" * (length - 4)) * count


def test_of_mp3_the_frames_stay_and_nothing_is_in_them() -> None:
    tag = b"ID3\x04\x00\x00\x00\x00\x00\x0a" + b"\xff\xfb\x90\x64......"[:10]
    content = tag + frames(200)
    quiet = silenced(content, [(2.0, 2.5)])
    assert quiet is not None
    now, second = changed(content, quiet, 1000), 1152 / 44_100
    for number in range(200):
        place = len(tag) + 417 * number
        frame = now[place : place + 417]
        assert frame[:4] == b"\xff\xfb\x90\x64"
        if (number + 1) * second > 1.5 and number * second < 3.0:
            assert frame[4:] == bytes(413), number
        else:
            assert frame[4:] == b"\x55" * 413, number


def test_mp3_that_is_really_one_is_decoded_silent() -> None:
    """By another decoder than anything here."""
    miniaudio = pytest.importorskip("miniaudio")
    content = (Path(__file__).parent / "samples" / "two_lanes.mp3").read_bytes()
    before = np.array(miniaudio.decode(content, nchannels=1).samples)
    rate = miniaudio.decode(content, nchannels=1).sample_rate
    seconds = len(before) / rate
    quiet = silenced(content, [(seconds / 2, seconds / 2)])
    assert quiet is not None
    now = np.array(miniaudio.decode(changed(content, quiet, 4096), nchannels=1).samples)
    assert abs(len(now) - len(before)) < rate / 10
    middle = slice(int((seconds / 2 - 0.3) * rate), int((seconds / 2 + 0.3) * rate))
    assert np.abs(now[middle]).max() < 50 < np.abs(before[middle]).max()


@pytest.mark.parametrize(
    "content", [b"OggS" + bytes(300), b"", b"RIFF1234WAVEfmt \x10\x00\x00\x00" + bytes(30), b"\xff\xfb"]
)
def test_what_cannot_be_silenced_is_told_to_be_so(content: bytes) -> None:
    assert silenced(content, [(0, 1)]) is None
    assert silenced(content, []) == Quiet()
