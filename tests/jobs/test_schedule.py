"""Does the worker go on registering names, publishing and renewing sums, as long as it runs?"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from floorwalker.jobs.rolling import roll_up_load
from floorwalker.kpis.rollup import rollups
from tests.ingest.test_order_does_not_matter import LINES, write
from tests.installation import Installation, new_installation
from tests.migrated import begin_home
from tests.shared_data import ROOT

PATIENCE_SECONDS = 90


@pytest.fixture
def home(tmp_path: Path) -> Installation:
    return new_installation(begin_home(tmp_path / "home"))


@pytest.fixture
def worker(home: Installation, tmp_path: Path) -> Iterator[Path]:
    """`floorwalker work`, already at it; yields where its log is."""
    environment = {**os.environ, "FLOORWALKER_HOME": str(home.config.home), "PYTHONUNBUFFERED": "1"}
    environment.pop("FLOORWALKER_DATABASE_URL", None)
    log = tmp_path / "worker.log"
    with log.open("w") as output:
        command = [sys.executable, "-m", "floorwalker", "work"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
        try:
            eventually(lambda: "working in the background" in log.read_text())
            yield log
        finally:
            process.terminate()
            process.wait(30)
    assert process.returncode == 0, log.read_text()


def eventually(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.1)


def ask(home: Installation, query: str) -> list[tuple[object, ...]]:
    database = sqlite3.connect(home.config.home / "floorwalker.sqlite3", timeout=10)
    try:
        with database:
            return database.execute(query).fetchall()
    finally:
        database.close()


def test_the_worker_keeps_up_while_it_runs(home: Installation, tmp_path: Path, worker: Path) -> None:
    home.load("asterisk_queue_log", write(tmp_path / "log", LINES), after_merge=roll_up_load)
    eventually(lambda: not list(home.config.outbox.glob("*.jsonl")))
    assert ask(home, "select count(*) from people_agent")[0][0]
    eventually(lambda: len(home.rows("site")) == 1)

    damaged = home.config.outbox / "damaged.jsonl"
    damaged.write_text("no JSON\n")
    eventually(lambda: "cannot be read" in worker.read_text())
    damaged.unlink()

    ask(
        home,
        "insert into people_queueparameter (queue_id, name, value) "
        "select min(id), 'threshold_seconds', 10 from people_queue",
    )
    eventually(lambda: len(home.rows("queue_parameter")) == 1)
    eventually(lambda: all(home.snapshot.rollup(r.key) for r in rollups() if home.snapshot.days(r.table.name)))
    assert worker.read_text().count("cannot be read") == 1
