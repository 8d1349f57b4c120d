"""Do requests share the connections of PostgreSQL: wait where all are in use, outlive its restart, and hold none in vain?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import psycopg
import pytest

from floorwalker.config import DATABASE_CONNECTIONS, Config
from floorwalker.errors import ConfigError
from floorwalker.web.pooling import pool_options
from tests.apps.pooled import CROWD, MOST
from tests.shared_data import ROOT


@pytest.fixture(scope="module")
def told(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of a web process whose requests share three connections to a database of its own."""
    name = f"pooled_{uuid.uuid4().hex}"
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(f"create database {name}")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.apps.pooled"],
        cwd=ROOT,
        env={
            **os.environ,
            "FLOORWALKER_HOME": str(tmp_path_factory.mktemp("pooled")),
            "FLOORWALKER_DATABASE_URL": postgresql.replace("/floorwalker?", f"/{name}?"),
            "FLOORWALKER_DATABASE_CONNECTIONS": str(MOST),
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    with psycopg.connect(postgresql, autocommit=True) as connection:
        left = connection.execute("select count(*) from pg_stat_activity where datname = %s", [name]).fetchone()
    assert left is not None
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {**found, "left": left[0], "said": done.stderr}


def test_more_requests_than_connections_wait_their_turn(told: dict[str, Any]) -> None:
    assert told["crowd"] == [200] * CROWD
    assert told["shared"] == told["after the crowd"] == MOST


def test_broken_connections_are_replaced_before_anybody_meets_them(told: dict[str, Any]) -> None:
    assert told["after a restart"] == [200] * CROWD and told["survivors"] == []


def test_a_long_answer_takes_no_connection_along(told: dict[str, Any]) -> None:
    assert told["beside streams"] == [200] * MOST
    assert told["streams"] == ["begunended"] * (2 * MOST)


def test_whoever_waits_too_long_is_told_when_to_come_again(told: dict[str, Any]) -> None:
    status, again, page = told["exhausted"]
    assert status == 503 and again and "What you sent was not kept" in page
    status, kind, problem = told["program"]
    assert status == 503 and kind == "application/problem+json"
    assert json.loads(problem)["title"] == "the database has no connection free, or does not answer"
    assert told["held"] == [200] * MOST
    assert "/who/ was not answered" in told["said"]


def test_readers_who_leave_give_their_connections_back(told: dict[str, Any]) -> None:
    assert told["after readers left"] == [200] * CROWD


def test_nothing_is_held_that_nobody_needs(told: dict[str, Any]) -> None:
    assert told["command"] == 1, "a command has the one connection that it uses"
    assert told["before"] == 0, "a server that nobody has asked yet holds none"
    assert told["left"] == 0, "a process that has ended holds none"


def test_how_many_are_shared_is_a_setting(tmp_path: Path) -> None:
    def options(**given: str) -> dict[str, Any]:
        return pool_options(Config.from_environment({"FLOORWALKER_HOME": str(tmp_path), **given}))

    assert options()["max_size"] == DATABASE_CONNECTIONS
    one = options(FLOORWALKER_DATABASE_CONNECTIONS="1")
    assert one["min_size"] == one["max_size"] == 1


@pytest.mark.parametrize("wrong", ["0", "many", "1001", "-3"])
def test_a_size_that_cannot_be_is_named(wrong: str) -> None:
    with pytest.raises(ConfigError, match="FLOORWALKER_DATABASE_CONNECTIONS"):
        Config.from_environment({"FLOORWALKER_DATABASE_CONNECTIONS": wrong})
