"""Does a judgement stay the same where nothing changed but names, order or units, and does it stay sane where hardly anything is known?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from floorwalker.stats.case_mix import Scale, fit_case_mix
from floorwalker.stats.cells import Array, Cells, Index
from floorwalker.stats.levels import Cause, name_causes, split_levels
from floorwalker.stats.process import find_shifts
from floorwalker.stats.shrinkage import Errors, shrink
from tests.worlds.world import World, build

FLOOR = build(World(seed=320, agents=66, teams=6, skills=3, contacts_a_day=12))
GAP = float(np.log(1.05))


def judged(cells: Cells, scale: Scale, team: Index) -> tuple[Array, Array, Array, list[Cause]]:
    """Probability of each agent's missing her peers, likely range, team's part and cause."""
    fitted = fit_case_mix(cells, scale)
    errors = Errors(fitted.own, fitted.shared - fitted.shared.mean(axis=0), 0.03)
    difference = shrink(fitted.effect, errors).difference
    centre = fitted.effect - np.average(fitted.effect, weights=cells.contacts)
    levels = split_levels(centre, errors, team, 0.0, 1e-6, weight=cells.contacts)
    bounds = np.stack([difference.quantile(0.025), difference.quantile(0.975)])
    return difference.beyond(GAP), bounds, levels.teams.centre[team], name_causes(levels, GAP)[0]


def same(first: tuple[Array, Array, Array, list[Cause]], other: tuple[Array, Array, Array, list[Cause]]) -> None:
    for one, two in zip(first[:3], other[:3], strict=True):
        assert two == pytest.approx(one, rel=1e-5, abs=1e-6)
    assert first[3] == other[3]


USUAL = judged(FLOOR.cells, Scale.RATIO, FLOOR.team)


def test_the_order_of_cells_plays_no_part() -> None:
    cells, order = FLOOR.cells, np.random.default_rng(1).permutation(len(FLOOR.cells.n))
    mixed = replace(
        cells, **{name: getattr(cells, name)[order] for name in ("agent", "stratum", "day", "n", "s1", "s2")}
    )
    same(USUAL, judged(mixed, Scale.RATIO, FLOOR.team))


def test_the_numbers_of_agents_and_kinds_play_no_part() -> None:
    cells, rng = FLOOR.cells, np.random.default_rng(2)
    agents, strata = rng.permutation(cells.agents), rng.permutation(cells.strata)
    team = np.empty_like(FLOOR.team)
    team[agents] = FLOOR.team
    other = judged(replace(cells, agent=agents[cells.agent], stratum=strata[cells.stratum]), Scale.RATIO, team)
    same(USUAL, (other[0][agents], other[1][:, agents], other[2][agents], [other[3][place] for place in agents]))


def test_seconds_or_minutes_are_the_same_to_ratios() -> None:
    cells = FLOOR.cells
    assert cells.at_cap is not None
    minutes = replace(cells, s1=cells.s1 / 60, s2=cells.s2 / 3600, at_cap=cells.at_cap / 60)
    same(USUAL, judged(minutes, Scale.RATIO, FLOOR.team))


def test_a_constant_plays_no_part_in_differences() -> None:
    cells = build(World(seed=321, kind="share", agents=66, teams=6, skills=3)).cells
    moved = replace(cells, s1=cells.s1 + 3 * cells.n, s2=cells.s2 + 6 * cells.s1 + 9 * cells.n)
    same(judged(cells, Scale.DIFFERENCE, FLOOR.team), judged(moved, Scale.DIFFERENCE, FLOOR.team))


def test_finer_bookkeeping_hardly_moves_a_figure() -> None:
    """A kind kept as two that take the same, as where a queue is split: ranges stay within a tenth of their width."""
    cells = FLOOR.cells
    half = np.random.default_rng(3).random(len(cells.n)) < 0.5
    split = replace(
        cells, stratum=cells.stratum + cells.strata * (half & (cells.stratum == 0)), strata=2 * cells.strata
    )
    other = judged(split.without_empty_strata(), Scale.RATIO, FLOOR.team)
    width = USUAL[1][1] - USUAL[1][0]
    assert np.abs(other[1] - USUAL[1]).max() <= 0.1 * width.max()


def one_cell_each(agents: int, strata: int, days: int, n: float, value: float, square: float) -> Cells:
    agent, stratum, day = (
        part.ravel() for part in np.meshgrid(range(agents), range(strata), range(days), indexing="ij")
    )
    count = np.full(len(agent), n)
    return Cells(agent, stratum, day, count, count * value, count * square, agents, strata, days)


@pytest.mark.parametrize("scale", list(Scale))
@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (one_cell_each(1, 3, 20, 5, 300, 120_000), "one agent"),
        (one_cell_each(12, 1, 20, 5, 300, 120_000), "one kind"),
        (one_cell_each(12, 3, 20, 5, 300, 90_000), "no variance"),
        (one_cell_each(12, 3, 20, 5, 0, 0), "all nought"),
        (one_cell_each(12, 3, 1, 5, 300, 120_000), "a single day"),
        (one_cell_each(12, 3, 20, 1, 300, 90_000), "one contact at a time"),
        (one_cell_each(70, 1, 1, 1, 1, 1), "many agents of whom nothing is known"),
    ],
)
def test_where_hardly_anything_is_known_nobody_is_named(scale: Scale, cells: Cells, why: str) -> None:
    team = np.arange(cells.agents) % 2 if cells.agents > 1 else np.zeros(1, dtype=np.int64)
    probability, bounds, of_team, causes = judged(cells, scale, team)
    assert np.isfinite(probability).all() and np.isfinite(bounds).all() and np.isfinite(of_team).all(), why
    assert (probability <= 0.5 + 1e-9).all(), why
    assert set(causes) <= {Cause.NONE, Cause.NOT_ENOUGH_DATA}, why
    assert not find_shifts(cells, scale).named.any(), why
