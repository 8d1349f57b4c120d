"""Does every act on people happen once, whole, and with its entry in the audit trail?"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from floorwalker.apps.people import actions
from floorwalker.apps.people.accounts import invitation_path, read_invitation
from floorwalker.apps.people.models import Agent, AuditEntry, Identity, Queue, Site, Team, User
from floorwalker.apps.people.names import Names
from floorwalker.apps.people.sighting import register_sightings
from floorwalker.errors import KpiError, Refused
from tests.apps.conftest import NOW

pytestmark = pytest.mark.django_db


def sighting(name: str, kind: str = "agent", **more: str) -> dict[str, str]:
    key = (name.encode() * 16)[:16].hex()
    row = {"key": key, "kind": kind, "source": "s", "origin": "o", "name": name, "site": "Main"}
    return {**row, "first_day": "2026-03-01", "last_day": "2026-03-02", **more}


def write(folder: Path, name: str, rows: list[dict[str, str]]) -> None:
    site = {
        "key": "00" * 16,
        "kind": "site",
        "source": "s",
        "origin": "o",
        "name": "Main",
        "site": "Main",
        "timezone": "UTC",
        "country": "GB",
    }
    (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in [site, *rows]))


def test_names_are_registered_once(tmp_path: Path) -> None:
    rows = [sighting("Wren"), sighting("Bittern", "team"), sighting("Claims", "queue")]
    write(tmp_path, "a", rows)
    assert register_sightings(tmp_path, at=NOW) == 3
    write(tmp_path, "b", [{**rows[0], "first_day": "2026-02-01", "last_day": "2026-02-20"}])
    assert register_sightings(tmp_path, at=NOW) == 0
    assert list(tmp_path.iterdir()) == []
    counts = [model.objects.count() for model in (Site, Agent, Team, Queue, Identity)]
    assert counts == [1, 1, 1, 1, 3]
    identity = Identity.objects.get(name="Wren")
    assert (identity.first_day, identity.last_day) == (date(2026, 2, 1), date(2026, 3, 2))
    assert bytes(identity.subject.key) == bytes(identity.key)


def test_a_crash_before_the_file_is_removed_registers_nothing_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a", [sighting("Wren")])
    remove = Path.unlink

    def fail(path: Path, missing_ok: bool = False) -> None:
        if path.parent == tmp_path:
            raise OSError("power cut")
        remove(path, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", fail)
        with pytest.raises(OSError, match="power cut"):
            register_sightings(tmp_path, at=NOW)
    assert register_sightings(tmp_path, at=NOW) == 0
    assert Agent.objects.count() == 1


def test_every_action_leaves_an_entry() -> None:
    boss = actions.add_user("boss", "operations_manager", by="test", at=NOW)
    team = Team.objects.create(name="Avocet", key=b"t" * 16)
    agent = Agent.objects.create(name="Wren", key=b"a" * 16)
    actions.found_site("Cardiff", "Europe/London", by="boss", at=NOW)
    actions.join_team(agent, team, on=date(2026, 1, 1), by=boss, at=NOW)
    grant = actions.grant_role(boss, "team_leader", from_day=date(2026, 1, 1), by=boss, at=NOW, team=team)
    actions.end_role(grant, on=date(2026, 2, 1), by=boss, at=NOW)
    actions.set_first_password(boss, "seven quiet lanterns", at=NOW)
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["add_user", "found_site", "join_team", "grant_role", "end_role", "set_first_password"]


def test_a_refused_action_changes_nothing() -> None:
    actions.add_user("boss", "operations_manager", by="test", at=NOW)
    before = (User.objects.count(), AuditEntry.objects.count())
    with pytest.raises(Refused, match="there is a user"):
        actions.add_user("BOSS", "agent", by="test", at=NOW)
    with pytest.raises(Refused, match="a team leader leads a team"):
        actions.add_user("lead", "team_leader", by="test", at=NOW)
    with pytest.raises(Refused):
        actions.add_user("short", "agent", by="test", at=NOW, password="short")
    assert (User.objects.count(), AuditEntry.objects.count()) == before


def test_moves_keep_the_past() -> None:
    boss = actions.add_user("boss", "operations_manager", by="test", at=NOW)
    agent = Agent.objects.create(name="Wren", key=b"a" * 16)
    first, second = (Team.objects.create(name=n, key=n.encode() * 16) for n in ("A", "B"))
    actions.join_team(agent, first, on=date(2026, 1, 1), by=boss, at=NOW)
    actions.join_team(agent, second, on=date(2026, 3, 1), by=boss, at=NOW)

    def team_on(day: date) -> str:
        return agent.memberships.on(day).get().team.name

    assert (team_on(date(2026, 2, 28)), team_on(date(2026, 3, 1))) == ("A", "B")


def test_an_invitation_works_once() -> None:
    user = actions.add_user("robin", "operations_manager", by="test", at=NOW)
    path = invitation_path(user)
    client = Client()
    assert client.get(path).status_code == 200
    unlike = client.post(path, {"password": "seven quiet lanterns", "again": "seven loud lanterns"})
    assert unlike.status_code == 422
    weak = client.post(path, {"password": "password1234", "again": "password1234"})
    assert weak.status_code == 422 and "too common" in weak.content.decode()
    kept = client.post(path, {"password": "seven quiet lanterns", "again": "seven quiet lanterns"})
    assert kept.status_code == 302
    assert client.get(path).status_code == 409
    with pytest.raises(Refused):
        read_invitation("nonsense")


def test_names_that_are_not_unique_name_the_candidates() -> None:
    Agent.objects.create(name="Robin", key=b"a" * 16)
    Agent.objects.create(name="Robin", key=b"b" * 16)
    Agent.objects.create(name="Wren", key=b"c" * 16)
    names = Names()
    assert names.keys("agent", "Wren") == (b"c" * 16,)
    with pytest.raises(KpiError) as error:
        names.keys("agent", "Robin")
    assert (b"a" * 4).hex() in str(error.value) and (b"b" * 4).hex() in str(error.value)
    assert names.keys("agent", (b"b" * 4).hex()) == (b"b" * 16,)
    with pytest.raises(KpiError, match="there is no agent called 'Nobody'"):
        names.keys("agent", "Nobody")
