"""Are sums of products over agents the same when they are combined from few as when each is worked out?"""

from __future__ import annotations

import numpy as np
import pytest

from floorwalker.stats.grams import Weights

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
