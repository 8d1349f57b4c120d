"""Is what happens rarely followed contact by contact, for people and teams, and only where more of it is bad?"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from floorwalker.insight import trend
from floorwalker.insight.cells import AgentCells
from floorwalker.insight.scorecard import Period
from floorwalker.insight.trend import Trends, Unit
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.stats.case_mix import Scale
from floorwalker.stats.cells import Cells

FIRST = date(2026, 3, 2)
AGENTS, DAYS, AT = 24, 140, 100
PERIOD = Period(FIRST, FIRST + timedelta(days=DAYS - 1))


def followed(monkeypatch: pytest.MonkeyPatch, kpi_id: str, rate: float, times: float) -> Trends:
    """Six people in each of four teams; the first comes to do it so many times as often; kinds differ by as much as two."""
    rng = np.random.default_rng(21)
    agent, stratum, day = (
        part.ravel() for part in np.meshgrid(range(AGENTS), range(2), np.arange(DAYS), indexing="ij")
    )
    chance = rate * np.where(stratum == 0, 0.7, 1.4) * np.where((agent == 0) & (day >= AT), times, 1.0)
    n = np.full(len(agent), 20.0)
    events = rng.binomial(20, chance).astype(float)
    kpi = find_kpi(kpi_id, catalogue())
    happened = events if kpi.better == "down" else n - events
    cells = Cells(agent, stratum, day, n, happened, happened, AGENTS, 2, DAYS)
    keys = tuple(number.to_bytes(16, "big") for number in range(AGENTS))
    teams = tuple((1000 + number // 6).to_bytes(16, "big") for number in range(AGENTS))
    read = AgentCells(kpi, Scale.DIFFERENCE, cells, keys, teams, (("a",), ("b",)), FIRST)
    monkeypatch.setattr(trend, "read_cells", lambda *_asked: read)
    found = trend.read_trends(None, kpi_id, PERIOD, {})  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.mark.parametrize(("kpi_id", "up"), [("transfer_rate", True), ("first_contact_resolution", False)])
def test_a_rise_of_what_is_rare_and_bad_is_dated_and_sized(
    monkeypatch: pytest.MonkeyPatch, kpi_id: str, up: bool
) -> None:
    found = followed(monkeypatch, kpi_id, 0.006, 6.0)
    assert [sum(one.kind is kind for one in found.units) for kind in Unit] == [AGENTS, 4]
    first = found.units[0].drifts[0]
    assert first.worse and first.up is up
    assert abs((first.began - FIRST).days - AT) <= 5 and 0 <= (first.detected - first.began).days <= 15
    assert 0.01 <= (first.size if up else -first.size) <= 0.08
    assert sum(bool(one.drifts) for one in found.units[1:AGENTS]) <= 6


def test_what_is_not_rare_is_followed_by_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trend, "rises_of_agents", lambda *_given: pytest.fail("this is not rare"))
    assert len(followed(monkeypatch, "transfer_rate", 0.2, 1.0).units) == AGENTS + 4


def test_the_chart_of_what_is_rare_tells_the_same_changes_and_no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    found = followed(monkeypatch, "transfer_rate", 0.006, 6.0)
    first = found.units[0]
    charted = trend.read_chart(None, "transfer_rate", PERIOD, {}, Unit.AGENT, first.key)  # type: ignore[arg-type]
    assert charted is not None and charted.followed == first
    assert all(one.limit is None and not one.is_outside for one in charted.days)
