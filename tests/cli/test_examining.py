"""Does `floorwalker doctor` name each thing that can be broken, in words, and say what mends it?"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from floorwalker.cli import examining
from floorwalker.config import Config
from floorwalker.facts.current import locked
from tests.cli.conftest import Terminal

NOTHING_WRONG = "nothing is wrong that this command can see"


def test_a_sound_home_is_sound_and_a_writer_under_way_no_problem(loaded: Terminal) -> None:
    said = loaded.ask("doctor")
    assert NOTHING_WRONG in said and "just now" not in said
    with locked(loaded.home / "lake" / ".writing"):
        said = loaded.ask("doctor")
    assert NOTHING_WRONG in said and "writes the lake just now" in said and "ends with it" in said


def test_keys_and_files_that_are_missing_are_named(loaded: Terminal) -> None:
    (loaded.home / "keys" / "customers.key").unlink()
    (loaded.home / "keys" / "audit.key").write_bytes(b"short")
    (loaded.home / "keys" / "audit.key").chmod(0o644)
    (loaded.home / "outbox" / "left.jsonl").write_text("")
    lost = next((loaded.home / "lake" / "segment").rglob("*.parquet"))
    lost.unlink()
    (loaded.home / "lake" / "site" / "_delta_log" / f"{0:020}.json").unlink()
    said = loaded.ask("doctor", code=1)
    for words in (
        "the secret that turns customers into keys is missing",
        "restore it from the backup of the keys",
        "the key that seals the audit trail is damaged",
        "chmod go-rwx",
        f"files of table segment are missing, the first is {lost}",
        "a table of the lake cannot be opened",
        "names from 1 loads wait to be registered",
    ):
        assert words in said, said


def test_a_damaged_list_of_versions_is_named_and_so_is_a_damaged_memory_of_loads(loaded: Terminal) -> None:
    (loaded.home / "lake" / "current.json").write_text("{")
    (loaded.home / "intake" / "intake.sqlite3").write_bytes(b"no database at all" * 100)
    said = loaded.ask("doctor", code=1)
    assert "current.json: the lake's list of versions cannot be read" in said and "restore this file" in said
    assert "the loads could not be looked at: file is not a database" in said
    assert "cannot be read" in loaded.ask("sources", code=1)


def test_a_database_that_waits_is_damaged_or_gone_is_named(loaded: Terminal) -> None:
    path = loaded.home / "floorwalker.sqlite3"
    database = sqlite3.connect(path)
    with database:
        database.execute("delete from django_migrations where app = 'standards'")
    database.close()
    assert "changes to the database wait" in loaded.ask("doctor", code=1)
    path.write_bytes(b"no database at all" * 100)
    (loaded.home / "floorwalker.sqlite3-wal").unlink(missing_ok=True)
    for command in (("doctor",), ("user", "invite", "robin")):
        said = loaded.ask(*command, code=1)
        assert f"{path}: the database cannot be used" in said and "restore it from a backup" in said
    path.unlink()
    said = loaded.ask("doctor", code=1)
    assert "the database is missing: restore it" in said and not path.exists()


def test_a_server_that_does_not_answer_is_named_without_its_password(loaded: Terminal) -> None:
    address = f"postgresql://floor:s3cret@/floorwalker?host={loaded.home}"
    for command in (("doctor",), ("sources",)):
        said = loaded.ask(*command, code=1, FLOORWALKER_DATABASE_URL=address)
        assert "the database cannot be used" in said and "start it" in said and "s3cret" not in said


def test_a_home_that_cannot_be_one_is_named(terminal: Terminal) -> None:
    assert "nothing is here yet" in terminal.ask("doctor")
    terminal.home.write_text("a file")
    assert "is not a folder: set FLOORWALKER_HOME" in terminal.ask("doctor", code=1)
    said = terminal.ask("sources", code=1)
    assert "FLOORWALKER_HOME: the folder cannot be made" in said and "to mend" in said


def test_a_disk_that_is_nearly_full_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = Config.from_environment({"FLOORWALKER_HOME": str(tmp_path)})
    monkeypatch.setattr(examining, "LEAST_FREE_BYTES", 2**62)
    assert "GiB are free where the home lies: make room" in next(examining._the_machine(config))
