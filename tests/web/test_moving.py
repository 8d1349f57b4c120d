"""Does a whole database move, there and back, and is half a move never taken for a whole one?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from floorwalker.web.marking import MARK
from tests.migrated import begin_home
from tests.postgresql import programs
from tests.shared_data import ROOT
from tests.sources.asterisk_queue_log.lines import write_log
from tests.warm import warm_parent

WHOLE = "and the audit trail is whole"
# What is done to the program before it moves, as somebody who kills it, or a server that loses a row, would.
KILLED = "plain = m._copy; seen = []\ndef copy(*a):\n    seen.append(a); len(seen) > 9 and os._exit(9); plain(*a)\nm._copy = copy"
LOST = (
    "plain = m._parts\ndef parts(f, batch): return plain(f, batch[:-1] if len(batch) > 1 else batch)\nm._parts = parts"
)
COPIED = """
import subprocess, django.core.management as d
plain = d.call_command
def call(name, *words, **given):
    if name != "migrate":
        return plain(name, *words, **given)
    subprocess.run(["{psql}", "-q", "-v", "ON_ERROR_STOP=1", "-f", "{tables}", sys.argv[-1]], check=True)
d.call_command = call
"""


@dataclass(frozen=True)
class Place:
    """A home on SQLite with people and what a load has seen, and a server that makes databases."""

    home: Path
    server: str

    def environment(self, url: str = "") -> dict[str, str]:
        given = {name: value for name, value in os.environ.items() if not name.startswith("FLOORWALKER_")}
        given["FLOORWALKER_HOME"] = str(self.home)
        return given | ({"FLOORWALKER_DATABASE_URL": url} if url else {})

    def run(self, *words: str, url: str = "", code: int = 0, first: str = "") -> str:
        start = f"import os, sys; import floorwalker.web.moving as m\n{first}\nfrom floorwalker.cli import main; main()"
        done = warm_parent().run(list(words), ROOT, self.environment(url), start)
        assert done.returncode == code, f"{words}: {done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def database(self, name: str) -> str:
        """A new, empty database of the server."""
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(f"create database {name}")
        return self.server.replace("/floorwalker?", f"/{name}?")

    def counts(self, url: str) -> dict[str, int]:
        with psycopg.connect(url) as connection:
            tables = connection.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
            return {name: _one(connection, f'select count(*) from "{name}"') for (name,) in tables}


def _one(connection: psycopg.Connection[tuple[int]], query: str) -> int:
    found = connection.execute(query).fetchone()
    assert found
    return int(found[0])


@pytest.fixture(scope="module")
def built(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("moving")
    log = folder / "queue_log"
    log.write_text("\n".join(write_log(200, seed=3, seconds_between=600)) + "\n", encoding="utf-8")
    made = Place(begin_home(folder / "home"), postgresql)
    made.run("init", "--site", "Main", "--timezone", "Europe/London")
    made.run("load", "asterisk_queue_log", str(log))
    made.run("user", "add", "robin", "--role", "operations_manager")
    return made


@pytest.fixture
def place(built: Place, tmp_path: Path) -> Place:
    """A copy of the home: its trail goes on in one database alone."""
    shutil.copytree(built.home, tmp_path / "home")
    return Place(tmp_path / "home", built.server)


@pytest.fixture(scope="module")
def tables_made(migrated_there: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What is done to the program so that migrations, which take most of a move, are not made but copied from a database there."""
    tables = tmp_path_factory.mktemp("tables") / "tables.sql"
    subprocess.run([programs() / "pg_dump", "--no-owner", "--file", tables, migrated_there], check=True)
    return COPIED.format(psql=str(programs() / "psql"), tables=str(tables))


def test_all_of_it_moves_there_and_goes_on(place: Place, tables_made: str) -> None:
    there = place.database("there")
    before = place.run("audit", "verify")
    said = place.run("move-database", there, first=tables_made)
    assert WHOLE in said and "people_identity: " in said and "people_auditentry: " in said
    assert place.run("audit", "verify", url=there) == before
    assert MARK not in place.counts(there) and place.counts(there)["people_agent"] > 5
    # The next numbers come after those that came over; a database that is not empty is refused.
    place.run("user", "add", "wren", "--role", "administrator", url=there)
    assert "the target is not empty" in place.run("move-database", there, code=1)


@pytest.mark.slow
def test_all_of_it_moves_back_and_goes_on(place: Place, tmp_path: Path) -> None:
    there = place.database("there_for_a_while")
    before = place.run("audit", "verify")
    place.run("move-database", there)
    place.run("user", "add", "wren", "--role", "administrator", url=there)
    back = f"sqlite:///{tmp_path / 'back.sqlite3'}"
    assert WHOLE in place.run("move-database", back, url=there)
    assert place.run("audit", "verify", url=back) == place.run("audit", "verify", url=there) != before
    place.run("user", "add", "tallow", "--role", "administrator", url=back)
    assert "is there already" in place.run("move-database", back, url=back, code=1)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["postgresql", "sqlite"])
def test_a_move_that_was_killed_is_refused_until_it_is_made_anew(place: Place, tmp_path: Path, kind: str) -> None:
    target = place.database("killed") if kind == "postgresql" else f"sqlite:///{tmp_path / 'killed.sqlite3'}"
    place.run("move-database", target, code=9, first=KILLED)
    assert "is not whole" in place.run("user", "add", "nobody", "--role", "assessor", url=target, code=1)
    assert WHOLE in place.run("move-database", target)
    assert place.run("audit", "verify", url=target) == place.run("audit", "verify")


@pytest.mark.slow
def test_a_row_that_did_not_arrive_is_missed_and_nothing_is_kept(place: Place) -> None:
    target = place.database("lost")
    said = place.run("move-database", target, code=1, first=LOST)
    assert "did not arrive as it was" in said and WHOLE not in said
    counts = place.counts(target)
    assert MARK in counts and counts["people_agent"] == counts["people_auditentry"] == 0


@pytest.mark.slow
def test_nothing_moves_while_somebody_works_there(place: Place) -> None:
    target = place.database("busy")
    worker = subprocess.Popen(
        [sys.executable, "-u", "-m", "floorwalker", "work"],
        cwd=ROOT,
        env=place.environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert worker.stdout is not None and "working" in worker.stdout.readline()
        said = place.run("move-database", target, code=1)
        assert "is in use" in said and "fuser" in said and not place.counts(target)
        place.run("audit", "verify")
    finally:
        worker.terminate()
        worker.communicate(timeout=30)

    assert WHOLE in place.run("move-database", target)
