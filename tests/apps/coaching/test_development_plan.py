"""Does a plan gather what one person wants to learn and reach, in both words, and say what it feeds?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from floorwalker.apps.coaching.developing import (
    Thing,
    add_thing,
    agree_to_plan,
    drop_thing,
    end_plan,
    finish_thing,
    make_plan,
    say_in_plan,
)
from floorwalker.apps.coaching.levels_shown import read_levels
from floorwalker.apps.coaching.models import DevelopmentPlan, ItemKind, Objective
from floorwalker.apps.coaching.three_levels import read_chains
from floorwalker.apps.standards.aiming import Words, set_aim
from floorwalker.errors import Refused
from tests.apps.coaching.kept import objective_of
from tests.apps.conftest import NOW, Floor

TODAY = NOW.date()
SOON, LATE = TODAY + timedelta(weeks=6), TODAY + timedelta(weeks=26)


def a_plan(floor: Floor, by: str = "agent") -> DevelopmentPlan:
    return make_plan(floor.agents[0], TODAY, LATE, [], words="To know the notes", by=floor.users[by], at=NOW)


def test_both_words_and_both_yes_and_hers_come_first(floor: Floor) -> None:
    plan, leader, agent = a_plan(floor, by="leader"), floor.users["leader"], floor.users["agent"]
    with pytest.raises(Refused, match="own words come first"):
        agree_to_plan(plan, by=leader, at=NOW)
    say_in_plan(plan, "I want to find things faster", by=agent, at=NOW)
    agree_to_plan(plan, by=agent, at=NOW)
    agree_to_plan(plan, by=leader, at=NOW)
    plan.refresh_from_db()
    assert plan.agent_agreed_at and plan.leader_agreed_at
    say_in_plan(plan, "And to help others with it", by=agent, at=NOW)
    plan.refresh_from_db()
    assert not plan.agent_agreed_at and not plan.leader_agreed_at, "what was changed is agreed to anew"


def test_what_is_put_into_it_is_finished_in_her_words_or_dropped_with_a_reason(floor: Floor) -> None:
    plan, agent, leader = a_plan(floor), floor.users["agent"], floor.users["leader"]
    shadow = add_thing(plan, Thing(ItemKind.SHADOWING, SOON, "A morning beside Wren"), by=leader, at=NOW)
    other = add_thing(plan, Thing(ItemKind.LEARNING, SOON, "The new notes"), by=agent, at=NOW)
    goal = objective_of(floor.agents[0], leader)
    add_thing(plan, Thing(ItemKind.OBJECTIVE, SOON, objective=goal), by=agent, at=NOW)
    for thing, says in (
        (Thing(ItemKind.OBJECTIVE, SOON, objective=goal), "in the plan already"),
        (Thing(ItemKind.OBJECTIVE, SOON, objective=objective_of(floor.agents[2], leader)), "own objectives"),
        (Thing(ItemKind.LEARNING, SOON), "what is to be done"),
        (Thing(ItemKind.LEARNING, LATE, "More"), "outside the plan's period"),
    ):
        with pytest.raises(Refused, match=says):
            add_thing(plan, thing, by=agent, at=NOW)
    with pytest.raises(Refused) as outside:
        add_thing(plan, Thing(ItemKind.LEARNING, LATE, "More"), by=agent, at=NOW)
    last = LATE - timedelta(days=1)
    assert str(last) in str(outside.value.expected), "the last day that is of the period, and not the one after"
    add_thing(plan, Thing(ItemKind.LEARNING, last, "More"), by=agent, at=NOW)
    with pytest.raises(Refused, match="by who learned it"):
        finish_thing(shadow, "A lot", by=leader, at=NOW)
    finish_thing(shadow, "She asks before she searches", by=agent, at=NOW)
    with pytest.raises(Refused, match="why it is dropped"):
        drop_thing(other, "", by=leader, at=NOW)
    drop_thing(other, "They were taken back", by=leader, at=NOW)
    end_plan(plan, by=leader, at=NOW)
    with pytest.raises(Refused, match="plan is over"):
        say_in_plan(plan, "More", by=agent, at=NOW)
    with pytest.raises(Refused, match="may not plan there"):
        a_plan(floor, by="former_leader")


def test_three_levels_are_told(floor: Floor) -> None:
    boss, period = floor.users["boss"], (TODAY - timedelta(days=30), TODAY + timedelta(days=300))
    set_aim(Words("Calls take no longer than they must", boss, *period, "average_handle_time"), by=boss, at=NOW)
    of_team = Words("We find things at once", boss, *period, "average_handle_time")
    set_aim(of_team, team=floor.teams[0], by=boss, at=NOW)
    set_aim(Words("Short waits", boss, *period, "service_level"), by=boss, at=NOW)
    made = objective_of(floor.agents[0], floor.users["leader"], agreed=True)
    (chain,) = read_chains(floor.agents[0], TODAY)
    assert [one.wording for one in chain.near] == ["We find things at once"] and not chain.ends_nowhere
    assert [one.wording for one in chain.far] == ["Calls take no longer than they must"]
    a_plan(floor)
    page = floor.client("leader").get(f"/agents/{floor.agents[0].pk}/development/").content.decode()
    assert page.index(made.wording) < page.index("We find things at once") < page.index("Calls take no longer")
    (stands,) = read_levels([chain], floor.agents[0], floor.users["leader"], TODAY)
    assert set(stands.levels) == {"person", "team"}, "her leader sees no figure of the whole centre"
    (whole,) = read_levels([chain], floor.agents[0], boss, TODAY)
    n = [level.answer.n for level in (whole.person, whole.team, whole.centre) if level is not None]
    assert len(n) == 3 and 0 < n[0] < n[1] < n[2], "each is a part of the next"
    assert whole.person is not None and whole.person.bar.count("i-target") == 1
    assert page.count('class="i-dot"') == 2
    Objective.objects.filter(pk=made.pk).update(measure="transfer_rate")
    assert read_chains(floor.agents[0], TODAY)[0].ends_nowhere


def test_the_page_begins_fills_and_agrees(floor: Floor) -> None:
    agent, address = floor.client("agent"), f"/agents/{floor.agents[0].pk}/development/"
    given = {"from_day": "2026-11-20", "last_day": "2027-05-19", "words": "To know the notes"}
    assert agent.post(address, given).status_code == 302
    assert agent.post(address, {"do": "add", "kind": "learning", "words": "", "due_on": ""}).status_code == 422
    late = {"do": "add", "kind": "shadowing", "words": "A morning beside Wren", "due_on": "2050-01-15"}
    answer = agent.post(address, late)
    assert answer.status_code == 422 and "A morning beside Wren" in answer.content.decode(), "what was typed stays"
    assert '<option value="shadowing" selected>' in answer.content.decode()
    thing = {"do": "add", "kind": "learning", "words": "The new notes", "due_on": "2027-01-15"}
    assert agent.post(address, thing).status_code == 302
    agent.post(address, {"do": "agree"})
    item = DevelopmentPlan.objects.get().items.get()
    agent.post(address, {"do": "finish", "item": item.pk, "words": "Search by number"})
    page = floor.client("leader").get(address).content.decode()
    assert "done: Search by number" in page and "the leader's yes is missing" in page and "To know the notes" in page
