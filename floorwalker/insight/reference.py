"""How did the same people at the same work stand before, where nothing was agreed that they could be held against?"""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from floorwalker.insight.cells import AgentCells, read_cells
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.query import Facts
from floorwalker.stats.case_mix import Scale, fit_effects, seen_of
from floorwalker.stats.cells import Array, Cells, Index

# How the floor stood before: so many days, of which at least these have contacts.
REFERENCE_DAYS, LEAST_REFERENCE = 84, 40


def level_before(
    facts: Facts, kpi_id: str, period: Period, where: Where, read: AgentCells, members: Index
) -> tuple[float, Array] | None:
    """What the same agents at the present work would have given before, and the days' own effects then.

    None where too few earlier days are known.
    """
    earlier = Period(period.first - timedelta(days=REFERENCE_DAYS), period.first - timedelta(days=1))
    past = read_cells(facts, kpi_id, earlier, where)
    if past is None or int((past.cells.by_day(past.cells.n) > 0).sum()) < LEAST_REFERENCE:
        return None
    past_agent, past_stratum, past_day = fit_effects(past.cells, past.scale)
    effect = dict(zip(past.agents, past_agent.tolist(), strict=True))
    kinds = dict(zip(past.kinds, past_stratum.tolist(), strict=True))
    cells = read.cells.of_agents(members)
    known_kind = np.array([kind in kinds for kind in read.kinds])
    known_agent = np.array([read.agents[agent] in effect for agent in members.tolist()])
    used = known_kind[cells.stratum] & known_agent[cells.agent]
    if cells.n[used].sum() < 0.5 * cells.n.sum():
        return None
    agent = np.array([effect.get(read.agents[one], 0.0) for one in members.tolist()])[cells.agent[used]]
    stratum = np.array([kinds.get(kind, 0.0) for kind in read.kinds])[cells.stratum[used]]
    weight = cells.n[used]
    expected = np.exp(agent + stratum) if read.scale is Scale.RATIO else agent + stratum
    seen = float(cells.s1[used].sum() / weight.sum())
    then = float(np.average(expected, weights=weight))
    level = read.level(members)
    days = worked(past.cells, past_day) / seen_of(past.cells, past.scale)
    # What was not known before is taken to have moved as what was known, and what lies beyond the caps as what does not.
    if read.scale is Scale.RATIO:
        return level * float(then / seen) ** (1 / seen_of(cells, read.scale)), days
    return level + then - seen, days


def worked(cells: Cells, day: Array) -> Array:
    """The effects of days on which something was done: the others have none, and say nothing."""
    return day[cells.by_day(cells.n) > 0]
