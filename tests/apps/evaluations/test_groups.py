"""Do groups stay groups: is what somebody says of herself hers alone, and is nothing told of a handful of people?"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from floorwalker.apps.evaluations import group_figures
from floorwalker.apps.evaluations.differences import DifferencesShown, groupings, show_differences
from floorwalker.apps.evaluations.drawing import begin_drawn
from floorwalker.apps.evaluations.group_figures import figures_of_month
from floorwalker.apps.evaluations.grouping import ask_question, members_by_own_word, own_words
from floorwalker.apps.evaluations.models import Drawn, EvaluationForm, GroupFigures, GroupQuestion, Opening, OwnWord
from floorwalker.apps.evaluations.own_words import end_question, say_of_oneself
from floorwalker.apps.evaluations.planning import Asked, change_plan
from floorwalker.apps.evaluations.rescoring import MANY, order_rescoring
from floorwalker.apps.people.models import AuditEntry
from floorwalker.errors import Refused
from tests.apps.conftest import NOW, Floor
from tests.apps.evaluations.drawn import draw_of, drawn_at, plan_of
from tests.apps.evaluations.made import sent, submitted
from tests.insight.test_groups import HALVES
from tests.insight.test_groups import floor as evaluated_floor
from tests.kpis.memory_facts import MemoryFacts

NEXT_MONTH = (NOW.replace(day=1) + timedelta(days=40)).date().replace(day=1)


def client_of(floor: Floor, name: str) -> Client:
    client = Client()
    client.force_login(floor.users[name])
    return client


@pytest.fixture
def question(floor: Floor) -> GroupQuestion:
    return ask_question("Where did you grow up?", "To be fair", ["here", "elsewhere"], by=floor.users["boss"], at=NOW)


def test_what_i_say_is_mine_sealed_and_taken_back_at_once(floor: Floor, question: GroupQuestion) -> None:
    agent = floor.users["agent"]
    client = client_of(floor, "agent")
    client.post("/evaluations/about-me/", {"question": question.pk, "choice": "elsewhere"})
    (kept,) = OwnWord.objects.all()
    assert "elsewhere" not in kept.sealed and kept.agent == agent.agent
    text = client.get("/evaluations/about-me/").content.decode()
    chosen = f'value="elsewhere" id="choice-{question.pk}-2" checked'
    assert chosen in text
    assert chosen not in client_of(floor, "mate").get("/evaluations/about-me/").content.decode()
    client.post("/evaluations/about-me/", {"question": question.pk, "choice": ""})
    assert not OwnWord.objects.exists()
    entries = AuditEntry.objects.filter(verb="change_own_word")
    assert [entry.detail for entry in entries] == [{}, {}], (
        "the trail tells neither what was said nor that it was taken back"
    )


def test_only_what_is_offered_can_be_said(floor: Floor, question: GroupQuestion) -> None:
    with pytest.raises(Refused, match="cannot be answered"):
        say_of_oneself(question, "somewhere", by=floor.users["agent"], at=NOW)
    with pytest.raises(Refused, match="cannot be answered"):
        say_of_oneself(question, "here", by=floor.users["boss"], at=NOW)
    with pytest.raises(Refused, match="something to choose from"):
        ask_question("Why?", "", ["only this", " "], by=floor.users["boss"], at=NOW)


def test_answers_come_in_with_the_next_month_all_together(floor: Floor, question: GroupQuestion) -> None:
    agent = floor.users["agent"].agent
    assert agent is not None
    say_of_oneself(question, "here", by=floor.users["agent"], at=NOW)
    assert own_words(agent) == {question.pk: "here"}
    assert not members_by_own_word(question, NOW.date())
    assert members_by_own_word(question, NEXT_MONTH) == {bytes(agent.key): "here"}
    end_question(question, by=floor.users["boss"], at=NOW)
    assert not OwnWord.objects.exists() and not members_by_own_word(question, NEXT_MONTH)


def test_taking_back_moves_nothing_that_is_told_within_the_month(
    floor: Floor, question: GroupQuestion, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two worlds, with and without: who reads sees the same until the month turns, and what was said is gone at once."""
    agent = floor.users["agent"].agent
    assert agent is not None
    members = dict(HALVES)
    mine = next(iter(members))  # of the evaluated floor; hers there
    monkeypatch.setattr(group_figures, "facts", lambda: evaluated_floor(3, bias=-0.09))

    def counted(asked: GroupQuestion, on: object) -> dict[bytes, str]:
        kept = members_by_own_word(asked, on)  # type: ignore[arg-type]
        said = {one: "here" if group == "even" else "elsewhere" for one, group in members.items() if one != mine}
        return {**said, **dict.fromkeys([mine] if kept else [], "here")}

    monkeypatch.setattr(group_figures, "members_by_own_word", counted)
    by = next(one for one in groupings() if one.question == question)

    def world(takes_back: bool, at: datetime) -> tuple[DifferencesShown | None, object]:
        GroupFigures.objects.all().delete()
        OwnWord.objects.all().delete()
        say_of_oneself(question, "here", by=floor.users["agent"], at=NOW - timedelta(days=40))
        if takes_back:
            say_of_oneself(question, None, by=floor.users["agent"], at=at)
            assert not OwnWord.objects.exists() and not own_words(agent)
        shown = show_differences(by, NOW.date())
        return shown, GroupFigures.objects.get().body

    without, with_it = world(False, NOW), world(True, NOW)
    assert without[0] is not None and "here: scores about" in "".join(one.sentence for one in without[0].evaluators)
    assert without == with_it
    month, on = GroupFigures.objects.get().month, NEXT_MONTH
    moved = figures_of_month(question, on)
    assert moved is not None and GroupFigures.objects.get().month == on > month
    assert GroupFigures.objects.get().body != without[1], (
        "with the month what was taken back is gone from the figures, too"
    )


def test_a_question_is_asked_and_ended_on_its_page(floor: Floor) -> None:
    client, address = client_of(floor, "boss"), "/evaluations/groups/questions/"
    few = client.post(address, {"wording": "Which hand?", "why": "To be fair", "choices": "left"})
    assert few.status_code == 422 and "something to choose from" in few.content.decode()
    client.post(address, {"wording": "Which hand?", "why": "To be fair", "choices": "left\nright\n"})
    made = GroupQuestion.objects.get()
    assert made.choices == ["left", "right"]
    assert "Which hand?" in client_of(floor, "agent").get("/evaluations/about-me/").content.decode()
    client.post(f"{address}{made.pk}/end/")
    assert "Nothing is asked at present" in client_of(floor, "agent").get("/evaluations/about-me/").content.decode()


def test_the_page_tells_groups_and_never_who_is_in_them(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = MemoryFacts({})
    made = evaluated_floor(3, bias=-0.09)
    facts.tables = dict(made.tables)
    monkeypatch.setattr(group_figures, "facts", lambda: facts)
    text = client_of(floor, "analyst").get("/evaluations/groups/?by=channel").content.decode()
    assert '<th scope="row">Chat</th>' in text and '<th scope="row">Voice</th>' in text
    assert "says nothing of any person" in text and "lower than colleagues score the same agents" in text
    assert '<option value="channel" selected>' in text
    opened = client_of(floor, "analyst").get("/evaluations/groups/").content.decode()
    assert '<option value="channel" selected>' in opened, "the first way to group that has two large groups"
    text = client_of(floor, "analyst").get("/evaluations/groups/?by=site").content.decode()
    assert "Nobody whose contacts were evaluated belongs to any such group yet." in text


def test_own_words_are_compared_from_ten_on(
    floor: Floor, question: GroupQuestion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group_figures, "facts", lambda: evaluated_floor(3, bias=-0.09))
    some = {agent: "here" if group == "even" else "elsewhere" for agent, group in HALVES.items()}
    address = f"/evaluations/groups/?by=q{question.pk}"

    def told(members: dict[bytes, str]) -> str:
        GroupFigures.objects.all().delete()
        monkeypatch.setattr(group_figures, "members_by_own_word", lambda asked, on: members)
        return client_of(floor, "analyst").get(address).content.decode()

    nobody = told({})
    assert nobody.count("Nothing is said: too few agents") == 2, (
        "what can be said stands there, whether anybody said it or not"
    )
    whole = told(some)
    assert "elsewhere: scores about" in whole and "Answers count from the month after" in whole
    nine = dict([*((agent, group) for agent, group in some.items() if group == "here")][:9])
    others = {agent: group for agent, group in some.items() if group == "elsewhere"}
    small = told({**nine, **others})
    assert small.count("Nothing is said: too few agents") == 2 and "scores about" not in small


def test_contacts_are_marked_again_by_others_who_see_nothing_of_it(floor: Floor, form: EvaluationForm) -> None:
    analyst, other = floor.users["analyst"], floor.users["team_analyst"]
    draw = draw_of(floor, plan_of(floor, form, twice=0.0))
    mine = list(Drawn.objects.filter(draw=draw, evaluator=analyst)[:2])
    with pytest.raises(Refused, match="nothing that somebody else could mark again"):
        order_rescoring(analyst, by=floor.users["boss"], at=drawn_at())
    for one in mine:
        submitted(floor, begin_drawn(one, by=analyst, at=drawn_at()), sent())
    # Whoever has read these marks would not mark the contacts blind.
    for one in mine:
        one.refresh_from_db()
        Opening.objects.create(evaluation=one.evaluation, user=other, first_at=drawn_at())
    with pytest.raises(Refused, match="nothing that somebody else could mark again"):
        order_rescoring(analyst, by=floor.users["boss"], at=drawn_at())
    Opening.objects.all().delete()
    many = order_rescoring(analyst, by=floor.users["boss"], at=drawn_at())
    given = list(Drawn.objects.filter(draw=draw).exclude(second_of=None))
    assert 0 < many == len(given) <= MANY
    assert {one.evaluator for one in given} == {other} and all(one.is_blind for one in given)
    assert {one.second_of_id for one in given} <= {one.pk for one in mine}
    assert all(one.probability == one.second_of.probability for one in given if one.second_of)
    entry = AuditEntry.objects.get(verb="order_rescoring")
    assert entry.detail["contacts"] == many and len(entry.detail["seed"]) > 20
    if many == len(mine):
        with pytest.raises(Refused):
            order_rescoring(analyst, by=floor.users["boss"], at=drawn_at())


def test_contacts_are_marked_again_by_whoever_evaluates_by_the_plan_now(floor: Floor, form: EvaluationForm) -> None:
    analyst, other = floor.users["analyst"], floor.users["team_analyst"]
    plan = plan_of(floor, form, twice=0.0, evaluators=[analyst])
    for one in list(Drawn.objects.filter(draw=draw_of(floor, plan))[:2]):
        submitted(floor, begin_drawn(one, by=analyst, at=drawn_at()), sent())
    with pytest.raises(Refused, match="nothing that somebody else could mark again"):
        order_rescoring(analyst, by=floor.users["boss"], at=drawn_at())
    change_plan(plan, Asked(plan.name, form, quota=3, evaluators=[analyst, other]), by=analyst, at=drawn_at())
    with pytest.raises(Refused, match="nothing that somebody else could mark again"):
        order_rescoring(analyst, by=floor.users["boss"], at=drawn_at())
    order_rescoring(analyst, by=floor.users["boss"], at=drawn_at() + timedelta(days=7))
    assert {one.evaluator for one in Drawn.objects.exclude(second_of=None)} == {other}


def test_rescoring_without_anything_to_mark_is_told_on_the_page(floor: Floor) -> None:
    address = f"/evaluations/groups/again/{floor.users['team_analyst'].pk}/"
    answer = client_of(floor, "analyst").post(address, follow=True)
    assert "nothing that somebody else could mark again" in answer.content.decode()
