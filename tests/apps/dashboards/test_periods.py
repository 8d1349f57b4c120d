"""Do periods keep to whole weeks, months and quarters, and stand beside like ones?"""

from __future__ import annotations

from datetime import date

import pytest

from floorwalker.apps.dashboards.periods import before, preset_period, stepped, year_before
from floorwalker.insight.scorecard import Period

KNOWN = Period(date(2025, 1, 2), date(2026, 11, 20))  # a Friday


def days(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("preset", "period"),
    [
        ("1", days("2026-11-09", "2026-11-15")),
        ("4", days("2026-10-19", "2026-11-15")),
        ("month", days("2026-10-01", "2026-10-31")),
        ("quarter", days("2026-07-01", "2026-09-30")),
        ("so_far", days("2026-11-16", "2026-11-20")),
    ],
)
def test_presets_are_over_but_the_week_so_far(preset: str, period: Period) -> None:
    assert preset_period(preset, KNOWN) == period


def test_a_month_that_ends_with_the_facts_is_over() -> None:
    assert preset_period("month", days("2026-01-01", "2026-02-28")) == days("2026-02-01", "2026-02-28")
    assert preset_period("quarter", days("2025-01-01", "2026-03-31")) == days("2026-01-01", "2026-03-31")


@pytest.mark.parametrize(
    ("period", "earlier", "later"),
    [
        (days("2026-03-01", "2026-03-31"), days("2026-02-01", "2026-02-28"), days("2026-04-01", "2026-04-30")),
        (days("2026-01-01", "2026-03-31"), days("2025-10-01", "2025-12-31"), days("2026-04-01", "2026-06-30")),
        (days("2026-11-09", "2026-11-15"), days("2026-11-02", "2026-11-08"), days("2026-11-16", "2026-11-22")),
        (days("2026-11-10", "2026-11-12"), days("2026-11-07", "2026-11-09"), days("2026-11-13", "2026-11-15")),
    ],
)
def test_steps_keep_the_kind_of_period(period: Period, earlier: Period, later: Period) -> None:
    assert (stepped(period, -1), stepped(period, 1)) == (earlier, later)


def test_a_week_so_far_stands_beside_the_same_days() -> None:
    assert before(days("2026-11-16", "2026-11-18"), is_so_far=True) == days("2026-11-09", "2026-11-11")


def test_a_year_before_is_the_same_months_or_the_same_weekdays() -> None:
    assert year_before(days("2024-02-01", "2024-02-29")) == days("2023-02-01", "2023-02-28")
    found = year_before(days("2026-11-09", "2026-11-15"))
    assert found == days("2025-11-10", "2025-11-16") and found.first.weekday() == 0
