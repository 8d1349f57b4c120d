"""Is a session marked blind, does it show who said what once all have handed in, and does what is agreed become guidance?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from floorwalker.apps.evaluations import building, calibrating, convening, evaluating, handing_in
from floorwalker.apps.evaluations.beginning import begin_evaluation
from floorwalker.apps.evaluations.blinding import end_left_sessions, left_to, wanted
from floorwalker.apps.evaluations.contacts import parts_of
from floorwalker.apps.evaluations.facts import records
from floorwalker.apps.evaluations.models import (
    CalibrationSession,
    Evaluation,
    EvaluationForm,
    Purpose,
    SamplingPlan,
    Stage,
)
from floorwalker.apps.evaluations.populations import filter_of
from floorwalker.apps.evaluations.queueing import queue_of
from floorwalker.apps.people.models import AuditEntry, User
from floorwalker.errors import Refused
from floorwalker.insight.drawable import Filter
from tests.apps.conftest import NOW, Floor
from tests.apps.evaluations.calibrated import FIRST_PLACE, harsh_answers, mark_all, marked_session, session_of
from tests.apps.evaluations.drawn import plan_of
from tests.apps.evaluations.made import begin, sent, submitted

LIST = "/calibration/"


def address(session: CalibrationSession, rest: str = "") -> str:
    return f"/calibration/{session.pk}/{rest}"


def test_a_session_goes_from_its_call_to_the_guidance_of_the_form(floor: Floor, form: EvaluationForm) -> None:
    analyst, agent = floor.client("analyst"), floor.agents[0]
    people = [floor.users[name].pk for name in ("analyst", "leader")]
    told = {"name": "November", "form": form.pk, "participants": people, "opens_on": "2026-11-20", "due": "2099-01-01"}
    assert analyst.post("/calibration/new/", told | {"participants": people[:1]}).status_code == 422
    assert analyst.post("/calibration/new/", told | {"due": "2026-11-01"}).status_code == 422
    where = analyst.post("/calibration/new/", told)["Location"]
    session = CalibrationSession.objects.get()
    assert where == address(session, "contacts/")
    assert agent.name in analyst.get(where, {"q": agent.name}).content.decode()
    part = parts_of(agent, None)[0][FIRST_PLACE]
    chosen = f"{part.segment_key.hex()}@{part.local_day}"
    assert chosen in analyst.get(where, {"agent": agent.pk}).content.decode()
    analyst.post(where, {"do": "add", "agent": agent.pk, "part": chosen})
    contact = session.contacts.get()
    # It waits for both, and each sees of the other only how much is handed in.
    for name in ("analyst", "leader"):
        assert "November" in floor.client(name).get("/evaluations/queue/").content.decode()
    begun = analyst.post(f"/calibration/contacts/{contact.pk}/begin/")["Location"]
    page = analyst.get(begun).content.decode()
    assert "nobody sees your marks" in page and "Hand in" in page and "not released" not in page
    handed = analyst.post(begun, {"saves": 0, "do": "submit", "words": "Was it a name?"} | harsh_answers())
    assert handed["Location"] == address(session)
    # So it goes by a second press, and on the way back.
    assert analyst.get(begun)["Location"] == analyst.post(begun, {"saves": 0})["Location"] == address(session)
    page = floor.client("leader").get(address(session)).content.decode()
    assert "1 of 2 markings are handed in" in page and "Heard at q1" not in page and "Most argued" not in page
    assert "Was it a name?" not in page
    mark_all(floor, session, "leader")
    assert session.stage(NOW.date()) == Stage.OPEN and session.blind_ended_by is None
    page = floor.client("leader").get(address(session)).content.decode()
    # Two of three questions differ; the one that all answered alike comes last and needs no talk.
    assert "33% of all answers that can be compared were the same." in page
    assert page.index("Greeted by name") < page.index("Checked who was calling")
    assert "Was it a name?" in page
    assert str(floor.users["analyst"]) in page and "Discuss and fix wording" not in page
    assert "2 questions are still open" in analyst.get(address(session)).content.decode()
    question = address(session, "question/q1/")
    page = analyst.get(question).content.decode()
    assert "100% of the pairs of answers differ" in page and "Heard at q1" in page
    agreed = {f"{contact.pk}-a-q1": "yes", "guidance": "The own name counts.", "note": "Both heard it.", "next": "on"}
    assert analyst.post(question, agreed)["Location"] == address(session, "question/q2/")
    analyst.post(address(session, "question/q2/"), {f"{contact.pk}-a-q2": "3", "guidance": "", "note": ""})
    page = analyst.get(address(session)).content.decode()
    assert "talked over" in page and "0 questions are still open" in page and "The own name counts." in page
    analyst.post(address(session, "lead/"), {"do": "close", "minutes": "A good talk."})
    session.refresh_from_db()
    assert session.stage(NOW.date()) == Stage.DISCUSSED
    wording = session.wordings.get()
    waiting = "Agreed in calibration, and not taken over"
    assert waiting in analyst.get(f"/forms/{form.pk}/").content.decode()
    assert waiting not in floor.client("agent").get(f"/forms/{form.pk}/").content.decode()
    draft = analyst.post(address(session, "lead/"), {"do": "take_over", "wording": wording.pk})
    assert draft["Location"] == f"/forms/{form.pk}/draft/"
    form = EvaluationForm.objects.get(pk=form.pk)
    assert form.draft is not None and form.published is not None
    assert form.draft.asks.question("q1").guidance == "The own name counts."
    # The version by which all of this was marked is what it was, and so is the record.
    assert form.published == session.version and form.published.asks.question("q1").guidance == ""
    assert "taken over into version 2" in analyst.get(address(session)).content.decode()
    with pytest.raises(Refused, match="not being discussed"):
        calibrating.agree_on(session, calibrating.Settled("q1", {}), by=floor.users["analyst"], at=NOW)
    verbs = set(AuditEntry.objects.filter(subject=f"calibrationsession:{session.pk}").values_list("verb", flat=True))
    assert {"call_calibration", "add_calibration_contact", "end_blind_phase", "agree_on_question"} <= verbs
    assert {"close_calibration", "take_over_wording"} <= verbs


def test_while_it_is_blind_nobody_sees_anything_of_anybody(floor: Floor, form: EvaluationForm) -> None:
    agent = floor.agents[0]
    official = submitted(floor, begin(floor, agent, form, place=FIRST_PLACE, by="analyst"), sent())
    session = session_of(floor, form, "team_analyst", "leader", contacts=1, first=FIRST_PLACE)
    mine = mark_all(floor, session, "leader")[0]
    others = floor.client("team_analyst")
    # Neither the marks of the other participant nor an official evaluation of the same contact, at any address.
    for one in (official, mine):
        assert others.get(f"/evaluations/{one.pk}/").status_code == 404
        assert str(one.pk) not in {line.split(",")[0] for line in csv(others)}
    assert others.get(address(session, "question/q1/")).status_code == 404
    assert floor.client("leader").get(f"/evaluations/{mine.pk}/").status_code == 200
    # Nor does anything of it reach the figures, in which it could be read.
    assert keys() == {bytes(official.contact_key)} and counted() == {"official": 1}
    mark_all(floor, session, "team_analyst")
    assert others.get(f"/evaluations/{official.pk}/").status_code == 200
    assert counted() == {"official": 1, "calibration": 2}


def csv(client: object) -> list[str]:
    answer = client.get("/evaluations/evaluations.csv")  # type: ignore[attr-defined]
    return b"".join(answer.streaming_content).decode().splitlines()


def counted() -> dict[str, int]:
    found: dict[str, int] = {}
    for part in records()["evaluation"]:
        for purpose in part["purpose"].to_pylist():
            found[purpose] = found.get(purpose, 0) + 1
    return found


def keys() -> set[bytes]:
    return {key for part in records()["evaluation"] for key in part["contact_key"].to_pylist()}


def test_what_was_marked_for_a_session_is_released_to_nobody_and_changed_by_nobody(
    floor: Floor, form: EvaluationForm
) -> None:
    session = marked_session(floor, form, harsh="leader")
    one = Evaluation.objects.filter(calibration__session=session, evaluator=floor.users["leader"]).first()
    assert one is not None and one.purpose == Purpose.CALIBRATION
    assert not queue_of(floor.users["leader"], NOW.date()).to_release
    with pytest.raises(Refused, match="not for the agent"):
        evaluating.release_evaluation(one, by=floor.users["leader"], at=NOW)
    with pytest.raises(Refused, match="stays as it was"):
        evaluating.edit_evaluation(one, "Heard again", by=floor.users["leader"], at=NOW)
    agent = floor.client("agent")
    assert agent.get(f"/evaluations/{one.pk}/").status_code == 404
    assert agent.get(address(session)).status_code == 404 and agent.get(LIST).status_code == 404
    assert str(floor.users["leader"]) not in agent.get("/evaluations/").content.decode()


def test_whoever_has_not_handed_in_when_the_blind_phase_is_ended_cannot_any_more(
    floor: Floor, form: EvaluationForm
) -> None:
    session = session_of(floor, form, contacts=1)
    analyst = floor.users["analyst"]
    mark_all(floor, session, "analyst")
    with pytest.raises(Refused, match="nothing to compare"):
        calibrating.end_blind_phase(session, by=analyst, at=NOW)
    late = calibrating.begin_calibration(session.contacts.get(), by=floor.users["leader"], at=NOW)
    mark_all(floor, session, "team_analyst")
    floor.client("analyst").post(address(session, "lead/"), {"do": "end_blind"})
    session.refresh_from_db()
    assert session.is_shown and session.blind_ended_by == analyst
    marking = late.open_marking
    assert marking is not None
    with pytest.raises(Refused, match="blind phase of this session is over"):
        handing_in.save_marking(marking, {"answers": {}}, saves=0, by=floor.users["leader"], at=NOW)
    assert floor.client("leader").get(f"/evaluations/{late.pk}/mark/").status_code == 404
    assert not queue_of(floor.users["leader"], NOW.date()).to_mark
    assert floor.client("leader").get(address(session)).status_code == 200


def test_only_contacts_that_everybody_may_mark_and_knows_nothing_of_are_chosen(
    floor: Floor, form: EvaluationForm
) -> None:
    agent, analyst = floor.agents[0], floor.users["analyst"]
    session = session_of(floor, form, "team_analyst", "other_leader", contacts=0)
    part = parts_of(agent, None)[0][FIRST_PLACE]
    with pytest.raises(Refused, match="not everybody may mark this agent"):
        convening.add_contact(session, part, agent, by=analyst, at=NOW)
    session = session_of(floor, form, "team_analyst", "leader", contacts=0)
    begin_evaluation(part, agent, session.version, Purpose.COACHING, by=floor.users["leader"], at=NOW)
    with pytest.raises(Refused, match="would not mark it blind"):
        convening.add_contact(session, part, agent, by=analyst, at=NOW)
    one = convening.add_contact(session, parts_of(agent, None)[0][FIRST_PLACE + 1], agent, by=analyst, at=NOW)
    with pytest.raises(Refused, match="in the session already"):
        convening.add_contact(session, parts_of(agent, None)[0][FIRST_PLACE + 1], agent, by=analyst, at=NOW)
    # A session that is full takes no more, by hand or by chance; what is in it can be taken out all the same.
    with pytest.MonkeyPatch.context() as full:
        full.setattr(convening, "MOST_CONTACTS", 1)
        with pytest.raises(Refused, match="at most"):
            convening.add_contact(session, parts_of(agent, None)[0][FIRST_PLACE + 2], agent, by=analyst, at=NOW)
        with pytest.raises(Refused, match="at most"):
            convening.draw_contacts(session, plan_of(floor, form), 1, by=analyst, at=NOW)
        convening.remove_contact(one, by=analyst, at=NOW)
    assert not session.contacts.exists()
    with pytest.raises(Refused, match="say why"):
        calibrating.call_off(session, " ", by=analyst, at=NOW)
    floor.client("analyst").post(address(session, "lead/"), {"do": "call_off", "why": "Nobody has time."})
    assert "Called off" in floor.client("leader").get(address(session)).content.decode()
    assert session not in CalibrationSession.objects.waiting_for(floor.users["leader"], NOW.date())


def test_chance_chooses_from_what_a_plan_draws_from_and_its_seed_is_kept(floor: Floor, form: EvaluationForm) -> None:
    plan, analyst = plan_of(floor, form), floor.client("analyst")
    session = session_of(floor, form, "team_analyst", "leader", contacts=0)
    choose = address(session, "contacts/")
    analyst.post(choose, {"do": "draw", "plan": plan.pk, "many": 3})
    session.refresh_from_db()
    drawn = list(session.contacts.all())
    assert len(drawn) == 3 and session.population and len(session.seed) == 32
    assert {one.probability for one in drawn} == {3 / session.population} and {one.picked for one in drawn} == {
        "random"
    }
    assert "the same contacts came out" in analyst.get(address(session), {"again": "on"}).content.decode()
    CalibrationSession.objects.filter(pk=session.pk).update(seed="0" * 32)
    assert "other contacts came out" in analyst.get(address(session), {"again": "on"}).content.decode()
    CalibrationSession.objects.filter(pk=session.pk).update(digest="0" * 64)
    assert "facts were corrected since" in analyst.get(address(session), {"again": "on"}).content.decode()
    reached = convening.reached_by(session.participants.all(), NOW)
    assert {one.agent_id for one in drawn} <= reached
    with pytest.raises(Refused, match="not taken out"):
        convening.remove_contact(drawn[0], by=floor.users["analyst"], at=NOW)
    with pytest.raises(Refused, match="chosen for this session already"):
        convening.draw_contacts(session, plan, 2, by=floor.users["analyst"], at=NOW)
    # Once somebody has begun, the contacts stay as they are.
    calibrating.begin_calibration(drawn[0], by=floor.users["leader"], at=NOW)
    part = parts_of(floor.agents[0], None)[0][FIRST_PLACE]
    with pytest.raises(Refused, match="somebody has begun"):
        convening.add_contact(session, part, floor.agents[0], by=floor.users["analyst"], at=NOW)


def test_a_week_whose_last_day_is_loaded_can_be_drawn_from(
    floor: Floor, form: EvaluationForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[date] = []
    monkeypatch.setattr(convening, "last_known_day", lambda: date(2026, 3, 8))  # a Sunday

    def filter_asked(plan: SamplingPlan, first: date, last: date) -> Filter:
        asked.extend((first, last))
        return filter_of(plan, first, last)

    monkeypatch.setattr(convening, "filter_of", filter_asked)
    session = session_of(floor, form, "team_analyst", "leader", contacts=0)
    with pytest.raises(Refused, match="too few contacts"):
        convening.draw_contacts(session, plan_of(floor, form), 2, by=floor.users["analyst"], at=NOW)
    assert asked == [date(2026, 3, 2), date(2026, 3, 8)]


def test_the_list_says_what_can_be_told_and_to_whom(floor: Floor, form: EvaluationForm) -> None:
    session = marked_session(floor, form, harsh="leader")
    page = floor.client("analyst").get(LIST).content.decode()
    assert "Cannot tell yet whether we mark alike" in page and session.name in page and "cannot tell yet" in page
    hers = floor.client("leader").get(LIST).content.decode()
    row = '<th scope="row">{}</th>'
    for name in ("analyst", "team_analyst", "leader"):
        assert row.format(floor.users[name]) in page
        assert (row.format(floor.users[name]) in hers) == (name == "leader")
    # Whoever takes part in none sees none of it.
    other = floor.client("other_leader").get(LIST).content.decode()
    assert session.name not in other and "You take part in no session yet." in other


def test_a_wording_is_not_taken_into_a_version_that_does_not_ask_it(floor: Floor, form: EvaluationForm) -> None:
    analyst = floor.users["analyst"]
    session = marked_session(floor, form, harsh="leader", contacts=1)
    calibrating.agree_on(session, calibrating.Settled("q1", {}, "Say it early."), by=analyst, at=NOW)
    wording = session.wordings.get()
    with pytest.raises(Refused, match="still being discussed"):
        calibrating.take_over(wording, by=analyst, at=NOW)
    calibrating.close_session(session, "", by=analyst, at=NOW)
    building.begin_version(form, by=analyst, at=NOW)
    building.change_draft(form, lambda asks, _new: building_without(asks), by=analyst, at=NOW)
    with pytest.raises(Refused, match="does not ask this any more"):
        calibrating.take_over(wording, by=analyst, at=NOW)


def building_without(asks: object) -> object:
    from floorwalker.apps.evaluations.editing import without

    return without(asks, "q1")  # type: ignore[arg-type]


def test_nobody_is_waited_for_who_cannot_mark_any_more(floor: Floor, form: EvaluationForm) -> None:
    session = session_of(floor, form, contacts=1)
    leaving, day = floor.users["team_analyst"], NOW.date()
    assert {one.username for one in left_to(session, day)} == {"analyst", "team_analyst", "leader"}
    mark_all(floor, session, "leader")
    leaving.grants.update(to_day=day)
    assert {one.username for one in left_to(session, day)} == {"analyst"}
    page = floor.client("analyst").get(address(session)).content.decode()
    assert "1 of 2 markings are handed in" in page and page.count("is not waited for") == 1
    # Whoever could mark until yesterday counted until yesterday.
    assert wanted(session, day - timedelta(days=1)) == 3
    end_left_sessions(at=NOW)
    session.refresh_from_db()
    assert not session.is_shown, "the analyst is still waited for"
    mark_all(floor, session, "analyst")
    assert session.is_shown and session.blind_ended_by is None


def test_a_session_is_shown_when_the_last_one_to_wait_for_leaves(floor: Floor, form: EvaluationForm) -> None:
    session = session_of(floor, form, contacts=1)
    alone = session_of(floor, form, contacts=1, name="Another", first=FIRST_PLACE + 3)
    for name in ("leader", "analyst"):
        mark_all(floor, session, name)
    mark_all(floor, alone, "leader")
    User.objects.filter(username="team_analyst").update(is_active=False)
    end_left_sessions(at=NOW)
    session.refresh_from_db()
    alone.refresh_from_db()
    assert session.is_shown and not alone.is_shown
    User.objects.filter(username="analyst").update(is_active=False)
    end_left_sessions(at=NOW)
    alone.refresh_from_db()
    assert not alone.is_shown, "one marking is not compared with anything"


def test_what_a_session_found_is_kept_from_whoever_has_its_contact_still_to_mark(
    floor: Floor, form: EvaluationForm
) -> None:
    analyst, agent = floor.client("analyst"), floor.agents[0]
    session = marked_session(floor, form, "team_analyst", "leader", harsh="leader", contacts=1)
    key = bytes(session.contacts.get().contact_key)
    # She builds forms, and so sees all sessions; this contact she has to mark blind herself.
    other = session_of(floor, form, "analyst", "branch_leader", contacts=1, name="Another")
    page = analyst.get(address(session)).content.decode()
    assert "open to you when you have marked" in page and "Most argued" not in page and "Heard at q1" not in page
    assert analyst.get(address(session, "question/q1/")).status_code == 404
    assert analyst.post(address(session, "question/q1/"), {"guidance": "So."}).status_code == 404
    assert "Most argued" in floor.client("leader").get(address(session)).content.decode()
    assert not convening.known_to(floor.users["analyst"], [key])
    calibrating.call_off(other, "Not now.", by=floor.users["analyst"], at=NOW)
    begun = begin(floor, agent, form, place=FIRST_PLACE, by="analyst")
    assert "Most argued" not in analyst.get(address(session)).content.decode()
    submitted(floor, begun, sent())
    assert "Most argued" in analyst.get(address(session)).content.decode()
    # Whoever has read it marks none of its contacts blind any more.
    assert analyst.get(address(session, "question/q1/")).status_code == 200
    assert floor.client("boss").get(address(session)).status_code == 200
    assert convening.known_to(floor.users["boss"], [key]) == {key}
