"""Are sums of products over agents the same when they are combined from few as when each is worked out?"""

from __future__ import annotations

import numpy as np
import pytest

from floorwalker.stats.grams import Weights, factors

RNG = np.random.default_rng(7)


@pytest.mark.parametrize("agents", [5, 400])
def test_every_point_is_combined_from_few(agents: int) -> None:
    # Own variances from a third to three times the usual; an assumed variance of nought among the points.
    own = np.exp(RNG.normal(-6, 0.4, agents))
    added = np.concatenate([[0.0], np.geomspace(1e-5, 1.0, 14)])
    rows = RNG.normal(size=(agents, 12))
    weights = Weights(own, added)
    assert len(weights.chosen) < len(added)
    for variance, found in zip(added, weights.grams(rows), strict=True):
        expected = rows.T @ (rows / (own + variance)[:, None])
        assert np.allclose(found, expected, rtol=1e-9, atol=1e-9 * np.abs(expected).max())
    assert np.allclose(weights.combined([weights.each[place] for place in weights.chosen]), weights.each, rtol=1e-8)


def test_one_point_alone() -> None:
    weights = Weights(np.array([0.5, 1.0]), np.array([0.5]))
    assert weights.grams(np.eye(2))[0] == pytest.approx(np.diag([1.0, 2 / 3]))


def test_factors_tell_what_is_left_of_effects_and_determinants() -> None:
    shared, ones, effect = RNG.normal(size=(40, 3)), np.ones((40, 1)), RNG.normal(size=(40, 1))
    weights = Weights(np.full(40, 0.5), np.array([0.0, 2.0]))
    for variance, factor in zip((0.5, 2.5), factors(weights.grams(np.hstack([shared, ones, effect])), 3), strict=True):
        whole = np.eye(40) * variance + shared @ shared.T
        inverse = np.linalg.inv(whole)
        information = float((ones.T @ inverse @ ones)[0, 0])
        level = float((ones.T @ inverse @ effect)[0, 0]) / information
        left = float((effect.T @ inverse @ effect)[0, 0]) - level**2 * information
        assert factor[-2, -2] ** 2 == pytest.approx(information)
        assert factor[-1, -2] / factor[-2, -2] == pytest.approx(level)
        assert factor[-1, -1] ** 2 == pytest.approx(left)
        determinant = 2 * np.log(np.diag(factor)[:3]).sum() + 40 * np.log(variance)
        assert determinant == pytest.approx(np.linalg.slogdet(whole)[1])


def test_effects_that_are_all_alike_leave_nothing() -> None:
    rows = np.hstack([np.ones((9, 1)), np.zeros((9, 1))])
    assert factors(Weights(np.ones(9), np.zeros(1)).grams(rows), 0)[0, -1, -1] == pytest.approx(0.0, abs=1e-90)
