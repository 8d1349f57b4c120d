"""When are caps of durations learnt again, and how do the daily sums follow?

In one commit: whoever reads the lake sees the caps together with the sums that they give.
"""

from __future__ import annotations

import logging
from datetime import datetime

import pyarrow as pa

from floorwalker.facts.current import commit_current, read_current
from floorwalker.facts.lake import Lake
from floorwalker.facts.relations import DIMENSIONS
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.standing import last_complete_day
from floorwalker.jobs.rolling import roll_up_stale
from floorwalker.kpis.capping import Row, capped_measures, is_due, renewed
from floorwalker.kpis.caps import NAME

logger = logging.getLogger(__name__)


def renew_caps(lake: Lake, at: datetime) -> bool:
    """Look at the caps again where that is due; whether any figure may be another since.

    They are worked out beside loads; only to write them and the sums of the days on which they changed takes the lock.
    """
    rows = _due(lake.snapshot(), at)
    if rows is None:
        return False
    with lake.writing():
        before = read_current(lake.path)
        if before.tables.get(NAME, -1) != rows[0]:
            return False  # somebody else has just looked
        current = lake.replace({NAME: pa.Table.from_pylist(rows[1], schema=DIMENSIONS[NAME])}, before)
        if current == before:
            return False
        commit_current(lake.path, roll_up_stale(lake, current))
    logger.info("caps of durations were learnt anew: %d kinds of contact", len(rows[1]))
    return True


def _due(facts: Snapshot, at: datetime) -> tuple[int, list[Row]] | None:
    """The rows of the table after another look, and the version that they take the place of; None where none is due."""
    last = last_complete_day(facts, {measure.kpi.table.name for measure in capped_measures()}, at)
    rows = read_caps(facts)
    if last is None or not is_due(rows, last):
        return None
    return facts.current.tables.get(NAME, -1), renewed(rows, facts, last)


def read_caps(facts: Snapshot) -> list[Row]:
    """All caps there are or were."""
    return list(facts.sql(f"select * from {facts.relation(NAME)} order by all").to_pylist())
