"""Are starters held against starters, whatever the shape of the curve by which they learn?"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest

from floorwalker.stats.case_mix import Scale, fit_case_mix
from floorwalker.stats.discovery import discover
from floorwalker.stats.shrinkage import Errors, shrink
from floorwalker.stats.tenure import newness, with_newness, worth_of_newness
from tests.worlds.published import hold
from tests.worlds.world import Array, World, build

AHT = float(np.log(1.05))


@dataclass
class Told:
    """Of starters, over several floors: how many were named, how many of them wrongly; of how many the range was right."""

    starters: int = 0
    named: int = 0
    wrong: int = 0
    ranges_right: int = 0
    others_right: int = 0
    others: int = 0
    unaware: int = 0
    unaware_wrong: int = 0


def slower(tenure: Array, curve: str) -> Array:
    """How much slower starters are, on the logarithm: fading as the product thinks, or in another way."""
    if curve == "fading":
        return 0.35 * np.exp(-tenure / 45)
    return 0.3 * np.maximum(0, 1 - tenure / 84) if curve == "straight" else np.zeros_like(tenure)


def tell(seeds: range, starters: int, curve: str) -> Told:
    told = Told()
    for seed in seeds:
        floor, rng = build(World(seed=seed)), np.random.default_rng(seed)
        cells = floor.cells
        new = rng.permutation(cells.agents) < starters
        started = np.where(new, -rng.integers(0, 80, cells.agents), np.nan)
        tenure = np.maximum(cells.day - np.where(new, started, -9999)[cells.agent], 0)
        times = np.exp(slower(tenure, curve))
        at_cap = None if cells.at_cap is None else cells.at_cap * times
        cells = replace(cells, s1=cells.s1 * times, s2=cells.s2 * times**2, at_cap=at_cap)
        fitted = fit_case_mix(cells, Scale.RATIO)
        plain = Errors(fitted.own, fitted.shared - fitted.shared.mean(axis=0), 0.03)
        part = newness(cells, started)
        difference = shrink(fitted.effect, with_newness(plain, fitted.effect, part - part.mean(axis=0))).difference
        named = discover(difference.beyond(AHT)) & (difference.beyond(AHT) >= 0.8)
        right = (difference.quantile(0.025) <= floor.truth) & (floor.truth <= difference.quantile(0.975))
        unaware = shrink(fitted.effect, plain).difference.beyond(AHT)
        told.starters += int(new.sum())
        told.named += int((named & new).sum())
        told.wrong += int((named & new & (floor.truth <= AHT)).sum())
        named = discover(unaware) & (unaware >= 0.8) & new
        told.unaware += int(named.sum())
        told.unaware_wrong += int((named & (floor.truth <= AHT)).sum())
        told.ranges_right += int((right & new).sum())
        told.others_right += int((right & ~new).sum())
        told.others += int((~new).sum())
    return told


def test_starters_are_not_named_for_being_new() -> None:
    told = tell(range(410_000, 410_003), 30, "fading")
    assert told.unaware_wrong >= 10
    assert told.wrong <= 1 and told.named >= 3
    assert told.ranges_right / told.starters >= 0.88
    assert told.others_right / told.others >= 0.90


def test_of_the_only_starter_nothing_is_said() -> None:
    assert tell(range(411_000, 411_003), 1, "fading").named == 0


@pytest.mark.slow
@pytest.mark.parametrize("curve", ["fading", "straight", "none"])
def test_starters_are_judged_fairly_on_many_floors(curve: str) -> None:
    told = tell(range(412_000, 412_025), 24, curve)
    hold(
        f"starters-{curve}",
        wrong=told.wrong / told.named,
        wrong_elsewhere=told.unaware_wrong / told.unaware,
        covered=told.ranges_right / told.starters,
    )
    assert told.wrong <= 0.1 * told.named
    assert told.ranges_right / told.starters >= 0.90
    assert told.others_right / told.others >= 0.92


def test_what_being_new_is_worth_is_told_apart_from_what_a_person_is() -> None:
    agents, rng = 120, np.random.default_rng(413)
    new = np.zeros((agents, 2))
    new[:30, 1] = rng.uniform(0.2, 1, 30)
    personal = rng.normal(0, 0.05, agents)
    effect = personal + 0.3 * new[:, 1] + rng.normal(0, 0.02, agents)
    centred = new - new.mean(axis=0)
    errors = with_newness(Errors(np.full(agents, 4e-4), np.zeros((agents, 1))), effect, centred)
    worth = worth_of_newness(errors, effect, centred, 0.05**2)
    assert worth == pytest.approx(0.3 * centred[:, 1], abs=0.05)
    assert not worth_of_newness(errors, effect, np.zeros((agents, 2)), 0.05**2).any()
