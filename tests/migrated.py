"""How does a test come to a database with every migration made? The first that asks in a run makes them, the others copy it.

Making them takes seconds, and every worker, every browser and many a home of the command line begins with it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.once import made_once
from tests.shared_data import ROOT

NAME = "floorwalker.sqlite3"
# The same on a server; and how a process of tests there is told which database to copy.
THERE = "migrated"
TEMPLATE = "FLOORWALKER_TESTS_TEMPLATE"
MAKE = "from floorwalker.config import Config; from floorwalker.web.prepare import prepare; prepare(Config.from_environment())"


def migrated() -> Path:
    """The file of the database; made in a home of its own, as a command makes it."""
    return made_once("migrated", _make) / NAME


def migrate_there(server: str) -> str:
    """The same in a new database of a PostgreSQL server: its address."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"create database {THERE}")
    address = server.replace("/floorwalker?", f"/{THERE}?")
    with tempfile.TemporaryDirectory() as home:
        _migrate(Path(home), address)
    return address


def _migrate(home: Path, address: str) -> None:
    environment = {**os.environ, "FLOORWALKER_HOME": str(home), "FLOORWALKER_DATABASE_URL": address}
    done = subprocess.run(
        [sys.executable, "-c", MAKE], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]


def _make(home: Path) -> None:
    _migrate(home, f"sqlite:///{home / NAME}")
    # A copy of one file is whole only where nothing waits beside it.
    with sqlite3.connect(home / NAME) as database:
        assert database.execute("pragma journal_mode = delete").fetchone() == ("delete",)
    database.close()


@contextmanager
def being_made() -> Iterator[None]:
    """Within this, a process of its own makes it: workers are still reading all tests when it is half done."""
    maker = subprocess.Popen([sys.executable, "-m", "tests.migrated"], cwd=ROOT)
    try:
        yield
    finally:
        maker.terminate()
        maker.wait()


def begin_home(home: Path) -> Path:
    """A home whose database is there already; everything else in it is made by the first command."""
    home.mkdir(parents=True, exist_ok=True)
    shutil.copy(migrated(), home / NAME)
    return home


@contextmanager
def filled(database: str) -> Iterator[None]:
    """Within this, a SQLite database in memory, named by its address, holds what migrations have made."""
    held, made = sqlite3.connect(database, uri=True), sqlite3.connect(migrated())
    made.backup(held)
    made.close()
    yield
    held.close()


if __name__ == "__main__":
    migrated()
