"""Are levels followed as statsmodels follows them, is it learnt how fast people change, and is nothing invented where little is known?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from statsmodels.tsa.statespace.structural import UnobservedComponents

from floorwalker.stats.local_level import LocalLevels, filter_levels, local_levels
from tests.worlds.wandering import Wandering, wander

MONTHS = wander(Wandering(seed=61_001, agents=60))
SEEN, ERROR = MONTHS.seen[:, :12], MONTHS.error[:, :12]


@pytest.mark.parametrize("gaps", [(), (3, 4, 11)])
@pytest.mark.parametrize(("drift", "luck", "centre", "spread"), [(0.2, 1.5, 0.3, 2.0), (0.0, 0.4, -1.0, 0.5)])
def test_levels_are_those_of_statsmodels(
    gaps: tuple[int, ...], drift: float, luck: float, centre: float, spread: float
) -> None:
    seen = MONTHS.seen[:1].copy()
    seen[:, list(gaps)] = np.nan
    model = UnobservedComponents(seen[0], "llevel")
    model.ssm.initialize_known(np.array([centre]), np.array([[spread]]))
    theirs = model.filter([luck, drift])
    mean, variance = filter_levels(seen, np.full_like(seen, luck), drift, centre, spread)
    assert mean[0] == pytest.approx(theirs.filtered_state[0, -1])
    assert variance[0] == pytest.approx(theirs.filtered_state_cov[0, 0, -1])


@pytest.mark.parametrize("misstated", [0.7, 1.0, 1.5])
@pytest.mark.parametrize("reliability", [0.35, 0.9])
def test_steps_spread_and_luck_are_learnt_from_everybody(reliability: float, misstated: float) -> None:
    found = [_of(Wandering(seed, reliability), misstated) for seed in range(61_100, 61_110)]
    luck = Wandering(0, reliability).luck
    assert np.mean([one.drift for one in found]) == pytest.approx(0.01, abs=0.003 + 0.01 * luck)
    assert np.mean([one.spread for one in found]) == pytest.approx(1.0, abs=0.08)
    assert np.mean([one.noise for one in found]) * misstated == pytest.approx(1.0, abs=0.06)


def _of(world: Wandering, misstated: float) -> LocalLevels:
    months = wander(world)
    return local_levels(months.seen[:, : world.months], misstated * months.error[:, : world.months])


def test_names_units_and_a_constant_play_no_part() -> None:
    usual = local_levels(SEEN, ERROR)
    order = np.random.default_rng(1).permutation(len(SEEN))
    mixed = local_levels(SEEN[order], ERROR[order])
    assert mixed.mean == pytest.approx(usual.mean[order]) and mixed.variance == pytest.approx(usual.variance[order])
    moved = local_levels(60 * SEEN + 400, 3600 * ERROR)
    assert moved.mean == pytest.approx(60 * usual.mean + 400) and moved.variance == pytest.approx(3600 * usual.variance)
    assert moved.drift == pytest.approx(3600 * usual.drift)


def test_more_months_and_more_contacts_tell_more() -> None:
    usual = local_levels(SEEN, ERROR)
    later = replace(usual, variance=filter_levels(SEEN, ERROR / 4, usual.drift, usual.centre, usual.spread)[1])
    assert (later.variance < usual.variance).all()
    short = filter_levels(SEEN[:, :3], ERROR[:, :3], usual.drift, usual.centre, usual.spread)[1]
    assert (short > filter_levels(SEEN, ERROR, 0.0, usual.centre, usual.spread)[1]).all()


def test_whoever_has_no_figure_has_no_level_and_changes_nobody_elses() -> None:
    nobody = np.full((2, SEEN.shape[1]), np.nan)
    usual, more = local_levels(SEEN, ERROR), local_levels(np.vstack([SEEN, nobody]), np.vstack([ERROR, nobody]))
    assert more.mean[:-2] == pytest.approx(usual.mean) and np.isnan(more.mean[-2:]).all()
    assert more.periods[-1] == 0 and np.isnan(more.variance[-2:]).all()


@pytest.mark.parametrize(
    ("seen", "error"),
    [
        (np.zeros((0, 5)), np.zeros((0, 5))),
        (np.zeros((3, 0)), np.zeros((3, 0))),
        (np.full((3, 4), np.nan), np.ones((3, 4))),
        (np.full((3, 4), 2.0), np.zeros((3, 4))),
    ],
)
def test_of_nothing_nothing_is_said(seen: np.ndarray, error: np.ndarray) -> None:
    found = local_levels(seen, error)
    assert np.isnan(found.mean).all() and found.drift == 0.0 and (found.periods == 0).all()


@pytest.mark.parametrize("agents", [1, 2, 7, 8, 40])
@pytest.mark.parametrize("months", [1, 2, 3])
@pytest.mark.parametrize("value", [0.0, 5.0])
def test_identical_figures_are_believed_and_leave_doubt(agents: int, months: int, value: float) -> None:
    found = local_levels(np.full((agents, months), value), np.ones((agents, months)))
    assert found.mean == pytest.approx(np.full(agents, value), abs=1e-6)
    assert (found.variance >= 0).all() and np.isfinite(found.variance).all() and found.drift == pytest.approx(0.0)


def test_a_single_agents_first_figure_is_not_drawn_anywhere() -> None:
    found = local_levels(np.array([[4.0]]), np.array([[2.0]]))
    assert found.mean[0] == pytest.approx(4.0) and found.variance[0] == pytest.approx(2.0, rel=1e-3)
