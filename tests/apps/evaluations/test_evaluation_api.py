"""Can a program evaluate in its owner's place, and does it hear exactly what its owner could read?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from floorwalker.apps.evaluations.contacts import parts_of
from floorwalker.apps.evaluations.models import Evaluation, EvaluationForm, Opening
from floorwalker.apps.evaluations.planning import Asked, change_plan
from floorwalker.apps.notices.hooking import add_hook
from floorwalker.apps.notices.models import Delivery
from floorwalker.apps.people.models import AuditEntry
from tests.apps.api.asking import Program
from tests.apps.conftest import NOW, Floor
from tests.apps.evaluations.drawn import draw_of, drawn_at, plan_of
from tests.apps.evaluations.made import missed, published_form, released, sent
from tests.apps.quality_api import ASKS

MET = [{"question": "q1", "option": "yes"}, {"question": "q2", "option": "3"}, {"question": "q3", "option": "yes"}]
MISSED = {"question": "q1", "option": "no", "comment": "No name was said", "cause": "agent"}


@pytest.fixture
def form(floor: Floor) -> EvaluationForm:
    return published_form(floor.users["analyst"])


def begun(program: Program, floor: Floor, form: EvaluationForm, **more: Any) -> Any:
    part = parts_of(floor.agents[0], None)[0][0]
    given = {"agent": floor.agents[0].pk, "form": form.pk, "day": part.local_day.isoformat()}
    return program.post("/evaluations", given | (more or {"part": part.segment_key.hex()}))


def test_the_whole_path_by_programs_alone(floor: Floor, form: EvaluationForm) -> None:
    hook = add_hook(
        *("Quality", "https://hooks.example/", ["release_evaluation", "acknowledge_evaluation", "appeal_evaluation"]),
        by=floor.users["admin"],
        at=NOW,
    )
    analyst, agent = Program(floor.users["analyst"]), Program(floor.users["agent"])
    [part, *_more] = analyst.get(f"/agents/{floor.agents[0].pk}/parts").json()["items"]
    given = {"agent": floor.agents[0].pk, "form": form.pk, "day": part["day"], "part": part["part"]}
    made = analyst.post("/evaluations", given, Idempotency_Key="one")
    assert (made.status_code, made.json()["state"], made.json()["marks"]) == (201, "begun", None)
    path = f"/evaluations/{made.json()['id']}"
    assert analyst.post("/evaluations", given, Idempotency_Key="one").json() == made.json()
    assert analyst.post("/evaluations", given).json()["id"] == made.json()["id"], "begun twice, it is the same"

    open_one = analyst.get(f"{path}/answers")
    assert [one["where"] for one in open_one.json()["missing"]] == [f"answers.{c}.option" for c in ("q1", "q2", "q3")]
    kept = analyst.ask("put", f"{path}/answers", {"answers": [MISSED]}, If_Match=open_one["ETag"])
    assert kept.json()["answers"][0]["cause"] == "agent"
    late = analyst.ask("put", f"{path}/answers", {"answers": MET}, If_Match=open_one["ETag"])
    assert late.status_code == 412
    done = analyst.post(f"{path}/submit", {"answers": [MISSED, *MET[1:]], "words": "Say the name."}).json()
    assert (done["state"], done["marks"]["defects"]) == ("submitted", 1)
    assert agent.get(path).status_code == 404, "submitted is not released"
    assert analyst.post(f"{path}/release").json()["state"] == "released"

    assert agent.get(path).json()["marks"] is None and agent.get(path).json()["answers"] == []
    assert agent.post(f"{path}/acknowledge").status_code == 409
    seen = agent.post(f"{path}/see").json()
    assert seen["marks"]["score"] == done["marks"]["score"] and seen["words"] == "Say the name."
    miss = next(one for one in seen["answers"] if one["miss"])
    assert (miss["question"], miss["cause"]["kind"], miss["comment"]) == ("q1", "agent", "No name was said")
    assert agent.post(f"{path}/remarks", {"words": "The line was bad."}).status_code == 201
    assert agent.post(f"{path}/acknowledge").json()["state"] == "acknowledged"
    assert agent.post(f"{path}/appeal", {"reason": "I said it."}).status_code == 200
    assert Program(floor.users["mate"]).get(path).status_code == 404
    told = [one.payload for one in Delivery.objects.filter(hook=hook).order_by("pk")]
    assert [one["event"] for one in told] == ["release_evaluation", "acknowledge_evaluation", "appeal_evaluation"]
    assert "I said it." not in json.dumps(told)
    trail = AuditEntry.objects.get(verb="submit_evaluation")
    assert (trail.by, trail.detail["token"]) == ("analyst", analyst.token.beginning)


def test_what_does_not_fit_is_told_question_by_question(floor: Floor, form: EvaluationForm) -> None:
    analyst = Program(floor.users["analyst"])
    path = f"/evaluations/{begun(analyst, floor, form).json()['id']}"
    wrong = [
        {"question": "q9", "option": "yes"},
        {"question": "q2", "option": "7"},
        {"question": "q5", "option": "yes"},
        {"question": "q1", "option": "no", "cause": "fate"},
    ]
    told = analyst.post(f"{path}/submit", {"answers": wrong})
    said = told.json()
    assert (told.status_code, said["where"], said["found"]) == (422, "answers.q9", "q9")
    assert "q1, q2, q3, q4, q5" in said["expected"] and "/forms/" in said["mend"]
    assert [one["where"] for one in said["fields"]] == [
        *("answers.q9", "answers.q2.option", "answers.q5.option", "answers.q1.cause"),
    ]
    lacking = analyst.post(f"{path}/submit", {"answers": [{"question": "q1", "option": "no"}, *MET[1:]]})
    assert lacking.status_code == 409
    assert [one["where"] for one in lacking.json()["fields"]] == ["answers.q1.cause", "answers.q1.comment"]
    assert Evaluation.objects.get().submitted_at is None


def test_a_contact_is_named_as_its_source_knows_it(floor: Floor, form: EvaluationForm) -> None:
    analyst = Program(floor.users["analyst"])
    part = parts_of(floor.agents[0], None)[0][0]
    facts = floor.lake.snapshot()
    query = (
        "select e.call_id from {event} e join {contact} c"
        " on c.chain_key = fact_key('asterisk_queue_log', 'Main', 'chain', e.call_id)"
        " where c.contact_key = $key limit 1"
    ).format(event=facts.relation("source_event"), contact=facts.relation("contact"))
    [row] = facts.sql(query, {"key": part.contact_key}).to_pylist()
    source = {"source": "asterisk_queue_log", "origin": "Main", "id": row["call_id"]}
    made = begun(analyst, floor, form, contact=source)
    assert (made.status_code, made.json()["part"]) == (201, part.segment_key.hex()), made.content
    unknown = begun(analyst, floor, form, contact=source | {"id": "no such"})
    assert (unknown.status_code, unknown.json()["where"]) == (404, "contact")
    both = begun(analyst, floor, form, contact=source, part=part.segment_key.hex())
    assert (both.status_code, both.json()["where"]) == (422, "part")


def test_rights_are_those_of_the_pages(floor: Floor, form: EvaluationForm) -> None:
    leader, agent = Program(floor.users["leader"]), Program(floor.users["agent"])
    official = begun(
        leader, floor, form, part=parts_of(floor.agents[0], None)[0][0].segment_key.hex(), purpose="official"
    )
    assert official.status_code == 409, "leaders evaluate for coaching"
    assert begun(leader, floor, form).json()["purpose"] == "coaching"
    assert begun(agent, floor, form).json()["purpose"] == "self"
    assert begun(Program(floor.users["mate"]), floor, form).status_code == 404
    reader = Program(floor.users["analyst"], may_write=False)
    assert begun(reader, floor, form).status_code == 403


def test_lists_are_cut_to_what_is_asked_and_taking_them_along_is_noted(floor: Floor, form: EvaluationForm) -> None:
    found = released(floor, form, sent() | missed("q1", "no", "agent"))
    analyst, agent = Program(floor.users["analyst"]), Program(floor.users["agent"])
    for asked, count in (
        ({}, 1),
        ({"state": "released", "purpose": "official", "form": form.pk, "agent": floor.agents[0].pk}, 1),
        ({"state": "begun"}, 0),
        ({"mine": True, "since": "2020-01-01"}, 1),
        ({"since": "2090-01-01"}, 0),
    ):
        assert analyst.get("/evaluations", asked).json()["total"] == count, asked
    assert AuditEntry.objects.filter(verb="export_evaluations").count() == 3
    [own] = agent.get("/evaluations").json()["items"]
    assert (own["id"], own["marks"]) == (found.pk, None), "she has not asked for the marks"
    assert AuditEntry.objects.filter(verb="export_evaluations").count() == 3, "nothing of others"
    assert not Opening.objects.filter(user=floor.users["agent"]).exists()
    assert Program(floor.users["team_analyst"]).get(f"/evaluations/{found.pk}").status_code == 200
    assert Opening.objects.filter(user=floor.users["team_analyst"]).exists(), "who has read marks decides no appeal"


def test_forms_come_in_and_go_out_by_programs(floor: Floor, form: EvaluationForm) -> None:
    analyst, agent = Program(floor.users["analyst"]), Program(floor.users["agent"])
    whole = agent.get(f"/forms/{form.pk}").json()
    assert (whole["version"], whole["draft"], [one["version"] for one in whole["versions"]]) == (1, None, [1])
    copy = {"name": "A copy", "respond_days": 7, **whole["asks"]}
    made = analyst.post("/forms", copy)
    assert (made.status_code, made.json()["asks"], made.json()["faults"]) == (201, whole["asks"], [])
    number = made.json()["form"]
    assert agent.get(f"/forms/{number}").status_code == 404, "a draft is for those who build forms"
    published = analyst.post(f"/forms/{number}/publish", {"note": "Brought in"}).json()
    assert (published["version"], published["asks"]) == (1, whole["asks"])
    analyst.post(f"/forms/{number}/draft")
    draft = analyst.get(f"/forms/{number}/draft")
    assert analyst.ask("put", f"/forms/{number}/draft", ASKS).status_code == 428
    changed = analyst.ask("put", f"/forms/{number}/draft", ASKS, If_Match=draft["ETag"]).json()
    assert changed["asks"]["sections"][0]["questions"][0]["code"] == "q1"
    empty = analyst.ask("put", f"/forms/{number}/draft", {"rule": "defect_count", "sections": []}, If_Match="*").json()
    assert empty["faults"][0]["fault"] == "no_section"
    assert analyst.post(f"/forms/{number}/publish", {}).status_code == 409
    assert analyst.post("/forms", copy).status_code == 409, "the name is taken"
    unknown = analyst.post("/forms", copy | {"name": "Another", "rule": "by feeling"})
    assert (unknown.status_code, unknown.json()["where"].endswith("rule")) == (422, True)


def test_a_draw_proves_itself_and_does_not_tell_who_marks_what(floor: Floor, form: EvaluationForm) -> None:
    made = draw_of(floor, plan_of(floor, form, twice=1.0))
    analyst = Program(floor.users["analyst"])
    [plan] = analyst.get("/sampling/plans").json()["items"]
    by = floor.users["analyst"]
    instead = change_plan(made.plan, Asked("x", form, 4, evaluators=[by]), by=by, at=drawn_at())
    versions = {one["id"]: one for one in analyst.get("/sampling/plans").json()["items"]}
    assert versions[instead.pk]["follows"] == plan["id"] and versions[plan["id"]]["follows"] is None
    assert versions[plan["id"]]["until"] == versions[instead.pk]["from_day"]
    [listed] = analyst.get(f"/sampling/plans/{plan['id']}/draws").json()["items"]
    whole = analyst.get(f"/sampling/draws/{listed['id']}").json()
    assert (whole["seed"], whole["proof"]["holds"], whole["proof"]["is_whole"]) == (made.seed, True, True)
    contacts = analyst.get(f"/sampling/draws/{made.pk}/contacts", {"limit": 200}).json()
    parts = [one["part"] for one in contacts["items"]]
    assert len(parts) == len(set(parts)) == contacts["total"] == whole["proof"]["drawn"]
    assert not {"evaluator", "second_of", "is_blind"} & contacts["items"][0].keys()
    waiting = analyst.get("/sampling/waiting").json()
    first = waiting["items"][0]
    begun = analyst.post(f"/sampling/waiting/{first['id']}/begin").json()
    assert (begun["part"], begun["picked"]) == (first["part"], "random")
    second = waiting["items"][1]
    aside = analyst.post(f"/sampling/waiting/{second['id']}/set-aside", {"why": "There is no sound"})
    assert aside.status_code == 200
    assert analyst.get("/sampling/waiting").json()["total"] == waiting["total"] - 2
