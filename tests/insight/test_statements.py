"""Is what was said kept with every figure, read back as it was given, and never in the way of what is said later?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwalker.facts.current import Claim
from floorwalker.facts.saying import Kept, keep
from floorwalker.facts.statement import STATEMENT
from floorwalker.facts.upkeep import compact, verify
from floorwalker.insight.scorecard import Period
from floorwalker.insight.statements import (
    READ,
    Method,
    as_rows,
    differs,
    read_causes,
    read_comparison,
    read_processes,
    read_trends,
    stamp,
)
from floorwalker.insight.written import Answer
from tests.insight.answers import CAUSE, CAUSES, COMPARISON, COMPARISONS, PROCESS, PROCESSES, TREND, TRENDS
from tests.installation import Installation, new_installation

PERIOD = Period(date(2026, 3, 2), date(2026, 3, 29))
SAID = datetime(2026, 3, 30, 1, 15, 0, 123456, UTC)
ANSWERS = {
    Method.COMPARISON: (COMPARISONS, COMPARISON, read_comparison),
    Method.CAUSE: (CAUSES, CAUSE, read_causes),
    Method.TREND: (TRENDS, TREND, read_trends),
    Method.PROCESS: (PROCESSES, PROCESS, read_processes),
}


def rows_of(found: Answer, method: Method, at: datetime = SAID) -> pa.Table:
    return as_rows(found, stamp(method, found.kpi, PERIOD, at, "basis", 7))


@pytest.mark.parametrize("method", Method)
@given(data=st.data())
@settings(max_examples=40)
def test_every_figure_comes_back(method: Method, data: st.DataObject) -> None:
    found = data.draw(ANSWERS[method][0])
    rows = rows_of(found, method)
    assert READ[method](rows.to_pylist()) == found
    assert rows.schema == STATEMENT.schema
    assert len(set(rows["statement_key"].to_pylist())) == rows.num_rows
    assert not differs(rows, rows_of(found, method, SAID + timedelta(days=1)))


@pytest.fixture
def home(tmp_path: Path) -> Installation:
    return new_installation(tmp_path / "home")


@pytest.mark.parametrize("method", Method)
def test_it_is_read_from_the_lake_as_it_was_given(home: Installation, method: Method) -> None:
    """What is said later stands beside it; each is read as of its time, after compaction too."""
    _any, found, read = ANSWERS[method]
    later = replace(found, kpi=replace(found.kpi, version=found.kpi.version + 1))
    for number, one in enumerate((found, later)):
        at = SAID + timedelta(days=number)
        keep(home.lake, Kept((rows_of(one, method, at),), {"question": Claim("basis", at)}), ["question"])
    for _round in range(2):
        facts = home.snapshot
        assert read(facts, found.kpi.id, PERIOD) == later
        assert read(facts, found.kpi.id, PERIOD, as_of=SAID) == found
        assert read(facts, found.kpi.id, PERIOD, as_of=SAID - timedelta(seconds=1)) is None
        assert read(facts, found.kpi.id, replace(PERIOD, last=PERIOD.last + timedelta(days=1))) is None
        assert facts.current.claims == {"question": Claim("basis", SAID + timedelta(days=1))}
        assert verify(home.lake, lambda _done, _what: None) == []
        compact(home.lake, lambda _done, _what: None)


def test_claims_of_what_stands_no_longer_go(home: Installation) -> None:
    keep(home.lake, Kept((), {"old": Claim("basis", None)}), ["old"])
    keep(home.lake, Kept((), {"new": Claim("basis", SAID)}), ["new"])
    assert dict(home.snapshot.current.claims) == {"new": Claim("basis", SAID)}
