"""Does everybody's part bear the doubt of the days that were worked alone, and is nobody told a cause from next to nothing?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from floorwalker.insight import cause
from floorwalker.insight.cells import AgentCells
from floorwalker.insight.scorecard import Period
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.stats.case_mix import Scale
from floorwalker.stats.cells import Cells
from floorwalker.stats.levels import Cause
from tests.worlds.world import World, build

PERIOD = Period(date(2026, 3, 2), date(2026, 3, 29))
WORLD = World(seed=95_003, agents=60, teams=6, week=0.0, site=0.05)


def given(cells: Cells) -> AgentCells:
    kpi = find_kpi("average_handle_time", catalogue())
    agents = tuple(number.to_bytes(16, "big") for number in range(cells.agents))
    teams = tuple((1000 + number % 6).to_bytes(16, "big") for number in range(cells.agents))
    kinds = tuple((number,) for number in range(cells.strata))
    return AgentCells(kpi, Scale.RATIO, cells, agents, teams, kinds, PERIOD.first)


def site_range(cells: Cells, monkeypatch: pytest.MonkeyPatch) -> float:
    monkeypatch.setattr(cause, "read_cells", lambda *_asked: given(cells))
    monkeypatch.setattr(cause, "read_newness", lambda *_asked: np.zeros((cells.agents, 2)))
    found = cause.read_causes(None, "average_handle_time", PERIOD, {}, standard=300.0)  # type: ignore[arg-type]
    assert found is not None and found.site is not None
    return found.site.high - found.site.low


def test_days_on_which_nobody_works_make_nobody_surer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same work, with weekends between or without: what is known of the floor's level is the same."""
    with_weekends = build(WORLD).cells
    numbers = np.cumsum(with_weekends.by_day(with_weekends.n) > 0) - 1
    without = Cells(
        with_weekends.agent,
        with_weekends.stratum,
        numbers[with_weekends.day],
        *(with_weekends.n, with_weekends.s1, with_weekends.s2),
        *(with_weekends.agents, with_weekends.strata, int(numbers[-1]) + 1),
    )
    assert site_range(with_weekends, monkeypatch) == pytest.approx(site_range(without, monkeypatch), rel=0.1)


@pytest.mark.parametrize(("days", "contacts"), [(4, 500), (10, 19)])
def test_of_whoever_did_too_little_no_cause_is_told(days: int, contacts: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """As of the comparison: fewer than twenty contacts, or fewer than five days, tell nothing of a person."""
    cells, few = build(WORLD).cells, 7
    own = np.flatnonzero(cells.agent == few)
    # Of one kind, so that they tie her to her colleagues.
    kind = np.bincount(cells.stratum[own], weights=cells.n[own]).argmax()
    own = own[cells.stratum[own] == kind]
    own = own[np.isin(cells.day[own], np.unique(cells.day[own])[:days])]
    cells = cells.where((cells.agent != few) | np.isin(np.arange(len(cells.agent)), own))
    share = np.where(cells.agent == few, contacts / cells.n[cells.agent == few].sum(), 1.0)
    cells = replace(cells, n=cells.n * share, s1=cells.s1 * share, s2=cells.s2 * share)
    monkeypatch.setattr(cause, "read_cells", lambda *_asked: given(cells))
    monkeypatch.setattr(cause, "read_newness", lambda *_asked: np.zeros((cells.agents, 2)))
    found = cause.read_causes(None, "average_handle_time", PERIOD, {}, standard=200.0)  # type: ignore[arg-type]
    assert found is not None
    (one,) = (one for one in found.agents if one.agent == few.to_bytes(16, "big"))
    assert one.primary is Cause.NOT_ENOUGH_DATA
    others = [other.primary for other in found.agents if other is not one]
    assert others.count(Cause.NOT_ENOUGH_DATA) < len(others)


@pytest.mark.parametrize(("teams", "known"), [(3, False), (4, True)])
def test_how_reliably_few_teams_are_told_apart_nobody_says(
    teams: int, known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = build(WORLD).cells
    read = given(cells)
    keys = tuple((1000 + number % teams).to_bytes(16, "big") for number in range(cells.agents))
    monkeypatch.setattr(cause, "read_cells", lambda *_asked: replace(read, teams=keys))
    monkeypatch.setattr(cause, "read_newness", lambda *_asked: np.zeros((cells.agents, 2)))
    found = cause.read_causes(None, "average_handle_time", PERIOD, {}, standard=300.0)  # type: ignore[arg-type]
    assert found is not None and len(found.teams) == teams
    assert all((one.reliability is not None) is known for one in found.teams)
    assert all(one.low < one.gap < one.high for one in found.teams)
    for one in found.agents:
        assert one.waterfall.gap == pytest.approx(
            read.whole[int.from_bytes(one.agent)] / cells.contacts[int.from_bytes(one.agent)] - 300
        )
