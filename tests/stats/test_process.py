"""Is a kind of contact that became harder for everyone found, and no other?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from floorwalker.stats.case_mix import Scale
from floorwalker.stats.process import find_shifts
from tests.worlds.published import hold
from tests.worlds.world import World, build


def named(seeds: range) -> tuple[float, float, float]:
    """The share of harder kinds that are found, of those named that are not harder, and of plain means up by 5 % that are not."""
    found = there = wrong = said = risen = risen_wrongly = 0
    for seed in seeds:
        floor = build(World(seed=seed, days=40, harder_kinds=2))
        shift = find_shifts(floor.cells, Scale.RATIO)
        found += int((shift.named & floor.harder).sum())
        there += int(floor.harder.sum())
        wrong += int((shift.named & ~floor.harder).sum())
        said += int(shift.named.sum())
        before, after = (
            floor.cells.where(floor.cells.day // 28 == half) for half in (0, 1)
        )  # four calendar weeks each
        up = after.by_stratum(after.s1) / after.by_stratum(after.n) > 1.05 * before.by_stratum(
            before.s1
        ) / before.by_stratum(before.n)
        risen += int(up.sum())
        risen_wrongly += int((up & ~floor.harder).sum())
    return found / there, wrong / max(1, said), risen_wrongly / max(1, risen)


def test_harder_kinds_are_found_and_hardly_any_other() -> None:
    power, wrong, _ = named(range(81_000, 81_006))
    assert power >= 0.8
    assert wrong <= 0.2


@pytest.mark.slow
def test_over_many_floors() -> None:
    power, wrong, elsewhere = named(range(182_000, 182_060))
    hold("processes", wrong=wrong, wrong_elsewhere=elsewhere, found=power)
    assert power >= 0.88
    assert wrong <= 0.10


@pytest.mark.slow
def test_floors_where_nothing_changed_hear_of_nothing() -> None:
    heard = [
        find_shifts(build(World(seed=seed, days=40)).cells, Scale.RATIO).named.any() for seed in range(183_000, 183_100)
    ]
    hold("processes-no-change", silent=1 - float(np.mean(heard)))
    assert np.mean(heard) <= 0.085


def test_what_moved_everything_alike_is_no_kinds_change() -> None:
    floor = build(World(seed=83_000, days=40, site=0.0))
    slower = np.where(floor.cells.day >= 28, 1.3, 1.0)
    cells = floor.cells
    assert cells.at_cap is not None
    moved = replace(cells, s1=cells.s1 * slower, s2=cells.s2 * slower**2, at_cap=cells.at_cap * slower)
    assert find_shifts(moved, Scale.RATIO).named.sum() <= 1


def test_kinds_that_were_not_there_before_are_left_out() -> None:
    floor = build(World(seed=84_000, agents=20, teams=2, skills=2, days=40))
    cells = floor.cells
    kept = (cells.stratum != 0) | (cells.day >= 28)
    shift = find_shifts(cells.where(kept), Scale.RATIO)
    assert np.isnan(shift.change[0]) and not shift.named[0]
    assert np.isfinite(shift.change[1:]).all()
