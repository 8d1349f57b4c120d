"""Does whoever answers for a cycle hear of it when something waits, on the home page and among reminders?"""

from __future__ import annotations

from datetime import timedelta

from floorwalker.apps.improvement.deciding import Decided, decide_cycle
from floorwalker.apps.improvement.reminders import due
from floorwalker.apps.improvement.reviewing import hold_review
from floorwalker.apps.notices.models import About
from tests.apps.conftest import NOW, Floor
from tests.apps.improvement.made import a_cycle, planned


def told(at_weeks: int = 0) -> list[tuple[int, str]]:
    return sorted((one.user, str(one.about)) for one in due(NOW + timedelta(weeks=at_weeks)))


def test_reviews_and_plans_that_wait_are_reminded_of_until_they_are_done(floor: Floor) -> None:
    boss, leader = floor.users["boss"], floor.users["leader"]
    cycle = planned(floor, floor.agents[0])
    unplanned = a_cycle(floor, floor.teams[0], by="leader")
    assert told() == [(boss.pk, About.REVIEW_CYCLE)]
    assert told(1) == sorted([(boss.pk, About.REVIEW_CYCLE), (leader.pk, About.PLAN_CYCLE)])
    hold_review(cycle.reviews.get(week=4), "It is liked.", by=boss, at=NOW)
    assert told() == []
    decide_cycle(cycle, Decided("keep", "It is liked."), by=boss, at=NOW)
    assert told(9) == [(leader.pk, About.PLAN_CYCLE)] and unplanned.pk


def test_the_home_page_leads_to_the_review_and_an_agent_sees_her_own(floor: Floor) -> None:
    cycle = planned(floor, floor.agents[0])
    boss = floor.client("boss").get("/").content.decode()
    assert f"/improvement/{cycle.pk}/" in boss and "The review of week 4 is due since" in boss
    agent = floor.client("agent").get("/").content.decode()
    assert "What is being improved with you" in agent and f"/improvement/{cycle.pk}/" in agent
    assert "What is being improved with you" not in floor.client("mate").get("/").content.decode()


def test_gaps_and_the_list_lead_to_a_new_cycle(floor: Floor) -> None:
    page = floor.client("leader").get("/improvement/").content.decode()
    assert "No gap was taken on yet" in page and "/improvement/new/" in page
    assert "There is no improvement cycle about you." in floor.client("mate").get("/improvement/").content.decode()
