"""Are agreed hours those of the days in the job, and is a difference said only where both sides are whole?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from floorwalker.insight.scorecard import Period
from floorwalker.insight.workload import Pattern, Unknown, Worker, Workload, _hours
from floorwalker.stats.summaries import Ratio

KEY = bytes(16)
FULL = (480, 480, 480, 480, 480, 0, 0)
TWO_WEEKS = Period(date(2026, 3, 2), date(2026, 3, 15))
HOUR = 3600.0


def worker(**more: Any) -> Worker:
    return Worker(KEY, **{"patterns": (Pattern(FULL, None, None),), **more})


@pytest.mark.parametrize(
    ("who", "hours"),
    [
        (worker(), 80),
        (worker(started_on=date(2026, 3, 9)), 40),
        (worker(left_on=date(2026, 3, 9)), 48),
        (worker(patterns=(Pattern(FULL, date(2026, 3, 9), None), Pattern((240,) * 7, None, date(2026, 3, 9)))), 68),
        (worker(patterns=(Pattern(FULL, date(2026, 3, 3), None),)), None),
        (worker(patterns=(Pattern(FULL, date(2026, 3, 3), None),), started_on=date(2026, 3, 3)), 72),
        (worker(patterns=()), None),
    ],
)
def test_agreed_hours_are_those_of_the_days_in_the_job(who: Worker, hours: float | None) -> None:
    assert who.agreed_seconds(TWO_WEEKS) == (None if hours is None else hours * HOUR)


def hours(logged: float | None, *, pending: int = 0, **more: Any) -> Workload:
    summary = None if logged is None else Ratio(seen=10, n=10, pending=pending, sum_y=logged * HOUR)
    return _hours(worker(**more), TWO_WEEKS, summary)


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (hours(None), Unknown.NO_LOG_INS),
        (hours(90, patterns=()), Unknown.NO_PATTERN),
        (hours(90, systems=2), Unknown.SEVERAL_SYSTEMS),
        (hours(90, pending=1), Unknown.STILL_OPEN),
    ],
)
def test_what_is_not_whole_is_not_compared(found: Workload, reason: Unknown) -> None:
    assert (found.reason, found.over_seconds, found.is_far_over) == (reason, None, False)


@pytest.mark.parametrize(
    ("logged", "far"), [(79, False), (80, False), (84, False), (87.9, False), (88, True), (100, True)]
)
def test_far_over_is_by_a_tenth_and_two_hours_a_week(logged: float, far: bool) -> None:
    assert hours(logged).over_seconds == pytest.approx((logged - 80) * HOUR)
    assert hours(logged).is_far_over is far


def test_a_short_week_is_not_far_over_by_a_tenth_alone() -> None:
    few = hours(22, patterns=(Pattern((120,) * 5 + (0, 0), None, None),))
    assert few.over_seconds == 2 * HOUR and not few.is_far_over
