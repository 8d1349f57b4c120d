"""Does the worker find and measure recordings by itself, and end when it is asked to?"""

from __future__ import annotations

import threading

import pytest
from django.conf import settings

from floorwalker.apps.people.models import Identity
from floorwalker.apps.recordings.models import Recording, RecordingPart, Waveform
from floorwalker.jobs import recordings
from tests.apps.conftest import Floor
from tests.apps.recordings.conftest import Calls


def test_what_lies_in_a_store_is_found_and_measured(calls: Calls, floor: Floor) -> None:
    for number in (0, 1):
        calls.keep(f"{calls.of(floor.agents[number]).call_id}.wav")
    recordings.look_through(settings.FLOORWALKER, floor.lake)
    assert Recording.objects.matched().count() == 2
    keys = {bytes(key or b"") for key in RecordingPart.objects.values_list("queue_key", flat=True)}
    assert {one.kind for one in Identity.objects.filter(key__in=keys)} == {"queue"}
    asked_to_end = threading.Event()
    asked_to_end.set()
    assert recordings.measure_waiting(asked_to_end) == 0
    assert recordings.measure_waiting(threading.Event()) == 2
    assert recordings.measure_waiting(threading.Event()) == 0
    assert set(Waveform.objects.values_list("problem", "seconds")) == {("", 0.5)}


@pytest.mark.slow
def test_a_store_that_is_away_is_said_in_the_log(calls: Calls, floor: Floor, caplog: pytest.LogCaptureFixture) -> None:
    calls.folder.rmdir()
    recordings.look_through(settings.FLOORWALKER, floor.lake)
    assert "the folder of recordings cannot be read" in caplog.text
