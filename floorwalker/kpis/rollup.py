"""Which daily sums are kept so that pages need not read facts, and when do they answer a question?"""

from __future__ import annotations

from collections.abc import Sequence

from floorwalker.kpis.measures import Measure
from floorwalker.kpis.query import Facts, KpiQuery


def find_rollup(query: KpiQuery, facts: Facts, measures: Sequence[Measure], cells: Sequence[str]) -> str | None:
    """The FROM-expression of a roll-up that answers the question exactly, None when only facts do."""
    return None
