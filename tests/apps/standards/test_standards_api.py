"""What do programs hear of standards: whose words, who has read them by name, and nothing of who may not be known?"""

from __future__ import annotations

import json

from floorwalker.apps.notices.hooking import TOLD, add_hook
from floorwalker.apps.notices.models import Delivery, Event
from floorwalker.apps.standards.publishing import acknowledge
from tests.apps.api.asking import Program
from tests.apps.conftest import NOW, Floor
from tests.apps.standards.made import REASON, adjusted_target, published_standard


def test_a_standard_is_read_with_its_versions_and_its_readers(floor: Floor) -> None:
    version = published_standard(floor, check=True)
    path = f"/standards/{version.standard_id}"
    asking, question = version.askings.get(), version.questions.get()
    acknowledge(asking, {question.pk: 0}, by=floor.users["agent"], at=NOW)
    acknowledge(asking, {question.pk: 1}, by=floor.users["agent"], at=NOW)
    boss, leader, agent = (Program(floor.users[name]) for name in ("boss", "leader", "agent"))

    listed = agent.get("/standards").json()["items"]
    assert [(one["id"], one["version"], one["state"]) for one in listed] == [(version.standard_id, 1, "published")]
    assert agent.get("/standards", {"show": "to_read"}).json()["total"] == 0
    assert leader.get("/standards", {"show": "to_read"}).json()["total"] == 1
    assert agent.get("/standards", {"sought": "telescope"}).json()["items"] == []
    whole = agent.get(path).json()
    assert (whole["title"], whole["why"], whole["value"]) == (version.title, version.why, 0.4)
    assert [one["version"] for one in whole["versions"]] == [1]
    assert agent.get(path, {"version": 2}).json()["state"] == "consulting"
    assert Program(floor.users["other_leader"]).get(path).status_code == 404

    readers = boss.get(f"{path}/readers").json()
    assert readers["read_count"] == 1 and readers["asked_count"] == 1 + len(readers["unread"])
    assert [one["who"]["name"] for one in readers["read"]] == ["agent"]
    [asked] = readers["questions"]
    assert (asked["answered"], asked["share"]) == (1, None), "of fewer than four nothing is said"
    assert agent.get(f"{path}/readers").status_code == 404


def test_what_is_talked_about_is_listed_with_what_was_said(floor: Floor) -> None:
    version = published_standard(floor)
    agent = Program(floor.users["agent"])
    [draft] = agent.get("/consultations").json()["items"]
    assert (draft["id"], draft["version"], draft["state"]) == (version.standard_id, 2, "consulting")
    [said] = agent.get(f"/standards/{version.standard_id}/remarks").json()["items"]
    assert (said["text"], said["by"]["name"], said["outcome"]) == ("Say it in fewer words.", "agent", None)
    [aim] = Program(floor.users["boss"]).get("/aims").json()["items"]
    assert aim["standards"] == [version.standard_id]
    assert Program(floor.users["other_leader"]).get("/consultations").json()["total"] == 0


def test_why_a_target_was_adjusted_is_told_by_no_operation(floor: Floor) -> None:
    published_standard(floor)
    adjusted_target(floor)
    for name in ("boss", "leader", "agent", "admin", "privacy"):
        program = Program(floor.users[name])
        for path in ("/standards", "/aims", "/consultations", "/targets", "/audit", "/evaluations"):
            assert REASON not in program.get(path, {"limit": 200}).content.decode(), (name, path)


def test_every_event_that_can_be_chosen_is_told(floor: Floor) -> None:
    assert TOLD.keys() == set(Event)
    add_hook("Screens", "https://hooks.example/", ["publish_standard"], by=floor.users["admin"], at=NOW)
    version = published_standard(floor)
    delivery = Delivery.objects.get()
    assert delivery.payload["detail"] == {"standard": version.standard_id, "number": 1}
    assert version.title not in json.dumps(delivery.payload)
