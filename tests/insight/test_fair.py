"""Is a target called met only where the figure that stands beside it meets it, and surely does not miss it by what matters?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from floorwalker.insight.comparison import Comparison, Judged, Lack, Verdict
from floorwalker.insight.fair import Fair
from floorwalker.insight.judgement import State
from floorwalker.kpis.catalogue import catalogue
from tests.insight.answers import ANNA, TEAM


def state_of(one: Judged, kpi_id: str) -> State:
    return Fair(Comparison(catalogue()[kpi_id], (one,), 0.02, one.standard), one).state


def agent(standard: float | None, **figures: object) -> Judged:
    one = Judged(ANNA, TEAM, 400, 0.8, 0.8, 0.78, 0.82, 0.8, 0.05, False, Verdict.AS_AGREED, standard=standard)
    return replace(one, **figures)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kpi_id", "adjusted", "state"),
    [
        ("first_contact_resolution", 0.81, State.ABOVE),
        ("first_contact_resolution", 0.80, State.ABOVE),
        ("first_contact_resolution", 0.79, State.UNCLEAR),
        ("transfer_rate", 0.79, State.ABOVE),
        ("transfer_rate", 0.81, State.UNCLEAR),
    ],
)
def test_a_figure_that_misses_by_little_is_not_called_met(kpi_id: str, adjusted: float, state: State) -> None:
    assert state_of(agent(0.8, adjusted=adjusted), kpi_id) is state
    assert state_of(agent(0.8, adjusted=adjusted, probability_below=0.3), kpi_id) is State.UNCLEAR


def test_where_people_are_not_told_apart_the_figure_that_was_seen_decides() -> None:
    alike = agent(0.03, verdict=Verdict.NOT_ENOUGH_DATA, lacks=(Lack.UNRELIABLE,), adjusted=0.018)
    assert state_of(replace(alike, raw=0.029), "ring_no_answer_rate") is State.ABOVE
    assert state_of(replace(alike, raw=0.031), "ring_no_answer_rate") is State.UNCLEAR


def test_without_an_agreed_standard_nothing_can_be_missed_by_little() -> None:
    assert state_of(agent(None, adjusted=0.5), "first_contact_resolution") is State.ABOVE
    assert state_of(agent(0.8, verdict=Verdict.WORSE, probability_below=0.9), "transfer_rate") is State.BELOW
