"""When do rights begin and end? With the grant, on the day of a move, and at once; the whole matrix is `test_rights_matrix`."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from floorwalker.apps.people import actions
from tests.apps.conftest import LONG_AGO, NOW, Commit, Floor


def test_rights_follow_a_move_while_a_load_writes(floor: Floor, commit: Commit) -> None:
    """A load may keep a move from the lake for minutes; who may see whom is asked of what was entered."""
    today = timezone.now().date()
    moved = f"/agents/{floor.agents[2].pk}/"
    with floor.lake.writing(), commit():
        actions.join_team(floor.agents[2], floor.teams[1], on=today, by=floor.users["boss"], at=NOW)
    assert floor.client("leader").get(moved).status_code == 404
    assert floor.client("other_leader").get(moved).status_code == 200


def test_rights_end_on_the_day_of_the_move(floor: Floor, commit: Commit) -> None:
    today = timezone.now().date()
    leader, mate = floor.client("leader"), f"/agents/{floor.agents[2].pk}/"
    assert leader.get(mate).status_code == 200
    with commit():
        actions.join_team(floor.agents[2], floor.teams[1], on=today, by=floor.users["boss"], at=NOW)
    assert leader.get(mate).status_code == 404
    assert floor.client("other_leader").get(mate).status_code == 200


def test_rights_of_a_leader_end_with_the_grant(floor: Floor) -> None:
    today = timezone.now().date()
    grant = floor.users["leader"].grants.get()
    actions.end_role(grant, on=today + timedelta(days=1), by=floor.users["boss"], at=NOW)
    team = f"/teams/{floor.teams[0].pk}/"
    assert floor.client("leader").get(team).status_code == 200
    actions.end_role(grant, on=today, by=floor.users["boss"], at=NOW)
    assert floor.client("leader").get(team).status_code == 404


def test_numbers_beyond_every_database_lead_nowhere(floor: Floor) -> None:
    boss = floor.client("boss")
    for address in (f"/teams/{10**30}/", f"/agents/{2**63}/", f"/agents/{2**31}/"):
        assert boss.get(address).status_code == 404, address


@pytest.mark.django_db
def test_nobody_signs_up() -> None:
    assert Client().get("/account/signup/").status_code == 404
    assert Client().post("/account/signup/", {"username": "x", "password1": "correct horse battery"}).status_code == 404


def test_only_managers_set_targets(floor: Floor) -> None:
    address = "/measures/transfer_rate/target/"
    values = {"value": "30", "from_day": "2026-11-01", "reason": "Agreed."}
    assert floor.client("leader").post(address, values).status_code == 404
    assert floor.client("agent").post(address, values).status_code == 404
    assert floor.client("boss").post(address, values).status_code == 302


def test_a_small_team_is_not_shown_beside_ones_own_figures(floor: Floor, commit: Commit) -> None:
    shown = floor.client("agent").get(f"/agents/{floor.agents[0].pk}/").content.decode()
    assert "The team:" in shown
    with commit():
        for agent in floor.agents[6::2]:
            actions.join_team(agent, floor.teams[1], on=LONG_AGO, by=floor.users["boss"], at=NOW)
    hidden = floor.client("agent").get(f"/agents/{floor.agents[0].pk}/").content.decode()
    assert "The team:" not in hidden
    assert "a colleague's would follow" in hidden
