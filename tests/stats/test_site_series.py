"""Does a window's level stay as uncertain as its days make it, which hang together?"""

from __future__ import annotations

import numpy as np
import pytest

from floorwalker.stats.site_series import long_run_variance, window_variance


def drifting(seed: int, days: int, memory: float) -> np.ndarray:
    rng, level = np.random.default_rng(seed), np.zeros(days)
    for day in range(1, days):
        level[day] = memory * level[day - 1] + rng.normal()
    return level


def test_independent_days_have_the_plain_variance_of_a_mean() -> None:
    days = np.random.default_rng(1).normal(size=4000)
    assert window_variance(days) == pytest.approx(1 / 4000, rel=0.15)


def test_days_that_hang_together_leave_more_uncertain() -> None:
    level = drifting(2, 4000, 0.5)
    assert long_run_variance(level) > 2 * level.var()


def test_a_level_held_against_an_earlier_one_bears_the_doubt_of_both() -> None:
    before = drifting(3, 60, 0.0)
    once = long_run_variance(before)
    assert window_variance(np.zeros(20), before) == pytest.approx(once / 20 + once / 60)


@pytest.mark.parametrize("days", [0, 1, 5])
def test_hardly_any_days_give_a_number(days: int) -> None:
    assert window_variance(np.ones(days)) == 0
