"""Is every change of the audit trail refused by the database, and found where somebody went round that?"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from floorwalker.apps.people.audit import record, verify
from floorwalker.apps.people.guards import GUARDS
from floorwalker.apps.people.models import AuditEntry
from floorwalker.apps.people.seal import KEY_FILE, LAST_FILE, note_last
from floorwalker.errors import ConfigError
from tests.apps.conftest import NOW, Commit

pytestmark = pytest.mark.django_db
COLUMNS = "id, at, by, verb, subject, detail, previous_hash, hash"
DROPS = {
    "sqlite": [f"drop trigger {name}" for name in GUARDS["sqlite"]],
    "postgresql": ["alter table people_auditentry disable trigger user"],
}


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of keys of this test's own."""
    monkeypatch.setattr(settings, "FLOORWALKER", replace(settings.FLOORWALKER, home=tmp_path))
    yield tmp_path / "keys"


@pytest.fixture
def entries() -> list[AuditEntry]:
    """A trail of five entries, with numbers and letters of every kind in it."""
    details = [{}, {"value": 0.8}, {"value": 1e20, "n": 3.0}, {"name": "Zoë \u2028", "of": None}, {"list": [1, 2.5]}]
    return [record("boss", f"act_{n}", f"user:{n}", NOW, **detail) for n, detail in enumerate(details)]


def remove_guards() -> None:
    with connection.cursor() as cursor:
        for statement in DROPS[connection.vendor]:
            cursor.execute(statement)


def unguarded(*names: str) -> str:
    gone = ", ".join(names or GUARDS[connection.vendor])
    return f"table people_auditentry is not guarded any more: {gone} gone, switched off or changed"


def test_a_trail_that_nobody_touched_is_whole(entries: list[AuditEntry]) -> None:
    assert verify() == []
    assert [bytes(e.previous_hash) for e in entries] == [b"", *(bytes(e.hash) for e in entries[:-1])]


def test_the_database_refuses_to_change_and_to_remove(entries: list[AuditEntry]) -> None:
    for change in (
        lambda: AuditEntry.objects.filter(pk=entries[1].pk).update(by="somebody"),
        lambda: AuditEntry.objects.filter(pk=entries[1].pk).delete(),
        lambda: AuditEntry.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError, match="only added"), transaction.atomic():
            change()
    assert AuditEntry.objects.count() == 5 and verify() == []


def test_emptying_the_table_is_refused(entries: list[AuditEntry]) -> None:
    word = "truncate" if connection.vendor == "postgresql" else "delete from"
    with pytest.raises(IntegrityError, match="only added"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{word} people_auditentry")


@pytest.mark.parametrize("way", ["replace", "upsert"])
def test_no_entry_is_replaced_by_one_with_its_number(entries: list[AuditEntry], way: str) -> None:
    if way == "replace" and connection.vendor == "postgresql":
        way = "upsert"  # it knows no other way to put a row into another's place
    same = f"select {COLUMNS.replace('by', chr(39) + 'somebody' + chr(39), 1)} from people_auditentry where true"
    statement = {
        "replace": f"insert or replace into people_auditentry ({COLUMNS}) {same}",
        "upsert": f"insert into people_auditentry ({COLUMNS}) {same} on conflict (id) do update set by = 'somebody'",
    }[way]
    with pytest.raises(IntegrityError, match="only added"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert not AuditEntry.objects.filter(by="somebody").exists() and verify() == []


@pytest.mark.parametrize("number", range(3))
def test_a_trigger_that_is_gone_is_named(entries: list[AuditEntry], number: int) -> None:
    names = list(GUARDS[connection.vendor])
    name = names[number % len(names)]
    with connection.cursor() as cursor:
        cursor.execute(f"drop trigger {name}" + " on people_auditentry" * (connection.vendor == "postgresql"))
    assert verify() == [unguarded(name)]


def test_a_trigger_that_refuses_nothing_is_none(entries: list[AuditEntry]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("alter table people_auditentry enable replica trigger people_auditentry_change")
        else:
            cursor.execute("drop trigger people_auditentry_update")
            cursor.execute(
                "create trigger people_auditentry_update before update on people_auditentry begin select 1; end"
            )
    name = "people_auditentry_change" if connection.vendor == "postgresql" else "people_auditentry_update"
    assert verify() == [unguarded(name)]


@pytest.mark.parametrize("note", [b"", b"7", b"seven " + b"0" * 64, b"7 " + b"x" * 64, b"\xff\xfe\0", b"9" * 40])
def test_a_note_of_the_last_entry_that_cannot_be_read_is_a_finding(
    entries: list[AuditEntry], keys: Path, note: bytes
) -> None:
    (keys / LAST_FILE).write_bytes(note)
    (finding,) = verify()
    assert finding.startswith(f"{keys / LAST_FILE}, which notes the last entry, cannot be read")


def test_a_folder_in_the_place_of_the_note_is_a_finding(entries: list[AuditEntry], keys: Path) -> None:
    (keys / LAST_FILE).mkdir()
    assert "cannot be read" in verify()[0]


@pytest.mark.parametrize(
    "change", [{"by": "somebody"}, {"verb": "act"}, {"subject": "user:9"}, {"detail": {"value": 0.9}}, {"at": "later"}]
)
def test_an_entry_that_was_changed_is_named(entries: list[AuditEntry], change: dict[str, object]) -> None:
    remove_guards()
    if "at" in change:
        change = {"at": datetime(2026, 11, 20, 12, 0, 0, 1, tzinfo=UTC)}
    AuditEntry.objects.filter(pk=entries[1].pk).update(**change)
    first, *others = verify()
    assert first.startswith(f"entry {entries[1].pk} ") and first.endswith("was changed after it was written")
    assert others == [unguarded()]


def test_an_entry_that_was_removed_is_missed(entries: list[AuditEntry]) -> None:
    remove_guards()
    AuditEntry.objects.filter(pk=entries[2].pk).delete()
    assert verify()[0].startswith(f"entry {entries[3].pk} does not follow on entry {entries[1].pk}")
    AuditEntry.objects.filter(pk=entries[0].pk).delete()
    assert verify()[0].startswith(f"entry {entries[1].pk} does not follow on the beginning")


def test_entries_that_changed_places_are_found(entries: list[AuditEntry]) -> None:
    remove_guards()
    AuditEntry.objects.filter(pk=entries[1].pk).update(id=entries[4].pk + 1)
    assert verify()[0].startswith(f"entry {entries[2].pk} does not follow on entry {entries[0].pk}")


def test_entries_taken_from_the_end_are_missed(entries: list[AuditEntry], keys: Path) -> None:
    note_last(keys, entries[4].pk, bytes(entries[4].hash))
    assert verify() == []
    remove_guards()
    AuditEntry.objects.filter(pk__gte=entries[3].pk).delete()
    assert verify()[0].startswith(f"entry {entries[4].pk}, noted when it was the last one")


def test_the_last_entry_is_noted_when_it_is_committed(keys: Path, commit: Commit) -> None:
    with commit():
        entry = record("boss", "act", "user:1", NOW)
    assert (keys / LAST_FILE).read_text() == f"{entry.pk} {bytes(entry.hash).hex()}\n"


def test_an_entry_sealed_without_the_key_is_found(entries: list[AuditEntry]) -> None:
    AuditEntry.objects.create(
        at=NOW, by="somebody", verb="grant_role", subject="user:1", previous_hash=entries[4].hash, hash=b"f" * 32
    )
    assert "grant_role user:1 by somebody" in verify()[0]


def test_nothing_is_recorded_without_the_key(entries: list[AuditEntry], keys: Path) -> None:
    (keys / KEY_FILE).unlink()
    with pytest.raises(ConfigError, match="seals the audit trail is missing"):
        record("boss", "act", "user:1", NOW)
    (keys / KEY_FILE).write_bytes(b"short")
    with pytest.raises(ConfigError, match="is damaged"):
        verify()
    assert AuditEntry.objects.count() == 5


def test_entries_of_the_time_before_they_were_sealed_are_sealed_by_the_upgrade() -> None:
    migration = importlib.import_module("floorwalker.apps.people.migrations.0002_audit_is_only_added_to")
    for number in range(3):
        AuditEntry.objects.create(at=NOW, by="boss", verb="act", subject=f"user:{number}", detail={"n": number})
    remove_guards()
    migration.seal_what_is_there(apps, None)
    record("boss", "act", "user:3", NOW)
    assert verify() == [unguarded()]
