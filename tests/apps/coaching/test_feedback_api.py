"""Can a program read, give and decide about feedback as its owner may, and no further; and does a home say what waits?"""

from __future__ import annotations

from django.utils import timezone

from floorwalker.apps.coaching.home import parts
from floorwalker.apps.coaching.models import Matter, MatterDecision
from tests.apps.api.asking import Program
from tests.apps.coaching.said import feedback_of
from tests.apps.conftest import Floor
from tests.apps.rights_api import SAID
from tests.apps.standards.made import process_of


def test_a_program_gives_reads_and_passes_on(floor: Floor) -> None:
    agent, process = floor.agents[0], process_of(floor)
    leader, own = Program(floor.users["leader"]), Program(floor.users["agent"])
    path = f"/agents/{agent.pk}/feedback"
    refused = leader.ask("post", path, SAID | {"seen": ""})
    assert refused.status_code == 409 and "needs evidence" in refused.content.decode()
    made = leader.ask("post", path, SAID)
    assert made.status_code == 201, made.content
    assert leader.ask("post", path, SAID | {"private": True, "behaviour": "Tired."}).status_code == 201
    (one,) = own.ask("get", path).json()["items"]
    assert (one["source"], one["code"], one["private"]) == ("leader", "measure:transfer_rate", False)
    assert leader.ask("get", path).json()["total"] == 2
    decided = f"/matters/{one['matter']}/decisions"
    given = {"decision": "not_mine", "because": "No date is shown.", "process": process.pk}
    assert own.ask("post", decided, given | {"process": None}).status_code == 409
    answer = own.ask("post", decided, given)
    assert answer.status_code == 201
    assert answer.json()["passed_to"] == Matter.objects.get(process=process).pk
    assert MatterDecision.objects.get().by == floor.users["agent"]


def test_a_home_says_what_is_unread_and_what_waits_for_a_decision(floor: Floor) -> None:
    at = timezone.now()
    assert not list(parts(floor.users["agent"], at)) and not list(parts(floor.users["leader"], at))
    feedback_of(floor, at=at)
    feedback_of(floor, about="measure:average_handle_time", private=True, at=at)
    (part,) = parts(floor.users["agent"], at)
    assert part.step is not None and part.step.sentence == "1 piece of feedback is new."
    assert part.context["waiting"] == 1, "the leader's own note is not hers"
    assert not list(parts(floor.users["leader"], at)), "hers to decide"
    Matter.objects.create(team=floor.teams[0], code="measure:transfer_rate", opened_at=at, newest_at=at)
    (of_team,) = parts(floor.users["leader"], at)
    assert of_team.step is not None and of_team.step.sentence == "1 matter waits for a decision."
    assert not list(parts(floor.users["other_leader"], at))
    page = floor.client("leader").get("/").content.decode()
    assert "not decided yet" in page and str(floor.teams[0]) in page
