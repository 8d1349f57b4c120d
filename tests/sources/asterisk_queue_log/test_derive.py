"""Do calls and time lines that are easy to get wrong become the right facts?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from floorwalker.facts.keys import fact_key
from floorwalker.facts.upkeep import verify
from tests.installation import Installation, new_installation

T0 = 1_760_000_000
START = datetime.fromtimestamp(T0, UTC)
CALL = f"{T0 - 5}.7"


@pytest.fixture
def home(tmp_path: Path) -> Installation:
    return new_installation(tmp_path / "home")


def load(home: Installation, *lines: str, name: str = "queue_log") -> None:
    path = home.config.home.parent / name
    path.write_text("".join(line + "\n" for line in lines))
    home.load("asterisk_queue_log", path)
    assert verify(home.lake, lambda share, stage: None) == []


def line(second: int, queue: str, agent: str, event: str, *parameters: object, call: str = CALL) -> str:
    return "|".join(map(str, (T0 + second, call, queue, agent, event, *parameters)))


def contacts(home: Installation) -> list[dict[str, Any]]:
    columns = "entered_at, outcome, wait_seconds, ended_at, handled, incomplete, first_in_chain"
    table = home.snapshot.relation("contact")
    return home.snapshot.sql(f"select {columns} from {table} order by entered_at, outcome").to_pylist()


def test_two_queues_and_the_same_queue_twice(home: Installation) -> None:
    load(
        home,
        line(0, "sales", "NONE", "ENTERQUEUE", "", "0163296001", 1),
        line(20, "sales", "NONE", "EXITWITHTIMEOUT", 1, 1, 20),
        line(20, "sales", "NONE", "ENTERQUEUE", "", "0163296001", 1),
        line(25, "sales", "NONE", "EXITWITHKEY", 2, 1, 1, 5),
        line(25, "service", "NONE", "ENTERQUEUE", "", "0163296001", 1),
        line(31, "service", "SIP/1", "CONNECT", 6, "x", 4),
        line(91, "service", "SIP/1", "COMPLETECALLER", 6, 60, 1),
    )
    found = contacts(home)
    assert [(row["outcome"], row["wait_seconds"]) for row in found] == [
        ("flowed_out", 20),
        ("flowed_out", 5),
        ("answered", 6),
    ]
    assert [row["first_in_chain"] for row in found] == [True, False, False]


def test_a_fragment_is_rebuilt_and_completed_later(home: Installation) -> None:
    load(home, line(70, "sales", "SIP/1", "COMPLETEAGENT", 10, 60, 1))
    (found,) = contacts(home)
    assert (found["entered_at"], found["outcome"], found["incomplete"]) == (START, "answered", True)
    load(
        home,
        line(0, "sales", "NONE", "ENTERQUEUE", "", "0163296001", 1),
        line(10, "sales", "SIP/1", "CONNECT", 10, "x", 3),
        name="b",
    )
    (found,) = contacts(home)
    assert (found["entered_at"], found["wait_seconds"], found["incomplete"]) == (START, 10, False)


@pytest.mark.parametrize("restart_first", [True, False])
def test_a_restart_ends_what_was_open(home: Installation, restart_first: bool) -> None:
    calls = [
        line(0, "sales", "NONE", "ENTERQUEUE", "", "1", 1),
        line(5, "sales", "NONE", "ENTERQUEUE", "", "2", 1, call=f"{T0}.8"),
        line(9, "sales", "SIP/1", "CONNECT", 4, "x", 3, call=f"{T0}.8"),
    ]
    restart = [f"{T0 + 600}|NONE|NONE|NONE|QUEUESTART|"]
    first, second = (restart, calls) if restart_first else (calls, restart)
    load(home, *first)
    load(home, *second, name="b")
    found = contacts(home)
    assert [row["ended_at"] for row in found] == [START + timedelta(seconds=600)] * 2
    assert [(row["outcome"], row["handled"]) for row in found] == [("failed", False), ("answered", False)]
    (segment,) = home.rows("segment", "ended_by, handled, talk_seconds")
    assert segment == {"ended_by": "system", "handled": False, "talk_seconds": None}


@pytest.mark.parametrize("pieces", [1, 2, 3])
def test_call_ids_without_a_time_may_cross_midnight(home: Installation, pieces: int) -> None:
    midnight = 86_400 - T0 % 86_400
    events = [
        line(midnight - 10, "sales", "NONE", "ENTERQUEUE", "", "1", 1, call="abc-def"),
        line(midnight - 2, "sales", "SIP/1", "CONNECT", 8, "x", 3, call="abc-def"),
        line(midnight + 30, "sales", "SIP/1", "COMPLETEAGENT", 8, 32, 1, call="abc-def"),
    ]
    for number in reversed(range(pieces)):
        load(home, *events[number::pieces], name=f"piece{number}")
    (found,) = contacts(home)
    assert (found["outcome"], found["wait_seconds"], found["handled"], found["incomplete"]) == (
        "answered",
        8,
        True,
        False,
    )


def test_impossible_seconds_are_left_out_and_flagged(home: Installation) -> None:
    load(
        home,
        line(0, "sales", "NONE", "ENTERQUEUE", "", "1", 1),
        line(4, "sales", "SIP/1", "CONNECT", 4, "x", 3),
        line(50, "sales", "SIP/1", "COMPLETEAGENT", 4, -7, 1),
    )
    (segment,) = home.rows("segment", "talk_seconds")
    assert segment == {"talk_seconds": 46}
    assert [(row["line"], row["code"]) for row in home.store.flags()] == [(3, "impossible_seconds")]


def states(home: Installation) -> list[tuple[str, float | None]]:
    table = home.snapshot.relation("state_interval")
    rows = home.snapshot.sql(f"select state, seconds from {table} order by identity_key, started_at").to_pylist()
    return [(row["state"], row["seconds"]) for row in rows]


def test_a_shift_with_pause_and_call(home: Installation) -> None:
    load(
        home,
        line(0, "sales", "SIP/1", "ADDMEMBER", "", call="MANAGER"),
        line(0, "service", "SIP/1", "ADDMEMBER", "", call="MANAGER"),
        line(100, "sales", "NONE", "ENTERQUEUE", "", "1", 1),
        line(110, "sales", "SIP/1", "CONNECT", 10, "x", 3),
        line(170, "sales", "SIP/1", "COMPLETEAGENT", 10, 60, 1),
        line(200, "sales", "SIP/1", "PAUSE", "lunch", call="NONE"),
        line(300, "service", "SIP/1", "PAUSE", "lunch", call="NONE"),
        line(400, "NONE", "SIP/1", "UNPAUSEALL", "", call="NONE"),
        line(400, "sales", "SIP/1", "UNPAUSE", "", call="NONE"),
        line(400, "service", "SIP/1", "UNPAUSE", "", call="NONE"),
        line(450, "sales", "SIP/1", "PAUSE", "coaching", call="NONE"),
        line(450, "service", "SIP/1", "PAUSE", "coaching", call="NONE"),
        line(450, "NONE", "SIP/1", "PAUSEALL", "coaching", call="NONE"),
        line(500, "sales", "SIP/1", "REMOVEMEMBER", "", call="MANAGER"),
        line(500, "service", "SIP/1", "REMOVEMEMBER", "", call="MANAGER"),
    )
    assert states(home) == [
        ("available", 110),
        ("productive_contact", 60),
        ("available", 130),
        ("break", 100),
        ("available", 50),
        ("aux_work", 50),
    ]
    assert home.rows("state_interval", "sum(handled_count) as n") == [{"n": 1}]


def test_a_shift_over_midnight_is_cut_and_an_open_one_grows(home: Installation) -> None:
    midnight = 86_400 - T0 % 86_400
    load(home, line(midnight - 600, "sales", "SIP/1", "ADDMEMBER", "", call="MANAGER"))
    assert states(home) == [("available", None)]
    load(home, line(midnight + 900, "sales", "SIP/1", "REMOVEMEMBER", "", call="MANAGER"), name="b")
    assert states(home) == [("available", 600), ("available", 900)]


def test_agents_who_never_join_have_no_time_line(home: Installation) -> None:
    load(
        home,
        line(0, "sales", "NONE", "ENTERQUEUE", "", "1", 1),
        line(4, "sales", "SIP/1", "CONNECT", 4, "x", 3),
        line(50, "sales", "SIP/1", "COMPLETEAGENT", 4, 46, 1),
    )
    assert states(home) == []


def test_a_flagged_line_is_listed_under_its_own_file_and_line(tmp_path: Path) -> None:
    """A second end of a call, first read in one file and again further down in another, beside a harmless file."""
    call = ["1700000000|1700000000.1|sales|NONE|ENTERQUEUE||01632960001|1"]
    call += [
        "1700000005|1700000000.1|sales|Wren|CONNECT|5|x|4",
        "1700000009|1700000000.1|sales|Wren|COMPLETECALLER|5|4|1",
    ]
    again = "1700000019|1700000000.1|sales|Wren|COMPLETEAGENT|5|14|1"
    other = "1700000300|1700000300.2|sales|NONE|ENTERQUEUE||01632960002|1"
    home = new_installation(tmp_path / "home")
    first, second = tmp_path / "queue_log", tmp_path / "queue_log.1"
    first.write_text("\n".join([*call, again]) + "\n")
    second.write_text("\n".join([other, "", again, again]) + "\n")
    receipt = home.load("asterisk_queue_log", first, second)
    found = [(row["file"], row["line"]) for row in home.store.flags(receipt.load_id) if row["code"] == "repeated_end"]
    assert sorted(found) == [("queue_log", 4), ("queue_log.1", 3)]


def test_nobody_can_try_numbers_on_an_events_key(tmp_path: Path) -> None:
    """Whoever knows all of a line but the number must not find the number by trying: the secret is in the key."""
    line = "1700000000|1700000000.1|sales|NONE|ENTERQUEUE||01632960001|1"
    log = tmp_path / "queue_log"
    log.write_text(line + "\n")
    home = new_installation(tmp_path / "home")
    home.load("asterisk_queue_log", log)
    (row,) = home.rows("source_event")
    assert row["event_key"] != fact_key("asterisk_queue_log", "Main", "source_event", line)
    assert home.load("asterisk_queue_log", log).facts["source_event"].new == 0
