"""Do changes by programs do what the pages' actions do, and does nobody overwrite what somebody else has changed?"""

from __future__ import annotations

import re

from django.test import Client

from floorwalker.apps.people.models import AuditEntry, Membership
from floorwalker.apps.standards.models import Target
from floorwalker.web.describing import description
from tests.apps.api.asking import PLACE, Program
from tests.apps.conftest import Floor


def test_nobody_overwrites_what_somebody_else_changed(floor: Floor) -> None:
    program, path = Program(floor.users["boss"]), f"/agents/{floor.agents[0].pk}"
    read = program.get(path)
    given = {"name": "Wren", "staff_number": "12"}
    assert program.ask("put", path, given).status_code == 428
    assert program.ask("put", path, given, If_Match='"nothing"').status_code == 412
    first = program.ask("put", path, given, If_Match=read["ETag"])
    assert (first.status_code, first.json()["name"]) == (200, "Wren")
    late = program.ask("put", path, given | {"name": "Robin"}, If_Match=read["ETag"])
    assert (late.status_code, late.json()["code"]) == (412, "changed_meanwhile")
    assert program.get(path)["ETag"] == first["ETag"] == late.json()["expected"]
    weak = program.ask("put", path, given | {"name": "Robin"}, If_Match=f"W/{first['ETag']}")
    assert weak.status_code == 200
    team = f"/teams/{floor.teams[0].pk}"
    tag = program.get(team)["ETag"]
    assert program.ask("put", team, {"name": "Avocets"}, If_Match=tag).status_code == 200
    assert program.ask("put", team, {"name": "Avocet"}, If_Match=tag).status_code == 412


def test_moving_somebody_is_the_pages_action(floor: Floor) -> None:
    program, agent = Program(floor.users["boss"]), floor.agents[0]
    path = f"/agents/{agent.pk}/memberships"
    made = program.post(path, {"team": floor.teams[1].pk, "from_day": "2026-11-10"})
    assert made.status_code == 201
    assert Membership.objects.get(pk=made.json()["id"]).team == floor.teams[1]
    listed = program.get(path).json()
    assert [(row["team"], row["until"]) for row in listed["items"]] == [
        (floor.teams[1].pk, None),
        (floor.teams[0].pk, "2026-11-10"),
    ]
    left = program.post(f"/agents/{agent.pk}/leave", {"from_day": "2026-11-15"})
    assert left.json()[0]["until"] == "2026-11-15"
    entry = AuditEntry.objects.filter(verb="leave_team").get()
    assert entry.detail["token"] == program.token.beginning


def test_targets_are_set_and_ended(floor: Floor) -> None:
    program = Program(floor.users["boss"])
    made = program.post("/targets", {"measure": "transfer_rate", "value": 0.2, "from_day": "2026-11-20"})
    assert made.status_code == 201
    number = made.json()["id"]
    assert program.post(f"/targets/{number}/end", {"from_day": "2026-11-25"}).json()["until"] == "2026-11-25"
    assert str(Target.objects.get(pk=number).to_day) == "2026-11-25"
    on = program.get("/targets", {"on": "2026-11-21", "measure": "transfer_rate"}).json()
    assert [row["value"] for row in on["items"]] == [0.2]
    for wrong in ({"value": 2}, {"measure": "contacts_handled"}):
        given = {"measure": "transfer_rate", "value": 0.2, "from_day": "2026-11-20"} | wrong
        assert program.post("/targets", given).status_code == 409
    unknown = {"measure": "nothing", "value": 1, "from_day": "2026-11-20"}
    assert program.post("/targets", unknown).status_code == 422


def test_targets_are_for_one_place_each_and_may_be_bands(floor: Floor) -> None:
    program, team = Program(floor.users["boss"]), floor.teams[0].pk
    band = {"measure": "average_handle_time", "low": 100, "high": 300, "team": team, "from_day": "2026-11-20"}
    made = program.post("/targets", band).json()
    assert (made["value"], made["low"], made["high"], made["team"], made["site"]) == (None, 100, 300, team, None)
    twice = program.post("/targets", band | {"channel": "voice"})
    assert (twice.status_code, twice.json()["found"]) == (409, "team, channel")
    withdrawn = program.post(f"/targets/{made['id']}/end", {"from_day": "2026-11-20"}).json()
    assert withdrawn["from_day"] == withdrawn["until"] == "2026-11-20"
    assert not Target.objects.filter(pk=made["id"]).exists()


def test_a_site_manager_sets_the_targets_of_the_site_only(floor: Floor) -> None:
    program = Program(floor.users["site_boss"])
    given = {"measure": "transfer_rate", "value": 0.2, "from_day": "2026-11-20"}
    assert program.post("/targets", given | {"team": floor.teams[1].pk}).status_code == 201
    assert program.post("/targets", given | {"team": floor.teams[0].pk}).status_code == 404
    assert program.post("/targets", given).status_code == 404


def test_lists_come_in_parts_in_an_order_that_stays(floor: Floor) -> None:
    program = Program(floor.users["boss"])
    whole = program.get("/agents", {"limit": 200}).json()
    parts, path = [], f"{PLACE}/agents?limit=3"
    while path:
        page = program.get(path.removeprefix(PLACE)).json()
        assert page["total"] == whole["total"] == len(whole["items"])
        parts += page["items"]
        path = page["next"]
    assert parts == whole["items"]
    assert program.get("/agents", {"limit": 201}).status_code == 422
    assert program.get("/agents", {"offset": 10_000}).json()["items"] == []


def test_a_load_is_read_again_once(floor: Floor) -> None:
    program = Program(floor.users["boss"])
    found = program.get("/loads").json()["items"][0]
    assert found["read"] == found["used"] + found["ignored"] + found["rejected"]
    assert program.get(f"/loads/{found['id']}").json()["receipt"]["records"]["read"] == found["read"]
    assert program.post(f"/loads/{found['id']}/again").status_code == 202
    assert program.post(f"/loads/{found['id']}/again").status_code == 409


def test_the_description_is_for_whoever_is_logged_in(floor: Floor) -> None:
    assert floor.client("agent").get("/api/openapi.json").json() == description()
    page = floor.client("agent").get("/api/").content.decode()
    areas = {
        tag["name"]: floor.client("agent").get("/api/", {"area": tag["name"]}).content.decode()
        for tag in description()["tags"]
    }
    for methods in description()["paths"].values():
        for operation in methods.values():
            (area,) = operation["tags"]
            assert f'href="?area={area}#{operation["operationId"]}"' in page
            assert f'id="{operation["operationId"]}"' in areas[area] and operation["description"]
    # Whatever shape an area's page names stands on it.
    for text in areas.values():
        assert set(re.findall(r'href="#([A-Z]\w+)"', text)) <= set(re.findall(r'id="(\w+)"', text))
    assert Client().get("/api/").status_code == 302
