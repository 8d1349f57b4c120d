"""Does the search find what a reader may open, nothing else, and at a bounded cost?"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

import pytest

from floorwalker.apps.dashboards.finding import MOST_OF_A_KIND, find
from floorwalker.apps.people.actions import join_team
from floorwalker.apps.people.models import Agent, Queue
from tests.apps.conftest import LONG_AGO, NOW, Floor
from tests.apps.opening import some_of_each_route
from tests.apps.rights import PERSONAS

MOST_QUERIES = 16
# Whose search is tried at each change: an agent, leaders of a team and of what it is part of, and who sees all or no figures.
FEW = ("agent", "leader", "former_leader", "site_boss", "analyst", "admin")


def found(floor: Floor, who: str, asked: str) -> dict[str, list[str]]:
    """By kind, the names that the search shows."""
    groups = find(floor.users[who], asked, NOW.date())
    return {group.code: [hit.name for hit in group.hits] for group in groups}


@pytest.mark.parametrize("who", FEW)
def test_whatever_is_found_may_be_opened(floor: Floor, who: str) -> None:
    """Of pages that differ in what they are about alone, such as those of measures, some."""
    addresses = addresses_of(floor, who)
    assert len(addresses) > 5
    assert refused(floor, who, some_of_each_route(addresses, FEW.index(who))) == {}


@pytest.mark.slow
@pytest.mark.parametrize("who", [who for who in PERSONAS if who != "anonymous"])
def test_whatever_is_found_by_anybody_may_be_opened(floor: Floor, who: str) -> None:
    assert refused(floor, who, addresses_of(floor, who)) == {}


def addresses_of(floor: Floor, who: str) -> set[str]:
    """Where all that is found leads."""
    letters = ["", "a", "e", "set", *{agent.name.split()[0] for agent in floor.agents}]
    return {
        hit.address for asked in letters for group in find(floor.users[who], asked, NOW.date()) for hit in group.hits
    }


def refused(floor: Floor, who: str, addresses: Collection[str]) -> dict[str, int]:
    """The addresses that cannot be opened, with their status."""
    client = floor.client(who)
    statuses = {address: client.get(address, follow=True).status_code for address in sorted(addresses)}
    return {address: status for address, status in statuses.items() if status != 200}


def test_nobody_is_named_to_whom_may_not_see_her(floor: Floor) -> None:
    mate, other = floor.named["mate"], floor.named["other"]
    assert found(floor, "leader", mate.name)["people"] == [mate.name]
    assert "people" not in found(floor, "leader", other.name)
    assert "people" not in found(floor, "agent", mate.name)
    assert "people" not in found(floor, "process_owner", mate.name)
    assert "teams" not in found(floor, "leader", floor.teams[1].name)
    page = floor.client("leader").get("/search/", {"q": other.name}).content.decode()
    assert "Nothing that you may open has this in its name." in page


def test_somebody_who_keeps_people_finds_figures_and_record(floor: Floor) -> None:
    mate = floor.named["mate"]
    groups = {group.code: group for group in find(floor.users["boss"], mate.name, NOW.date())}
    assert [hit.address for hit in groups["people"].hits] == [f"/agents/{mate.pk}/", f"/people/{mate.pk}/"]
    groups = {group.code: group for group in find(floor.users["admin"], mate.name, NOW.date())}
    assert [hit.address for hit in groups["people"].hits] == [f"/people/{mate.pk}/"]


def test_every_word_counts_and_beginnings_come_first(floor: Floor) -> None:
    assert found(floor, "boss", "handle time")["measures"][0] == "Average handle time"
    assert found(floor, "boss", "TIME handle")["measures"] == found(floor, "boss", "handle time")["measures"]
    assert found(floor, "boss", "zzzz") == {}
    assert found(floor, "boss", "   ") == found(floor, "boss", "")
    queue = Queue.objects.all()[0]
    assert queue.name in found(floor, "leader", queue.name[:3])["queues"]
    assert "queues" not in found(floor, "nobody", queue.name)


def test_two_thousand_agents_cost_no_more_queries(floor: Floor, django_assert_max_num_queries: Any) -> None:
    agents = Agent.objects.bulk_create(
        Agent(name=f"Person {n}", key=n.to_bytes(16, "big")) for n in range(100_000, 102_000)
    )
    for agent in agents[:3]:
        join_team(agent, floor.teams[0], on=LONG_AGO, by=floor.users["boss"], at=NOW)
    for who, seen in (("boss", MOST_OF_A_KIND), ("leader", 3)):
        client = floor.client(who)
        with django_assert_max_num_queries(MOST_QUERIES):
            page = client.get("/search/", {"q": "person"}).content.decode()
        assert len(re.findall(r">Person \d+<", page)) == seen
    assert "There are more" in floor.client("boss").get("/search/", {"q": "person"}).content.decode()


def test_the_palette_is_given_its_options_alone(floor: Floor) -> None:
    client = floor.client("leader")
    answer = client.get("/search/", {"q": "transfer"}, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert "<html" not in text and 'role="option"' in text
    assert "palette-answered" in answer.headers["HX-Trigger-After-Swap"]
    assert "HX-Request" in answer.headers["Vary"]
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_what_is_asked_is_shown_as_text(floor: Floor) -> None:
    answer = floor.client("leader").get("/search/", {"q": '"><b>'})
    assert answer.status_code == 200
    assert "<b>" not in answer.content.decode()
