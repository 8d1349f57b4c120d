"""Does the roll of people ask few questions however many there are, and name the team that rights go by?"""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from floorwalker.apps.people.access import team_of, teams_of
from floorwalker.apps.people.models import Agent
from tests.apps.conftest import Floor

MOST_QUERIES = {"/people/": 12, "/people/names/": 12, "/people/teams/": 8, "/people/queues/": 8}


@pytest.mark.parametrize("address", MOST_QUERIES)
def test_pages_of_people_need_few_queries(floor: Floor, address: str) -> None:
    Agent.objects.bulk_create(Agent(name=f"Extra {n}", key=n.to_bytes(16, "big")) for n in range(1, 41))
    client = floor.client("boss")
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    assert len(queries) <= MOST_QUERIES[address], [query["sql"][:120] for query in queries]


def test_teams_of_many_are_those_of_each(floor: Floor) -> None:
    on = timezone.now().date()
    found = teams_of(floor.agents, on)
    assert found == {agent.pk: team_of(agent, on) for agent in floor.agents}
    for team in floor.teams:
        here = {agent.pk for agent in Agent.objects.in_teams([team], on)}
        assert here == {agent for agent, its in found.items() if its == team}


def test_the_roll_shows_each_team(floor: Floor) -> None:
    page = floor.client("boss").get("/people/").content.decode()
    moved = floor.named["moved"]
    row = re.search(rf'/people/{moved.pk}/">.*?</tr>', page, re.DOTALL)
    assert row is not None and floor.teams[1].name in row[0]
