"""Does a load that is killed at any moment leave anything behind that is lost, half done or counted twice?"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from floorwalker.facts.upkeep import verify
from tests.ingest.test_order_does_not_matter import LINES, facts_of, write
from tests.installation import new_installation
from tests.shared_data import ROOT

WORKER = [sys.executable, "-m", "tests.ingest.kill_worker"]


def kill_once(home: Path, log: Path, after_seconds: float) -> bool:
    """Start a load, kill it -9 after so many seconds; whether it was still running then."""
    process = subprocess.Popen(
        [*WORKER, str(home), str(log)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(after_seconds)
    running = process.poll() is None
    process.kill()
    process.wait()
    process.stdout.close()
    return running


def check_kills(folder: Path, moments: int, seed: int) -> None:
    log = write(folder / "queue_log", LINES)
    reference = new_installation(folder / "reference")
    started = time.monotonic()
    reference.load("asterisk_queue_log", log)
    whole_load = time.monotonic() - started
    draw = random.Random(seed)
    killed = 0
    home = new_installation(folder / "home")
    (home.config.keys / "customers.key").write_bytes((reference.config.keys / "customers.key").read_bytes())
    piece = len(LINES) // (moments + 1)
    for number in range(1, moments + 1):
        part = write(folder / f"part{number}", LINES[: piece * number])
        killed += kill_once(folder / "home", part, draw.uniform(0, whole_load))
        assert verify(home.lake, lambda share, stage: None) == []
    home.load("asterisk_queue_log", log)
    assert killed >= moments // 3, "the kills came too late to try anything"
    assert facts_of(home) == facts_of(reference)
    assert list((home.config.intake / "staging").iterdir()) == []


def test_killed_at_random_moments(tmp_path: Path) -> None:
    check_kills(tmp_path, moments=4, seed=11)


@pytest.mark.slow
def test_killed_at_twenty_random_moments(tmp_path: Path) -> None:
    check_kills(tmp_path, moments=20, seed=12)
