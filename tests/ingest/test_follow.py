"""Does following a growing log lose or repeat nothing over rotation, restart and a line still being written?"""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from floorwalker.errors import SourceError
from floorwalker.ingest.bookmarks import identity_of
from floorwalker.ingest.load import load
from floorwalker.ingest.order import Order
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


Facts = dict[str, list[dict[str, object]]]


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Facts, bytes]:
    """What the whole log gives when it is read at once, and the secret of that home."""
    folder = tmp_path_factory.mktemp("at_once")
    read = new_installation(folder / "home")
    read.load("asterisk_queue_log", write(folder / "whole", LINES))
    return facts_of(read), (read.config.keys / "customers.key").read_bytes()


@pytest.fixture
def reference(at_once: tuple[Facts, bytes], home: Installation) -> Facts:
    """What is to come of the log in this test's home."""
    (home.config.keys / "customers.key").write_bytes(at_once[1])
    return at_once[0]


def test_growing_log_gives_the_same_facts(tmp_path: Path, home: Installation, reference: Facts) -> None:
    log = tmp_path / "queue_log"
    log.touch()
    assert follow(home, log) is None
    for first in range(0, len(LINES), 700):
        append(log, text(first, first + 700))
        receipt = follow(home, log)
        assert receipt is not None
        assert receipt.records.read == len(LINES[first : first + 700])
        assert follow(home, log) is None
    assert facts_of(home) == reference


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
    tmp_path: Path, home: Installation, reference: Facts, rotate: object
) -> None:
    log = tmp_path / "queue_log"
    append(log, text(0, 900))
    follow(home, log)
    append(log, text(900, 1000))
    rotate(log)  # type: ignore[operator]
    append(log, text(1000, len(LINES)))
    follow(home, log)
    assert follow(home, log) is None
    assert facts_of(home) == reference


def _nth(log: Path, number: int, *, zipped: bool) -> None:
    """Rotate as logrotate with dates in the names does, with last instants of writing that differ."""
    away = log.with_name(f"queue_log-2026010{number}{'.gz' if zipped else ''}")
    away.write_bytes(gzip.compress(log.read_bytes()) if zipped else log.read_bytes())
    os.utime(away, (1_767_000_000 + number, 1_767_000_000 + number))
    log.unlink()
    log.touch()


@pytest.mark.parametrize("zipped", [False, True])
def test_two_rotations_between_two_readings_lose_nothing(
    tmp_path: Path, home: Installation, reference: Facts, zipped: bool
) -> None:
    log = tmp_path / "queue_log"
    append(log, text(0, 300))
    _nth(log, 1, zipped=zipped)
    append(log, text(300, 900))
    follow(home, log)
    home.load("asterisk_queue_log", log.with_name(f"queue_log-20260101{'.gz' if zipped else ''}"))
    for number, first in ((2, 900), (3, 1000), (4, 1100)):
        append(log, text(first, first + 100))
        _nth(log, number, zipped=zipped)
    append(log, text(1200, len(LINES)))
    (tmp_path / "queue_log.notes").write_text("not a log\n")
    receipt = follow(home, log)
    assert receipt is not None and receipt.records.read == len(LINES) - 900
    assert follow(home, log) is None
    assert facts_of(home) == reference


def test_what_was_rotated_is_read_once_though_the_log_stays_empty(tmp_path: Path, home: Installation) -> None:
    log = tmp_path / "queue_log"
    append(log, text(0, 500))
    follow(home, log)
    append(log, text(500, 600))
    by_rename(log)
    receipt = follow(home, log)
    assert receipt is not None and receipt.records.read == 100
    assert follow(home, log) is None
    append(log, text(600, 700))
    receipt = follow(home, log)
    assert receipt is not None and receipt.records.read == 100


def test_a_log_that_is_away_for_a_moment_is_waited_for(tmp_path: Path, home: Installation, reference: Facts) -> None:
    log = tmp_path / "queue_log"
    with pytest.raises(SourceError, match="the log is not there") as caught:
        follow(home, log)
    assert caught.value.retry
    append(log, text(0, 900))
    follow(home, log)
    append(log, text(900, 1000))
    os.rename(log, tmp_path / "queue_log.1")
    receipt = follow(home, log)
    assert receipt is not None and receipt.records.read == 100
    assert follow(home, log) is None
    append(log, text(1000, len(LINES)))
    follow(home, log)
    assert facts_of(home) == reference


def test_a_file_that_shrank_while_it_was_read_has_no_identity(tmp_path: Path) -> None:
    log = tmp_path / "queue_log"
    append(log, text(0, 1))
    with pytest.raises(SourceError, match="replaced while it was read") as caught:
        identity_of(log, 4000, log.stat().st_ino)
    assert caught.value.retry


def test_logs_rotated_since_are_read_where_the_one_that_was_read_is_gone(tmp_path: Path) -> None:
    """Following was off for longer than rotated logs are kept: what is there is read, whole."""
    home = new_installation(tmp_path / "home")
    log = tmp_path / "queue_log"
    append(log, text(0, 5))
    home.load("asterisk_queue_log", log, follow=True)
    log.unlink()
    append(tmp_path / "queue_log.1", text(5, 10))
    append(log, text(10, 12))
    home.load("asterisk_queue_log", log, follow=True)
    assert len(home.rows("source_event")) == 12
