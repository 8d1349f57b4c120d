"""Do the genuine logs give the figures that were counted in them by hand?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.installation import Installation, new_installation
from tests.shared_data import shared


@pytest.fixture
def home(tmp_path: Path) -> Installation:
    return new_installation(tmp_path / "home")


def test_asteriskreport_in_full(home: Installation) -> None:
    receipt = home.load("asterisk_queue_log", shared("data/queue_log_asteriskreport/queue_log.txt"))
    assert (receipt.records.read, receipt.records.used) == (278, 278)
    contacts = home.rows("contact", "outcome, wait_seconds, ended_at, handled, answered_by")
    answered = [row for row in contacts if row["outcome"] == "answered"]
    abandoned = [row for row in contacts if row["outcome"] == "abandoned"]
    waiting = [row for row in contacts if row["outcome"] is None]
    assert (len(contacts), len(answered), len(abandoned), len(waiting)) == (21, 8, 12, 1)
    assert sum(row["wait_seconds"] for row in answered) / 8 == 17.875
    assert sum(row["wait_seconds"] for row in abandoned) / 12 == pytest.approx(17.9167, abs=1e-4)
    assert sum(row["ended_at"] is None for row in contacts) == 2
    assert sum(row["handled"] for row in contacts) == 7
    alerts = home.rows("alert", "outcome")
    assert sum(row["outcome"] == "no_answer" for row in alerts) == 221
    assert len(alerts) == 229


def test_ring_no_answers_by_agent_as_in_the_file(home: Installation) -> None:
    path = shared("data/queue_log_asteriskreport/queue_log.txt")
    home.load("asterisk_queue_log", path)
    counted: dict[str, int] = {}
    for line in path.read_text().splitlines():
        fields = line.split("|")
        if fields[4] == "RINGNOANSWER":
            counted[fields[3]] = counted.get(fields[3], 0) + 1
    by_key = home.rows("alert", "identity_key, count(*) as n", "outcome = 'no_answer' group by identity_key")
    assert sorted(row["n"] for row in by_key) == sorted(counted.values())


def test_broken_log_is_read_to_its_end(home: Installation) -> None:
    receipt = home.load("asterisk_queue_log", shared("data/queue_log_asterisk2slack/queue_log"))
    assert receipt.records.ignored == {"blank line": 2}
    assert receipt.records.used == 21
    events = receipt.facts["source_event"]
    assert (events.new, events.unchanged) == (15, 6)
    contacts = home.rows("contact", "incomplete")
    assert sorted(row["incomplete"] for row in contacts) == [False, False, True, True]
    flags = [(row["line"], row["code"]) for row in home.store.flags()]
    assert flags == [(16, "out_of_order"), (20, "repeated_end"), (21, "repeated_end"), (22, "repeated_end")]


def test_pbxware_export(home: Installation) -> None:
    home.load("asterisk_queue_log", shared("data/pbxware_first200/queue_log.csv"))
    contacts = home.rows("contact", "direction, outcome, handled")
    inbound = [row for row in contacts if row["direction"] == "inbound"]
    outbound = [row for row in contacts if row["direction"] == "outbound"]
    assert (len(inbound), sum(row["outcome"] == "answered" for row in inbound)) == (14, 14)
    assert (len(outbound), sum(row["outcome"] == "answered" for row in outbound)) == (47, 29)
    segments = home.rows("segment", "ended_by", "direction = 'inbound'")
    ended = [row["ended_by"] for row in segments]
    assert (ended.count("agent") + ended.count("customer"), ended.count("transfer")) == (13, 1)
    assert len(home.rows("alert", "*", "outcome = 'no_answer'")) == 27
