"""Is a contact marked, handed in and released as separate acts, by whoever may, and is what was handed in never changed?"""

from __future__ import annotations

import pytest

from floorwalker.apps.evaluations import building, editing, evaluating, handing_in
from floorwalker.apps.evaluations.contacts import parts_of
from floorwalker.apps.evaluations.models import Evaluation, EvaluationForm, Marking, Purpose, State
from floorwalker.apps.people.merging import merge_agents, split_agents
from floorwalker.apps.people.models import AuditEntry
from floorwalker.errors import Refused
from tests.apps.conftest import NOW, Floor
from tests.apps.evaluations.made import begin, missed, sent, submitted


def test_a_contact_is_found_marked_handed_in_and_released(floor: Floor, form: EvaluationForm):
    client, agent = floor.client("analyst"), floor.agents[0]
    assert str(agent) in client.get("/evaluations/new/", {"q": agent.name}).content.decode()
    page = client.get(f"/evaluations/new/{agent.pk}/").content.decode()
    part = parts_of(agent, None)[0][0]
    given = f"{part.segment_key.hex()}@{part.local_day}"
    assert given in page
    begun = client.post(f"/evaluations/new/{agent.pk}/begin/", {"part": given, "form": form.pk, "purpose": "official"})
    evaluation = Evaluation.objects.get()
    assert begun["Location"] == f"/evaluations/{evaluation.pk}/mark/"
    assert bytes(evaluation.segment_key or b"") == part.segment_key and evaluation.contact_at == part.entered_at
    mark = f"/evaluations/{evaluation.pk}/mark/"
    page = client.get(mark).content.decode()
    assert "Greeted by name" in page and "Talks over the customer" in page and "60%" not in page
    # What is not answered, and a miss without its cause, is said at its place and keeps it from being handed in.
    answer = client.post(mark, {"saves": 0, "do": "submit"} | sent(q1="no", q2=""))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“Listened” is not answered yet." in page and "“Greeted by name”: say why it was missed." in page
    given = {"saves": 1, "do": "submit", "words": "Warm throughout", "vulnerable_customer": "on"}
    answer = client.post(mark, given | sent(q2="2") | missed("q1", "no", "agent"))
    assert answer["Location"] == f"/evaluations/{evaluation.pk}/"
    evaluation.refresh_from_db()
    # Service: greeted 0 of 1, listened 1.5 of 3, weight 40; safety 1 of 1, weight 20: (60 + 20) / (160 + 20).
    assert evaluation.stands.agent_share == pytest.approx(80 / 180)
    assert evaluation.stands.vulnerable_customer and not evaluation.stands.missed_complaint
    page = client.get(f"/evaluations/{evaluation.pk}/").content.decode()
    assert "44.4%" in page and "Points times weights: 80 of 180 = 44.4%" in page and "Heard at q1" in page
    assert evaluation.state is State.SUBMITTED
    client.post(f"/evaluations/{evaluation.pk}/release/")
    evaluation.refresh_from_db()
    assert evaluation.state is State.RELEASED and (evaluation.respond_by - evaluation.released_at.date()).days == 14
    verbs = list(AuditEntry.objects.filter(subject=f"evaluation:{evaluation.pk}").values_list("verb", flat=True))
    assert verbs == ["begin_evaluation", "submit_evaluation", "release_evaluation"]


def test_while_one_marks_everything_is_saved_and_an_older_window_does_not_win(floor: Floor, form: EvaluationForm):
    evaluation = begin(floor, floor.agents[0], form)
    client, save = floor.client("analyst"), f"/evaluations/{evaluation.pk}/save/"
    answer = client.post(save, {"saves": 0} | sent(q1="no"))
    assert answer.json()["saves"] == 1 and answer.json()["saved"].startswith("saved ")
    assert Marking.objects.get().answers["q1"] == {"option": "no"}
    answer = client.post(save, {"saves": 0} | sent(q1="yes"))
    assert answer.status_code == 409 and "another window" in answer.json()["refused"]
    assert Marking.objects.get().answers["q1"] == {"option": "no"}
    # What the form does not ask, and answers that there are not, are not kept.
    client.post(save, {"saves": 1, "a-q1": "perhaps", "a-q77": "yes", "a-q2": "na", "r-q2": "x", "r-q3": "987654"})
    assert Marking.objects.get().answers == {"q2": {"na": True}, "q3": {}}


def test_without_script_the_page_saves_by_its_button(floor: Floor, form: EvaluationForm):
    evaluation = begin(floor, floor.agents[0], form)
    client, mark = floor.client("analyst"), f"/evaluations/{evaluation.pk}/mark/"
    client.post(mark, {"saves": 0, "do": "save"} | sent(q2="1"))
    page = client.get(mark).content.decode()
    assert "Saved. Nothing is handed in yet." in page
    assert 'name="a-q2" value="1" id="a-q2" data-miss checked' in " ".join(page.split())


def test_a_miss_with_a_cause_elsewhere_is_shown_and_not_held_against_the_agent(floor: Floor, form: EvaluationForm):
    evaluation = begin(floor, floor.agents[0], form)
    evaluation = submitted(floor, evaluation, sent(q4="yes") | missed("q3", "no", "system"))
    marks = evaluation.stands
    assert (marks.agent_share, marks.agent_fatal) == (1, False)
    assert (marks.contact_share, marks.contact_fatal, marks.compliance_critical) == (0, True, True)
    page = floor.client("leader").get(f"/evaluations/{evaluation.pk}/").content.decode()
    assert "not held against the agent" in page and "With what was not the agent's doing, the customer got: 0%" in page


def test_the_score_before_a_fatal_miss_stays_visible(floor: Floor, form: EvaluationForm):
    evaluation = submitted(floor, begin(floor, floor.agents[0], form), sent(q4="yes") | missed("q3", "no", "agent"))
    assert evaluation.stands.agent_share == 0
    # Service 4 of 4, weight 40; safety 1 of 2, weight 20: (160 + 20) / (160 + 40).
    assert evaluation.stands.agent_before_fatal == pytest.approx(0.9)
    page = floor.client("analyst").get(f"/evaluations/{evaluation.pk}/").content.decode()
    assert "Before the fatal rule: 90%" in page and "Fatal:</strong> Checked who was calling" in page


def test_what_is_handed_in_is_changed_by_a_further_marking_with_its_reason(floor: Floor, form: EvaluationForm):
    analyst, client = floor.users["analyst"], floor.client("analyst")
    evaluation = submitted(floor, begin(floor, floor.agents[0], form), sent() | missed("q1", "no", "agent"))
    first = evaluation.stands
    with pytest.raises(Refused, match="not changed any more"):
        handing_in.save_marking(first, {}, saves=0, by=analyst, at=NOW)
    with pytest.raises(Refused, match="needs its reason"):
        evaluating.edit_evaluation(evaluation, "  ", by=analyst, at=NOW)
    client.post(f"/evaluations/{evaluation.pk}/edit/", {"reason": "He did greet, later"})
    again = evaluation.open_marking
    assert again.answers == first.answers and again.number == 2
    evaluation = submitted(floor, evaluation, sent())
    assert (evaluation.stands.number, evaluation.stands.agent_share) == (2, 1)
    first.refresh_from_db()
    assert first.agent_share == pytest.approx(140 / 180)
    page = client.get(f"/evaluations/{evaluation.pk}/").content.decode()
    assert "He did greet, later" in page and "77.8%" in page and "at first: No" in page


def test_what_is_not_asked_any_more_is_not_told_as_an_answer(floor: Floor, form: EvaluationForm):
    # q4 is asked only after a no to q3: it was answered, and then q3 was changed to yes.
    evaluation = submitted(floor, begin(floor, floor.agents[0], form), sent(q3="yes", q4="no"))
    assert set(evaluation.stands.answers) == {"q1", "q2", "q3"} and evaluation.stands.agent_share == 1
    page = floor.client("analyst").get(f"/evaluations/{evaluation.pk}/").content.decode()
    assert "Checked who was calling" in page and "Said why it was not checked" not in page


def test_who_handed_it_in_is_led_to_it_from_an_older_window(floor: Floor, form: EvaluationForm):
    evaluation = submitted(floor, begin(floor, floor.agents[0], form), sent())
    client, mark = floor.client("analyst"), f"/evaluations/{evaluation.pk}/mark/"
    assert client.get(mark)["Location"] == f"/evaluations/{evaluation.pk}/"
    assert (
        client.post(mark, {"saves": 0, "do": "submit"} | sent(q1="no"))["Location"] == f"/evaluations/{evaluation.pk}/"
    )
    answer = client.post(f"/evaluations/{evaluation.pk}/save/", {"saves": 0} | sent(q1="no"))
    assert answer.status_code == 409 and "was handed in" in answer.json()["refused"]
    evaluation.refresh_from_db()
    assert evaluation.stands.agent_share == 1
    # Nobody else is told that there is anything.
    assert floor.client("leader").get(mark).status_code == 404


def test_words_are_kept_as_long_as_the_page_lets_them_be(floor: Floor, form: EvaluationForm):
    evaluation = begin(floor, floor.agents[0], form)
    client, save = floor.client("analyst"), f"/evaluations/{evaluation.pk}/save/"
    words = "\r\n".join(["x" * 9] * 400)
    assert client.post(save, {"saves": 0, "words": words, "c-q1": words}).status_code == 200
    kept = Marking.objects.get()
    assert kept.words == kept.answers["q1"]["comment"] == words.replace("\r\n", "\n") and len(kept.words) == 3999
    assert 'maxlength="4000"' in client.get(f"/evaluations/{evaluation.pk}/mark/").content.decode()


def test_a_later_version_of_the_form_rescores_nothing(floor: Floor, form: EvaluationForm):
    analyst = floor.users["analyst"]
    evaluation = submitted(floor, begin(floor, floor.agents[0], form), sent() | missed("q1", "no", "agent"))
    building.begin_version(form, by=analyst, at=NOW)
    building.change_draft(form, lambda asks, _new: editing.without(asks, "q1"), by=analyst, at=NOW)
    building.publish_version(form, "Shorter", by=analyst, at=NOW)
    evaluation = Evaluation.objects.get(pk=evaluation.pk)
    assert evaluation.version.number == 1
    assert evaluation.stands.score.agent.share == evaluation.stands.agent_share == pytest.approx(140 / 180)
    form.refresh_from_db()
    assert begin(floor, floor.agents[1], form).version.number == 2


def test_nobody_evaluates_herself_and_leaders_evaluate_for_coaching_alone(floor: Floor, form: EvaluationForm):
    analyst, agent = floor.users["analyst"], floor.agents[0]
    floor.users["agent"].agent = None
    floor.users["agent"].save()
    analyst.agent = agent
    analyst.save()
    with pytest.raises(Refused, match="nobody evaluates her- or himself"):
        begin(floor, agent, form)
    with pytest.raises(Refused, match="only the agent"):
        begin(floor, floor.agents[1], form, purpose=Purpose.SELF)
    # By her page there is only what counts nowhere, and it stays hers.
    part = parts_of(agent, None)[0][0]
    given = {"part": f"{part.segment_key.hex()}@{part.local_day}", "form": form.pk, "purpose": "official"}
    floor.client("analyst").post(f"/evaluations/new/{agent.pk}/begin/", given)
    assert Evaluation.objects.get().purpose == Purpose.SELF
    with pytest.raises(Refused, match="does not let you evaluate for this"):
        begin(floor, agent, form, by="leader")
    assert begin(floor, agent, form, by="leader", purpose=Purpose.COACHING).purpose == Purpose.COACHING
    with pytest.raises(Refused, match="does not let you evaluate this agent"):
        begin(floor, floor.agents[1], form, by="leader", purpose=Purpose.COACHING)


def test_who_may_read_an_evaluation_and_when(floor: Floor, form: EvaluationForm):
    evaluation = submitted(floor, begin(floor, floor.agents[0], form), sent())
    address = f"/evaluations/{evaluation.pk}/"
    readers = [
        "agent",
        "mate",
        "leader",
        "other_leader",
        "boss",
        "site_boss",
        "analyst",
        "team_analyst",
        "admin",
        "privacy",
    ]

    def may() -> set[str]:
        return {who for who in readers if floor.client(who).get(address).status_code == 200}

    # Handed in: whoever evaluates the agent reads it; the manager and the agent when it is released.
    assert may() == {"leader", "analyst", "team_analyst"}
    evaluating.release_evaluation(evaluation, by=floor.users["analyst"], at=NOW)
    assert may() == {"agent", "leader", "boss", "analyst", "team_analyst"}
    # The marks are not shown to the agent before she asks for them.
    assert "100%" not in floor.client("agent").get(address).content.decode()
    assert "100%" in floor.client("leader").get(address).content.decode()


def test_lists_and_files_hold_what_the_reader_may_see(floor: Floor, form: EvaluationForm):
    mine = submitted(floor, begin(floor, floor.agents[0], form), sent())
    submitted(floor, begin(floor, floor.agents[1], form), sent())
    begin(floor, floor.agents[2], form)
    evaluating.release_evaluation(mine, by=floor.users["analyst"], at=NOW)
    rows = floor.client("analyst").get("/evaluations/evaluations.csv").getvalue().decode().splitlines()
    assert len(rows[1 : rows.index("")]) == 3
    rows = floor.client("boss").get("/evaluations/evaluations.csv").getvalue().decode().splitlines()
    assert [row.split(",")[1] for row in rows[1 : rows.index("")]] == [str(floor.agents[0])]
    agent = floor.client("agent")
    rows = agent.get("/evaluations/evaluations.csv").getvalue().decode().splitlines()
    assert [row.split(",")[12] for row in rows[1 : rows.index("")]] == [""]  # not before she has asked for the marks
    assert "as soon as it is released to you" in agent.get("/evaluations/", {"state": "begun"}).content.decode()
    page = floor.client("analyst").get("/evaluations/", {"state": "begun"}).content.decode()
    assert str(floor.agents[2]) in page and str(floor.agents[1]) not in page
    queue = floor.client("analyst").get("/evaluations/queue/").content.decode()
    assert str(floor.agents[2]) in queue and str(floor.agents[1]) in queue and "Nothing waits" not in queue
    assert "Nothing waits for you." in floor.client("team_analyst").get("/evaluations/queue/").content.decode()


def test_an_evaluation_follows_the_name_when_agents_are_merged_and_split(floor: Floor, form: EvaluationForm):
    evaluation = begin(floor, floor.agents[5], form)
    merge = merge_agents(floor.agents[0], floor.agents[5], by="test", at=NOW)
    evaluation.refresh_from_db()
    assert evaluation.agent == floor.agents[0]
    split_agents(merge, by="test", at=NOW)
    evaluation.refresh_from_db()
    assert evaluation.agent == floor.agents[5]
