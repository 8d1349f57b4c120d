"""Is what is believed of somebody the exact answer where there is one, and as doubtful as it must be where there is not?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwalker.stats.discovery import discover
from floorwalker.stats.shrinkage import Errors, Solved, shrink


def test_dividing_by_a_covariance_that_is_never_formed_gives_what_the_formed_one_gives() -> None:
    rng = np.random.default_rng(3)
    own, shared, values = rng.uniform(0.5, 2, 30), rng.normal(size=(30, 4)), rng.normal(size=(30, 2))
    whole = np.diag(own) + shared @ shared.T
    solved = Solved(own, shared)
    assert np.allclose(solved.divide(values), np.linalg.solve(whole, values))
    assert np.allclose(solved.diagonal, np.diag(np.linalg.inv(whole)))


def test_the_baseball_players_of_efron_and_morris_are_drawn_together() -> None:
    """B. Efron and C. N. Morris, Scientific American 236 (1977), 119-127: the eighteen players, whose true skill followed."""
    first = np.array([18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7]) / 45
    season = np.array(
        [346, 298, 276, 222, 273, 270, 263, 210, 269, 230, 264, 256, 303, 264, 226, 286, 316, 200]
    ) / 1000  # fmt: skip
    variance = first.mean() * (1 - first.mean()) / 45
    believed = first.mean() + shrink(first, Errors(np.full(18, variance), np.zeros((18, 1)))).difference.centre
    assert ((believed - season) ** 2).sum() < 0.4 * ((first - season) ** 2).sum()


@settings(max_examples=20)
@given(st.integers(0, 10_000), st.integers(3, 40))
def test_believed_differences_lie_between_nought_and_what_was_seen_and_add_up_to_nought(seed: int, agents: int) -> None:
    rng = np.random.default_rng(seed)
    effect = rng.normal(0, 1, agents)
    found = shrink(effect, Errors(np.full(agents, 0.5), np.zeros((agents, 1))))
    seen, centre = effect - effect.mean(), found.difference.centre
    assert (np.abs(centre) <= np.abs(seen) + 1e-9).all()
    assert centre.sum() == pytest.approx(0, abs=1e-6)
    assert (found.difference.quantile(0.025) <= centre + 1e-6).all()


def test_less_is_believed_of_whoever_did_less() -> None:
    effect, own = (
        np.array([1.0, 1.0, -1.0, -1.0, 0.0, 0.2, -0.2, 0.1]),
        np.array([0.01, 2.0, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]),
    )
    found = shrink(effect, Errors(own, np.zeros((8, 1))))
    assert found.difference.centre[0] > found.difference.centre[1]
    assert found.reliability[0] > found.reliability[1]


def test_groups_are_held_against_their_own_mean() -> None:
    """Starters take longer, all of them: none of them is the worse for it."""
    rng = np.random.default_rng(5)
    starters = np.repeat([0, 1], 20)
    effect = rng.normal(0, 0.05, 40) + 0.4 * starters
    errors = Errors(np.full(40, 0.0025), np.zeros((40, 1)))
    alike, apart = shrink(effect, errors), shrink(effect, errors, starters)
    assert (alike.difference.beyond(0.05)[starters == 1] > 0.8).all()
    assert (apart.difference.beyond(0.05)[starters == 1] < 0.5).all()


@pytest.mark.parametrize("agents", [2, 3, 59, 60, 61])
def test_identical_agents_do_not_differ(agents: int) -> None:
    found = shrink(np.zeros(agents), Errors(np.full(agents, 1.0), np.zeros((agents, 1))))
    assert np.allclose(found.difference.centre, 0)
    assert np.isfinite(found.difference.quantile(0.975)).all()


def test_the_largest_set_with_few_wrong_is_named() -> None:
    assert discover(np.array([0.99, 0.95, 0.80, 0.60])).tolist() == [True, True, True, False]
    assert not discover(np.array([0.85, 0.5])).any()
    assert discover(np.array([[0.95], [0.2]])).tolist() == [[True], [False]]
    assert not discover(np.zeros(0)).any()
