"""Is a kind of contact that became harder for everyone found, and no other?"""

from __future__ import annotations

import numpy as np
import pytest

from floorwalker.stats.case_mix import Scale
from floorwalker.stats.process import find_shifts
from tests.worlds.world import World, build


def named(seeds: range) -> tuple[float, float]:
    """The share of harder kinds that are found, and of those named that are not harder."""
    found = there = wrong = said = 0
    for seed in seeds:
        floor = build(World(seed=seed, days=40, harder_kinds=2))
        shift = find_shifts(floor.cells, Scale.RATIO)
        found += int((shift.named & floor.harder).sum())
        there += int(floor.harder.sum())
        wrong += int((shift.named & ~floor.harder).sum())
        said += int(shift.named.sum())
    return found / there, wrong / max(1, said)


def test_harder_kinds_are_found_and_hardly_any_other() -> None:
    power, wrong = named(range(81_000, 81_006))
    assert power >= 0.8
    assert wrong <= 0.2


@pytest.mark.slow
def test_over_many_floors() -> None:
    power, wrong = named(range(182_000, 182_060))
    print(f"power {power:.3f}, false {wrong:.3f}")
    assert power >= 0.88
    assert wrong <= 0.10


@pytest.mark.slow
def test_floors_where_nothing_changed_hear_of_nothing() -> None:
    heard = [
        find_shifts(build(World(seed=seed, days=40)).cells, Scale.RATIO).named.any() for seed in range(183_000, 183_100)
    ]
    print(f"heard of a change {np.mean(heard):.3f}")
    assert np.mean(heard) <= 0.085


def test_what_moved_everything_alike_is_no_kinds_change() -> None:
    floor = build(World(seed=83_000, days=40, site=0.0))
    slower = np.where(floor.cells.day >= 28, 1.3, 1.0)
    cells = floor.cells
    moved = type(cells)(
        *(cells.agent, cells.stratum, cells.day, cells.n, cells.s1 * slower, cells.s2 * slower**2),
        *(cells.agents, cells.strata, cells.days),
    )
    assert find_shifts(moved, Scale.RATIO).named.sum() <= 1


def test_kinds_that_were_not_there_before_are_left_out() -> None:
    floor = build(World(seed=84_000, agents=20, teams=2, skills=2, days=40))
    cells = floor.cells
    kept = (cells.stratum != 0) | (cells.day >= 28)
    fewer = type(cells)(
        *(values[kept] for values in (cells.agent, cells.stratum, cells.day, cells.n, cells.s1, cells.s2)),
        *(cells.agents, cells.strata, cells.days),
    )
    shift = find_shifts(fewer, Scale.RATIO)
    assert np.isnan(shift.change[0]) and not shift.named[0]
    assert np.isfinite(shift.change[1:]).all()
