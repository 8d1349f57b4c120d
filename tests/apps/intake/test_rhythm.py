"""When is a source overdue, and when not?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from floorwalker.apps.intake.rhythm import GIVEN_UP_AFTER, rejects_too_much, silence
from floorwalker.ingest.remembered import FAILED, LOADED, RUNNING, LoadRow

START = datetime(2026, 3, 2, 6, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def loads(*after: timedelta, follows: bool = False, state: str = LOADED, again_of: str | None = None) -> list[LoadRow]:
    """Loads that began so long after the start, newest first."""
    rows = [
        LoadRow(
            id=str(number),
            source="rows",
            origin="Main",
            site="Main",
            state=state,
            started_at=(START + gap).isoformat(),
            ended_at=(START + gap).isoformat(),
            receipt=None,
            follows=follows,
            again_of=again_of,
        )
        for number, gap in enumerate(after)
    ]
    return rows[::-1]


DAILY = [n * DAY for n in range(6)]
LAST = START + 5 * DAY


@pytest.mark.parametrize(
    ("at", "overdue"), [(LAST + 3 * DAY, False), (LAST + 3 * DAY + MINUTE, True), (LAST + GIVEN_UP_AFTER, False)]
)
def test_a_daily_load_is_overdue_after_three_days(at: datetime, overdue: bool) -> None:
    found = silence(loads(*DAILY), at)
    assert (found is not None) == overdue
    if found is not None:
        assert found.last_at == LAST and found.usual_seconds == DAY.total_seconds()


def test_a_followed_log_gets_an_hour_and_an_hourly_load_a_day() -> None:
    often = loads(*(n * MINUTE for n in range(10)), follows=True)
    assert silence(often, START + 9 * MINUTE + HOUR) is None
    assert silence(often, START + 9 * MINUTE + HOUR + MINUTE) is not None
    hourly = loads(*(n * HOUR for n in range(10)))
    assert silence(hourly, START + 9 * HOUR + 23 * HOUR) is None
    assert silence(hourly, START + 9 * HOUR + 25 * HOUR) is not None


@pytest.mark.parametrize(
    "rows",
    [
        [],
        loads(0 * DAY),
        loads(0 * DAY, 1 * DAY, 2 * DAY),
        loads(*(n * MINUTE for n in range(12))),
        loads(*DAILY, state=FAILED),
        loads(*DAILY, again_of="0"),
        loads(6 * DAY, state=RUNNING) + loads(*DAILY),
    ],
    ids=["none", "one", "too few", "one sitting", "failed", "read again", "running now"],
)
def test_without_a_rhythm_nothing_is_overdue(rows: Sequence[LoadRow]) -> None:
    assert silence(rows, START + 40 * DAY) is None


def test_reading_again_does_not_hide_that_a_source_is_silent() -> None:
    assert silence(loads(9 * DAY, again_of="0") + loads(*DAILY), START + 9 * DAY) is not None


@pytest.mark.parametrize(
    ("read", "rejected", "too_much"), [(100, 5, False), (100, 6, True), (19, 19, False), (0, 0, False)]
)
def test_more_than_a_twentieth_is_too_much(read: int, rejected: int, too_much: bool) -> None:
    records = {"read": read, "used": read - rejected, "ignored": {}, "rejected": {"no time": rejected}}
    (row,) = loads(DAY)
    counted = LoadRow(**{**row.__dict__, "receipt": {"records": records, "flags": {}}})
    assert rejects_too_much(counted) == too_much
