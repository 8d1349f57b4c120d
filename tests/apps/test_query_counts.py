"""How many questions does each page ask the database? A baseline a page, in query_counts.json, that may only fall.

`FLOORWALKER_RENEW=1 pytest tests/apps/test_query_counts.py` writes the table anew; whoever raises a line says why in the
commit.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from floorwalker.apps.people import actions
from floorwalker.apps.people.models import Agent, Membership
from floorwalker.jobs.publish import publish_dimensions
from tests.apps.conftest import LONG_AGO, NOW, Floor
from tests.apps.rights import ROUTES, addresses

BASELINE = Path(__file__).parent / "query_counts.json"
# The pages on which many agents stand, or which are asked for most.
MAIN = "home centre teams team_board team_hours agent_page agent_trend measure_page people names log_ins audit".split()


def reader_of(route: str) -> str | None:
    """Who is to open it: the manager where she may, otherwise the first who may."""
    allowed = next(iter(ROUTES[route].allowed.values()))
    if ROUTES[route].method != "get" or not allowed:
        return None
    return "boss" if "boss" in allowed else min(allowed)


def counts(floor: Floor, known: Mapping[str, Any], routes: list[str]) -> dict[str, int]:
    """By route, the questions of its second opening: what is read once and kept has been read by then."""
    found = {}
    for route in routes:
        reader = reader_of(route)
        assert reader is not None, route
        arguments: dict[str, Any] = next(iter(known.get(route, {"": {}}).values()))
        client, address = floor.client(reader), reverse(route, kwargs=arguments)
        assert client.get(address).status_code < 400, route
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        found[route] = len(asked)
    return found


def test_no_page_asks_more_than_it_did(floor: Floor) -> None:
    found = counts(floor, addresses(floor), sorted(route for route in ROUTES if reader_of(route)))
    if os.environ.get("FLOORWALKER_RENEW"):
        BASELINE.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    known = json.loads(BASELINE.read_text(encoding="utf-8"))
    more = {route: f"{known[route]} -> {count}" for route, count in found.items() if count > known.get(route, count)}
    assert more == {}, "these pages ask the database more than they did"
    assert found == known, f"lower the baseline, or give a new page a line: FLOORWALKER_RENEW=1 pytest {__name__}"


@pytest.mark.parametrize("who", ["agent", "leader"])
def test_a_home_asks_little_where_nothing_waits(floor: Floor, who: str) -> None:
    """Every context asks once whether anything waits of hers, and reads nothing of what does not."""
    client = floor.client(who)
    assert client.get("/").status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    assert len(asked) < 30, [one["sql"][:120] for one in asked.captured_queries]


def test_no_main_page_asks_more_of_more_agents(floor: Floor) -> None:
    """From a third of the agents with figures to all of them, and as many again twice over, of whom only the name is known."""
    known = addresses(floor)
    Membership.objects.exclude(agent__in=floor.agents[: len(floor.agents) // 3]).delete()
    publish_dimensions(floor.lake)
    few = counts(floor, known, MAIN)
    grow(floor)
    assert {route: count for route, count in counts(floor, known, MAIN).items() if count > few[route]} == {}


def grow(floor: Floor) -> None:
    """Everybody back in a team, and two newcomers for each."""
    some = len(floor.agents)
    new = [Agent.objects.create(name=f"Newcomer {n:03}", key=bytes([255, n]) + bytes(14)) for n in range(2 * some)]
    for number, agent in enumerate([*floor.agents[some // 3 :], *new]):
        actions.join_team(agent, floor.teams[number % 2], on=LONG_AGO, by=floor.users["boss"], at=NOW)
        if number % 3 == 0:
            name = f"newcomer_{number}"
            actions.add_user(name, "agent", agent=agent, by="test", at=NOW)
    publish_dimensions(floor.lake)
