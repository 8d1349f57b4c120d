"""Are figures written as people write them?"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from floorwalker.estimate import Estimate, NoEstimate, Reason
from floorwalker.ui import words


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.764, "share", "76%"),
        (0.034, "share", "3.4%"),
        (0.0, "share", "0%"),
        (1.0, "share", "100%"),
        (8.25, "seconds", "8.2 s"),
        (59.6, "seconds", "60 s"),
        (119.6, "seconds", "2 min 00 s"),
        (245.0, "seconds", "4 min 05 s"),
        (3599.7, "seconds", "1 h 00 min"),
        (1204.0, "contacts", "1,204"),
        (3.4, "score", "3.40"),
        (None, "share", "–"),
    ],
)
def test_figures(value: float | None, unit: str, text: str) -> None:
    assert words.figure(value, unit) == text


def test_a_counted_figure_has_no_interval_and_a_silent_one_has_its_reason() -> None:
    counted = Estimate(5, None, None, 5, "counted", "k@1", "contacts", 5)
    assert words.interval(counted) == ""
    assert words.interval(NoEstimate(Reason.NO_DATA, 0, "k@1", "share")) == ""
    assert all(words.reason(code) for code in Reason)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (True, "yes"),
        (783.0, "783"),
        (1783.25, "1,783.2"),
        (3, "3"),
        ("voice", "voice"),
        (datetime(2026, 11, 20, 12, 1, 2, tzinfo=timezone(timedelta(hours=2))), "20 Nov 2026, 10:01:02"),
    ],
)
def test_values_of_rows(value: object, text: str) -> None:
    assert words.plain(value) == text


def test_every_state_has_its_words_and_they_differ() -> None:
    states = ("above", "below", "unclear", "none")
    assert len({str(words.verdict(state)) for state in states}) == len(states)
