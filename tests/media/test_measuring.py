"""Is each form of sound read as it was written, lane by lane, and is what is none refused without harm?"""

from __future__ import annotations

import ctypes.util
import io
import os
import struct
from pathlib import Path

import numpy as np
import pytest

from floorwalker.media import measuring
from floorwalker.media.measuring import measure_apart, measure_file
from floorwalker.media.sound import MOST_PEAKS, Sound, Unreadable
from floorwalker.media.waves import read_header, read_samples
from tests.media.sounds import A_LAW, MU_LAW, PCM, tone, write_wav
from tests.shared_data import cannot_run, shared

SAMPLES = Path(__file__).parent / "samples"
# Left speaks in the first half of the second, right in the second half.
TWO = np.stack([np.concatenate([tone(0.5), np.zeros(4000)]), np.concatenate([np.zeros(4000), tone(0.5)])])


def measured(content: bytes) -> Sound:
    """The sound of such a file, measured in this process."""
    return measure_file(io.BytesIO(content), "")


def halves(lane: bytes) -> tuple[int, int]:
    """The greatest peaks of a lane's first and last third."""
    third = len(lane) // 3
    return max(lane[:third]), max(lane[-third:])


@pytest.mark.parametrize(
    ("codec", "bits", "said", "off"),
    [
        (PCM, 8, "PCM 8 bit", 0.012),
        (PCM, 16, "PCM 16 bit", 1e-4),
        (PCM, 24, "PCM 24 bit", 1e-4),
        (MU_LAW, 8, "mu-law", 0.02),
        (A_LAW, 8, "A-law", 0.02),
    ],
)
def test_samples_are_read_as_they_were_written(codec: int, bits: int, said: str, off: float) -> None:
    lanes = np.stack([np.linspace(-0.95, 0.95, 4001), np.linspace(0.95, -0.95, 4001)])
    file = io.BytesIO(write_wav(lanes, codec=codec, bits=bits))
    wave = read_header(file)
    assert (wave.codec_name, wave.lanes, wave.rate) == (said, 2, 8000)
    found = np.concatenate(list(read_samples(file, wave))).T
    assert np.max(np.abs(found - lanes)) < off
    # The laws are finer where it is quiet, which is what they are for.
    quiet = np.abs(lanes) < 0.01
    assert np.max(np.abs(found - lanes)[quiet]) < min(off, 0.001) or (bits == 8 and codec == PCM)


STANDARD = [
    *((MU_LAW, 0x80, 32124), (MU_LAW, 0x00, -32124), (MU_LAW, 0xFF, 0)),
    *((A_LAW, 0xAA, 32256), (A_LAW, 0x2A, -32256), (A_LAW, 0xD5, 8)),
]


@pytest.mark.parametrize(("law", "code", "sample"), STANDARD)
def test_the_laws_are_those_of_the_standard(law: int, code: int, sample: int) -> None:
    """Codes and values of ITU-T G.711, at the 16 bits in which they are usually given."""
    empty = write_wav(np.zeros((1, 2)), codec=law, bits=8)
    file = io.BytesIO(empty[:-2] + bytes([code, code]))
    found = np.concatenate(list(read_samples(file, read_header(file))))
    assert np.round(found[0, 0] * 2**15) == sample


@pytest.mark.parametrize("codec", [PCM, MU_LAW, A_LAW])
def test_each_lane_has_its_own_peaks(codec: int) -> None:
    sound = measured(write_wav(TWO, codec=codec, bits=16 if codec == PCM else 8))
    assert (sound.lanes, sound.seconds, len(sound.peaks)) == (2, 1.0, 2)
    left, right = map(halves, sound.peaks)
    assert 125 <= left[0] <= 131 and left[1] <= 1
    assert right[0] <= 1 and 125 <= right[1] <= 131


def test_an_hour_has_no_more_peaks_than_a_minute_and_is_read_in_blocks() -> None:
    quiet = np.zeros((1, 60 * 8000))
    quiet[0, 30 * 8000] = 1.0
    sound = measured(write_wav(quiet, bits=8))
    assert (sound.seconds, len(sound.peaks[0])) == (60, MOST_PEAKS)
    assert [index for index, height in enumerate(sound.peaks[0]) if height > 5] == [MOST_PEAKS // 2]


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF, 7_999_999])
def test_a_size_that_was_never_filled_in_reaches_to_the_end(size: int) -> None:
    content = write_wav(TWO)
    place = content.index(b"data") + 4
    assert measured(content[:place] + struct.pack("<I", size) + content[place + 4 :]).seconds == 1.0


def test_other_chunks_are_passed_over() -> None:
    note = b"LIST" + struct.pack("<I", 5) + b"INFOx" + b"\x00"
    assert measured(write_wav(TWO, before=note, after=note)).seconds == 1.0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "format"),
        (b"<html>", "format"),
        (b"RIFF\x00\x00\x00\x00AVI ", "format"),
        (b"RIFF\x00\x00\x00\x00WAVE", "broken"),
        (b"RIFF\x00\x00\x00\x00WAVE" + b"LIST\x00\x00\x00\x00" * 10_000, "broken"),
        (b"RIFF\x00\x00\x00\x00WAVEdata\x04\x00\x00\x00abcd", "broken"),
        (write_wav(np.zeros((1, 0))), "empty"),
        (write_wav(codec=0x31, bits=16), "codec"),
        (write_wav(np.zeros((9, 8))), "broken"),
        (b"OggS" + b"\x00" * 22 + b"\x00", "codec"),
        (b"OggS" + b"\x01" * 40, "broken"),
    ],
)
def test_what_is_no_sound_is_refused_with_its_reason(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable, match=f"^{code}$"):
        measured(content)


def test_mp3_is_measured_lane_by_lane() -> None:
    path = SAMPLES / "two_lanes.mp3"
    with path.open("rb") as file:
        sound = measure_file(file, str(path))
    assert (sound.codec, sound.lanes, sound.rate) == ("MP3", 2, 16_000)
    assert 1.0 <= sound.seconds < 1.2
    assert halves(sound.peaks[0])[0] > 100 > 10 > halves(sound.peaks[0])[1]
    assert halves(sound.peaks[1])[1] > 100 > 10 > halves(sound.peaks[1])[0]


def test_opus_is_measured_where_the_system_can_decode_it() -> None:
    if ctypes.util.find_library("opus") is None:
        cannot_run("libopus is not installed")
    with (SAMPLES / "two_lanes.opus").open("rb") as file:
        sound = measure_file(file, "")
    assert (sound.codec, sound.lanes, sound.rate) == ("Opus", 2, 48_000)
    assert 0.99 <= sound.seconds < 1.05
    assert halves(sound.peaks[0])[0] > 100 > 20 > halves(sound.peaks[0])[1]


def test_without_libopus_a_stream_is_known_and_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("floorwalker.media.opus._library", lambda: (_ for _ in ()).throw(Unreadable("decoder")))
    with (SAMPLES / "two_lanes.opus").open("rb") as file, pytest.raises(Unreadable, match=r"^decoder$"):
        measure_file(file, "")


def test_a_child_measures_what_it_is_handed(tmp_path: Path) -> None:
    (tmp_path / "two.wav").write_bytes(write_wav(TWO, codec=MU_LAW, bits=8))
    with (tmp_path / "two.wav").open("rb") as file:
        assert measure_apart(file) == measured(write_wav(TWO, codec=MU_LAW, bits=8))
    with (SAMPLES / "two_lanes.mp3").open("rb") as file:
        assert measure_apart(file).codec == "MP3"


def test_a_child_that_breaks_harms_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "junk.mp3").write_bytes(b"\xff\xfb" + os.urandom(5000))
    with (tmp_path / "junk.mp3").open("rb") as file, pytest.raises(Unreadable):
        measure_apart(file)
    monkeypatch.setattr(measuring.sys, "executable", "/bin/false")
    with (tmp_path / "junk.mp3").open("rb") as file, pytest.raises(Unreadable, match=r"^limits$"):
        measure_apart(file)


def test_an_acted_call_of_a_centre_is_measured() -> None:
    path = shared("data/audio_aws_pca/Auto0_GUID_000_AGENT_Agent017_DT_2025-02-19T06-01-22_Mono.wav")
    with path.open("rb") as file:
        sound = measure_file(file, str(path))
    assert (sound.codec, sound.lanes, sound.rate) == ("PCM 8 bit", 1, 8000)
    assert sound.seconds == pytest.approx(277.66, abs=0.01)
    assert len(sound.peaks[0]) == MOST_PEAKS and max(sound.peaks[0]) > 50
