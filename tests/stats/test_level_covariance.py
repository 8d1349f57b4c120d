"""Is what lasts, what drifts and what passes found again in figures that chance has blurred?"""

from __future__ import annotations

import numpy as np
import pytest

from floorwalker.stats.level_covariance import Blocks, LevelCovariance, Shape, level_covariance


def figures(agents: int, drift: float = 0.2, dip: float = 0.6, kept: float = 0.5, team: float = 0.0) -> Blocks:
    rng = np.random.default_rng(17)
    blocks = 12
    dips = dip * rng.normal(size=(agents, blocks))
    for block in range(1, blocks):
        dips[:, block] = kept * dips[:, block - 1] + (1 - kept**2) ** 0.5 * dips[:, block]
    levels = rng.normal(size=(agents, 1)) + np.cumsum(drift * rng.normal(size=(agents, blocks)), axis=1) + dips
    levels = levels + team * rng.normal(size=20)[np.arange(agents) % 20][:, None]
    variance = np.repeat(np.exp(0.8 * rng.normal(size=(agents, 1))), blocks, axis=1)
    return Blocks(levels + rng.normal(size=levels.shape) * np.sqrt(variance), variance, np.arange(12.0))


def test_what_was_planted_is_found() -> None:
    found = level_covariance(figures(6_000)).shape
    places = np.arange(12.0)
    truth = Shape(1.04, 0.04, 0.36, 0.5, 0.0).between(places, places)
    assert found.between(places, places) == pytest.approx(truth, abs=0.08)


def test_teams_that_differ_are_no_part_of_what_agents_of_a_team_have_apart() -> None:
    blocks = figures(2_000, drift=0.0, dip=0.0, team=2.0)
    apart = level_covariance(blocks, np.arange(2_000) % 20).shape
    assert apart.between(np.array([11.0]), np.array([5.0]))[0, 0] == pytest.approx(1.0, abs=0.1)
    together = level_covariance(blocks).shape
    assert together.between(np.array([11.0]), np.array([5.0]))[0, 0] >= 3.0


def test_small_teams_are_corrected_for_their_own_means() -> None:
    blocks = figures(3_000, drift=0.0, dip=0.0)
    pairs = level_covariance(blocks, np.arange(3_000) // 3).shape
    assert pairs.between(np.array([11.0]), np.array([5.0]))[0, 0] == pytest.approx(1.0, abs=0.12)


def test_the_jackknife_is_as_wide_as_what_is_found_varies() -> None:
    """The standard error of the covariance of two blocks, against that of a plain mean of products."""
    blocks = figures(1_200, drift=0.0, dip=0.0)
    found = level_covariance(blocks)
    between = [one.between(np.array([11.0]), np.array([5.0]))[0, 0] for one in found.jackknife]
    assert len(between) == 12
    error = found.jackknifed([float(one) for one in between]) ** 0.5
    assert 0.02 <= error <= 0.08, "about sqrt(2 / 1200), with some noise"


@pytest.mark.parametrize("blocks", [1, 2, 3])
@pytest.mark.parametrize("value", [0.0, 5.0])
def test_figures_that_say_nothing_have_no_covariance(blocks: int, value: float) -> None:
    found = level_covariance(Blocks(np.full((4, blocks), value), np.zeros((4, blocks)), np.arange(float(blocks))))
    assert np.isfinite([found.shape.a, found.shape.q, found.shape.b]).all()
    assert found.shape.profile(np.array([0.0, 9.0]), 2.0) == pytest.approx([1.0, 1.0])


def test_without_anybody_seen_there_is_none() -> None:
    unseen = Blocks(np.full((5, 4), np.nan), np.full((5, 4), np.inf), np.arange(4.0))
    found = level_covariance(unseen)
    assert isinstance(found, LevelCovariance) and found.shape.a == found.shape.b == 0
