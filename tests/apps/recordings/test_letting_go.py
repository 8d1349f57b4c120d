"""Do recordings go when they are older than they are kept, or of a customer who is forgotten, and do they stay gone?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings

from floorwalker.apps.people.models import AuditEntry
from floorwalker.apps.recordings.actions import add_mark, note_listen
from floorwalker.apps.recordings.finding import find_recordings
from floorwalker.apps.recordings.forgetting import forget_contacts
from floorwalker.apps.recordings.models import Listen, Mark, Recording, RecordingPart, Waveform
from floorwalker.errors import ConfigError
from floorwalker.jobs.retaining import let_go
from floorwalker.retention import Retention, read_retention
from tests.apps.api.asking import Program
from tests.apps.conftest import NOW, Floor
from tests.apps.recordings.conftest import Calls
from tests.apps.recordings.rows import keep_recording


def keeps(days: str) -> None:
    """What whoever runs the machine decides, beside the stores."""
    written = settings.FLOORWALKER.home / "floorwalker.toml"
    written.write_text(f"{written.read_text()}\n[retention]\n{days}\n")


@pytest.fixture
def two(floor: Floor) -> tuple[Recording, Recording]:
    """A recording of yesterday and one of a hundred days ago, both heard and marked."""
    new = keep_recording(floor.agents[0], measured=True)
    old = keep_recording(floor.agents[2], at=NOW - timedelta(days=100), measured=True)
    for one in (new, old):
        note_listen(one, by=floor.users["leader"], at=NOW)
        add_mark(one, from_seconds=1, to_seconds=None, note="Here", by=floor.users["leader"], at=NOW)
    return new, old


def test_what_is_old_goes_with_all_that_hangs_on_it_and_nothing_else(two: tuple[Recording, Recording]) -> None:
    new, _old = two
    home = settings.FLOORWALKER.home
    assert let_go(home, NOW) == {}  # nobody has decided anything
    keeps("recordings_days = 90")
    counts = {"recordings": 1, "waveforms": 1, "listens": 1, "marks on recordings": 1}
    assert let_go(home, NOW, dry_run=True) == counts and Recording.objects.count() == 2
    assert let_go(home, NOW) == counts and let_go(home, NOW) == {}
    for kind in (Waveform, Listen, Mark, RecordingPart):
        assert {one.recording_id for one in kind.objects.all()} == {new.pk}
    assert list(Recording.objects.all()) == [new]
    told = AuditEntry.objects.get(verb="let_recordings_go").detail
    assert told["recordings"] == 1 and told["days"] == 90


def test_what_went_by_its_age_is_not_found_again(calls: Calls) -> None:
    recording = calls.recorded(calls.floor.agents[0])
    age = (NOW - recording.contact_at).days
    again = find_recordings(calls.store, calls.floor.lake.snapshot(), by=None, at=NOW, days=age + 2)
    assert Recording.objects.count() == 1 and "old" not in again.left_out
    Recording.objects.all().delete()
    # Its file was written an hour ago; its contact is what counts.
    again = find_recordings(calls.store, calls.floor.lake.snapshot(), by=None, at=NOW, days=age - 1)
    assert again.left_out == {"old": 1} and not Recording.objects.exists()


def test_of_a_customer_who_is_forgotten_only_the_files_name_stays_until_it_is_gone(calls: Calls) -> None:
    agent = calls.floor.agents[0]
    recording = calls.recorded(agent)
    add_mark(recording, from_seconds=0, to_seconds=None, note="x", by=calls.floor.users["leader"], at=NOW)
    assert forget_contacts([b"0" * 16], at=NOW) == {}
    keys = [bytes(key) for key in recording.parts.values_list("contact_key", flat=True)]
    assert forget_contacts(keys, at=NOW) == {"recordings": 1}
    assert forget_contacts(keys, at=NOW) == {}
    calls.find()
    row = Recording.objects.get()
    assert (row.contact_key, row.why_not, row.said_agent) == (None, "erased", "")
    assert not any(kind.objects.exists() for kind in (Waveform, Listen, Mark, RecordingPart))
    assert calls.client("leader").get(f"/recordings/{row.pk}/file/").status_code == 404
    # Nor does a program bring it back that registers everything anew.
    given = {"store": row.store, "name": row.name, "contact_key": keys[0].hex()}
    refused = Program(calls.floor.users["boss"]).post("/recordings/files", given)
    assert refused.status_code == 409 and "asked to be forgotten" in refused.content.decode()
    assert Recording.objects.get().contact_key is None
    assert "the file is to be removed" in calls.client("boss").get("/recordings/unmatched/").content.decode()
    (calls.folder / row.name).unlink()
    calls.find()
    assert "the file is to be removed" not in calls.client("boss").get("/recordings/unmatched/").content.decode()


def test_a_file_that_comes_after_its_customer_was_forgotten_finds_no_contact(calls: Calls) -> None:
    recording = calls.recorded(calls.floor.agents[0])
    keys = [bytes(key) for key in recording.parts.values_list("contact_key", flat=True)]
    Recording.objects.all().delete()
    assert forget_contacts(keys, at=NOW) == {}
    calls.find()
    row = Recording.objects.get()
    assert (row.contact_key, row.why_not, row.said_contact, row.said_agent) == (None, "erased", "", "")
    assert not row.parts.exists()


@pytest.mark.parametrize("said", ["recordings_days = 0", 'survey_days = "x"', "survey_days = true", "days = 3"])
def test_what_cannot_be_a_retention_stops_with_what_mends_it(floor: Floor, said: str) -> None:
    home = settings.FLOORWALKER.home
    (home / "floorwalker.toml").write_text(f"[retention]\n{said}\n")
    with pytest.raises(ConfigError, match="retention"):
        read_retention(home)
    (home / "floorwalker.toml").write_text("[retention]\nsurvey_days = 400\n")
    assert read_retention(home) == Retention(None, 400)
    (home / "floorwalker.toml").unlink()
    assert read_retention(home) == Retention()
