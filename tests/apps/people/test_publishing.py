"""Does what people change reach the lake when it commits, never before, and never at the price of a page that waits?"""

from __future__ import annotations

import logging
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from floorwalker.apps.people import actions
from floorwalker.apps.people.models import Membership, Site
from floorwalker.facts.keys import site_key
from floorwalker.jobs.publish import publish_dimensions
from tests.apps.conftest import NOW, Commit, Floor

DAY = date(2026, 11, 1)


def held(floor: Floor, table: str) -> list[dict[str, Any]]:
    """The rows of a dimension as the lake was committed last."""
    snapshot = floor.lake.snapshot()
    return snapshot.sql(f"select * from {snapshot.relation(table)} order by all").to_pylist()


def teams_on(floor: Floor, key: bytes, day: date) -> list[bytes]:
    rows = [row for row in held(floor, "membership") if row["agent_key"] == key]
    return [
        row["team_key"]
        for row in rows
        if (row["from_day"] is None or row["from_day"] <= day) and (row["to_day"] is None or row["to_day"] > day)
    ]


def test_a_move_is_in_the_lake_once_it_is_committed(floor: Floor, commit: Commit) -> None:
    agent, (first, second) = floor.agents[0], floor.teams
    with commit():
        actions.join_team(agent, second, on=DAY, by=floor.users["boss"], at=NOW)
        assert teams_on(floor, bytes(agent.key), DAY) == [bytes(first.key)]
    assert teams_on(floor, bytes(agent.key), DAY) == [bytes(second.key)]


def test_a_move_that_is_taken_back_is_not_published(floor: Floor, commit: Commit) -> None:
    agent, (first, second) = floor.agents[0], floor.teams
    with commit(), pytest.raises(OSError, match="disk full"), transaction.atomic():
        actions.join_team(agent, second, on=DAY, by=floor.users["boss"], at=NOW)
        raise OSError("disk full")
    assert teams_on(floor, bytes(agent.key), DAY) == [bytes(first.key)]


def test_a_new_site_is_in_the_lake_once_it_is_committed(floor: Floor, commit: Commit) -> None:
    with commit():
        actions.found_site("Leeds", "Europe/London", "GB", by="test", at=NOW)
    assert {"site_key": site_key("Leeds"), "code": "Leeds", "timezone": "Europe/London", "country": "GB"} in held(
        floor, "site"
    )
    Site.objects.get(code="Leeds").delete()
    publish_dimensions(floor.lake)


def test_nobody_waits_for_a_load_and_the_next_round_catches_up(
    floor: Floor, commit: Commit, caplog: pytest.LogCaptureFixture
) -> None:
    agent, (first, second) = floor.agents[0], floor.teams
    with floor.lake.writing(), caplog.at_level(logging.WARNING), commit():
        actions.join_team(agent, second, on=DAY, by=floor.users["boss"], at=NOW)
    assert "somebody else is writing" in caplog.text
    assert teams_on(floor, bytes(agent.key), DAY) == [bytes(first.key)]
    publish_dimensions(floor.lake)
    assert teams_on(floor, bytes(agent.key), DAY) == [bytes(second.key)]


def test_several_changes_are_one_commit_and_none_is_none(floor: Floor) -> None:
    before = floor.lake.snapshot().current.sequence
    publish_dimensions(floor.lake)
    assert floor.lake.snapshot().current.sequence == before
    Membership.objects.filter(agent=floor.agents[0]).delete()
    Site.objects.create(code="York", name="York", timezone="Europe/London", key=site_key("York"))
    publish_dimensions(floor.lake)
    assert floor.lake.snapshot().current.sequence == before + 1
