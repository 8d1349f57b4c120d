"""Is everybody put where the figures put her, starters left out, and nobody named whom the measure cannot tell from others?"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from floorwalker.errors import KpiError
from floorwalker.insight import funnel
from floorwalker.insight.cells import AgentCells
from floorwalker.insight.funnel import Funnel, Place
from floorwalker.insight.scorecard import Period
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.stats.case_mix import Scale
from floorwalker.stats.cells import Cells
from floorwalker.ui import funnel_words

FIRST, AGENTS, DAYS = date(2026, 3, 2), 24, 28
PERIOD = Period(FIRST, FIRST + timedelta(days=DAYS - 1))
FEW = 3


def drawn(monkeypatch: pytest.MonkeyPatch, *, differ: float, each: int = 20, starters: tuple[int, ...] = ()) -> Funnel:
    """Two dozen people on two kinds of contact; the last takes `differ` times as long, the one before has few contacts."""
    rng = np.random.default_rng(3)
    agent, stratum, day = (part.ravel() for part in np.meshgrid(range(AGENTS), range(2), range(DAYS), indexing="ij"))
    n = np.where(agent == AGENTS - 2, np.where(day < FEW, 1.0, 0.0), float(each))
    here = n > 0
    agent, stratum, day, n = agent[here], stratum[here], day[here], n[here]
    mean = np.where(stratum == 0, 200.0, 400.0) * np.where(agent == AGENTS - 1, differ, 1.0)
    s1 = rng.gamma(2.0 * n, mean / 2.0)
    s2 = (s1**2 / n) + rng.chisquare(np.maximum(n - 1, 1e-9)) * mean**2 / 2 * (n > 1)
    kpi = find_kpi("average_handle_time", catalogue())
    keys = tuple(number.to_bytes(16, "big") for number in range(AGENTS))
    cells = Cells(agent, stratum, day, n, s1, s2, AGENTS, 2, DAYS)
    read = AgentCells(kpi, Scale.RATIO, cells, keys, (None,) * AGENTS, (("a",), ("b",)), FIRST)
    new = np.zeros((AGENTS, 2))
    new[list(starters)] = 1.0
    monkeypatch.setattr(funnel, "read_cells", lambda *_asked: read)
    monkeypatch.setattr(funnel, "read_newness", lambda *_asked: new)
    found = funnel.read_funnel(None, kpi.id, PERIOD, {})  # type: ignore[arg-type]
    assert found is not None
    return found


def test_one_who_differs_lies_beyond_the_lines_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    found = drawn(monkeypatch, differ=1.5)
    assert len(found.points) == AGENTS - 1 and found.untold == 1, "who has a few contacts on three days is not drawn"
    slow = next(point for point in found.points if point.agent == (AGENTS - 1).to_bytes(16, "big"))
    assert slow.place is Place.FAR_BEYOND and slow.off == pytest.approx(0.5, abs=0.1) and slow.may_be_named
    others = [point for point in found.points if point is not slow]
    assert sum(point.place is Place.WITHIN for point in others) >= 18
    assert all(point.low < 0 < point.high for point in found.points)
    said = funnel_words.found(found)
    assert f"of {AGENTS - 1} people" in said and "about 22" in said
    assert funnel_words.left_out(found).startswith("Not drawn: 1 with")


def test_limits_hold_everybody_and_narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    (group,) = drawn(monkeypatch, differ=1.0).groups
    numbers = [one.n for one in group.limits]
    assert numbers == sorted(numbers)
    assert numbers[0] <= min(point.n for point in group.points) <= max(point.n for point in group.points) <= numbers[-1]
    widths = [one.high - one.low for one in group.limits]
    assert widths == sorted(widths, reverse=True)
    assert all(one.far_low < one.low < 0 < one.high < one.far_high for one in group.limits)


def test_where_people_hardly_differ_nobody_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    found = drawn(monkeypatch, differ=1.0, each=3)
    assert found.points and not any(point.may_be_named for point in found.points)
    assert "no point has a name" in funnel_words.names(found)


def test_starters_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    found = drawn(monkeypatch, differ=1.0, starters=(0, 1))
    assert found.starters == 2 and len(found.points) == AGENTS - 3 and found.untold == 1
    assert "2 who are new" in funnel_words.left_out(found)


def test_measures_of_nobody_are_refused() -> None:
    with pytest.raises(KpiError, match="is not a measure by which people are compared"):
        funnel.read_funnel(None, "contacts_handled", PERIOD, {})  # type: ignore[arg-type]
