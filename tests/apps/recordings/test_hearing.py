"""Is a recording heard by whom it concerns, part by part, and is it kept and told who heard it?"""

from __future__ import annotations

import json
import math
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from floorwalker.apps.people.models import AuditEntry, Look, LookAt
from floorwalker.apps.recordings.actions import SAME_LISTEN, note_listen
from floorwalker.apps.recordings.listening import recording_of
from floorwalker.apps.recordings.models import Kind, Recording
from floorwalker.apps.recordings.screening import stretches_of
from floorwalker.media.transcripts.turns import Turn
from tests.apps.conftest import Floor
from tests.apps.recordings.conftest import Calls
from tests.apps.recordings.rows import SECONDS, WORDS, keep_file, keep_recording, kept_folder
from tests.media.sounds import write_wav
from tests.media.test_measuring import SAMPLES
from tests.shared_data import shared


def status(client: Client, path: str, start: int = 0) -> int:
    """What a player is answered that asks from there on, and hears it out."""
    answer = client.get(path, headers={"range": f"bytes={start}-"})
    b"".join(answer)
    return answer.status_code


def address(recording: Recording, rest: str = "file/") -> str:
    """Where its sound lies."""
    return f"/recordings/{recording.pk}/{rest}"


@pytest.mark.slow
def test_an_agent_hears_her_own_and_nobody_elses(calls: Calls) -> None:
    own, mate, other = (calls.recorded(calls.floor.agents[n]) for n in (0, 2, 1))
    statuses = {
        name: [status(calls.client(name), address(one)) for one in (own, mate, other)]
        for name in ("agent", "leader", "other_leader", "analyst", "process_owner", "admin", "nobody")
    }
    assert statuses == {
        "agent": [206, 404, 404],
        "leader": [206, 206, 404],
        "other_leader": [404, 404, 206],
        "analyst": [206, 206, 206],
        "process_owner": [404, 404, 404],
        "admin": [404, 404, 404],
        "nobody": [404, 404, 404],
    }


def test_a_call_of_two_is_for_those_who_may_hear_either_and_for_neither_agent(calls: Calls) -> None:
    first = calls.floor.agents[0]
    call = next(one for one in calls.every if len(one.names) == 2 and first.name in one.names)
    calls.keep(f"{call.call_id}.wav")
    calls.find()
    recording = Recording.objects.get()
    assert calls.client("leader").get(address(recording, "")).status_code == 200
    assert calls.client("agent").get(address(recording, "")).status_code == 404
    assert calls.client("agent").get(address(recording)).status_code == 404


def test_a_player_gets_the_parts_that_it_asks_for(calls: Calls) -> None:
    recording = calls.recorded(calls.floor.agents[0])
    content, client = write_wav(), calls.client("leader")
    part: HttpResponse = client.get(address(recording), headers={"range": "bytes=100-199", "accept-encoding": "gzip"})
    assert (part.status_code, part["Content-Range"]) == (206, f"bytes 100-199/{len(content)}")
    assert b"".join(part) == content[100:200]
    assert (part["Content-Type"], part["X-Content-Type-Options"]) == ("audio/wav", "nosniff")
    assert "Content-Encoding" not in part and "no-store" in part["Cache-Control"]
    assert client.get(address(recording), headers={"range": "bytes=99999999-"}).status_code == 416
    assert client.head(address(recording)).status_code == 200
    assert client.post(address(recording)).status_code == 405


def test_every_listen_is_kept_and_told_to_the_agent(calls: Calls) -> None:
    recording, leader = calls.recorded(calls.floor.agents[0]), calls.floor.users["leader"]
    client = calls.client("leader")
    client.head(address(recording))
    assert not recording.listens.exists()
    for start in (0, 1000, 2000):
        assert status(client, address(recording), start) == 206
    assert AuditEntry.objects.filter(verb="listen", by="leader", subject=f"recording:{recording.pk}").count() == 1
    listen = recording.listens.get()
    assert (listen.user, Look.objects.get(what=LookAt.RECORDING).agent) == (leader, calls.floor.agents[0])
    later = listen.last_at + timedelta(minutes=1)
    note_listen(recording, by=leader, at=later)
    listen.refresh_from_db()
    assert listen.last_at == later
    note_listen(recording, by=leader, at=later + SAME_LISTEN + timedelta(seconds=1))
    assert recording.listens.count() == 2
    page = calls.client("agent").get(f"/agents/{calls.floor.agents[0].pk}/looks/").content.decode()
    assert "recording or transcript" in page and "leader" in page
    assert "leader" in calls.client("agent").get(address(recording, "")).content.decode()


@pytest.mark.slow
def test_ones_own_listening_is_kept_and_nobodys_look(calls: Calls) -> None:
    recording = calls.recorded(calls.floor.agents[0])
    assert status(calls.client("agent"), address(recording)) == 206
    assert recording.listens.count() == 1
    assert not Look.objects.exists()


def test_what_is_gone_or_swapped_is_not_there(calls: Calls) -> None:
    recording, client = calls.recorded(calls.floor.agents[0]), calls.client("leader")
    path = calls.folder / recording.name
    path.unlink()
    path.symlink_to("/etc/hostname")
    assert client.get(address(recording)).status_code == 404
    path.unlink()
    assert client.get(address(recording)).status_code == 404
    Recording.objects.update(name="../../etc/passwd.wav")
    assert client.get(address(recording)).status_code == 404
    Recording.objects.update(store="elsewhere")
    assert client.get(address(recording)).status_code == 404


@pytest.mark.slow
def test_a_contact_without_a_recording_says_so(calls: Calls) -> None:
    agent = calls.floor.agents[0]
    at, analyst = timezone.now(), calls.floor.users["analyst"]
    assert not recording_of(calls.of(agent).contact_key, user=analyst, at=at).is_known
    recording = calls.recorded(agent)
    player = recording_of(calls.of(agent).contact_key, user=analyst, at=at)
    assert (player.sound, player.agents) == (recording, [agent])
    assert not recording_of(calls.of(agent).contact_key, user=calls.floor.users["mate"], at=at).is_known


@pytest.mark.slow
@pytest.mark.parametrize("name", ["leader", "agent"])
def test_the_list_shows_what_one_may_hear(calls: Calls, name: str) -> None:
    for number in (0, 1, 2):
        calls.recorded(calls.floor.agents[number])
    page = calls.client(name).get("/recordings/").content.decode()
    seen = [agent.name in page for agent in calls.floor.agents[:3]]
    assert seen == [True, False, name == "leader"]
    only = calls.client(name).get(f"/recordings/?agent={calls.floor.agents[2].pk}").content.decode()
    assert ("/recordings/" in only) and (calls.floor.agents[0].name in only) is False


def test_what_was_said_stands_beside_its_sound_and_the_screen_runs_in_step(floor: Floor) -> None:
    agent = floor.agents[0]
    sound = keep_recording(agent)
    screen = keep_file(agent, "screen.webm", Kind.SCREEN, b"webm", late=1.5)
    words = keep_file(agent, "words.vtt", Kind.TRANSCRIPT, WORDS.encode())
    page = floor.client("leader").get(f"/recordings/{words.pk}/").content.decode()
    assert 'data-from="3.000"' in page and 'data-late="1.500"' in page
    player = recording_of(bytes(sound.contact_key or b""), user=floor.users["leader"], at=timezone.now())
    assert (player.sound, player.screen, player.transcript) == (sound, screen, words)
    assert (player.screen_late, player.masked, len(player.turns)) == (1.5, 0, 4)
    (kept_folder() / "words.vtt").write_text(f"{WORDS}\n00:12.000 --> 00:13.000\n4111 1111 1111 1111\n")
    page = floor.client("leader").get(f"/recordings/{words.pk}/").content.decode()
    assert "nobody has called me back" in page and "4111" not in page and "may be a card" in page
    assert floor.client("leader").get(f"/recordings/{words.pk}/file/").status_code == 404
    (kept_folder() / "words.vtt").write_bytes(b'{"a": 1}')
    assert (
        "in a form that Floorwalker does not read"
        in floor.client("leader").get(f"/recordings/{sound.pk}/").content.decode()
    )
    Look.objects.get(agent=agent, user=floor.users["leader"], what=LookAt.RECORDING)


def test_a_chat_is_read_as_the_agents_own_and_by_no_colleague(floor: Floor) -> None:
    chats = json.loads(shared("data/abcd_sample/abcd_sample.json").read_text())
    content = json.dumps({"original": chats[0]["original"]}).encode()
    chat = keep_file(floor.agents[0], "chat.json", Kind.TRANSCRIPT, content)
    page = floor.client("agent").get(f"/recordings/{chat.pk}/").content.decode()
    assert "I need to return an item" in page and "<audio" not in page and "data-from" not in page
    assert floor.client("mate").get(f"/recordings/{chat.pk}/").status_code == 404


@pytest.mark.slow
def test_files_without_a_contact_are_listed_for_whoever_sees_loads_everywhere(calls: Calls) -> None:
    calls.keep("holiday.wav")
    calls.keep("letter.pdf")
    calls.find()
    page = calls.client("boss").get("/recordings/unmatched/").content.decode()
    assert "calls/holiday.wav" in page and "does not fit the pattern" in page and "neither sound" in page
    assert calls.client("site_boss").get("/recordings/unmatched/").status_code == 404
    assert calls.client("leader").get("/recordings/unmatched/").status_code == 404


CARD = "WEBVTT\n\n00:04.000 --> 00:06.000\n<v Customer>It is 4111 1111 1111 1111\n\n00:07.000 --> 00:08.000\n<v Agent>Thank you\n"


def test_where_the_transcript_hides_a_number_the_sound_is_silent(floor: Floor) -> None:
    agent = floor.agents[0]
    sound = keep_recording(agent, measured=True)
    leader = floor.client("leader")
    whole = leader.get(address(sound))
    content = whole.getvalue()
    keep_file(agent, "card.vtt", Kind.TRANSCRIPT, CARD.encode())
    masked = leader.get(address(sound))
    now = masked.getvalue()
    start, second = len(content) - SECONDS * 16_000, 16_000
    quiet = slice(start + int(3.5 * second), start + int(6.5 * second))
    assert now[quiet] == b"\xff" * (3 * second) and now[: quiet.start] == content[: quiet.start]
    assert now[quiet.stop :] == content[quiet.stop :] and masked["ETag"] != whole["ETag"]
    # Also the part that a player, or somebody with a program, asks for.
    asked = leader.get(address(sound), headers={"Range": f"bytes={quiet.start}-{quiet.start + 99}"})
    assert asked.status_code == 206 and asked.getvalue() == b"\xff" * 100
    page = leader.get(address(sound, "")).content.decode()
    assert "It is silent where a number is said" in page and "<audio" in page
    screen = keep_file(agent, "typed.webm", Kind.SCREEN, b"webm")
    assert leader.get(address(screen)).status_code == 404
    assert "The recording of the screen is not shown" in leader.get(address(sound, "")).content.decode()


def test_what_was_written_down_of_a_later_part_is_silent_where_it_is_said_in_the_whole(floor: Floor) -> None:
    agent = floor.agents[0]
    sound = keep_recording(agent, measured=True)
    keep_file(agent, "card.vtt", Kind.TRANSCRIPT, CARD.encode(), late=4)
    now = floor.client("leader").get(address(sound)).getvalue()
    start, second = len(now) - SECONDS * 16_000, 16_000
    for begins in (3.5, 7.5):  # by the transcript's own clock, and by that of the sound
        quiet = slice(start + int(begins * second), start + int((begins + 3) * second))
        assert now[quiet] == b"\xff" * (3 * second)


def test_what_cannot_be_silent_is_not_sent(floor: Floor) -> None:
    agent = floor.agents[0]
    sound = keep_file(agent, "call.opus", Kind.SOUND, (SAMPLES / "two_lanes.opus").read_bytes())
    leader = floor.client("leader")
    assert leader.get(address(sound)).status_code == 200
    keep_file(agent, "card.vtt", Kind.TRANSCRIPT, CARD.encode())
    assert leader.get(address(sound)).status_code == 404
    assert sound.listens.count() == 1
    page = leader.get(address(sound, "")).content.decode()
    assert "It is not played" in page and "<audio" not in page and "Thank you" in page


def test_a_number_without_a_time_is_silent_from_what_is_known_before_to_what_is_after() -> None:
    said = [
        Turn("", "", "a", 1.0, 2.0),
        Turn("", "", "x", masked=1),
        Turn("", "", "b", 9.0),
        Turn("", "", "y", 11.0, masked=1),
    ]
    assert stretches_of(said) == ((1.0, 9.0), (11.0, math.inf))
    assert stretches_of([Turn("", "", "x", masked=1)]) == ((0.0, math.inf),)
