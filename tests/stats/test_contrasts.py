"""Is a group's difference that of generalised least squares, with teams as one more source of chance?"""

from __future__ import annotations

import numpy as np
import pytest

from floorwalker.stats.contrasts import TEAMS, contrast


def test_it_is_generalised_least_squares_with_the_likeliest_size_of_teams() -> None:
    """The same by matrices of all agents (D. A. Harville, JASA 72 (1977), 320-338)."""
    rng = np.random.default_rng(8)
    agents = 60
    team, chosen = rng.integers(0, 6, agents), rng.random(agents) < 0.3
    variance, site = rng.uniform(0.5, 2.0, agents), (np.arange(agents) % 2)[:, None].astype(float)
    figure = rng.normal(size=agents) * np.sqrt(variance) + rng.normal(size=6)[team] + 1.5 * chosen
    found = contrast(figure, variance, chosen, site, team)
    design = np.column_stack([chosen, np.ones(agents), site])
    best = (-np.inf, 0.0, 0.0)
    for spread in TEAMS * np.median(variance):
        whole = np.diag(variance) + spread * np.equal.outer(team, team)
        inverse = np.linalg.inv(whole)
        seen = np.linalg.inv(design.T @ inverse @ design)
        value = seen @ design.T @ inverse @ figure
        left = figure - design @ value
        size = float(left @ inverse @ left) / (agents - 3)
        likelihood = -0.5 * ((agents - 3) * np.log(size) + np.linalg.slogdet(whole)[1] - np.linalg.slogdet(seen)[1])
        best = max(best, (likelihood, float(value[0]), (size * seen[0, 0]) ** 0.5))
    assert (found.value, found.error) == pytest.approx(best[1:], rel=1e-9)


def test_agents_of_whom_nothing_was_seen_count_for_nothing() -> None:
    rng = np.random.default_rng(9)
    figure, chosen = rng.normal(size=40), np.arange(40) < 12
    variance = np.where(np.arange(40) % 5 == 0, np.inf, 1.0)
    seen = np.isfinite(variance)
    all_of_them = contrast(figure, variance, chosen, None, np.arange(40) % 4)
    some = contrast(figure[seen], variance[seen], chosen[seen], None, (np.arange(40) % 4)[seen])
    assert (all_of_them.value, all_of_them.error) == pytest.approx((some.value, some.error))
    assert all_of_them.freedom == some.freedom


def test_columns_that_say_the_same_are_no_harm() -> None:
    rng = np.random.default_rng(10)
    figure, chosen = rng.normal(size=40), np.arange(40) < 12
    plain = contrast(figure, np.ones(40), chosen, None, None)
    more = contrast(figure, np.ones(40), chosen, np.ones((40, 2)), None)
    assert (more.value, more.error, more.freedom) == pytest.approx((plain.value, plain.error, plain.freedom))


def test_one_agent_alone_has_a_range_that_holds() -> None:
    rng = np.random.default_rng(11)
    chosen = np.arange(60) == 0
    held = [
        low <= 0 <= high
        for low, high in (contrast(rng.normal(size=60), np.ones(60), chosen, None, None).bounds for _ in range(400))
    ]
    assert 0.92 <= np.mean(held) <= 0.98
