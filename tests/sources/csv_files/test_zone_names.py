"""Is the abbreviation of a time zone understood where it can only mean one thing, and refused in words elsewhere?"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from floorwalker.ingest.source import Site
from floorwalker.sources.csv_files.guess import guess_mapping
from tests.sources.csv_files.loading import CALLS, load, write

ROW = "Id,Start,Agent,Status,Talk\n1,{start},Wren,answered,60\n"


def entered(folder: Path, start: str, zone: str) -> datetime | str:
    """When the call of a file began, or why its row was rejected."""
    loaded = load(write(folder, ROW.format(start=start)), CALLS, Site("Main", zone))
    if loaded.rejects:
        (reject,) = loaded.rejects
        assert start in reject.found and zone in reject.expected
        return reject.reason
    instant: datetime = loaded.contacts[0]["entered_at"]
    return instant


@pytest.mark.parametrize(
    ("start", "zone", "at"),
    [
        ("2026-01-15 10:00 EST", "America/New_York", "2026-01-15T15:00"),
        ("2026-07-15 10:00 EDT", "America/New_York", "2026-07-15T14:00"),
        ("07/15/2026 10:00 AM PDT", "America/Los_Angeles", "2026-07-15T17:00"),
        ("2026-01-15T10:00:00 CET", "Europe/Berlin", "2026-01-15T09:00"),
        ("15.07.2026 10:00 Uhr MESZ", "Europe/Berlin", "2026-07-15T08:00"),
        ("2026-07-15 10:00 BST", "Europe/London", "2026-07-15T09:00"),
        ("2026-07-15 10:00 GMT", "Europe/London", "2026-07-15T10:00"),
        ("2026-07-15 10:00 IST", "Asia/Kolkata", "2026-07-15T04:30"),
        ("2026-01-15 10:00 PST", "Asia/Manila", "2026-01-15T02:00"),
        ("2026-07-15 10:00 NZST", "Pacific/Auckland", "2026-07-14T22:00"),
    ],
)
def test_the_sites_own_abbreviation_is_understood(tmp_path: Path, start: str, zone: str, at: str) -> None:
    assert entered(tmp_path, start, zone) == datetime.fromisoformat(at).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "zone"),
    [
        ("2026-07-15 10:00 EST", "America/New_York"),  # written all the year, or five hours behind: nobody knows
        ("2026-01-15 10:00 EST", "Europe/London"),
        ("2026-07-15 10:00 PST", "America/Los_Angeles"),
        ("2026-01-15 10:00 IST", "Europe/Dublin"),
        ("2026-01-15 10:00 XYZ", "Europe/London"),
    ],
)
def test_any_other_is_refused_with_its_reason(tmp_path: Path, start: str, zone: str) -> None:
    assert entered(tmp_path, start, zone) == "entered is in a time zone that is not the site's"


def test_it_says_which_of_two_equal_hours_is_meant(tmp_path: Path) -> None:
    starts = ("01:30 GMT", "01:30 BST", "01:30 GMT", "01:30 BST")
    rows = "".join(f"{n},2026-10-25 {start},Wren,answered,60\n" for n, start in enumerate(starts))
    loaded = load(write(tmp_path, "Id,Start,Agent,Status,Talk\n" + rows), CALLS)
    assert [row["entered_at"].hour for row in loaded.contacts] == [1, 0, 1, 0]
    berlin = load(
        write(
            tmp_path,
            "Id,Start,Agent,Status,Talk\n"
            + rows.replace("GMT", "CET").replace("BST", "CEST").replace("01:30", "02:30"),
        ),
        CALLS,
        Site("Main", "Europe/Berlin"),
    )
    assert [row["entered_at"].hour for row in berlin.contacts] == [1, 0, 1, 0]
    assert "came twice" not in berlin.notes


def test_the_guess_takes_such_a_column_for_times(tmp_path: Path) -> None:
    rows = "".join(f"{n},2026-01-{n:02} 10:{n:02} EST,Wren,answered,{60 + n}\n" for n in range(1, 25))
    assert "entered: Start" in guess_mapping(write(tmp_path, "Id,Start,Agent,Status,Talk\n" + rows))
