"""Is a moment marked, cited by its address, and taken off by its maker alone? And is a waveform drawn as it was measured?"""

from __future__ import annotations

import pytest
from django.utils import timezone

from floorwalker.apps.people.models import AuditEntry
from floorwalker.apps.recordings.actions import add_mark
from floorwalker.apps.recordings.drawing import outline
from floorwalker.apps.recordings.listening import recording_of
from floorwalker.apps.recordings.measuring import measure_recording, waiting
from floorwalker.apps.recordings.models import Recording, Waveform
from floorwalker.errors import Refused
from tests.apps.conftest import NOW, Floor
from tests.apps.recordings.conftest import Calls
from tests.apps.recordings.rows import SECONDS, keep_recording
from tests.media.sounds import write_wav


def test_a_mark_is_made_cited_and_taken_off(floor: Floor) -> None:
    recording = keep_recording(floor.agents[0], measured=True)
    leader, agent = floor.client("leader"), floor.client("agent")
    place = f"/recordings/{recording.pk}/marks/"
    assert leader.post(place, {"begins": "0:03", "ends": "0:05,5", "note": "Says what is next"}).status_code == 302
    mark = recording.marks.get()
    assert (mark.from_seconds, mark.to_seconds, mark.made_by.username) == (3, 5.5, "leader")
    entry = AuditEntry.objects.get(verb="add_mark")
    assert "Says" not in str(entry.detail)
    page = agent.get(mark.address).content.decode()
    assert "Says what is next" in page and 'data-start="3.000"' in page
    assert agent.post(f"{place}{mark.pk}/remove/").status_code == 404
    part = leader.post(f"{place}{mark.pk}/remove/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "Nothing is marked yet" in part
    assert leader.post(f"{place}{mark.pk}/remove/").status_code == 404
    assert "This mark was taken off" in agent.get(mark.address).content.decode()


WRONG = (
    ({"begins": "soon"}, "is no moment of a recording"),
    ({"begins": ""}, "This field is required"),
    ({"begins": "9:00"}, f"The recording ends at 0:{SECONDS}"),
    ({"begins": "0:05", "ends": "0:05"}, "A mark ends after it begins"),
    ({"begins": "0:05", "note": "x" * 1001}, "at most 1000"),
)


def test_what_cannot_be_a_mark_is_told_beside_it(floor: Floor) -> None:
    recording = keep_recording(floor.agents[0], measured=True)
    client = floor.client("leader")
    answers = [client.post(f"/recordings/{recording.pk}/marks/", said) for said, _told in WRONG]
    assert {answer.status_code for answer in answers} == {422}
    assert [
        told for answer, (_said, told) in zip(answers, WRONG, strict=True) if told not in answer.content.decode()
    ] == []
    assert not recording.marks.exists()


@pytest.mark.slow
def test_marks_of_others_are_kept_from_whoever_judges_alone(floor: Floor) -> None:
    recording = keep_recording(floor.agents[0])
    for name in ("leader", "analyst"):
        add_mark(recording, from_seconds=1, to_seconds=None, note=name, by=floor.users[name], at=NOW)
    posted = {"begins": "0:00", "note": "mine", "own": "1"}
    part = floor.client("analyst").post(f"/recordings/{recording.pk}/marks/", posted, headers={"HX-Request": "true"})
    assert part.status_code == 200 and b"mine" in part.content and b"leader" not in part.content
    recording.marks.filter(note="mine").delete()
    alone = {"user": floor.users["analyst"], "at": timezone.now(), "own_marks_only": True}
    assert [mark.note for mark in recording_of(bytes(recording.contact_key or b""), **alone).marks] == ["analyst"]
    with pytest.raises(Refused):
        add_mark(recording, from_seconds=3, to_seconds=2, note="", by=floor.users["leader"], at=NOW)


def test_a_sound_is_measured_once_for_each_state_of_its_file(calls: Calls) -> None:
    recording = calls.recorded(calls.floor.agents[0])
    assert list(waiting()) == [recording]
    found = measure_recording(recording, at=NOW)
    assert (found.codec, found.lanes, found.seconds, found.problem) == ("PCM 16 bit", 1, 0.5, "")
    assert not waiting().exists()
    calls.keep(recording.name, write_wav()[:-800])
    calls.find()
    assert list(waiting()) == [recording]
    calls.keep(recording.name, b"no sound at all")
    calls.find()
    assert measure_recording(Recording.objects.get(), at=NOW).problem == "format"
    assert "not what its name says" in calls.client("leader").get(f"/recordings/{recording.pk}/").content.decode()


@pytest.mark.slow
def test_a_share_that_was_away_is_measured_when_it_is_back(calls: Calls) -> None:
    recording = calls.recorded(calls.floor.agents[0])
    path = calls.folder / recording.name
    content = path.read_bytes()
    path.unlink()
    assert measure_recording(recording, at=NOW).problem == "gone"
    calls.keep(recording.name, content)
    calls.find()
    assert list(waiting()) == [recording]
    assert not Waveform.objects.exists()


def test_an_outline_is_as_high_as_its_loudest_and_as_wide_as_there_is_room() -> None:
    path = outline(bytes([0] * 600 + [255] * 600))
    upper, lower = path[1:-1].split("L1000 50L")
    heights = [50 - int(point.split()[1]) for point in upper.split("L")]
    assert (heights[1], heights[-1], len(heights)) == (1, 46, 501)
    assert len(lower.split("L")) == 500
    assert outline(b"") == ""
    assert outline(bytes([20]), loudest=40).count("27") == 1
