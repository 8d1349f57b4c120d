"""Is what the benchmark of a night judges there to be judged, however many measures the catalogue has by now?"""

from __future__ import annotations

from bench.judging import MEASURES, measures
from bench.large_floor import TABLES


def test_all_that_is_judged_is_of_tables_that_the_large_floor_has() -> None:
    found = measures()
    assert len({kpi.id for kpi in found}) == MEASURES and all(kpi.table in TABLES for kpi in found)
