"""How is a sound measured that may be made to break what reads it? In a process of its own, with little room and no secrets.

The child gets the opened file and nothing else: no environment, no network where the system lets it give that up, a bound on
memory and time. `python -m floorwalker.media.measuring` is the child; it answers one JSON object.
"""

from __future__ import annotations

import base64
import ctypes
import json
import resource
import subprocess
import sys
from array import array
from collections.abc import Iterator
from typing import Any, BinaryIO

import numpy as np

from floorwalker.media.ogg import OPUS_RATE
from floorwalker.media.opus import read_opus
from floorwalker.media.sound import Samples, Sound, Unreadable, measure
from floorwalker.media.waves import read_header, read_samples

MOST_SECONDS = 300
MOST_BYTES = 1_500_000_000
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000
THIS_FILE = "/dev/fd/0"
FRAMES = 16_384


def measure_apart(file: BinaryIO) -> Sound:
    """Measure an opened file in a child; Unreadable with its code where that cannot be done."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-m", "floorwalker.media.measuring"],
            stdin=file,
            capture_output=True,
            env={"OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"},
            timeout=2 * MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("limits") from error
    try:
        told: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        # Killed by a bound, or by what it read.
        raise Unreadable("limits") from error
    if "unreadable" in told:
        raise Unreadable(told["unreadable"])
    return Sound(**told | {"peaks": tuple(base64.b64decode(lane) for lane in told["peaks"])})


def measure_file(file: BinaryIO, path: str) -> Sound:
    """Measure a file of a kind that is told by its first bytes; path: where the decoder of MP3 finds it too."""
    first = file.read(4)
    file.seek(0)
    if first in (b"RIFF", b"RF64"):
        wave = read_header(file)
        blocks = read_samples(file, wave)
        return measure(blocks, codec=wave.codec_name, lanes=wave.lanes, rate=wave.rate)
    if first == b"OggS":
        lanes, blocks = read_opus(file)
        return measure(blocks, codec="Opus", lanes=lanes, rate=OPUS_RATE)
    if first[:3] == b"ID3" or (len(first) == 4 and first[0] == 0xFF and first[1] & 0xE0 == 0xE0):
        return _measure_mp3(path)
    raise Unreadable("format")


def _measure_mp3(path: str) -> Sound:
    import miniaudio

    try:
        about = miniaudio.mp3_get_file_info(path)
        blocks = _from_mp3(miniaudio.mp3_stream_file(path, FRAMES), about.nchannels)
        return measure(blocks, codec="MP3", lanes=about.nchannels, rate=about.sample_rate)
    except miniaudio.DecodeError as error:
        raise Unreadable("broken") from error


def _from_mp3(blocks: Iterator[array[int]], lanes: int) -> Iterator[Samples]:
    for block in blocks:
        yield (np.frombuffer(block, np.int16).astype(np.float32) / np.float32(2**15)).reshape(-1, lanes)


def _give_up_what_is_not_needed() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Refused by some systems: then the other bounds must do.
    ctypes.CDLL(None).unshare(NEW_USER | NEW_NETWORK)


def main() -> None:
    """The child: measure standard input, and answer on standard output."""
    _give_up_what_is_not_needed()
    try:
        sound = measure_file(sys.stdin.buffer, THIS_FILE)
    except (Unreadable, MemoryError) as error:
        print(json.dumps({"unreadable": str(error) if isinstance(error, Unreadable) else "limits"}))
        return
    peaks = [base64.b64encode(lane).decode() for lane in sound.peaks]
    print(
        json.dumps(
            {"codec": sound.codec, "lanes": sound.lanes, "rate": sound.rate, "seconds": sound.seconds, "peaks": peaks}
        )
    )


if __name__ == "__main__":
    main()
