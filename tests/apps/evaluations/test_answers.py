"""Can an agent answer what was found, is an appeal decided by somebody who has not read the marks, and do both stay to be seen?"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import partial

import pytest
from django.utils import timezone

from floorwalker.apps.evaluations import answering_back, appealing, evaluating
from floorwalker.apps.evaluations.answering import read_given
from floorwalker.apps.evaluations.handing_in import save_marking, submit_marking
from floorwalker.apps.evaluations.models import Appeal, Evaluation, EvaluationForm, Purpose, State, Why
from floorwalker.apps.evaluations.tasks import give_back
from floorwalker.apps.people.models import AuditEntry, User
from floorwalker.errors import Refused
from tests.apps.conftest import NOW, Floor
from tests.apps.evaluations.made import begin, missed, released, sent, submitted


@pytest.fixture
def found(floor: Floor, form: EvaluationForm) -> Evaluation:
    """A released evaluation of agent 0 with one miss: 77.8 %."""
    return released(floor, form, sent() | missed("q1", "no", "agent"))


def again(evaluation: Evaluation) -> Evaluation:
    return Evaluation.objects.get(pk=evaluation.pk)


def test_the_agent_marks_herself_before_she_sees_the_marks(floor: Floor, found: Evaluation):
    client, address = floor.client("agent"), f"/evaluations/{found.pk}/"
    page = client.get(address).content.decode()
    assert "Mark it myself first" in page and "77.8%" not in page and "Heard at q1" not in page
    begun = client.post(f"{address}answer/", {"do": "by_oneself"})
    own = found.made_beside.get()
    assert begun["Location"] == f"/evaluations/{own.pk}/mark/" and own.purpose == Purpose.SELF
    client.post(f"/evaluations/{own.pk}/mark/", {"saves": 0, "do": "submit"} | sent())
    assert again(own).stands.agent_share == 1
    assert "77.8%" not in client.get(address).content.decode()
    client.post(f"{address}answer/", {"do": "show"})
    page = client.get(address).content.decode()
    assert "77.8%" in page and "Heard at q1" in page and "What I marked myself" in page
    # Afterwards nobody can mark as if she had not seen it; what she marked counts nowhere and is not released.
    other = released(floor, found.version.form, sent(), place=1)
    client.post(f"/evaluations/{other.pk}/answer/", {"do": "show"})
    assert client.post(f"/evaluations/{other.pk}/answer/", {"do": "by_oneself"}).status_code == 409
    assert floor.client("analyst").post(f"/evaluations/{own.pk}/release/").status_code == 409


def test_the_agent_replies_and_acknowledges(floor: Floor, found: Evaluation):
    client, address = floor.client("agent"), f"/evaluations/{found.pk}/"
    assert client.post(f"{address}answer/", {"do": "acknowledge"}).status_code == 409  # not before she has seen it
    client.post(f"{address}answer/", {"do": "show"})
    for _twice in range(2):
        client.post(f"{address}remark/", {"words": "The line was bad."})
    assert found.remarks.count() == 1
    client.post(f"{address}answer/", {"do": "acknowledge"})
    assert again(found).state is State.ACKNOWLEDGED
    assert "The line was bad." in floor.client("leader").get(address).content.decode()
    assert floor.client("mate").post(f"{address}remark/", {"words": "Ha"}).status_code == 404
    # What is said stays out of the trail, which is never corrected.
    assert not any("line" in str(entry.detail) for entry in AuditEntry.objects.all())


def test_an_appeal_is_marked_blind_by_somebody_else_and_overturned(floor: Floor, found: Evaluation):
    agent, address = floor.client("agent"), f"/evaluations/{found.pk}/"
    agent.post(f"{address}answer/", {"do": "show"})
    agent.post(f"{address}answer/", {"do": "appeal", "reason": "I did greet.", "question": ["q1", "nothing"]})
    appeal = Appeal.objects.get()
    assert appeal.questions == ["q1"] and again(found).state is State.APPEALED
    # Whoever may decide it is shown neither marks nor score: not on the page, in no list, in no file.
    other = floor.client("team_analyst")
    for seen in (address, "/evaluations/"):
        page = other.get(seen).content.decode()
        assert "77.8%" not in page and "Heard at q1" not in page and "I did greet." not in page
    assert "0.7777" not in other.get("/evaluations/evaluations.csv").getvalue().decode()
    assert str(floor.agents[0]) in other.get("/evaluations/queue/").content.decode()
    # The first evaluator cannot take it.
    assert floor.client("analyst").post(f"{address}appeal/", {"do": "take"}).status_code == 409
    assert other.post(f"{address}appeal/", {"do": "take"})["Location"] == f"{address}mark/"
    page = other.get(f"{address}mark/").content.decode()
    assert "The first marks are not shown" in page and "Heard at q1" not in page
    assert other.post(f"{address}appeal/", {"do": "overturned", "explanation": "Early"}).status_code == 409
    other.post(f"{address}mark/", {"saves": 0, "do": "submit"} | sent())
    assert again(found).stands.agent_share == pytest.approx(140 / 180)  # nothing is decided by that
    page = other.get(address).content.decode()
    assert "I did greet." in page and "My marking stands from now on" in page
    # Both markings stand side by side where they differ, or where the appeal is about it; of what else they say the same.
    assert (
        page.count('data-label="Marked anew"') == 1
        and "Both say the same of: Listened; Checked who was calling" in page
    )
    other.post(f"{address}appeal/", {"do": "overturned", "explanation": "The greeting is at 0:04."})
    assert (again(found).state, again(found).stands.agent_share) == (State.DECIDED, 1)
    page = agent.get(address).content.decode()
    assert (
        "The greeting is at 0:04." in page and "77.8%" in page and "100%" in page and "The marks were changed" in page
    )
    verbs = AuditEntry.objects.filter(subject=f"evaluation:{found.pk}").order_by("id").values_list("verb", flat=True)
    assert list(verbs)[-4:] == ["appeal_evaluation", "take_appeal", "submit_evaluation", "decide_appeal"]


def test_who_has_read_the_marks_cannot_decide(floor: Floor, found: Evaluation):
    assert floor.client("team_analyst").get(f"/evaluations/{found.pk}/").status_code == 200
    agent = floor.users["agent"]
    answering_back.show_marks(found, by=agent, at=NOW)
    appeal = appealing.raise_appeal(found, "Heard differently", (), by=agent, at=NOW)
    with pytest.raises(Refused, match="read these marks"):
        appealing.take_appeal(appeal, by=floor.users["team_analyst"], at=NOW)
    with pytest.raises(Refused, match="made these marks"):
        appealing.take_appeal(appeal, by=floor.users["analyst"], at=NOW)
    with pytest.raises(Refused, match="role does not decide"):
        appealing.take_appeal(appeal, by=floor.users["leader"], at=NOW)
    assert Appeal.objects.get().taken_by is None
    assert "Nothing waits for you." in floor.client("team_analyst").get("/evaluations/queue/").content.decode()


def test_an_appeal_has_its_days_its_reason_and_is_raised_once(floor: Floor, found: Evaluation):
    agent = floor.users["agent"]
    with pytest.raises(Refused, match="not seen the marks"):
        appealing.raise_appeal(found, "x", (), by=agent, at=NOW)
    answering_back.show_marks(found, by=agent, at=NOW)
    with pytest.raises(Refused, match="needs its reason"):
        appealing.raise_appeal(found, " ", (), by=agent, at=NOW)
    last = datetime.combine(found.respond_by, time(23, 59), UTC)
    assert found.respond_by - found.released_at.date() == timedelta(days=14)
    with pytest.raises(Refused, match="days for an appeal are over"):
        appealing.raise_appeal(found, "x", (), by=agent, at=last + timedelta(minutes=1))
    with pytest.raises(Refused, match="only the agent"):
        appealing.raise_appeal(found, "x", (), by=floor.users["mate"], at=NOW)
    appealing.raise_appeal(found, "x", (), by=agent, at=last)
    with pytest.raises(Refused, match="have appealed"):
        appealing.raise_appeal(again(found), "x", (), by=agent, at=NOW)
    with pytest.raises(Refused, match="have appealed"):
        answering_back.acknowledge(again(found), by=agent, at=NOW)


def test_marks_that_change_after_the_release_are_answered_anew(floor: Floor, found: Evaluation):
    agent, analyst = floor.users["agent"], floor.users["analyst"]
    worse = sent(q2="1") | missed("q1", "no", "agent") | missed("q2", "1", "agent")
    answering_back.show_marks(found, by=agent, at=NOW)
    answering_back.acknowledge(found, by=agent, at=NOW)
    # She let other marks stand, and the days for these are long over.
    Evaluation.objects.filter(pk=found.pk).update(respond_by=NOW.date() - timedelta(days=30))
    evaluating.edit_evaluation(again(found), "Only the comment of q1 was heard again", by=analyst, at=NOW)
    assert submitted(floor, found, sent() | missed("q1", "no", "agent")).state is State.ACKNOWLEDGED
    evaluating.edit_evaluation(again(found), "He was interrupted", by=analyst, at=NOW)
    changed = submitted(floor, found, worse)
    assert changed.state is State.RELEASED and changed.respond_by == changed.stands.submitted_at.date() + timedelta(
        days=14
    )
    client, address = floor.client("agent"), f"/evaluations/{found.pk}/"
    # On the page that she had open stood the marks before: nobody lets stand what she has not read.
    assert client.post(f"{address}answer/", {"do": "acknowledge", "marking": 2}).status_code == 409
    assert again(found).state is State.RELEASED
    assert "The marks were changed on" in client.get(address).content.decode()
    assert address in client.get("/").content.decode()
    client.post(f"{address}answer/", {"do": "appeal", "reason": "I let her finish.", "question": "q2"})
    assert again(found).state is State.APPEALED


def test_an_edit_that_lies_open_takes_no_appeal_away(floor: Floor, found: Evaluation):
    agent = floor.users["agent"]
    answering_back.show_marks(found, by=agent, at=NOW)
    evaluating.edit_evaluation(found, "To be heard again", by=floor.users["analyst"], at=NOW)
    edit = found.open_marking
    appealing.raise_appeal(found, "I did greet.", ["q1"], by=agent, at=NOW)
    given = read_given(found.version.asks, sent())
    for act in (partial(save_marking, saves=0), submit_marking):  # read before, and sent after the appeal
        with pytest.raises(Refused, match="changed this meanwhile"):
            act(edit, given, by=floor.users["analyst"], at=NOW)
    assert again(found).open_marking is None and again(found).stands == found.stands
    editor, address = floor.client("analyst"), f"/evaluations/{found.pk}/"
    answer = editor.post(f"{address}save/", {"saves": 0} | sent())
    assert answer.status_code == 409 and "appealed" in answer.json()["refused"]
    assert editor.get(f"{address}mark/")["Location"] == address


def test_a_colleague_marks_it_where_the_agent_asks_her(floor: Floor, found: Evaluation):
    client, address = floor.client("agent"), f"/evaluations/{found.pk}/"
    client.post(f"{address}answer/", {"do": "show"})
    # Nobody of another team, and nobody whom she did not ask.
    other = floor.users["leader"]
    other.agent = floor.agents[1]
    other.save()
    assert client.post(f"{address}answer/", {"do": "ask", "colleague": other.pk}).status_code == 409
    assert floor.client("mate").get(address).status_code == 404
    client.post(f"{address}answer/", {"do": "ask", "colleague": floor.users["mate"].pk})
    asked = found.made_beside.get()
    mate, marks = floor.client("mate"), f"/evaluations/{asked.pk}/"
    assert "To be marked by me" in mate.get("/").content.decode()
    mate.post(f"{marks}mark/", {"saves": 0, "do": "submit"} | sent())
    assert client.get(marks).status_code == 404  # not before the colleague lets her
    mate.post(f"{marks}release/")
    assert "What mate marked" in client.get(address).content.decode()
    assert mate.get(address).status_code == 404
    assert again(asked).stands.agent_share == 1 and again(found).stands.agent_share == pytest.approx(140 / 180)


def test_coaching_is_not_appealed(floor: Floor, form: EvaluationForm):
    found = released(floor, form, sent(), by="leader", purpose=Purpose.COACHING)
    answering_back.show_marks(found, by=floor.users["agent"], at=NOW)
    with pytest.raises(Refused, match="counts nowhere"):
        appealing.raise_appeal(found, "x", (), by=floor.users["agent"], at=NOW)
    assert "I appeal" not in floor.client("agent").get(f"/evaluations/{found.pk}/").content.decode()


def test_appeals_teach_which_questions_are_read_in_two_ways(floor: Floor, form: EvaluationForm):
    agent, other = floor.users["agent"], floor.users["team_analyst"]
    for place, (outcome, given) in enumerate(
        ((Appeal.Outcome.OVERTURNED, sent()), (Appeal.Outcome.UPHELD, sent() | missed("q1", "no", "agent")))
    ):
        found = released(floor, form, sent() | missed("q1", "no", "agent"), place=place)
        answering_back.show_marks(found, by=agent, at=NOW)
        appeal = appealing.raise_appeal(found, "x", ["q1", "q2"], by=agent, at=NOW)
        appealing.take_appeal(appeal, by=other, at=NOW)
        submitted(floor, found, given)
        if outcome == Appeal.Outcome.UPHELD:
            with pytest.raises(Refused, match="say the same"):
                appealing.decide_appeal(appeal, Appeal.Outcome.OVERTURNED, "x", by=other, at=NOW)
        appealing.decide_appeal(appeal, outcome, "Heard", by=other, at=NOW)
    page = " ".join(floor.client("boss").get("/evaluations/appeals/").content.decode().split())
    assert "2 appeals were decided" in page
    first, second = page.index("Greeted by name"), page.index("Listened")
    assert first < second and "50" in page[first:second] and "0%" in page[second:]


def test_whoever_appealed_is_told_what_was_decided(floor: Floor, found: Evaluation):
    agent, other, now = floor.users["agent"], floor.users["team_analyst"], timezone.now()
    answering_back.show_marks(found, by=agent, at=now)
    appeal = appealing.raise_appeal(found, "x", ["q1"], by=agent, at=now)
    assert f"/evaluations/{found.pk}/" not in floor.client("agent").get("/").content.decode()
    appealing.take_appeal(appeal, by=other, at=now)
    submitted(floor, found, sent())
    appealing.decide_appeal(appeal, Appeal.Outcome.OVERTURNED, "Heard at 0:04", by=other, at=now)
    page = floor.client("agent").get("/").content.decode()
    assert f"/evaluations/{found.pk}/" in page and "the marks were changed" in page and "Heard at 0:04" not in page
    # A fortnight long; and she alone.
    told = Evaluation.objects.to_read(floor.agents[0], now.date() + timedelta(days=13))
    assert list(told) == [found] and not told.filter(pk=found.pk).to_read(floor.agents[1], now.date())
    assert not Evaluation.objects.to_read(floor.agents[0], now.date() + timedelta(days=14))


def test_home_pages_say_what_waits(floor: Floor, found: Evaluation):
    assert "is new." in floor.client("agent").get("/").content.decode()
    begin(floor, floor.agents[1], found.version.form)
    assert "waits for you." in floor.client("analyst").get("/").content.decode()
    assert "waits for you." not in floor.client("team_analyst").get("/").content.decode()


def test_an_appeal_of_somebody_who_has_left_waits_for_others_again(floor: Floor, found: Evaluation):
    agent, other = floor.users["agent"], floor.users["team_analyst"]
    answering_back.show_marks(found, by=agent, at=NOW)
    appeal = appealing.raise_appeal(found, "x", (), by=agent, at=NOW)
    appealing.take_appeal(appeal, by=other, at=NOW)
    give_back(NOW)
    assert Appeal.objects.get().taken_by == other and found.open_marking is not None
    User.objects.filter(pk=other.pk).update(is_active=False)
    give_back(NOW)
    appeal.refresh_from_db()
    assert (appeal.taken_by, appeal.marking, found.open_marking) == (None, None, None)
    # And whoever comes next takes it, as if nobody had.
    User.objects.filter(pk=other.pk).update(is_active=True)
    appealing.take_appeal(appeal, by=other, at=NOW)
    submitted(floor, found, sent())
    User.objects.filter(pk=other.pk).update(is_active=False)
    give_back(NOW)
    assert Appeal.objects.get().marking is None and found.markings.filter(why=Why.APPEAL).count() == 1


def test_an_edit_of_somebody_who_has_left_keeps_nobody_from_marking_anew(floor: Floor, found: Evaluation):
    evaluating.edit_evaluation(found, "To be heard again", by=floor.users["team_analyst"], at=NOW)
    User.objects.filter(username="team_analyst").update(is_active=False)
    give_back(NOW)
    made = evaluating.edit_evaluation(again(found), "Heard again", by=floor.users["analyst"], at=NOW)
    assert found.open_marking == made
