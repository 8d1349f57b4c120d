"""Does a role for one team or one site open what is of that place, and nothing of the whole centre?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from floorwalker.apps.people import actions
from floorwalker.apps.people.models import Agent, RoleGrant, Site, User, accounts
from floorwalker.errors import Refused
from tests.apps.api.asking import Program
from tests.apps.conftest import NOW, Floor


def _somebody(role: str, **place: Any) -> User:
    """Somebody with a role for a place, whatever `grant_role` would say of it today: earlier versions gave such roles."""
    user = User.objects.create(username=f"{role} of a place")
    RoleGrant.objects.create(user=user, role=role, **place)
    return user


def test_a_manager_of_one_team_does_not_see_the_centre(floor: Floor) -> None:
    floor.users["team_boss"] = actions.add_user(
        "team_boss", "operations_manager", team=floor.teams[0], by="test", at=NOW
    )
    client = floor.client("team_boss")
    for path in ("/centre/", "/centre/figures.csv", "/gaps/", "/gaps/average_handle_time/"):
        assert client.get(path).status_code == 404, path
    assert client.get(f"/teams/{floor.teams[0].pk}/").status_code == 200
    assert client.get(f"/teams/{floor.teams[1].pk}/").status_code == 404
    page = client.get("/measures/average_handle_time/").content.decode()
    assert "The centre" not in page and "/centre/" not in client.get("/").content.decode()


def test_a_trail_of_the_whole_centre_is_not_opened_by_a_role_for_a_place(floor: Floor) -> None:
    user = floor.users["site_privacy"] = _somebody("privacy_officer", site=Site.objects.get(code="Bangor"))
    assert floor.client("site_privacy").get("/audit/").status_code == 404
    assert floor.client("site_privacy").get(f"/agents/{floor.agents[0].pk}/looks/").status_code == 404
    # Together with a role for the whole centre too: rights do not lend each other their reach.
    RoleGrant.objects.create(user=user, role="operations_manager")
    RoleGrant.objects.create(user=user, role="administrator", team=floor.teams[0])
    assert floor.client("site_privacy").get("/people/log-ins/").status_code == 404
    assert not user.scope_on(timezone.now().date()).rights & {"grant_roles", "see_audit", "connect_systems"}


@pytest.mark.parametrize(
    ("role", "place"), [("privacy_officer", "team"), ("privacy_officer", "site"), ("process_owner", "team")]
)
def test_no_role_is_given_that_would_open_nothing(floor: Floor, role: str, place: str) -> None:
    one = floor.teams[0] if place == "team" else Site.objects.get(code="Bangor")
    with pytest.raises(Refused, match="would see nothing"):
        actions.grant_role(floor.users["nobody"], role, from_day=None, by=floor.users["admin"], at=NOW, **{place: one})


def test_a_role_that_has_ended_is_not_given_again_by_ending_it_later(floor: Floor) -> None:
    """The former leader's: by the button of a page that was left open, or by a program."""
    grant = floor.users["former_leader"].grants.get()
    ended = grant.to_day
    assert floor.client("admin").post(f"/people/log-ins/roles/{grant.pk}/end/").status_code == 409
    answer = Program(floor.users["admin"]).post(f"/roles/{grant.pk}/end", {"from_day": "2199-12-31"})
    assert answer.status_code == 409
    grant.refresh_from_db()
    assert grant.to_day == ended
    assert actions.end_role(grant, on=grant.to_day, by=floor.users["admin"], at=NOW).to_day == ended


def test_a_role_that_has_not_begun_never_does_once_it_is_ended(floor: Floor) -> None:
    begins = NOW.date() + timedelta(days=30)
    grant = actions.grant_role(floor.users["nobody"], "assessor", from_day=begins, by=floor.users["admin"], at=NOW)
    actions.end_role(grant, on=NOW.date(), by=floor.users["admin"], at=NOW)
    assert (grant.from_day, grant.to_day) == (begins, begins)
    assert not RoleGrant.objects.on(begins).filter(pk=grant.pk).exists()


@pytest.mark.parametrize("who", ["leader", "branch_leader", "site_boss", "team_analyst", "analyst", "boss", "agent"])
def test_few_people_are_named_and_many_looked_up_with_the_same_answer(
    floor: Floor, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reached() -> list[set[int]]:
        user, on = User.objects.get(username=who), NOW.date()
        ways = (Agent.objects.visible_to, Agent.objects.heard_by, Agent.objects.evaluated_by, Agent.objects.coached_by)
        return [{*way(user, on).values_list("pk", flat=True)} for way in ways]

    named = reached()
    monkeypatch.setattr(accounts, "MOST_NAMED", 0)
    assert reached() == named


def test_whoever_moves_is_seen_where_she_is_by_the_next_request(floor: Floor) -> None:
    moved, on = floor.agents[0], NOW.date()
    assert Agent.objects.visible_to(User.objects.get(username="leader"), on).filter(pk=moved.pk).exists()
    actions.join_team(moved, floor.teams[1], on=on, by=floor.users["boss"], at=NOW)
    assert not Agent.objects.visible_to(User.objects.get(username="leader"), on).filter(pk=moved.pk).exists()
    assert Agent.objects.visible_to(User.objects.get(username="other_leader"), on).filter(pk=moved.pk).exists()
