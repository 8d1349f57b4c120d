"""Is each of what the benchmark of a night judges a measure by which people are compared, whatever the catalogue has by now?"""

from __future__ import annotations

from bench.judging import MEASURES, measures


def test_twelve_measures_are_judged() -> None:
    assert [kpi.id for kpi in measures()] == list(MEASURES) and len({*MEASURES}) == 12
