"""Does a file's name, and the side file beside it, say which contact it is, and is nonsense told from nothing?"""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from floorwalker.media.naming import MOST_METADATA_BYTES, Said, read_metadata, read_name, side_file_name, together
from floorwalker.media.settings import StoreSettings

CALLS = StoreSettings(
    "calls",
    Path("/srv/calls"),
    re.compile(r"_GUID_(?P<contact>[^_]+)_AGENT_(?P<agent>[^_]+)_DT_(?P<time>[^_]+)_"),
    time="%Y-%m-%dT%H-%M-%S",
    zone=ZoneInfo("America/New_York"),
)


def test_the_name_of_a_call_says_contact_agent_and_time_in_the_zone_of_its_store() -> None:
    said = read_name("2025/Auto0_GUID_000_AGENT_Agent017_DT_2025-02-19T06-01-22_Mono.wav", CALLS)
    assert said == Said("000", "Agent017", datetime(2025, 2, 19, 11, 1, 22, tzinfo=UTC))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("other.wav", Said(trouble="pattern")),
        ("_GUID_1_AGENT_a_DT_yesterday_.wav", Said("1", "a", trouble="time")),
        (f"_GUID_{'1' * 300}_AGENT_a_DT_2025-02-19T06-01-22_.wav", Said(trouble="pattern")),
    ],
)
def test_a_name_that_does_not_fit_is_told(name: str, said: Said) -> None:
    assert read_name(name, CALLS) == said


def test_seconds_of_unix_time_and_iso_8601_are_times() -> None:
    pattern = re.compile(r"(?P<time>.+)\.wav")
    instant = datetime(2026, 11, 20, 12, tzinfo=UTC)
    epoch = replace(CALLS, pattern=pattern, time="epoch")
    assert read_name(f"{instant.timestamp()}.wav", epoch).began_at == instant
    assert read_name("99999999999999999999.wav", epoch).trouble == "time"
    assert read_name("2026-11-20T12:00:00Z.wav", replace(epoch, time="")).began_at == instant
    assert read_name("2026-11-20T07:00:00.wav", replace(epoch, time="")).began_at == instant


def test_a_side_file_says_more_than_the_name() -> None:
    store = replace(CALLS, metadata=".json", fields={"contact": "ContactId", "agent": "Agent.Username"}, time="")
    content = {"ContactId": 17, "Agent": {"Username": "agent 5"}}
    by_file = read_metadata(io.BytesIO(json.dumps(content).encode()), store)
    assert by_file == Said("17", "agent 5")
    instant = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert together(Said("3", "", instant), by_file) == Said("17", "agent 5", instant)
    assert side_file_name("2025/x.y.wav", ".json") == "2025/x.y.json"


@pytest.mark.parametrize("content", [b"no json", b"\xff\xfe", b"[" * 100_000, b" " * (MOST_METADATA_BYTES + 1)])
def test_a_side_file_that_is_none_is_told(content: bytes) -> None:
    store = replace(CALLS, metadata=".json", fields={"contact": "ContactId"})
    assert read_metadata(io.BytesIO(content), store) == Said(trouble="metadata")


def test_a_side_file_without_what_is_looked_for_says_nothing() -> None:
    store = replace(CALLS, metadata=".json", fields={"contact": "A.B", "agent": "C"})
    for content in (b"[]", b"3", b'{"A": 3}', b'{"A": {"B": null}, "C": {"D": 1}}', b'{"C": true}'):
        assert read_metadata(io.BytesIO(content), store) == Said()
