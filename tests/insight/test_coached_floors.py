"""On floors of 65 weeks: is real coaching found, what only comes back by itself never praised, and the gamer called a trade-off?

Three questions of each floor: the worst by their record, coached to no effect; the same, half a standard deviation quicker; and one
who hurries contacts away. Beside them stands what is done elsewhere: before against after.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pytest

from floorwalker.insight import effect
from floorwalker.insight.planned import Asked
from floorwalker.insight.reviewed import Reviewed, Verdict
from floorwalker.stats.cells import Cells, Index
from tests.worlds.published import hold
from tests.worlds.treated import (
    BEGINS,
    COMPLETE,
    HANDLE,
    SETTLED,
    Floor,
    key,
    make_floor,
    naive_success,
    reading,
    settling,
    shorter,
)

GAIN, GAMED, LOST = 0.94, 0.65, 0.25
# Seeds that nothing was tried on before; a few minutes of one core.
SIXTY = range(71_001, 71_251)
# The goal is reached, whatever else is said of it.
REACHED = (Verdict.IMPROVED, Verdict.NOT_RULED_OUT, Verdict.TRADE_OFF)


@dataclass(frozen=True)
class Floors:
    """What was said on some floors, by question; naive: on how many a rule of before and after claims success without any effect."""

    nothing: Counter[Verdict]
    real: Counter[Verdict]
    gamed: Counter[Verdict]
    naive: int
    came_back: float


def judged(monkeypatch: pytest.MonkeyPatch, floor: Floor, treated: Index, handle: Cells, settled: Cells) -> Reviewed:
    monkeypatch.setattr(effect, "read_together", reading({HANDLE: handle, SETTLED: settled}, floor.team))
    monkeypatch.setattr(effect, "site_of", lambda *_asked: {})
    asked = Asked(HANDLE, {key(agent): BEGINS for agent in treated.tolist()}, BEGINS, (SETTLED,))
    return effect.estimate_effect(None, asked, COMPLETE, {})  # type: ignore[arg-type]


def floors(
    monkeypatch: pytest.MonkeyPatch, seeds: range, agents: int, contacts_a_day: float, gain: float = GAIN
) -> Floors:
    nothing, real, gamed = Counter[Verdict](), Counter[Verdict](), Counter[Verdict]()
    naive, back = 0, []
    for seed in seeds:
        floor = make_floor(seed, agents, contacts_a_day)
        worst = floor.worst(agents // 10)
        found = judged(monkeypatch, floor, worst, floor.handle, floor.settled)
        nothing[found.verdict] += 1
        naive += naive_success(floor, worst)
        if found.change is not None and found.change.regression_to_mean is not None:
            back.append(found.change.regression_to_mean)
        real[judged(monkeypatch, floor, worst, shorter(floor.handle, worst, gain), floor.settled).verdict] += 1
        gamed[gaming(monkeypatch, floor, seed)] += 1
    return Floors(nothing, real, gamed, naive, float(np.mean(back)))


def gaming(monkeypatch: pytest.MonkeyPatch, floor: Floor, seed: int) -> Verdict:
    """What is said of one in the middle who hurries contacts away."""
    gamer = floor.middling
    handle, settled = shorter(floor.handle, gamer, GAMED), settling(floor.settled, gamer, LOST, seed)
    return judged(monkeypatch, floor, gamer, handle, settled).verdict


def reached(found: Counter[Verdict]) -> int:
    return sum(found[one] for one in REACHED)


def test_a_few_small_floors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few people are coached here, so that only a large gain can be asked for."""
    found = floors(monkeypatch, range(67_011, 67_013), 60, 4.0, gain=0.8)
    assert reached(found.nothing) == 0 and reached(found.real) == 2
    assert found.gamed[Verdict.TRADE_OFF] == 2 and found.came_back > 0.005


@pytest.mark.parametrize("seed", [67_013, 67_031])
def test_a_small_floor_hides_no_gamer(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Of one person the gain is hard to prove, however surely contacts come back; and few contacts of each kind still count."""
    floor = make_floor(seed, 24, 2.0)
    gamer = floor.middling
    assert gaming(monkeypatch, floor, seed) is Verdict.TRADE_OFF
    handle = shorter(floor.handle, gamer, GAMED)
    assert judged(monkeypatch, floor, gamer, handle, floor.settled).verdict is not Verdict.TRADE_OFF


@pytest.mark.slow
def test_a_gamer_on_floors_of_sixty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixty people with twenty contacts a week each, over 65 weeks: as good as every one who hurries contacts away is told."""
    told = Counter(gaming(monkeypatch, make_floor(seed, 60, 4.0), seed) for seed in SIXTY)
    share = told[Verdict.TRADE_OFF] / len(SIXTY)
    hold("gamers-on-floors-of-sixty", trade_off=share)
    assert share >= 0.90


@pytest.mark.slow
def test_a_hundred_small_floors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two dozen people with ten contacts a week each: what can be seen of one of them is little. About nine of ten are found."""
    found = floors(monkeypatch, range(67_011, 67_111), 24, 2.0)
    assert found.gamed[Verdict.TRADE_OFF] >= 85 and reached(found.nothing) <= 3


@pytest.mark.slow
def test_a_hundred_floors(monkeypatch: pytest.MonkeyPatch) -> None:
    found = floors(monkeypatch, range(68_001, 68_101), 240, 3.0)
    # Half a standard deviation, blocks as reliable as in M4.1: found there on three floors of four.
    assert reached(found.real) >= 70 and reached(found.nothing) <= 3
    assert found.gamed[Verdict.TRADE_OFF] >= 90
    assert found.naive >= 85 and found.came_back > 0.005
