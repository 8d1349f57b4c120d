"""Does the roll of people ask few questions however many there are, and name the team that rights go by?"""

from __future__ import annotations

import re
from datetime import date

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


def test_what_somebody_else_wrote_meanwhile_is_not_taken_back(floor: Floor) -> None:
    """Two windows on one person's page: each writes down what was changed in it, and nothing else."""
    client, address = floor.client("boss"), f"/people/{floor.agents[0].pk}/"
    Agent.objects.filter(pk=floor.agents[0].pk).update(
        name="Ada Reed", email="ada@example.org", started_on="2020-01-01"
    )
    seen = _form(client.get(address).content.decode())
    assert seen["initial-email"] == seen["email"] == "ada@example.org" and seen["initial-started_on"] == "2020-01-01"
    client.post(f"{address}details/", seen | {"staff_number": "77", "started_on": "2021-02-03"})
    client.post(f"{address}details/", seen | {"name": "Ada Vale", "email": ""})
    now = Agent.objects.get(pk=floor.agents[0].pk)
    assert (now.name, now.staff_number, now.email) == ("Ada Vale", "77", "")
    assert now.started_on == date(2021, 2, 3)
    # After a mistake the window still knows what stood there when it was opened.
    wrong = client.post(f"{address}details/", seen | {"name": "", "staff_number": "", "initial-staff_number": "77"})
    assert wrong.status_code == 422 and _form(wrong.content.decode())["initial-staff_number"] == "77"


def _form(page: str) -> dict[str, str]:
    """The fields of the form of details, by name."""
    form = page.partition('details/" novalidate')[2].partition("</form>")[0]
    inputs = re.findall(r"<input[^>]*>", form)
    names = {re.findall(r'name="([^"]+)"', one)[0]: re.findall(r'value="([^"]*)"', one) for one in inputs}
    return {name: "".join(value) for name, value in names.items()}
