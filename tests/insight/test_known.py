"""Do all pages tell a measure by the same weeks, wherever its own facts end?"""

from __future__ import annotations

from datetime import date
from typing import cast

import pytest

from floorwalker.apps.standards.smart import last_week
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.known import known_days, last_complete_week
from floorwalker.insight.scorecard import Period
from floorwalker.kpis.catalogue import catalogue

FIRST = date(2026, 6, 1)
MEASURES = ("average_handle_time", "csat_top_box", "quality_score")


class Known:
    """Facts of which nothing but their last days is known."""

    def __init__(self, **last: date) -> None:
        self.last = last

    def days(self, table: str) -> tuple[date, date] | None:
        return (FIRST, self.last[table]) if table in self.last else None


def known(**last: date) -> Snapshot:
    return cast(Snapshot, Known(**last))


def test_the_weeks_of_a_standard_are_the_same_for_measures_whose_facts_end_apart() -> None:
    facts = known(
        contact=date(2026, 11, 22), segment=date(2026, 11, 24), survey=date(2026, 11, 14), evaluation=date(2026, 11, 8)
    )
    found = {last_week(facts, catalogue()[measure]) for measure in MEASURES}
    assert found == {Period(date(2026, 8, 24), date(2026, 11, 22))}


def test_a_measure_without_facts_has_no_weeks_and_one_with_nothing_else_its_own() -> None:
    alone = known(evaluation=date(2026, 11, 10))
    handling, _satisfaction, quality = (catalogue()[measure] for measure in MEASURES)
    assert known_days(alone) is None and last_week(alone, handling) is None
    own = last_week(alone, quality)
    assert own is not None and own.last == date(2026, 11, 8)


@pytest.mark.parametrize(
    ("last", "told"),
    [
        (date(2026, 6, 7), date(2026, 6, 7)),
        (date(2026, 6, 13), date(2026, 6, 7)),
        (date(2026, 6, 3), date(2026, 6, 3)),
    ],
)
def test_the_last_complete_week_ends_on_a_sunday_where_there_is_one(last: date, told: date) -> None:
    assert last_complete_week(Period(FIRST, last)) == told
