"""Do judgements keep their promises on floors that were modelled otherwise, with seeds that nothing was tuned on?

A small form here; the full one, with the goals as they are, is marked slow.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.worlds.judging import Rates, judge, several
from tests.worlds.published import hold
from tests.worlds.world import World

AHT, SHARE = float(np.log(1.05)), 0.02
# By name: the floor, how large a gap matters, and the false discoveries that are borne.
FLOORS = {
    "gamma, skewed agents": (World(seed=90_100), AHT, 0.10),
    "Weibull, normal agents": (World(seed=90_300, calls="weibull", shape="normal"), AHT, 0.10),
    "lognormal, heavy-tailed agents": (World(seed=90_500, calls="lognormal", shape="t4"), AHT, 0.10),
    "very long calls, not capped": (World(seed=190_100, capped=False), AHT, 0.10),
    "few contacts": (World(seed=90_700, contacts_a_day=6), AHT, 0.10),
    "twelve agents": (World(seed=90_900, agents=12, teams=1), AHT, 0.10),
    "shares": (World(seed=91_100, kind="share"), SHARE, 0.125),
    "surveys answered by mood": (World(seed=91_300, kind="survey", days=60), SHARE, 0.125),
}
NO_DIFFERENCES = World(seed=91_500, shape="none")


def check(rates: Rates, borne: float, slack: float) -> None:
    assert rates.false_discoveries <= borne + slack
    assert 0.93 - slack <= rates.coverage <= 0.965 + slack
    told = ~np.isnan(rates.said)
    assert np.abs(rates.said - rates.came_true)[told].max() <= 0.03 + 3 * slack
    assert rates.naive_false_discoveries > rates.false_discoveries


@pytest.mark.parametrize("name", [name for name in FLOORS if "surveys" not in name and "capped" not in name])
def test_the_goals_hold_on_a_few_floors(name: str) -> None:
    world, delta, borne = FLOORS[name]
    rates = judge(several(world, 40 if world.agents < 20 else 5), delta)
    check(rates, borne, slack=0.04)
    if "few" not in name and "twelve" not in name:
        assert rates.power_beyond_twice >= 0.75


@pytest.mark.slow
@pytest.mark.parametrize("name", FLOORS)
def test_the_goals_hold_on_many_floors(name: str) -> None:
    world, delta, borne = FLOORS[name]
    rates = judge(several(world, 400 if world.agents < 20 else 200), delta)
    print(f"{name}: {rates}")
    hold(
        f"people-{'-'.join(name.replace(',', '').lower().split())}",
        wrong=rates.false_discoveries,
        wrong_elsewhere=rates.naive_false_discoveries,
        found=rates.power_beyond_twice,
        found_elsewhere=rates.naive_power_beyond_twice,
        covered=rates.coverage,
    )
    check(rates, borne, slack=0.01)
    if "few" not in name and "twelve" not in name:
        assert rates.power_beyond_twice >= (0.75 if "capped" in name else 0.80)


def with_and_without_caps(calls: str, floors: int) -> tuple[Rates, Rates]:
    """The same floors, on which two calls in a hundred get stuck, before and after there were caps."""
    world = World(seed=192_100, calls=calls, stuck=0.02)
    before, after = (judge(several(replace(world, capped=capped), floors), AHT) for capped in (False, True))
    return before, after


def test_caps_find_more_gaps_where_calls_get_stuck() -> None:
    before, after = with_and_without_caps("lognormal", 3)
    assert after.power_beyond_twice >= before.power_beyond_twice + 0.05
    assert after.false_discoveries <= before.false_discoveries + 0.04


@pytest.mark.slow
@pytest.mark.parametrize("calls", ["gamma", "weibull", "lognormal"])
def test_caps_find_more_gaps_and_name_no_more_people_wrongly(calls: str) -> None:
    before, after = with_and_without_caps(calls, 30)
    print(f"{calls}: {before} {after}")
    assert after.power_beyond_twice >= before.power_beyond_twice + 0.06
    assert after.false_discoveries <= min(0.11, before.false_discoveries + 0.01)
    assert 0.93 <= after.coverage <= 0.965


def test_nobody_is_named_where_nobody_differs() -> None:
    rates = judge(several(NO_DIFFERENCES, 20), AHT)
    assert rates.silent >= 17 / 20
    assert rates.naive_false_discoveries == 1.0


@pytest.mark.slow
def test_nobody_is_named_on_two_hundred_floors_where_nobody_differs() -> None:
    rates = judge(several(NO_DIFFERENCES, 200), AHT)
    hold("people-no-differences", silent=rates.silent)
    assert rates.silent >= 183 / 200
