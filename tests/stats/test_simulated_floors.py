"""On floors of the product's own simulation: is nobody named where nothing is, and what is planted where it is?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from floorwalker.stats.case_mix import CaseMix, Scale, fit_case_mix
from floorwalker.stats.cells import Array, Cells
from floorwalker.stats.discovery import discover
from floorwalker.stats.levels import SURE, Cause, Levels, name_causes, split_levels
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
    troubled: int = 0
    troubles_found: int = 0
    teams_named: int = 0
    teams_wrong: int = 0

    @property
    def wrong_of_all(self) -> float:
        """The share of what was wrong among everything that was named: people, teams, kinds of contact."""
        return (self.wrong + self.teams_wrong + self.kinds_wrong) / max(
            1, self.named + self.teams_named + self.kinds_named
        )


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


def levels_of(floor: Simulated, cells: Cells) -> Levels:
    """Whose gaps are: the floor's, teams', people's."""
    fitted = fit_case_mix(cells.without_empty_strata(), Scale.RATIO)
    centre = np.average(fitted.effect, weights=cells.contacts)
    site = window_variance(fitted.day[cells.by_day(cells.n) > 0])
    team = np.unique(floor.team, return_inverse=True)[1]
    return split_levels(fitted.effect - centre, errors_of(floor, fitted), team, 0.0, site, weight=cells.contacts)


def anything_said(floor: Simulated, weeks: int) -> bool:
    """Whether anybody, a team, everybody, or a kind of contact would be named."""
    causes, _ = name_causes(levels_of(floor, floor.cells), AHT)
    blamed = any(cause in (Cause.PERSONAL, Cause.TEAM, Cause.SYSTEMIC) for cause in causes)
    return bool(people(floor)[0].any() or blamed or find_shifts(floor.cells, Scale.RATIO, weeks).named.any())


def hear(seeds: range, agents: int, days: int) -> Heard:
    """Judge floors with everything that the simulation plants, on their last four weeks."""
    heard = Heard()
    for seed in seeds:
        longer = simulate(seed, agents, days, planted=True, last=56)
        floor = longer.last(28)
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
        hear_of_teams(heard, floor)
        shift = find_shifts(longer.cells, Scale.RATIO)
        heard.changed += int(longer.harder.any())
        heard.changes_found += int((shift.named & longer.harder).any())
        heard.kinds_named += int(shift.named.sum())
        heard.kinds_wrong += int((shift.named & ~longer.harder).sum())
    return heard


def hear_of_teams(heard: Heard, floor: Simulated) -> None:
    """A team is named rightly where it has the planted trouble, which is one of wrap-up, or its people truly take longer."""
    numbers, team = np.unique(floor.team, return_inverse=True)
    true, troubled = np.bincount(team, floor.truth) / np.bincount(team), numbers == floor.troubled
    heard.troubled += int(troubled.any())
    for cells in (floor.wrap_up, floor.cells):
        named = levels_of(floor, cells).teams.beyond(AHT) >= SURE
        heard.troubles_found += int((named & troubled).any() and cells is floor.wrap_up)
        heard.teams_named += int(named.sum())
        heard.teams_wrong += int((named & ~troubled & (true <= AHT)).sum())


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
    found = silent(range(530_000, 530_200), 240, 56, 4)
    hold("simulated-no-differences", silent=found)
    assert found >= 183 / 200


@pytest.mark.slow
def test_over_many_floors_with_planted_truths() -> None:
    heard = hear(range(540_000, 540_200), 240, 84)
    print(heard)
    hold(
        "simulated-planted",
        wrong=heard.wrong / heard.named,
        found=heard.found / heard.far,
        covered=heard.ranges_right / heard.judged,
        teams_found=heard.troubles_found / heard.troubled,
        wrong_of_all=heard.wrong_of_all,
        changes_found=heard.changes_found / heard.changed,
        kinds_wrong=heard.kinds_wrong / max(1, heard.kinds_named),
    )
    assert heard.wrong / heard.named <= 0.125
    assert heard.found / heard.far >= 0.80
    assert heard.ranges_right / heard.judged >= 0.93
    assert heard.changes_found / heard.changed >= 0.95
    assert heard.troubles_found / heard.troubled >= 0.65
    assert heard.wrong_of_all <= 0.125
