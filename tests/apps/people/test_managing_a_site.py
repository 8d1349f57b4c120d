"""Does whoever manages one site manage its people, teams and queues, and nobody else's? And does somebody always give roles?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from floorwalker.apps.people import actions
from floorwalker.apps.people.models import Agent, Queue, Role, Site, Team
from floorwalker.errors import Refused
from tests.apps.api.asking import Program
from tests.apps.conftest import NOW, Floor


def _ours() -> Site:
    return Site.objects.get(code="Bangor")


def test_the_roll_of_a_sites_manager_holds_the_sites_people(floor: Floor) -> None:
    today = timezone.now().date()
    managed = set(Agent.objects.managed_by(floor.users["site_boss"], today))
    assert managed == set(Agent.objects.in_teams([floor.teams[1]], today)) and floor.named["moved"] in managed
    page = floor.client("site_boss").get("/people/").content.decode()
    assert floor.named["moved"].name in page and f'/people/{floor.named["own"].pk}/"' not in page
    assert "/people/directory/" not in page


def test_somebody_of_another_site_is_not_merged_nor_offered(floor: Floor) -> None:
    client, ours, theirs = floor.client("site_boss"), floor.named["moved"], floor.named["own"]
    assert client.post(f"/people/{ours.pk}/merge/", {"was": theirs.pk}).status_code == 404
    assert f'<option value="{theirs.pk}">' not in client.get(f"/people/{ours.pk}/").content.decode()
    theirs.refresh_from_db()
    assert theirs.merged_into is None


def test_nobody_is_moved_into_a_team_of_another_site(floor: Floor) -> None:
    today = timezone.now().date().isoformat()
    ours = floor.named["moved"]
    address = f"/people/{ours.pk}/move/"
    assert floor.client("site_boss").post(address, {"team": floor.teams[0].pk, "on": today}).status_code == 422
    assert floor.client("boss").post(address, {"team": floor.teams[0].pk, "on": today}).status_code == 302


def test_a_new_team_of_a_sites_manager_is_of_that_site(floor: Floor) -> None:
    client = floor.client("site_boss")
    assert client.post("/people/teams/", {"name": "Dunlin"}).status_code == 422
    assert client.post("/people/teams/", {"name": "Dunlin", "parent": floor.teams[0].pk}).status_code == 422
    assert client.post("/people/teams/", {"name": "Dunlin", "site": _ours().pk}).status_code == 302
    assert Team.objects.get(name="Dunlin").site == _ours()
    page = client.get("/people/teams/").content.decode()
    assert "Kingfisher" in page and "Avocet" not in page


def test_limits_are_set_for_the_sites_queues_only(floor: Floor) -> None:
    ours = Queue.objects.create(name="Bangor sales", site=_ours(), key=bytes([7]) * 16)
    theirs = Queue.objects.exclude(pk=ours.pk).first()
    assert theirs is not None
    client, limit = floor.client("site_boss"), {"name": "threshold_seconds", "value": "40"}
    assert client.post("/people/queues/", limit | {"queue": theirs.pk}).status_code == 422
    assert client.post("/people/queues/", limit | {"queue": ours.pk}).status_code == 302


def test_names_of_other_sites_are_neither_shown_nor_settled(floor: Floor) -> None:
    client = floor.client("site_boss")
    client.post("/people/names/all/", {"all": "alone"})
    theirs = floor.named["own"]
    theirs.refresh_from_db()
    assert theirs.standing == "seen"
    assert client.post(f"/people/names/{theirs.pk}/", {"as": "ignore"}).status_code == 404


def test_the_last_administrator_stays(floor: Floor) -> None:
    today, admin = timezone.now().date(), floor.users["admin"]
    grant = admin.grants.get()
    answer = floor.client("admin").post(f"/people/log-ins/roles/{grant.pk}/end/")
    assert answer.status_code == 409 and "last administrator" in answer.content.decode()
    # Neither somebody who never set a password, nor one whose role ends, nor one whose log-in is closed takes the place.
    second = actions.add_user("second", Role.ADMINISTRATOR, by="test", at=NOW)
    with pytest.raises(Refused, match="last administrator"):
        actions.end_role(grant, on=today, by=admin, at=NOW)
    second.set_password("seven quiet lanterns")
    second.is_active = False
    second.save()
    with pytest.raises(Refused, match="last administrator"):
        actions.end_role(grant, on=today, by=admin, at=NOW)
    second.is_active = True
    second.save()
    its = second.grants.get()
    actions.end_role(its, on=today + timedelta(days=9), by=admin, at=NOW)
    with pytest.raises(Refused, match="last administrator"):
        actions.end_role(grant, on=today, by=admin, at=NOW)
    its.to_day = None
    its.save()
    actions.end_role(grant, on=today, by=admin, at=NOW)


def test_an_administrator_is_for_the_whole_installation(floor: Floor) -> None:
    given = {"by": floor.users["admin"], "at": NOW, "from_day": None}
    with pytest.raises(Refused, match="whole installation"):
        actions.grant_role(floor.users["mate"], Role.ADMINISTRATOR, site=_ours(), **given)
    with pytest.raises(Refused, match="whole installation"):
        actions.add_user("robin", Role.ADMINISTRATOR, by="test", at=NOW, team=floor.teams[0])


def test_a_team_renamed_by_a_sites_manager_stays_where_it_lies(floor: Floor) -> None:
    ours = floor.teams[1]
    Team.objects.filter(pk=ours.pk).update(parent=floor.branch)
    page = floor.client("site_boss").get(f"/people/teams/{ours.pk}/").content.decode()
    assert f'<option value="{floor.branch.pk}" selected>' in page
    given = {"name": "Kingfishers", "parent": floor.branch.pk, "site": _ours().pk}
    assert floor.client("site_boss").post(f"/people/teams/{ours.pk}/", given).status_code == 302
    ours.refresh_from_db()
    assert (ours.name, ours.parent) == ("Kingfishers", floor.branch)


def test_programs_of_a_sites_manager_reach_the_site_and_no_further(floor: Floor) -> None:
    program, everybody = Program(floor.users["site_boss"]), Program(floor.users["boss"])
    ours, theirs = floor.named["moved"], floor.named["own"]
    listed = program.get("/agents", {"limit": 200}).json()["items"]
    assert {one["id"] for one in listed} == {
        one.pk for one in Agent.objects.managed_by(floor.users["site_boss"], timezone.now().date())
    }
    assert all(one["details"] is not None for one in listed) and ours.pk in {one["id"] for one in listed}
    stand_for = {one["stands_for"] for one in program.get("/identities", {"limit": 200}).json()["items"]}
    assert theirs.pk not in stand_for and ours.pk in stand_for
    assert [one["name"] for one in program.get("/teams").json()["items"]] == ["Kingfisher"]
    # Nobody is fetched into a team of the site, and no team is put below one of it, by who does not manage both.
    assert (
        program.post(
            f"/agents/{theirs.pk}/memberships", {"team": floor.teams[1].pk, "from_day": "2026-11-20"}
        ).status_code
        == 404
    )
    moved = {"name": "Avocet", "parent": floor.teams[1].pk}
    assert program.ask("put", f"/teams/{floor.teams[0].pk}", moved, If_Match="*").status_code == 404
    assert program.post("/teams", {"name": "Curlew"}).json()["where"] == "site"
    assert everybody.post("/teams", {"name": "Curlew"}).status_code == 201
