"""Who may open which page? Every address, for every kind of user, of one's own and of another's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from floorwalker.apps.people import actions
from tests.apps.conftest import LONG_AGO, NOW, Commit, Floor

PAGES = (
    "centre",
    "own team",
    "other team",
    "own agent",
    "team mate",
    "other agent",
    "own trend",
    "other trend",
    "measures",
    "measure",
)
ALLOWED = {
    "boss": set(PAGES),
    "admin": set(PAGES),
    "leader": {"own team", "own agent", "team mate", "own trend", "measures", "measure"},
    "agent": {"own agent", "own trend", "measures", "measure"},
    "nobody": {"measures", "measure"},
}


def addresses(floor: Floor) -> dict[str, str]:
    """By what it is, seen from agent 0 and the leader of the first team."""
    return {
        "centre": "/centre/",
        "own team": f"/teams/{floor.teams[0].pk}/",
        "other team": f"/teams/{floor.teams[1].pk}/",
        "own agent": f"/agents/{floor.agents[0].pk}/",
        "team mate": f"/agents/{floor.agents[2].pk}/",
        "other agent": f"/agents/{floor.agents[1].pk}/",
        "own trend": f"/agents/{floor.agents[0].pk}/trend/transfer_rate/",
        "other trend": f"/agents/{floor.agents[1].pk}/trend/transfer_rate/",
        "measures": "/measures/",
        "measure": "/measures/average_handle_time/",
    }


@pytest.mark.parametrize("who", ALLOWED)
def test_rights_of_every_role(floor: Floor, who: str) -> None:
    client = floor.client(who)
    answers = {page: client.get(address).status_code for page, address in addresses(floor).items()}
    assert answers == {page: 200 if page in ALLOWED[who] else 404 for page in PAGES}


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


def routes() -> list[str]:
    found: list[str] = []

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, prefix + str(pattern.pattern))
            else:
                found.append(prefix + str(pattern.pattern))

    walk(get_resolver().url_patterns, "")
    return found


OPEN = {
    "account/login/",
    "account/signup/",
    "account/reset/",
    "invitation/<str:token>/",
    "theme/",
    "account/logout/",
    "account/inactive/",
}


@pytest.mark.django_db
def test_every_other_route_asks_for_a_log_in() -> None:
    for route in set(routes()) - OPEN:
        address = "/" + route.replace("<int:team_id>", "1").replace("<int:agent_id>", "1").replace(
            "<str:measure_id>", "csat_mean"
        )
        answer = Client().get(address)
        assert answer.status_code in (302, 405), address
        if answer.status_code == 302:
            assert answer["Location"].startswith("/account/login/"), address


@pytest.mark.django_db
def test_nobody_signs_up() -> None:
    assert Client().get("/account/signup/").status_code == 404
    assert Client().post("/account/signup/", {"username": "x", "password1": "correct horse battery"}).status_code == 404


def test_only_managers_set_targets(floor: Floor) -> None:
    address = "/measures/transfer_rate/target/"
    values = {"value": "30", "from_day": "2026-11-01"}
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
