"""Does everything stay whole when several people act at the same moment, on either database?"""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from pathlib import Path

import psycopg
import pytest

from tests.apps.api.rivals import CHANGES, USES
from tests.apps.people.rivals import MOVES
from tests.shared_data import ROOT

RIVALS = 3


# No test asserts a time: this is for what would never end, however busy the machine.
HANGS_SECONDS = 900


def start(
    home: Path, address: str | None, *task: str, module: str = "tests.apps.people.rivals"
) -> subprocess.Popen[str]:
    """One process with that task."""
    environment = {**os.environ, "FLOORWALKER_HOME": str(home)}
    environment.pop("FLOORWALKER_DATABASE_URL", None)
    if address:
        environment["FLOORWALKER_DATABASE_URL"] = address
    command = [sys.executable, "-W", "error", "-m", module, *task]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def finish(process: subprocess.Popen[str]) -> str:
    """What the process said; its failure is the test's. One that hangs is ended with its test, and troubles no other."""
    with process:
        try:
            said, complaints = process.communicate(timeout=HANGS_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    assert process.returncode == 0, complaints[-3000:]
    return said


def compete(home: Path, address: str | None) -> list[int]:
    """By day, in how many teams the agent is in the end; then the moves in the trail, and how often it is broken."""
    finish(start(home, address, "set-up", str(RIVALS)))
    for process in [start(home, address, "move", str(number)) for number in range(RIVALS)]:
        finish(process)
    return [int(word) for word in finish(start(home, address, "tell")).split()]


def check(home: Path, address: str | None) -> None:
    assert compete(home, address) == [0] + [1] * (MOVES + 4) + [RIVALS * MOVES, 0]


# At each change people on the database where more can go wrong at once; the rest by `make slow`.
@pytest.mark.slow
def test_on_sqlite(tmp_path: Path) -> None:
    check(tmp_path, None)


@pytest.fixture
def database(postgresql: str) -> str:
    """A database of its own: its trail is sealed by the key of one home, whoever else has used the server."""
    name = f"rivals_{uuid.uuid4().hex}"
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(f"create database {name}")
    return postgresql.replace("/floorwalker?", f"/{name}?")


@pytest.mark.slow
def test_on_postgresql(tmp_path: Path, database: str) -> None:
    check(tmp_path, database)


def check_programs(home: Path, address: str | None) -> None:
    """Changes that name themselves by a key are made once, and every use of a token is counted."""
    api = "tests.apps.api.rivals"
    token = finish(start(home, address, "set-up", module=api)).strip()
    rivals = [start(home, address, "ask", str(number), str(RIVALS), token, module=api) for number in range(RIVALS)]
    answers = {finish(process) for process in rivals}
    assert len(answers) == 1 and len(answers.pop().split()) == CHANGES
    assert finish(start(home, address, "tell", module=api)).split() == [
        *map(str, (CHANGES, CHANGES, CHANGES, RIVALS * USES))
    ]


@pytest.mark.slow
def test_programs_on_sqlite(tmp_path: Path) -> None:
    check_programs(tmp_path, None)


@pytest.mark.slow
def test_programs_on_postgresql(tmp_path: Path, database: str) -> None:
    check_programs(tmp_path, database)
