"""Can a member of a team work out one colleague's figures from the pages that she may open?"""

from __future__ import annotations

import re

import pytest

from floorwalker.apps.people import actions
from floorwalker.jobs.publish import publish_dimensions
from tests.apps.conftest import LONG_AGO, NOW, Floor

TEAM = re.compile(r"The team:\s*<span")


def own_page(floor: Floor, query: str = "") -> str:
    answer = floor.client("agent").get(f"/agents/{floor.agents[0].pk}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_team_stands_beside_ones_own_figures_for_whole_weeks(floor: Floor) -> None:
    assert TEAM.search(own_page(floor, "?from=2023-11-20&to=2023-11-26"))


@pytest.mark.parametrize(
    "query", ["?from=2023-11-20&to=2023-11-20", "?from=2023-11-21&to=2023-11-26", "?weeks=1&queue={queue}"]
)
def test_days_and_queues_in_which_few_worked_show_no_team(floor: Floor, query: str) -> None:
    from floorwalker.apps.people.models import Queue

    queue = Queue.objects.first()
    assert queue is not None
    page = own_page(floor, query.format(queue=queue.pk))
    assert not TEAM.search(page)
    assert "a colleague's would follow" in page


def test_a_leader_sees_the_team_beside_every_member(floor: Floor) -> None:
    page = floor.client("leader").get(f"/agents/{floor.agents[0].pk}/?from=2023-11-20&to=2023-11-20").content.decode()
    assert TEAM.search(page)


def test_the_team_board_lists_nobody_who_has_left_it(floor: Floor) -> None:
    board, mate = f"/teams/{floor.teams[0].pk}/", floor.agents[2]
    assert mate.name in floor.client("leader").get(board).content.decode()
    actions.join_team(mate, floor.teams[1], on=NOW.date(), by=floor.users["boss"], at=NOW)
    publish_dimensions(floor.lake)
    after = floor.client("leader").get(board).content.decode()
    assert mate.name not in after and "counted in its figures and not listed" in after
    assert mate.name in floor.client("boss").get(board).content.decode()


def test_the_rows_behind_a_leaders_number_are_those_of_her_team(floor: Floor) -> None:
    address = "/measures/average_handle_time/?from=2023-11-20&to=2023-12-10"
    assert "Rows behind the number" in floor.client("leader").get(address).content.decode()
    for agent in floor.agents[0::2]:
        actions.join_team(agent, floor.teams[1], on=LONG_AGO, by=floor.users["boss"], at=NOW)
    publish_dimensions(floor.lake)
    assert "Rows behind the number" not in floor.client("leader").get(address).content.decode()
