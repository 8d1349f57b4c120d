"""Is what is believed told exactly: quantiles of mixtures, and what teams' people say of a team's part?"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from floorwalker.stats.believed import Believed, learn_shape
from floorwalker.stats.parts import FARTHEST, Apart, _by_powers, _likelihood, _one_by_one

RNG = np.random.default_rng(11)
UNITS = 300


def test_a_normal_has_its_own_quantiles() -> None:
    one = Believed(np.ones((1, 1)), np.array([[3.0]]), np.array([[2.0]]))
    assert one.quantile(0.025)[0] == pytest.approx(norm.ppf(0.025, 3, 2), abs=1e-10)


@pytest.mark.parametrize("probability", [0.025, 0.5, 0.975])
@pytest.mark.parametrize("narrowest", [1e-9, 1e-2])
def test_so_much_lies_below_a_quantile(probability: float, narrowest: float) -> None:
    # Spikes beside wide parts, far apart: where the slope says nothing the range is halved.
    weight = RNG.dirichlet(np.full(5, 0.3), UNITS).T
    sd = np.exp(RNG.uniform(np.log(narrowest), 1, (5, UNITS)))
    some = Believed(weight, RNG.normal(0, 2, (5, UNITS)), sd)
    found = some.quantile(probability)
    slack = 1e-7
    assert (1 - some.beyond(found - slack) <= probability + 1e-9).all()
    assert (1 - some.beyond(found + slack) >= probability - 1e-9).all()


@pytest.mark.parametrize("apart", [0.02, 2.0])
def test_a_polynomial_tells_what_single_normals_tell(apart: float) -> None:
    spread, agents = 0.1, 200
    variance = RNG.uniform(0.0005, 0.02, agents)
    effect = RNG.normal(0, spread, agents) + RNG.normal(0, np.sqrt(variance)) + np.linspace(-apart, apart, agents)
    shape = learn_shape(effect, variance, spread, 0.5)
    places = np.linspace(-3 * apart, 3 * apart, 41)
    share = np.where(shape.share > 1e-6, shape.share, 0.0)
    total = (variance + shape.width**2)[:, None]
    away = effect[:, None] - places
    expected = _one_by_one(away, total, share, shape.places) - 0.5 * np.log(total)
    found = _likelihood(Apart(effect, variance, np.zeros(agents, dtype=np.int64), np.ones(1)), shape, places)
    assert np.allclose(found, expected, rtol=1e-10, atol=1e-8)
    reach = (np.abs(effect) + np.abs(places).max()) * shape.places.max() / total[:, 0]
    near = reach <= FARTHEST
    # Where teams lie far apart powers would leave what a number can hold, for some.
    assert near.all() if apart < 1 else (~near).any()
    powers = _by_powers(away[near], total[near], share, shape.places) - 0.5 * np.log(total[near])
    assert np.allclose(powers, expected[near], rtol=1e-10, atol=1e-8)
