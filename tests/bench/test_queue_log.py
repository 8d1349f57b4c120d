"""Is a generated queue_log one that a telephone system could have written, as long as asked for, and the same again?"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bench.queue_log import Centre, write_queue_log
from tests.installation import new_installation

CENTRE = Centre(agents=40, queues=6, customers=2_000, seed=3)
LINES = 20_000


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One log of two days and a bit."""
    path = tmp_path_factory.mktemp("log") / "queue_log"
    write_queue_log(path, LINES, CENTRE)
    return path


def test_it_has_the_lines_asked_for_in_order_of_time(log: Path) -> None:
    seconds = [int(line.split("|")[0]) for line in log.read_text().splitlines()]
    assert len(seconds) == LINES
    assert seconds == sorted(seconds)


def test_the_same_seed_writes_the_same(log: Path, tmp_path: Path) -> None:
    again, other = tmp_path / "again", tmp_path / "other"
    write_queue_log(again, LINES, CENTRE)
    write_queue_log(other, LINES, Centre(40, 6, 2_000, seed=4))
    assert again.read_bytes() == log.read_bytes()
    assert other.read_bytes() != log.read_bytes()


def test_every_kind_of_event_is_there(log: Path) -> None:
    events = Counter(line.split("|")[4] for line in log.read_text().splitlines())
    assert set(events) == set(
        "QUEUESTART ADDMEMBER REMOVEMEMBER PAUSE UNPAUSE ENTERQUEUE RINGNOANSWER CONNECT COMPLETEAGENT COMPLETECALLER "
        "BLINDTRANSFER ATTENDEDTRANSFER ABANDON EXITWITHTIMEOUT EXITWITHKEY".split()
    )
    assert events["ENTERQUEUE"] > 0.2 * LINES


def test_no_agent_answers_two_callers_at_once(log: Path) -> None:
    talking: dict[str, str] = {}
    for line in log.read_text().splitlines():
        _, call, _, agent, event, *_ = line.split("|")
        if event == "CONNECT":
            assert agent not in talking, line
            talking[agent] = call
        elif event.startswith(("COMPLETE", "BLIND", "ATTENDED")):
            assert talking.pop(agent) == call, line


def test_it_loads_whole_and_passed_on_callers_are_one_chain(log: Path, tmp_path: Path) -> None:
    receipt = new_installation(tmp_path)
    loaded = receipt.load("asterisk_queue_log", log)
    assert loaded.records.used == LINES
    assert not loaded.flags and not loaded.notes
    chains = receipt.rows("contact", "count(*) as visits, count(distinct chain_key) as calls")[0]
    assert 0.95 < chains["calls"] / chains["visits"] < 1
