"""Do names and moves stay whole when the unexpected happens?"""

from __future__ import annotations

import base64
import json
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from floorwalker.apps.people import actions
from floorwalker.apps.people.accounts import invitation_path
from floorwalker.apps.people.models import Agent, AuditEntry, Identity, Membership, Team
from floorwalker.apps.people.names import Names
from floorwalker.apps.people.sighting import register_sightings
from floorwalker.errors import KpiError, Refused, SourceError
from tests.apps.conftest import NOW

pytestmark = pytest.mark.django_db


def sighting(name: str, **more: str) -> dict[str, str]:
    row = {"key": name.encode().hex().ljust(32, "0")[:32], "kind": "agent", "source": "s", "origin": "o", "name": name}
    return {**row, "site": "Main", "first_day": "2026-03-01", "last_day": "2026-03-02", **more}


def write(folder: Path, rows: list[dict[str, str]]) -> Path:
    path = folder / "load.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("odd", ["Wren\u2028Tallow", "Wren\u0085Tallow", "Wren\u001cTallow"])
def test_a_name_may_hold_what_unicode_takes_for_the_end_of_a_line(tmp_path: Path, odd: str) -> None:
    write(tmp_path, [sighting(odd)])
    assert register_sightings(tmp_path, at=NOW) == 1
    assert Agent.objects.get().name == odd


def test_agents_of_one_name_are_told_apart_by_key_site_and_days(tmp_path: Path) -> None:
    write(tmp_path, [sighting("Wren"), sighting("Wren", key="ab" * 16, first_day="2026-01-01")])
    register_sightings(tmp_path, at=NOW)
    with pytest.raises(KpiError, match="more than one agent is called 'Wren'") as error:
        Names().keys("agent", "Wren")
    assert error.value.found == (
        "Wren (5772656e, seen 2026-03-01 to 2026-03-02), Wren (abababab, seen 2026-01-01 to 2026-03-02)"
    )
    assert Names().keys("agent", "abababab") == (b"\xab" * 16,)


def test_one_name_seen_twice_in_a_file_is_one_agent(tmp_path: Path) -> None:
    write(tmp_path, [sighting("Wren"), sighting("Wren", first_day="2026-02-01")])
    assert register_sightings(tmp_path, at=NOW) == 1
    assert Identity.objects.get().first_day == date(2026, 2, 1)


def test_a_damaged_file_is_named_and_nothing_of_it_is_lost(tmp_path: Path) -> None:
    path = write(tmp_path, [sighting("Wren")])
    path.write_text(path.read_text() + '{"key": "00', encoding="utf-8")
    with pytest.raises(SourceError, match="cannot be read") as error:
        register_sightings(tmp_path, at=NOW)
    assert error.value.where == str(path) and path.exists()
    assert Agent.objects.count() == 0


def test_a_file_that_another_process_has_taken_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone.jsonl"
    monkeypatch.setattr(Path, "glob", lambda self, pattern: iter([gone]))
    assert register_sightings(tmp_path, at=NOW) == 0


def test_names_and_their_entry_in_the_trail_are_kept_together_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, [sighting("Wren")])
    with monkeypatch.context() as patch:
        patch.setattr(
            "floorwalker.apps.people.sighting.record", lambda *a, **k: (_ for _ in ()).throw(OSError("disk full"))
        )
        with pytest.raises(OSError, match="disk full"), transaction.atomic():
            register_sightings(tmp_path, at=NOW)
    assert Agent.objects.count() == 0
    assert register_sightings(tmp_path, at=NOW) == 1
    assert AuditEntry.objects.filter(verb="register_sightings").count() == 1


def test_nobody_is_in_two_teams_on_a_day_however_moves_are_entered() -> None:
    boss = actions.add_user("boss", "operations_manager", by="test", at=NOW)
    agent = Agent.objects.create(name="Wren", key=b"a" * 16)
    teams = [Team.objects.create(name=name, key=name.encode() * 16) for name in "ABC"]
    for team, day in zip(teams, (date(2026, 1, 1), date(2026, 6, 1), date(2026, 4, 1)), strict=True):
        actions.join_team(agent, team, on=day, by=boss, at=NOW)
    days = [date(2026, month, 1) for month in range(1, 13)]
    found = [[m.team.name for m in Membership.objects.on(day).filter(agent=agent)] for day in days]
    assert found == [["A"]] * 3 + [["C"]] * 2 + [["B"]] * 7


def test_a_new_link_lets_a_forgotten_password_be_replaced_once_and_tells_no_hash() -> None:
    user = actions.add_user("robin", "operations_manager", by="test", at=NOW, password="seven quiet lanterns")
    path = invitation_path(actions.invite(user, by="test", at=NOW))
    told = base64.urlsafe_b64decode(path.split("/")[2].split(":")[0] + "===")
    assert b"argon2" not in told and user.password.encode() not in told
    new = {"password": "nine loud harbours", "again": "nine loud harbours"}
    assert Client().post(path, new).status_code == 302
    assert Client().post(path, new).status_code == 409
    user.refresh_from_db()
    assert user.check_password("nine loud harbours")


def test_names_that_a_database_would_refuse_are_kept_as_far_as_they_can_be(tmp_path: Path) -> None:
    rows = [sighting("Wren\x00Tallow", origin="o" * 150), {**sighting("Robin"), "name": "R" * 400}]
    write(tmp_path, rows)
    assert register_sightings(tmp_path, at=NOW) == 2
    assert [len(agent.name) for agent in Agent.objects.order_by("name")] == [200, 11]
    assert Agent.objects.filter(name="Wren\ufffdTallow").exists()


@pytest.mark.parametrize("name", ["", " ", "x" * 151])
def test_what_cannot_be_a_name_is_refused_on_every_database(name: str) -> None:
    with pytest.raises(Refused, match="cannot be a name"):
        actions.add_user(name, "administrator", by="test", at=NOW)
    with pytest.raises(Refused, match="cannot be a name"):
        actions.found_site(name, "UTC", by="test", at=NOW)
    assert AuditEntry.objects.count() == 0
