"""Is each recording given to the contact that it is of, and to none where that is not sure?"""

from __future__ import annotations

import os
import re
from datetime import timedelta

import pytest

from floorwalker.apps.people.models import AuditEntry
from floorwalker.apps.recordings.coverage import read_coverage
from floorwalker.apps.recordings.finding import find_recordings
from floorwalker.apps.recordings.models import Kind, Recording, RecordingPart, Search
from tests.apps.recordings.conftest import Calls

BY_AGENT = re.compile(r"(?P<agent>PJSIP-\d+)_(?P<time>[\d.]+)\.wav")


@pytest.mark.slow
def test_a_recording_is_given_to_its_contact_by_the_id_of_the_call(calls: Calls) -> None:
    agent = calls.floor.agents[0]
    recording = calls.recorded(agent)
    call = calls.of(agent)
    assert bytes(recording.contact_key or b"") == call.contact_key
    assert (recording.kind, recording.found_by, recording.channel) == (Kind.SOUND, "contact", "voice")
    assert [part.identity.agent for part in recording.parts.all()] == [agent]
    assert recording.parts.get().answered_at == call.answered_at
    entry = AuditEntry.objects.filter(verb="find_recordings").get()
    assert entry.detail == {"files": 1, "new": 1, "changed": 0, "gone": 0, "matched": 1, "problem": False}


def test_a_call_of_two_visits_is_of_both_agents_and_a_leg_of_one_alone(calls: Calls) -> None:
    call = calls.of_two()
    calls.keep(f"{call.call_id}.wav")
    calls.keep(f"{call.call_id}/{call.names[0]}.wav")
    calls.keep(f"{call.call_id}/somebody.wav")
    calls.find(pattern=re.compile(r"(?P<contact>\d+\.\d+)(?:/(?P<agent>.+))?\.wav"))
    agents = {
        recording.said_agent: sorted(part.identity.name for part in recording.parts.all())
        for recording in Recording.objects.all()
    }
    # An agent whom nobody knows narrows nothing: it stays everybody's.
    assert agents == {"": list(call.names), call.names[0]: [call.names[0]], "somebody": list(call.names)}
    for key in RecordingPart.objects.values_list("contact_key", flat=True).distinct():
        assert Recording.objects.of_contact(key).count() in (2, 3)


@pytest.mark.slow
def test_a_recording_that_begins_after_the_first_visit_is_of_the_second(calls: Calls) -> None:
    call = calls.of_two()
    pattern = re.compile(r"(?P<contact>\d+\.\d+)_(?P<time>[\d.]+)\.wav")
    calls.keep(f"{call.call_id}_{call.answered_at.timestamp()}.wav")
    calls.find(pattern=pattern, time="epoch")
    first, second = Recording.objects.get().parts.all()
    assert first.ended_at is not None
    calls.keep(f"{call.call_id}_{first.ended_at.timestamp() + 1}.wav")
    calls.find(pattern=pattern, time="epoch", tolerance_seconds=0)
    late = Recording.objects.latest("began_at")
    assert [part.segment_key for part in late.parts.all()] == [second.segment_key]
    assert late.contact_key == second.contact_key


def test_agent_and_time_find_a_contact_where_no_id_does(calls: Calls) -> None:
    agent = calls.floor.agents[0]
    agent.staff_number = "PJSIP-200"
    agent.save()
    call = calls.of(agent)
    near = call.answered_at + timedelta(seconds=4)
    calls.keep(f"PJSIP-200_{near.timestamp()}.wav")
    calls.keep(f"PJSIP-200_{(call.answered_at - timedelta(days=9)).timestamp()}.wav")
    calls.keep(f"PJSIP-999_{near.timestamp()}.wav")
    search = calls.find(pattern=BY_AGENT, time="epoch")
    assert (search.files, search.new, search.matched) == (3, 3, 1)
    matched = Recording.objects.matched().get()
    assert (bytes(matched.contact_key or b""), matched.found_by) == (call.contact_key, "agent_and_time")
    assert sorted(Recording.objects.filter(contact_key=None).values_list("why_not", flat=True)) == [
        "no_agent",
        "nothing_then",
    ]


def test_every_file_without_a_contact_says_why(calls: Calls) -> None:
    calls.keep("99.99.wav")
    calls.keep("holiday.wav")
    calls.keep("notes.docx")
    calls.keep("empty.wav", b"")
    (calls.folder / "link.wav").symlink_to("/etc/hostname")
    search = calls.find()
    assert dict(Recording.objects.values_list("name", "why_not")) == {
        "99.99.wav": "no_contact",
        "holiday.wav": "pattern",
    }
    assert search.left_out == {"kind": 1, "empty": 1, "link": 1}
    assert (search.files, search.new, search.matched) == (2, 2, 0)


@pytest.mark.slow
def test_a_side_file_names_the_contact(calls: Calls) -> None:
    call = calls.of(calls.floor.agents[2])
    calls.keep("abc.wav")
    calls.keep("abc.meta", f'{{"Id": "{call.call_id}"}}'.encode())
    search = calls.find(pattern=None, metadata=".meta", fields={"contact": "Id"})
    assert (search.files, search.matched) == (1, 1)


def test_looking_again_changes_nothing_but_what_changed(calls: Calls) -> None:
    recording = calls.recorded(calls.floor.agents[0])
    again = calls.find()
    assert (again.files, again.new, again.changed, again.gone, again.matched) == (1, 0, 0, 0, 0)
    assert AuditEntry.objects.filter(verb="find_recordings").count() == 1
    calls.keep(recording.name, b"something else")
    assert calls.find().changed == 1
    (calls.folder / recording.name).unlink()
    assert calls.find().gone == 1
    assert not Recording.objects.here().exists()
    calls.keep(recording.name)
    back = calls.find()
    assert (back.gone, Recording.objects.here().get().pk) == (0, recording.pk)


def test_contacts_without_a_recording_are_counted_day_by_day(calls: Calls) -> None:
    call = calls.of(calls.floor.agents[0])
    calls.keep(f"{call.call_id}.wav")
    at = call.answered_at + timedelta(days=3)
    os.utime(calls.folder / f"{call.call_id}.wav", (1_600_000_000,) * 2)
    search = find_recordings(calls.store, calls.floor.lake.snapshot(), by=None, at=at)
    told = {one.day: (one.recorded, one.missing) for one in read_coverage([search])}
    day = call.answered_at.date()
    assert told[day][0] == 1 and told[day][1] > 100
    assert sum(recorded for recorded, _missing in told.values()) == 1
    page = calls.client("boss").get("/recordings/unmatched/").content.decode()
    assert "How many contacts have no recording?" in page and f"{told[day][1]}</td>" in page


@pytest.mark.slow
def test_a_file_that_is_being_written_waits(calls: Calls) -> None:
    path = calls.keep(f"{calls.of(calls.floor.agents[0]).call_id}.wav")
    path.touch()
    assert calls.find().left_out == {"young": 1}


@pytest.mark.slow
def test_a_store_that_is_away_loses_nothing(calls: Calls) -> None:
    recording = calls.recorded(calls.floor.agents[0])
    search = calls.find(folder=calls.folder / "unmounted")
    assert "cannot be read" in search.problem and search.gone == 0
    assert Recording.objects.here().get() == recording


@pytest.mark.slow
@pytest.mark.parametrize(("source", "matched"), [("asterisk_queue_log", 1), ("genesys_cloud", 0)])
def test_ids_are_looked_for_in_the_source_that_the_store_names(calls: Calls, source: str, matched: int) -> None:
    calls.keep(f"{calls.of(calls.floor.agents[0]).call_id}.wav")
    assert calls.find(source=source).matched == matched


@pytest.mark.slow
def test_only_looks_that_still_say_something_are_kept(calls: Calls) -> None:
    calls.recorded(calls.floor.agents[0])
    for _time in range(3):
        calls.find()
    assert Search.objects.count() == 1
