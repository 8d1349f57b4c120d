"""How much memory does the load of a large queue_log need? Below a gigabyte, whatever its size."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.own_process import Spent, run_module
from bench.queue_log import Centre, write_queue_log
from tests.migrated import begin_home

GIGABYTE = 1_000_000_000


def load_log(folder: Path, events: int, centre: Centre) -> Spent:
    """Write a log of that many events and load it with the command, in a process and home of its own."""
    log = folder / "queue_log"
    write_queue_log(log, events, centre)
    settings = {"FLOORWALKER_HOME": str(begin_home(folder / "home"))}
    return run_module("floorwalker", ["load", "asterisk_queue_log", str(log), "--json"], settings)


@pytest.mark.parametrize(
    ("events", "centre"),
    [
        pytest.param(60_000, Centre(agents=60, queues=6, customers=8_000), id="60 thousand events"),
        pytest.param(10_000_000, Centre(), id="10 million events", marks=pytest.mark.slow),
    ],
)
def test_a_load_stays_below_a_gigabyte(tmp_path: Path, events: int, centre: Centre) -> None:
    spent = load_log(tmp_path, events, centre)
    receipt = json.loads(spent.output)
    assert receipt["records"]["used"] == events
    assert receipt["facts"]["contact"]["new"] > events / 5
    assert spent.peak_bytes < GIGABYTE
