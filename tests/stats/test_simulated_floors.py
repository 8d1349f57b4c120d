"""On floors of the product's own simulation: is nobody named where nothing is, and what is planted where it is?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from floorwalker.stats.case_mix import CaseMix, Scale, fit_case_mix
from floorwalker.stats.cells import Array
from floorwalker.stats.discovery import discover
from floorwalker.stats.levels import Cause, name_causes, split_levels
from floorwalker.stats.process import find_shifts
from floorwalker.stats.shrinkage import Errors, shrink
from floorwalker.stats.site_series import window_variance
from floorwalker.stats.tenure import newness, with_newness
from tests.worlds.published import hold
from tests.worlds.simulated import Simulated, simulate

AHT = float(np.log(1.05))


@dataclass
class Heard:
    """Over several floors: how many there are and hear of nothing, and of what is planted how much is named, and wrongly."""

    floors: int = 0
    silent: int = 0
    named: int = 0
    wrong: int = 0
    far: int = 0
    found: int = 0
    judged: int = 0
    ranges_right: int = 0
    changed: int = 0
    changes_found: int = 0
    kinds_named: int = 0
    kinds_wrong: int = 0


def errors_of(floor: Simulated, fitted: CaseMix) -> Errors:
    plain = Errors(fitted.own, fitted.shared - fitted.shared.mean(axis=0), 0.03)
    new = newness(floor.cells, floor.started)
    return with_newness(plain, fitted.effect, new - np.average(new, axis=0, weights=floor.cells.contacts))


def people(floor: Simulated) -> tuple[Array, Array, Array]:
    """Who is named, and the likely range of each."""
    fitted = fit_case_mix(floor.cells.without_empty_strata(), Scale.RATIO)
    difference = shrink(fitted.effect, errors_of(floor, fitted)).difference
    enough = floor.cells.contacts >= 20
    probability = np.where(enough, difference.beyond(AHT), 0.0)
    named = discover(probability) & (probability >= 0.8)
    return named, difference.quantile(0.025), difference.quantile(0.975)


def anything_said(floor: Simulated, weeks: int) -> bool:
    """Whether anybody, a team, everybody, or a kind of contact would be named."""
    cells = floor.cells
    fitted = fit_case_mix(cells.without_empty_strata(), Scale.RATIO)
    centre = np.average(fitted.effect, weights=cells.contacts)
    site = window_variance(fitted.day[cells.by_day(cells.n) > 0])
    team = np.unique(floor.team, return_inverse=True)[1]
    levels = split_levels(fitted.effect - centre, errors_of(floor, fitted), team, 0.0, site, weight=cells.contacts)
    causes, _ = name_causes(levels, AHT)
    blamed = any(cause in (Cause.PERSONAL, Cause.TEAM, Cause.SYSTEMIC) for cause in causes)
    return bool(people(floor)[0].any() or blamed or find_shifts(cells, Scale.RATIO, weeks).named.any())


def hear(seeds: range, agents: int, days: int) -> Heard:
    """Judge floors with everything that the simulation plants, on their last four weeks."""
    heard = Heard()
    for seed in seeds:
        floor = simulate(seed, agents, days, planted=True, last=28)
        named, low, high = people(floor)
        judged = floor.plain & (floor.cells.contacts >= 20)
        heard.floors += 1
        heard.named += int((named & judged).sum())
        heard.wrong += int((named & judged & (floor.truth <= AHT)).sum())
        far = judged & (floor.truth > 2 * AHT)
        heard.far += int(far.sum())
        heard.found += int((named & far).sum())
        heard.judged += int(judged.sum())
        heard.ranges_right += int((judged & (low <= floor.truth) & (floor.truth <= high)).sum())
        longer = simulate(seed, agents, days, planted=True, last=56)
        shift = find_shifts(longer.cells, Scale.RATIO)
        heard.changed += int(longer.harder.any())
        heard.changes_found += int((shift.named & longer.harder).any())
        heard.kinds_named += int(shift.named.sum())
        heard.kinds_wrong += int((shift.named & ~longer.harder).sum())
    return heard


def silent(seeds: range, agents: int, days: int, weeks: int) -> float:
    return 1 - float(np.mean([anything_said(simulate(seed, agents, days, planted=False), weeks) for seed in seeds]))


def test_floors_where_everybody_is_alike_hear_of_nothing() -> None:
    assert silent(range(510_000, 510_005), 60, 28, 2) >= 4 / 5


def test_what_is_planted_is_found() -> None:
    heard = hear(range(520_000, 520_001), 60, 84)
    assert heard.named >= 2 and heard.wrong <= 1
    assert heard.changes_found == heard.changed == 1


@pytest.mark.slow
def test_over_many_floors_where_everybody_is_alike() -> None:
    found = silent(range(530_000, 530_060), 60, 56, 4)
    hold("simulated-no-differences", silent=found)
    assert found >= 0.915


@pytest.mark.slow
def test_over_many_floors_with_planted_truths() -> None:
    heard = hear(range(540_000, 540_030), 120, 84)
    print(heard)
    hold(
        "simulated-planted",
        wrong=heard.wrong / heard.named,
        found=heard.found / heard.far,
        covered=heard.ranges_right / heard.judged,
        changes_found=heard.changes_found / heard.changed,
        kinds_wrong=heard.kinds_wrong / max(1, heard.kinds_named),
    )
    assert heard.wrong / heard.named <= 0.125
    assert heard.found / heard.far >= 0.80
    assert heard.ranges_right / heard.judged >= 0.93
    assert heard.changes_found / heard.changed >= 0.95
