"""Two act on a page that both opened before: is the second told what happened, and nothing overwritten?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from floorwalker.apps.coaching.agreeing import agree, end
from floorwalker.apps.coaching.checking import check_in, look_at_open
from floorwalker.apps.coaching.deciding import Decided, answer_feedback, decide_matter, mark_of_matter
from floorwalker.apps.coaching.developing import (
    Thing,
    add_thing,
    agree_to_plan,
    drop_thing,
    end_plan,
    finish_thing,
    make_plan,
    mark_of_own,
    mark_of_plan,
    say_in_plan,
)
from floorwalker.apps.coaching.giving import take_back
from floorwalker.apps.coaching.models import (
    Decision,
    DevelopmentPlan,
    Intervention,
    ItemKind,
    Matter,
    MatterDecision,
    Objective,
    ObjectiveState,
)
from floorwalker.errors import Refused
from tests.apps.coaching.kept import objective_of
from tests.apps.coaching.said import feedback_of
from tests.apps.conftest import NOW, Floor

TODAY = NOW.date()
LATER = NOW + timedelta(hours=1)


def again(row: Objective) -> Objective:
    """The same as a page read it before."""
    return Objective.objects.get(pk=row.pk)


def test_an_objective_that_was_ended_is_not_agreed_to_by_an_older_page(floor: Floor) -> None:
    made = objective_of(floor.agents[0], floor.users["leader"])
    page = again(made)
    end(made, "Other things come first", by=floor.users["leader"], at=NOW)
    with pytest.raises(Refused, match="ended early"):
        agree(page, by=floor.users["agent"], at=LATER)
    assert again(made).state == ObjectiveState.ENDED and not Intervention.objects.exists()
    with pytest.raises(Refused, match="over already"):
        end(page, "Another reason", by=floor.users["agent"], at=LATER)
    assert again(made).closed_because == "Other things come first"


def test_a_yes_is_said_once_whoever_else_has_the_page_open(floor: Floor) -> None:
    made = objective_of(floor.agents[0], floor.users["leader"])
    pages = again(made), again(made)
    agree(pages[0], by=floor.users["agent"], at=NOW)
    with pytest.raises(Refused, match="not waiting for a yes"):
        agree(pages[1], by=floor.users["agent"], at=LATER)
    assert Intervention.objects.count() == 1 and again(made).agent_agreed_at == NOW


def test_nobody_checks_in_or_looks_where_it_was_ended(floor: Floor) -> None:
    made = objective_of(floor.agents[0], floor.users["leader"], agreed=True, at=NOW - timedelta(days=20))
    page = again(made)
    end(made, "She is at another desk now", by=floor.users["leader"], at=NOW)
    with pytest.raises(Refused, match="only what both agreed to"):
        check_in(page, "Going well", floor.lake.snapshot(), by=floor.users["agent"], at=LATER)
    assert look_at_open(floor.lake.snapshot(), LATER) == 0
    assert not made.check_ins.exclude(at=None).exists()


def a_plan(floor: Floor) -> DevelopmentPlan:
    days = TODAY, TODAY + timedelta(weeks=26)
    return make_plan(floor.agents[0], *days, [], words="To know the notes", by=floor.users["agent"], at=NOW)


def test_nobody_agrees_to_words_that_she_did_not_read(floor: Floor) -> None:
    plan, agent, leader = a_plan(floor), floor.users["agent"], floor.users["leader"]
    read = mark_of_plan(plan)
    say_in_plan(plan, "And to help others", by=agent, at=NOW)
    with pytest.raises(Refused, match="somebody else changed this meanwhile"):
        agree_to_plan(plan, seen=read, by=leader, at=LATER)
    plan.refresh_from_db()
    agree_to_plan(plan, seen=mark_of_plan(plan), by=leader, at=LATER)
    add_thing(plan, Thing(ItemKind.LEARNING, TODAY + timedelta(days=9), "The new notes"), by=leader, at=LATER)
    with pytest.raises(Refused, match="somebody else changed this meanwhile"):
        agree_to_plan(plan, seen=mark_of_plan_without(plan), by=agent, at=LATER)


def mark_of_plan_without(plan: DevelopmentPlan) -> str:
    """As it was read before anything was in it."""
    plan.items.update(dropped_at=NOW)
    mark = mark_of_plan(plan)
    plan.items.update(dropped_at=None)
    return mark


def test_of_two_leaders_words_the_second_overwrites_nothing(floor: Floor) -> None:
    plan, leader, boss = a_plan(floor), floor.users["leader"], floor.users["boss"]
    seen = mark_of_own(plan, leader)
    say_in_plan(plan, "She could teach it", seen=seen, by=leader, at=NOW)
    with pytest.raises(Refused, match=r"(?s)somebody else changed this meanwhile.*She could teach it"):
        say_in_plan(plan, "Less of this", seen=seen, by=boss, at=LATER)
    page = floor.client("boss").post(
        f"/agents/{floor.agents[0].pk}/development/", {"do": "say", "seen": seen, "words": "Less of this"}
    )
    assert page.status_code == 422 and "Less of this" in page.content.decode()
    plan.refresh_from_db()
    assert plan.leader_words == "She could teach it"


def test_a_plan_and_what_is_in_it_end_once(floor: Floor) -> None:
    plan, agent, leader = a_plan(floor), floor.users["agent"], floor.users["leader"]
    item = add_thing(plan, Thing(ItemKind.LEARNING, TODAY + timedelta(days=9), "The new notes"), by=leader, at=NOW)
    page = plan.items.get()
    finish_thing(item, "I search by number", by=agent, at=NOW)
    with pytest.raises(Refused, match=r"(?s)over already.*I search by number"):
        drop_thing(page, "They were taken back", by=leader, at=LATER)
    stale = DevelopmentPlan.objects.get(pk=plan.pk)
    end_plan(plan, by=leader, at=NOW)
    for act in (
        lambda: say_in_plan(stale, "More", by=agent, at=LATER),
        lambda: agree_to_plan(stale, by=agent, at=LATER),
        lambda: end_plan(stale, by=agent, at=LATER),
    ):
        with pytest.raises(Refused, match="plan is over"):
            act()
    plan.refresh_from_db()
    assert plan.ended_at == NOW


def test_whoever_decides_of_an_older_page_is_told_what_was_decided(floor: Floor) -> None:
    matter, agent = feedback_of(floor).matter, floor.users["agent"]
    seen = mark_of_matter(matter)
    decide_matter(matter, Decided(Decision.ACT, "I ask first now.", seen=seen), by=agent, at=NOW)
    with pytest.raises(Refused, match=r"(?s)meanwhile.*act now"):
        decide_matter(matter, Decided(Decision.THANKS, "Good to know.", seen=seen), by=agent, at=LATER)
    assert MatterDecision.objects.count() == 1
    own, address = floor.client("agent"), f"/feedback/matters/{matter.pk}/"
    page = own.post(address, {"decision": "thanks", "because": "Good to know.", "seen": seen})
    assert page.status_code == 422 and "act now" in page.content.decode()
    fresh = mark_of_matter(matter)
    assert f'value="{fresh}"' in page.content.decode(), "what stands there now can be decided about"
    feedback_of(floor, by="mate", at=LATER)
    assert own.post(address, {"decision": "thanks", "because": "Good.", "seen": fresh}).status_code == 422
    feedback_of(floor, private=True, at=LATER)
    given = {"decision": "thanks", "because": "Good.", "seen": mark_of_matter(matter)}
    assert own.post(address, given).status_code == 302
    assert Matter.objects.get(pk=matter.pk).decision == Decision.THANKS


def test_what_was_taken_back_is_neither_answered_nor_taken_back_again(floor: Floor) -> None:
    given = feedback_of(floor)
    page = given.matter.feedback.get()
    take_back(given, by=floor.users["leader"], at=NOW)
    with pytest.raises(Refused, match="taken back already"):
        answer_feedback(page, "I had not seen that.", by=floor.users["agent"], at=LATER)
    with pytest.raises(Refused, match="taken back already"):
        take_back(page, by=floor.users["leader"], at=LATER)
    given.refresh_from_db()
    assert given.taken_back_at == NOW
