"""Where does everybody stand in a measure? Its facts are read once, and each group of colleagues is judged once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from floorwalker.insight.blocks import BLOCK_DAYS
from floorwalker.insight.cells import read_cells
from floorwalker.insight.history import BLOCKS, histories_of_read
from floorwalker.insight.person_level import PersonLevel
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.query import Facts
from floorwalker.stats.local_level import local_levels


def read_people_levels(facts: Facts, kpi_id: str, last: date, where: Where) -> Mapping[bytes, PersonLevel]:
    """By agent who did such work in the blocks that end with `last` and has colleagues; KpiError as `read_cells`."""
    period = Period(last - timedelta(days=BLOCKS * BLOCK_DAYS - 1), last)
    read = read_cells(facts, kpi_id, period, where)
    found: dict[bytes, PersonLevel] = {}
    for history in () if read is None else histories_of_read(read, period):
        levels = local_levels(history.effect, history.error)
        found |= {agent: PersonLevel(history, levels, number) for number, agent in enumerate(history.agents)}
    return found
