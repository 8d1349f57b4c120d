"""Are figures written as people write them?"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from types import SimpleNamespace
from typing import cast

import pytest

from floorwalker.estimate import Estimate, NoEstimate, Reason
from floorwalker.insight.gaps import Gaps
from floorwalker.insight.scorecard import Point
from floorwalker.kpis.catalogue import catalogue
from floorwalker.ui import gap_words, words
from floorwalker.ui.signed import moved


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


@pytest.mark.parametrize(
    ("value", "low", "high", "unit", "text"),
    [
        (0.88, 0.843, 0.912, "share", "88% likely 84 to 91%"),
        (0.95, 0.926, 0.966, "share", "95% likely 93 to 97%"),
        (0.849, 0.8451, 0.8539, "share", "84.9% likely 84.5 to 85.4%"),
        (0.055, 0.041, 0.074, "share", "5.5% likely 4.1 to 7.4%"),
        (0.95, 0.8, 0.998, "share", "95.0% likely 80.0 to 99.8%"),
        (0.04, 0.01, 0.2, "share", "4% likely 1 to 20%"),
        (0.0, 0.0, 0.35, "share", "0% likely 0 to 35%"),
        (6.43, 2.02, 11.1, "seconds", "6.4 s likely 2.0 to 11 s"),
        (472.0, 453.0, 490.0, "seconds", "7 min 52 s likely 7:33 to 8:10 min"),
        (125.0, 115.0, 134.0, "seconds", "2 min 05 s likely 115 s to 2 min 14 s"),
        (3.4, 3.37, 3.44, "score", "3.40 likely 3.37 to 3.44"),
    ],
)
def test_a_figure_and_its_range_are_told_alike(value: float, low: float, high: float, unit: str, text: str) -> None:
    answer = Estimate(value, low, high, 40, "wilson", "k@1", unit, value)
    assert f"{words.value(answer)} {words.interval(answer)}" == text


@pytest.mark.parametrize(("value", "text"), [(0.725, "72.5%"), (0.84, "84%"), (0.035, "3.5%"), (0.9975, "99.75%")])
def test_a_target_is_told_as_it_was_set(value: float, text: str) -> None:
    assert words.aim(value, "share") == text


@pytest.mark.parametrize(
    ("measure", "n", "text"),
    [
        ("average_handle_time@1", 777, "from 777 contacts"),
        ("csat_top_box@1", 1, "from 1 survey"),
        ("ring_no_answer_rate@1", 1204, "from 1,204 rings"),
        ("occupancy@1", 18, "from 18 days worked"),
        ("contacts_per_hour@1", 1257, "from 1,257 stretches of work"),
        ("k@1", 5, "from 5"),
    ],
)
def test_a_figure_says_what_it_is_made_of(measure: str, n: int, text: str) -> None:
    assert words.how_many(Estimate(0.5, 0.4, 0.6, n, "wilson", measure, "share", 0.5)) == text


def test_a_drawing_of_weeks_is_said_in_a_sentence() -> None:
    def week(day: int, share: float) -> Point:
        return Point(date(2026, 6, day), Estimate(share, share - 0.1, share + 0.1, 40, "wilson", "k@1", "share", share))

    silent = Point(date(2026, 6, 22), NoEstimate(Reason.NO_DATA, 0, "k@1", "share"))
    said = words.movement([week(1, 0.6), week(8, 0.8), week(15, 0.7), silent])
    assert said.startswith(
        "Lowest in the week of 1 Jun (60%), highest in the week of 8 Jun (80%), in the last of these weeks 70%."
    )
    assert words.movement([week(1, 0.6), silent]) == ""


def test_too_few_says_how_few() -> None:
    assert words.no_figure(NoEstimate(Reason.TOO_FEW, 2, "csat_top_box@1", "share")) == "too few to say, from 2 surveys"


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
        (0.9375, "0.938"),
        (0.0, "0"),
        (3, "3"),
        ("voice", "voice"),
        (datetime(2026, 11, 20, 12, 1, 2, tzinfo=timezone(timedelta(hours=2))), "20 Nov 2026, 12:01:02"),
    ],
)
def test_values_of_rows(value: object, text: str) -> None:
    assert words.plain(value) == text


def test_every_state_has_its_words_and_they_differ() -> None:
    states = ("above", "below", "unclear", "none")
    assert len({str(words.verdict(state)) for state in states}) == len(states)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-125.0, "-2 min 05 s"),
        (-3725.0, "-1 h 02 min"),
        (-12.4, "-12 s"),
        (-9.96, "-10.0 s"),
        (-0.04, "0.0 s"),
        (0.0, "0.0 s"),
    ],
)
def test_less_than_nought_is_counted_from_nought(seconds: float, said: str) -> None:
    """A range may reach to the good side of a standard: two minutes and five seconds, not three less fifty-five."""
    assert words.duration(seconds) == said


@pytest.mark.parametrize("kpi", ["average_handle_time", "transfer_rate", "csat_mean"])
def test_nought_has_no_sign(kpi: str) -> None:
    measure = catalogue()[kpi]
    for value in (-1e-4, -0.0, 1e-4):
        said = (gap_words.amount(value, measure), moved(value, measure.unit))
        assert not any("−0" in text or "-0" in text for text in said), said
        assert gap_words.change(value, measure) == "nothing"


def test_that_of_nobody_it_can_be_told_is_said_once() -> None:
    def gaps(near: int, untold: int) -> Gaps:
        return cast(Gaps, SimpleNamespace(real=(), near=near, untold=untold, apart=0))

    assert gap_words.found(gaps(0, 12)).startswith("Of nobody can it be told") and gap_words.rest(gaps(0, 12)) == ""
    assert "Of 12 it cannot be told yet" in gap_words.rest(gaps(3, 12))
