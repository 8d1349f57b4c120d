"""Is it told how many contacts would tell people apart, roughly, and only where so many can ever come?"""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.insight import comparison
from floorwalker.insight.cells import AgentCells
from floorwalker.insight.comparison import Comparison, compare_read
from floorwalker.insight.scorecard import Period
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.stats.case_mix import Scale
from tests.worlds.world import World, build

PERIOD = Period(date(2026, 3, 2), date(2026, 3, 29))


def judged(world: World, monkeypatch: pytest.MonkeyPatch) -> Comparison:
    cells = build(world).cells
    keys = tuple(number.to_bytes(16, "big") for number in range(cells.agents))
    kinds = tuple((number,) for number in range(cells.strata))
    kpi = find_kpi("average_handle_time", catalogue())
    read = AgentCells(kpi, Scale.RATIO, cells, keys, (None,) * cells.agents, kinds, PERIOD.first)
    monkeypatch.setattr(comparison, "read_newness", lambda *_asked: np.zeros((cells.agents, 2)))
    return compare_read(read, None, PERIOD, {})  # type: ignore[arg-type]


@pytest.mark.parametrize(("shape", "is_told"), [("skewed", True), ("none", False)])
def test_how_many_would_be_needed_is_told_where_a_year_brings_them(
    shape: str, is_told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(seed=31, agents=80, teams=8, shape=shape, spread=0.2, team_spread=0.0, contacts_a_day=10.0)
    placed = [one for one in judged(world, monkeypatch).agents if one.adjusted is not None]
    in_a_year = np.median([one.n for one in placed]) * 365 / 28
    assert len(placed) > 70
    for one in placed:
        assert (one.needed is not None) is is_told
        assert one.needed is None or one.needed <= in_a_year * 1.1


@given(st.floats(0.5, 1e7))
def test_a_rough_number_is_told_roughly(n: float) -> None:
    told = comparison._about(n)
    assert n <= told <= max(math.ceil(n), 1.1 * n + 1) and len(str(told).rstrip("0")) <= 2
