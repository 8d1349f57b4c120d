"""Does following a growing log lose or repeat nothing over rotation, restart and a line still being written?"""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from floorwalker.ingest.load import Order, load
from floorwalker.ingest.receipt import Receipt
from tests.ingest.test_order_does_not_matter import LINES, facts_of, write
from tests.installation import MAIN, NOON, Installation, new_installation


def follow(home: Installation, path: Path) -> Receipt | None:
    order = Order("asterisk_queue_log", (path,), MAIN, "Main", follow=True)
    return load(order, home.config, home.lake, now=lambda: NOON)


def append(path: Path, text: str) -> None:
    with path.open("a") as file:
        file.write(text)


def text(first: int, last: int) -> str:
    return "".join(line + "\n" for line in LINES[first:last])


@pytest.fixture
def home(tmp_path: Path) -> Installation:
    return new_installation(tmp_path / "home")


@pytest.fixture
def reference(tmp_path: Path, home: Installation) -> Installation:
    reference = new_installation(tmp_path / "reference")
    secret = reference.config.keys / "customers.key"
    reference.load("asterisk_queue_log", write(tmp_path / "whole", LINES))
    (home.config.keys / "customers.key").write_bytes(secret.read_bytes())
    return reference


def test_growing_log_gives_the_same_facts(tmp_path: Path, home: Installation, reference: Installation) -> None:
    log = tmp_path / "queue_log"
    log.touch()
    assert follow(home, log) is None
    for first in range(0, len(LINES), 700):
        append(log, text(first, first + 700))
        receipt = follow(home, log)
        assert receipt is not None
        assert receipt.records.read == len(LINES[first : first + 700])
        assert follow(home, log) is None
    assert facts_of(home) == facts_of(reference)


def test_half_a_line_waits_for_its_end(tmp_path: Path, home: Installation) -> None:
    log = tmp_path / "queue_log"
    log.write_text(LINES[0] + "\n" + LINES[1][:12])
    receipt = follow(home, log)
    assert receipt is not None and receipt.records.read == 1
    append(log, LINES[1][12:] + "\n")
    receipt = follow(home, log)
    assert receipt is not None and (receipt.records.read, receipt.records.rejected.total()) == (1, 0)


def by_rename(log: Path) -> None:
    os.rename(log, log.with_name("queue_log.1"))
    log.touch()


def by_copy(log: Path) -> None:
    log.with_name("queue_log.1").write_bytes(log.read_bytes())
    os.truncate(log, 0)


def by_compression(log: Path) -> None:
    with gzip.open(log.with_name("queue_log.1.gz"), "wb") as zipped:
        zipped.write(log.read_bytes())
    log.unlink()
    log.touch()


@pytest.mark.parametrize("rotate", [by_rename, by_copy, by_compression])
def test_rotation_between_two_readings_loses_nothing(
    tmp_path: Path, home: Installation, reference: Installation, rotate: object
) -> None:
    log = tmp_path / "queue_log"
    append(log, text(0, 900))
    follow(home, log)
    append(log, text(900, 1000))
    rotate(log)  # type: ignore[operator]
    append(log, text(1000, len(LINES)))
    follow(home, log)
    assert follow(home, log) is None
    assert facts_of(home) == facts_of(reference)
