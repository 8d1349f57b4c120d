"""Can a form be built on its pages, does it say what it would do, and does a published version stay as it is?"""

from __future__ import annotations

import pytest

from floorwalker.apps.evaluations import building, editing
from floorwalker.apps.evaluations.comparing import differences
from floorwalker.apps.evaluations.models import EvaluationForm
from floorwalker.apps.people.models import AuditEntry
from floorwalker.errors import Refused
from floorwalker.insight.questionnaire import Critical, Fatal, Form, Question, QuestionKind, Rule, Section
from floorwalker.insight.written_form import read_form, write_form
from tests.apps.conftest import NOW, Floor


def test_a_form_is_built_page_by_page(floor: Floor):
    client = floor.client("analyst")
    made = client.post("/forms/", {"name": "Chats", "purpose": "How we write", "respond_days": 10})
    form = EvaluationForm.objects.get(name="Chats")
    draft = f"/forms/{form.pk}/draft/"
    assert made["Location"] == draft
    assert "The form has no section yet." in client.get(draft).content.decode()
    for title, weight in (("Service", 40), ("Records", 20)):
        client.post(draft, {"do": "add_section", "title": title, "weight": weight})
    assert [one.code for one in form.draft.asks.sections] == ["s1", "s2"]
    service, records = f"{draft}question/s1/", f"{draft}question/s2/"
    plain = {"kind": "yes_no", "points": 1, "may_not_apply": "on"}
    again = client.post(service, plain | {"wording": "Greeted", "again": "1"})
    assert again["Location"] == service
    client.post(service, plain | {"wording": "Thanked", "critical": "customer"})
    client.post(records, plain | {"wording": "Noted why", "fatal": "section_zero", "condition": ["q3:no"]})
    scale = {
        "label_1": "Poor",
        "share_1": 0,
        "miss_1": "on",
        "label_3": "Good",
        "share_3": 100,
        "anchor_3": "All of it",
    }
    client.post(records, plain | {"wording": "Wrote clearly", "kind": "scale", "points": 3} | scale)
    asks = form.draft.asks
    assert [(one.code, one.wording) for one in asks.questions] == [
        ("q3", "Greeted"),
        ("q4", "Thanked"),
        ("q5", "Noted why"),
        ("q6", "Wrote clearly"),
    ]
    assert asks.question("q4").critical is Critical.CUSTOMER
    assert asks.question("q5").fatal is Fatal.SECTION_ZERO and asks.question("q5").condition.question == "q3"
    assert [(one.code, one.label, one.share, one.miss, one.anchor) for one in asks.question("q6").options] == [
        ("1", "Poor", 0, True, ""),
        ("3", "Good", 1, False, "All of it"),
    ]
    page = client.get(draft).content.decode()
    assert "Only where “Greeted” is answered: No" in page
    client.post(draft, {"do": "publish", "note": "Agreed with the floor"})
    assert form.published.number == 1 and form.draft is None
    assert AuditEntry.objects.filter(verb="publish_form", by="analyst").count() == 1


def test_the_worked_example_follows_the_rule(floor: Floor):
    form = building.begin_form("Calls", "", 14, by=floor.users["analyst"], at=NOW)
    asked = [Question(code, code, QuestionKind.YES_NO) for code in ("a1", "a2", "b1")]

    def change(asks: Form, _new: str) -> Form:
        asks = editing.with_section(asks, Section("a", "Service", (), 40))
        asks = editing.with_section(asks, Section("b", "Records", (), 20))
        for question in asked:
            asks = editing.with_question(asks, question, section=question.code[0])
        return asks

    building.change_draft(form, change, by=floor.users["analyst"], at=NOW)
    client, draft = floor.client("analyst"), f"/forms/{form.pk}/draft/"
    # The second of three is missed: 60 % by points, 66.7 % by sections, each with its steps.
    page = client.get(draft).content.decode()
    assert "every second question is missed: 60%" in page and "Points times weights: 60 of 100 = 60%" in page
    client.post(draft, {"do": "rule", "rule": "mean_of_sections"})
    page = client.get(draft).content.decode()
    assert "every second question is missed: 66.7%" in page and "Shares times weights: 40 of 60 = 66.7%" in page


def test_questions_and_sections_move_and_go(floor: Floor, form: EvaluationForm):
    client = floor.client("boss")
    assert client.post(f"/forms/{form.pk}/next/")["Location"] == f"/forms/{form.pk}/draft/"
    draft = f"/forms/{form.pk}/draft/"
    client.post(draft, {"do": "down", "code": "s1"})
    client.post(draft, {"do": "up", "code": "q2"})
    client.post(draft, {"do": "remove", "code": "q5"})
    client.post(draft, {"do": "up", "code": "q2"})  # the first of its section already: nothing happens
    asks = form.draft.asks
    assert [one.code for one in asks.sections] == ["s2", "s1"]
    assert [one.code for one in asks.questions] == ["q3", "q4", "q2", "q1"]
    # A code that is gone is not given again.
    client.post(f"{draft}question/s1/", {"wording": "New", "kind": "text", "points": 0})
    assert form.draft.asks.questions[-1].code not in {"q1", "q2", "q3", "q4", "q5"}


def test_a_published_version_is_never_changed(floor: Floor, form: EvaluationForm):
    analyst, first = floor.users["analyst"], form.published
    with pytest.raises(Refused, match="published version is not changed"):
        building.change_draft(form, lambda asks, _new: editing.without(asks, "q1"), by=analyst, at=NOW)
    building.begin_version(form, by=analyst, at=NOW)
    with pytest.raises(Refused, match="nothing differs"):
        building.publish_version(form, "", by=analyst, at=NOW)
    building.change_draft(form, lambda asks, _new: editing.without(asks, "q1"), by=analyst, at=NOW)
    second = building.publish_version(form, "Shorter", by=analyst, at=NOW)
    first.refresh_from_db()
    assert (len(first.asks.questions), len(second.asks.questions), form.published) == (5, 4, second)


def test_a_form_with_faults_is_not_published(floor: Floor, form: EvaluationForm):
    analyst = floor.users["analyst"]
    building.begin_version(form, by=analyst, at=NOW)
    building.change_draft(form, lambda asks, _new: editing.moved(asks, "q4", -1), by=analyst, at=NOW)
    page = floor.client("analyst").get(f"/forms/{form.pk}/draft/").content.decode()
    assert "Its condition names a question that does not stand before it." in page
    with pytest.raises(Refused, match="cannot be used yet"):
        building.publish_version(form, "", by=analyst, at=NOW)


def test_two_versions_are_compared(floor: Floor, form: EvaluationForm):
    analyst = floor.users["analyst"]
    building.begin_version(form, by=analyst, at=NOW)

    def change(asks: Form, _new: str) -> Form:
        asks = editing.with_rule(editing.without(asks, "q1"), Rule.DEDUCTION)
        return editing.with_question(asks, Question("q9", "Closed well", QuestionKind.YES_NO), section="s1")

    building.change_draft(form, change, by=analyst, at=NOW)
    building.publish_version(form, "Fewer", by=analyst, at=NOW)
    found = differences(form.versions.get(number=1).asks, form.versions.get(number=2).asks)
    assert [(one.place, one.aspect, one.before, one.after) for one in found] == [
        ("", "Scoring rule", "weighted points", "deduction from 100"),
        ("Closed well", "Added", "", "in “Service”"),
        ("Greeted by name", "Removed", "in “Service”", ""),
    ]
    page = floor.client("agent").get(f"/forms/{form.pk}/compare/?before=1&after=2").content.decode()
    assert "Closed well" in page and "deduction from 100" in page


def test_agents_read_what_they_are_marked_by_and_nothing_that_is_being_built(floor: Floor, form: EvaluationForm):
    client = floor.client("agent")
    page = client.get(f"/forms/{form.pk}/").content.decode()
    assert "Checked who was calling" in page and "fatal: the whole form counts 0" in page and "Silence counts." in page
    assert client.get(f"/forms/{form.pk}/draft/").status_code == 404
    unpublished = building.begin_form("Later", "", 14, by=floor.users["analyst"], at=NOW)
    assert client.get(f"/forms/{unpublished.pk}/").status_code == 404
    assert "Later" not in client.get("/forms/").content.decode()


def test_what_is_typed_wrong_is_said_where_it_stands(floor: Floor, form: EvaluationForm):
    client = floor.client("analyst")
    building.begin_version(form, by=floor.users["analyst"], at=NOW)
    address = f"/forms/{form.pk}/draft/question/s1/"
    given = {"wording": "Pace", "kind": "scale", "points": 1, "label_1": "Slow", "share_1": ""}
    answer = client.post(address, given)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "needs two answers at least" in page and "Say how much of the points this answer earns." in page
    answer = client.post(address, {"wording": "Days", "kind": "number", "points": 1, "least": 3, "most": 1})
    assert answer.status_code == 422 and "The least lies above the most." in answer.content.decode()
    answer = client.post(address, {"wording": "X", "kind": "yes_no", "points": 1, "condition": ["q1:no", "q2:1"]})
    assert answer.status_code == 422 and "Choose answers of one question." in answer.content.decode()


def test_a_form_is_kept_and_read_back_as_it_was(floor: Floor, form: EvaluationForm):
    asks = form.published.asks
    assert read_form(write_form(asks)) == asks
    assert read_form(form.published.definition) == asks
