"""Is a figure that was kept the same when it is read back, to the last digit and with its reason where it had none?"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.estimate import Answer, Estimate, NoEstimate, Reason
from floorwalker.insight.frozen import as_json, freeze_figure, from_json
from floorwalker.insight.judgement import State, Target
from floorwalker.insight.scorecard import Cell, Period
from floorwalker.kpis.catalogue import catalogue

AT = datetime(2026, 11, 2, 3, 4, 5, 678, tzinfo=UTC)
PERIOD = Period(date(2026, 10, 1), date(2026, 10, 28))
NUMBER = st.floats(allow_nan=False, allow_infinity=False)
ESTIMATES = st.builds(
    Estimate,
    value=NUMBER,
    low=st.none() | NUMBER,
    high=st.none() | NUMBER,
    n=st.integers(0, 10**9),
    method=st.text(max_size=9),
    definition=st.just("average_handle_time@1"),
    unit=st.just("seconds"),
    observed=NUMBER,
    pending=st.integers(0, 99),
)
NONE = st.builds(
    NoEstimate,
    reason=st.sampled_from(Reason),
    n=st.integers(0, 9),
    definition=st.just("average_handle_time@1"),
    unit=st.just("seconds"),
    observed=st.none() | NUMBER,
)
TARGETS = st.none() | st.builds(Target, low=st.none() | NUMBER, high=st.none() | NUMBER)


@given(answer=ESTIMATES | NONE, target=TARGETS, state=st.sampled_from(State))
def test_what_was_kept_is_read_back_as_it_was(answer: Answer, target: Target | None, state: State) -> None:
    kpi = catalogue()["average_handle_time"]
    frozen = freeze_figure(kpi, PERIOD, Cell(answer, state), target, at=AT, facts="12@2026-11-01T00:00:00+00:00")
    assert from_json(json.loads(json.dumps(as_json(frozen)))) == frozen


def test_something_that_is_not_whole_is_named() -> None:
    kpi = catalogue()["average_handle_time"]
    answer = NoEstimate(Reason.NO_DATA, 0, "average_handle_time@1", "seconds")
    kept = as_json(freeze_figure(kpi, PERIOD, Cell(answer), None, at=AT, facts="1"))
    del kept["answer"]
    with pytest.raises(ValueError, match="answer"):
        from_json(kept)
