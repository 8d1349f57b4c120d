"""For when can something be planned? Not for what is over, and not for a year that somebody mistyped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from floorwalker.apps.coaching.timing import FARTHEST, check_time
from floorwalker.errors import Refused

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(weeks=4), FARTHEST])
def test_a_time_of_the_next_year_can_be_planned(ahead: timedelta) -> None:
    check_time(NOW + ahead, NOW)


@pytest.mark.parametrize(
    ("ahead", "says"),
    [(timedelta(minutes=-1), "this time is over"), (FARTHEST + timedelta(minutes=1), "nobody plans so far ahead")],
)
def test_any_other_is_refused_and_said_as_it_was_found(ahead: timedelta, says: str) -> None:
    with pytest.raises(Refused, match=says) as refused:
        check_time(NOW + ahead, NOW)
    assert f"{NOW + ahead:%Y-%m-%d %H:%M}" in str(refused.value)
