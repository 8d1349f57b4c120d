"""Does a sound stay silent where a card's number is said in it, whatever becomes of the transcript that told so?"""

from __future__ import annotations

import math
import os
import threading

import numpy as np
import pytest
from django.utils import timezone

from floorwalker.apps.recordings import screening
from floorwalker.apps.recordings.finding import find_recordings
from floorwalker.apps.recordings.models import Kind, Recording, Silence
from floorwalker.apps.recordings.screening import screen, unscreened
from floorwalker.apps.recordings.silencing import stretches_in
from floorwalker.jobs.recordings import measure_waiting
from floorwalker.media.stores import FolderStore
from tests.apps.conftest import NOW, Floor
from tests.apps.recordings.conftest import Calls
from tests.apps.recordings.rows import keep_file, keep_recording, kept_folder
from tests.media.sounds import A_LAW, MU_LAW, PCM, tone, write_wav
from tests.media.test_measuring import SAMPLES

CARD = "WEBVTT\n\n00:04.000 --> 00:06.000\n<v Customer>It is 4111 1111 1111 1111\n\n00:07.000 --> 00:08.000\n<v Agent>Thank you\n"
LATER = CARD.replace("00:04", "00:05").replace("00:06", "00:06.5").replace("00:06.5.000", "00:06.500")
BROKEN = b'{"a": 1}'


def rewritten(transcript: Recording, content: bytes, later: int) -> Recording:
    """The same transcript after somebody wrote its file anew, as the next look finds it."""
    path = kept_folder() / transcript.name
    path.write_bytes(content)
    os.utime(path, (NOW.timestamp() + later,) * 2)
    state = path.stat()
    Recording.objects.filter(pk=transcript.pk).update(changed_ns=state.st_mtime_ns, size_bytes=state.st_size)
    return Recording.objects.get(pk=transcript.pk)


def test_what_was_found_once_stays_without_its_transcript(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = keep_recording(floor.agents[0])
    transcript = keep_file(floor.agents[0], "card.vtt", Kind.TRANSCRIPT, CARD.encode())
    assert list(unscreened()) == [transcript]
    measure_waiting(threading.Event())
    assert not unscreened() and stretches_in(sound) == ((4.0, 6.0),)
    # It is not opened again for whoever hears the sound.
    opened: list[str] = []
    really = FolderStore.open
    monkeypatch.setattr(FolderStore, "open", lambda store, name: (opened.append(name), really(store, name))[1])
    leader = floor.client("leader")
    leader.get(f"/recordings/{sound.pk}/file/", headers={"range": "bytes=0-9"}).getvalue()
    assert {*opened} == {sound.name}
    # Unreadable: what is known stays, and it is not tried again and again.
    transcript = rewritten(transcript, BROKEN, 10)
    assert list(unscreened()) == [transcript]
    assert stretches_in(sound) == ((4.0, 6.0),) and not unscreened()
    kept = Silence.objects.get()
    assert (kept.problem, kept.was_read) == ("format", True)
    # Changed: what it says now.
    transcript = rewritten(transcript, LATER.encode(), 20)
    assert stretches_in(sound) == ((5.0, 6.5),)
    assert Silence.objects.get().digest != kept.digest
    # By another version of the rule it is read again.
    monkeypatch.setattr(screening, "RULE", screening.RULE + 1)
    assert list(unscreened()) == [transcript]
    # Removed, and marked so by a look; its store may be forgotten, too.
    (kept_folder() / transcript.name).unlink()
    Recording.objects.filter(pk=transcript.pk).update(gone_at=NOW, store="elsewhere")
    assert not unscreened() and stretches_in(sound) == ((5.0, 6.5),)
    assert "It is silent where a number is said" in leader.get(f"/recordings/{sound.pk}/").content.decode()


def test_a_transcript_that_could_never_be_read_is_said_to_be_so(floor: Floor) -> None:
    sound = keep_recording(floor.agents[0])
    keep_file(floor.agents[0], "broken.json", Kind.TRANSCRIPT, BROKEN)
    address, leader = f"/recordings/{sound.pk}/", floor.client("leader")
    said = "1 transcript of this contact could never be read"
    assert said in leader.get(address).content.decode()
    assert leader.get(f"{address}file/").status_code == 200
    rewritten(Recording.objects.get(kind=Kind.TRANSCRIPT), CARD.encode(), 10)
    page = leader.get(address).content.decode()
    assert said not in page and "It is silent where a number is said" in page


def test_a_file_that_was_gone_or_is_put_back_is_looked_through_again(calls: Calls) -> None:
    name = f"{calls.of(calls.floor.agents[0]).call_id}.vtt"
    path = calls.keep(name, CARD.encode())
    calls.find()
    transcript = Recording.objects.get(name=name)
    path.rename(path.with_name("away"))
    assert not screen(transcript, at=NOW).was_read and not unscreened()
    path.with_name("away").rename(path)
    calls.find()
    assert list(unscreened()) == [transcript]
    assert screen(Recording.objects.get(), at=NOW).stretches == ((4.0, 6.0),)
    # An older state of it than the one that was read.
    path.write_text(LATER)
    os.utime(path, (NOW.timestamp() - 7200,) * 2)
    find_recordings(calls.store, calls.floor.lake.snapshot(), by=None, at=timezone.now())
    assert list(unscreened()) == [transcript]


def test_parts_across_the_edges_of_a_silent_stretch_are_what_the_whole_is_there(floor: Floor) -> None:
    agent, leader = floor.agents[0], floor.client("leader")
    samples = tone(12)[np.newaxis]
    forms = {
        "pcm.wav": write_wav(samples, codec=PCM, bits=16),
        "mu.wav": write_wav(samples, codec=MU_LAW, bits=8),
        "a.wav": write_wav(samples, codec=A_LAW, bits=8),
        "two.mp3": (SAMPLES / "two_lanes.mp3").read_bytes(),
        "two.opus": (SAMPLES / "two_lanes.opus").read_bytes(),
    }
    sounds = {name: keep_file(agent, name, Kind.SOUND, content) for name, content in forms.items()}
    words = CARD.replace("00:04", "00:00").replace("00:06.000", "00:00.100").encode()
    transcript = keep_file(agent, "card.vtt", Kind.TRANSCRIPT, words)
    screen(transcript, at=NOW)
    (kept_folder() / "card.vtt").unlink()
    for name, content in forms.items():
        file = f"/recordings/{sounds[name].pk}/file/"
        if name.endswith(".opus"):
            assert leader.get(file, headers={"range": "bytes=0-99"}).status_code == 404
            continue
        whole = leader.get(file).getvalue()
        changed = [at for at, (was, now) in enumerate(zip(content, whole, strict=True)) if was != now]
        assert changed and len(whole) == len(content), name
        for edge in (changed[0], changed[-1] + 1):
            first = max(edge - 40, 0)
            answer = leader.get(file, headers={"range": f"bytes={first}-{edge + 39}"})
            part = answer.getvalue()
            assert answer.status_code == 206 and part == whole[first : edge + 40], (name, edge)
            assert part != content[first : edge + 40], (name, edge)


def test_a_number_without_an_end_is_kept_as_one(floor: Floor) -> None:
    sound = keep_recording(floor.agents[0])
    keep_file(floor.agents[0], "chat.txt", Kind.TRANSCRIPT, b"Customer: 4111 1111 1111 1111\nAgent: Thanks.\n")
    assert stretches_in(sound) == ((0.0, math.inf),)
    Silence.objects.get().refresh_from_db()
    assert Silence.objects.get().spans == [[0.0, None]]
