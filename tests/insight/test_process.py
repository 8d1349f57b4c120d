"""Is a change of a kind of contact told with a range that can be written down, or as something that cannot be told?"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from floorwalker.insight.cells import AgentCells
from floorwalker.insight.process import processes_of_read
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.stats.case_mix import Scale
from floorwalker.stats.cells import Cells
from floorwalker.ui import change_words

WEEKS, AGENTS = 8, 12


def eight_weeks(kpi_id: str, kinds: int, *, scatter: float) -> AgentCells:
    """Everybody takes ten contacts of each kind a day, of 300 s or a third, more or less."""
    kpi = find_kpi(kpi_id, catalogue())
    scale = Scale.RATIO if kpi.unit == "seconds" else Scale.DIFFERENCE
    usual = 300.0 if kpi.unit == "seconds" else 1 / 3
    agent, kind, day = (axis.ravel() for axis in np.indices((AGENTS, kinds, 7 * WEEKS)))
    n = np.full(agent.size, 10.0)
    mean = usual * np.exp(scatter * np.random.default_rng(7).standard_normal(agent.size))
    cells = Cells(agent, kind, day, n, n * mean, n * mean**2 * 1.4, AGENTS, kinds, 7 * WEEKS)
    keys = tuple(number.to_bytes(16, "big") for number in range(AGENTS))
    return AgentCells(
        *(kpi, scale, cells, keys, (None,) * AGENTS, tuple(("queue", "voice", f"kind {one}") for one in range(kinds))),
        date(2026, 1, 5),
    )


@pytest.mark.parametrize("kpi_id", ["average_handle_time", "transfer_rate"])
@pytest.mark.parametrize(("kinds", "scatter", "told"), [(1, 0.1, "no other kind"), (3, 0.0, "no week differs")])
def test_where_nothing_tells_what_is_chance_nothing_is_told(kpi_id: str, kinds: int, scatter: float, told: str) -> None:
    found = processes_of_read(eight_weeks(kpi_id, kinds, scatter=scatter))
    assert len(found.kinds) == kinds
    for one in found.kinds:
        assert (one.change, one.low, one.high, one.flagged) == (None, None, None, False)
        said = change_words.changed(one, found)
        assert said.startswith("cannot be told") and told in said


def test_kinds_that_vary_have_a_range() -> None:
    found = processes_of_read(eight_weeks("average_handle_time", 3, scatter=0.1))
    for one in found.kinds:
        assert one.low is not None and one.change is not None and one.high is not None
        assert one.low < one.change < one.high
        json.dumps([one.low, one.change, one.high], allow_nan=False)


@pytest.mark.parametrize(("people", "told"), [(3, False), (4, True)])
def test_what_few_people_did_is_nobodys_to_read(people: int, told: bool) -> None:
    """Whatever moved it: a kind that three people take would tell of them."""
    read = eight_weeks("average_handle_time", 4, scatter=0.1)
    cells = read.cells
    cells = cells.where((cells.stratum != 2) | (cells.agent < people))
    longer = np.where((cells.stratum == 2) & (cells.day >= 28), 2.0, 1.0)
    found = processes_of_read(replace(read, cells=replace(cells, s1=cells.s1 * longer, s2=cells.s2 * longer**2)))
    one = next(kind for kind in found.kinds if kind.kind == "kind 2")
    assert (one.change is not None) is one.flagged is told
    assert ("too few people" in change_words.changed(one, found)) is not told
    assert all(kind.change is not None for kind in found.kinds if kind is not one)
