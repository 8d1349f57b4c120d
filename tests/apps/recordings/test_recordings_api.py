"""Do programs hear what their owners may hear, is each listen kept, and may they say of which contact a file is?"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from floorwalker.apps.people.models import AuditEntry, Look
from floorwalker.apps.recordings.actions import add_mark
from floorwalker.apps.recordings.models import Kind, Listen, Recording
from tests.apps.api.asking import Program
from tests.apps.conftest import NOW, Floor
from tests.apps.recordings.conftest import Calls
from tests.apps.recordings.rows import WORDS, keep_file, keep_recording
from tests.media.sounds import write_wav


def test_sound_is_handed_out_in_parts_and_each_listen_is_kept(floor: Floor) -> None:
    recording, user = keep_recording(floor.agents[0]), floor.users["leader"]
    leader, path = Program(user), f"/recordings/{recording.pk}/file"
    part = leader.get(path, Range="bytes=0-3")
    assert (part.status_code, b"".join(part.streaming_content), part["Content-Type"]) == (206, b"RIFF", "audio/wav")
    assert part["Content-Range"] == f"bytes 0-3/{recording.size_bytes}" and "no-store" in part["Cache-Control"]
    assert "RateLimit-Remaining" in part
    whole = leader.get(path)
    assert (whole.status_code, len(b"".join(whole.streaming_content))) == (200, recording.size_bytes)
    assert Listen.objects.get().user == user, "one listen, however many parts"
    entry = AuditEntry.objects.get(verb="listen")
    assert (entry.by, entry.detail["token"]) == ("leader", leader.token.beginning)
    assert Look.objects.filter(agent=floor.agents[0], user=user, what="recording").exists()
    beyond = leader.get(path, Range=f"bytes={recording.size_bytes}-")
    assert (beyond.status_code, beyond.json()["code"]) == (416, "no_such_part")
    assert beyond["Content-Range"] == f"bytes */{recording.size_bytes}"


def test_an_agent_hears_her_own_and_nobody_elses(floor: Floor) -> None:
    own, other = keep_recording(floor.agents[0]), keep_recording(floor.agents[2])
    agent = Program(floor.users["agent"])
    assert [one["id"] for one in agent.get("/recordings").json()["items"]] == [own.pk]
    assert agent.get(f"/recordings/{own.pk}/file").status_code == 200
    for end in ("", "/file", "/transcript"):
        assert agent.get(f"/recordings/{other.pk}{end}").status_code == 404
    assert not Listen.objects.exclude(user=floor.users["agent"]).exists()
    only_figures = Program(floor.users["leader"], areas=["figures"])
    assert only_figures.get(f"/recordings/{own.pk}/file").status_code == 403


def test_what_was_said_and_marked_is_read(floor: Floor) -> None:
    recording = keep_recording(floor.agents[0], measured=True)
    keep_file(floor.agents[0], "words.vtt", Kind.TRANSCRIPT, WORDS.encode())
    mark = add_mark(recording, from_seconds=3, to_seconds=5.8, note="Called back?", by=floor.users["analyst"], at=NOW)
    leader = Program(floor.users["leader"])
    contact = bytes(recording.contact_key or b"").hex()
    listed = leader.get("/recordings", {"contact": contact, "kind": "sound", "since": "2026-11-01"}).json()["items"]
    assert [(one["id"], one["lanes"], one["seconds"]) for one in listed] == [(recording.pk, 2, 12.0)]
    assert [one["name"] for one in listed[0]["agents"]] == [floor.agents[0].name]
    found = leader.get(f"/recordings/{recording.pk}").json()
    assert [(one["id"], one["from_seconds"], one["note"]) for one in found["marks"]] == [(mark.pk, 3.0, "Called back?")]
    said = leader.get(f"/recordings/{recording.pk}/transcript").json()
    assert (said["masked"], len(said["turns"]), said["turns"][1]["speaker"]) == (0, 4, "customer")
    assert Look.objects.filter(agent=floor.agents[0], user=floor.users["leader"]).exists()
    bare = keep_recording(floor.agents[2])
    assert leader.get(f"/recordings/{bare.pk}/transcript").status_code == 404


def test_a_program_says_of_which_contact_a_file_is(calls: Calls) -> None:
    boss, agent = Program(calls.floor.users["boss"]), calls.floor.agents[0]
    call = calls.of(agent)
    calls.keep("odd/a1.wav")
    given = {"store": "calls", "name": "odd/a1.wav"}
    later = boss.post("/recordings/files", given | {"contact": "never.loaded"}).json()
    assert (later["contact"], later["why_not"]) == (None, "no_contact")
    assert [one["name"] for one in boss.get("/recordings/files/unmatched").json()["items"]] == ["odd/a1.wav"]
    by_id = boss.post("/recordings/files", given | {"contact": call.call_id})
    assert (by_id.status_code, by_id.json()["contact"]) == (201, call.contact_key.hex()), by_id.content
    assert Recording.objects.get().registered_at is not None
    # A look goes by what was said, though the name says nothing: also where the file has changed since.
    calls.keep("odd/a1.wav", write_wav() + b"\0\0")
    calls.find()
    assert bytes(Recording.objects.get().contact_key or b"") == call.contact_key
    calls.keep("b.vtt", WORDS.encode())
    by_key = boss.post("/recordings/files", {"store": "calls", "name": "b.vtt", "contact_key": call.contact_key.hex()})
    assert by_key.json()["contact"] == call.contact_key.hex()
    assert Program(calls.floor.users["agent"]).get("/recordings").json()["total"] == 2
    by_time = given | {"agent": agent.name, "began_at": (call.answered_at + timedelta(seconds=2)).isoformat()}
    assert boss.post("/recordings/files", by_time).json()["contact"] == call.contact_key.hex()
    assert AuditEntry.objects.filter(verb="register_recording").count() == 4


def test_what_cannot_be_registered_is_said(calls: Calls) -> None:
    boss = Program(calls.floor.users["boss"])
    calls.keep("a.wav")
    (calls.folder / "link.wav").symlink_to(settings.FLOORWALKER.home / "floorwalker.toml")
    good = {"store": "calls", "name": "a.wav", "contact": "1.2"}
    for wrong, where in (
        ({"store": "elsewhere"}, "store"),
        ({"name": "missing.wav"}, "name"),
        ({"name": "../floorwalker.toml.wav"}, "name"),
        ({"name": "link.wav"}, "name"),
        ({"name": "a.exe"}, "name"),
        ({"contact_key": "0" * 32}, "contact_key"),
        ({"began_at": "2026-11-20T12:00:00"}, "began_at"),
    ):
        told = boss.post("/recordings/files", good | wrong)
        said = told.json()
        assert (told.status_code, said["where"]) == (422, where), (wrong, said)
        assert said["found"] and said["expected"], wrong
    assert not Recording.objects.exists()
    assert Program(calls.floor.users["leader"]).post("/recordings/files", good).status_code == 404
