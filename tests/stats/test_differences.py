"""Is the interval of a difference that of the textbooks, and does it hold the truth as often as it says?"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from floorwalker.stats.differences import Bounded, mover_interval, newcombe_interval, welch_interval
from floorwalker.stats.intervals import t_interval
from floorwalker.stats.summaries import Mean, Proportion


def proportion(events: int, n: int) -> Proportion:
    return Proportion(seen=n, n=n, events=events)


def bounded(values: np.ndarray) -> Bounded:
    n = len(values)
    found = t_interval(Mean(n, n, 0, float(values.sum()), float((values**2).sum())))
    assert found.low is not None and found.high is not None
    return Bounded(float(values.mean()), found.low, found.high, n)


@pytest.mark.parametrize(
    ("now", "was", "low", "high"),
    # Newcombe 1998, table II, method 10.
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((0, 10), (0, 10), -0.2775, 0.2775),
    ],
)
def test_newcombes_examples(now: tuple[int, int], was: tuple[int, int], low: float, high: float) -> None:
    found = newcombe_interval(proportion(*now), proportion(*was))
    assert found.low == pytest.approx(low, abs=6e-5) and found.high == pytest.approx(high, abs=6e-5)


def test_welch_is_that_of_scipy() -> None:
    chance = np.random.default_rng(7)
    now, was = chance.normal(10, 1, 12), chance.normal(9, 4, 31)
    found = welch_interval(bounded(now), bounded(was))
    theirs = stats.ttest_ind(now, was, equal_var=False).confidence_interval()
    assert found.low == pytest.approx(theirs.low) and found.high == pytest.approx(theirs.high)


def test_a_bound_cut_off_at_nought_changes_nothing() -> None:
    whole, cut = Bounded(0.03, -0.01, 0.07, 6), Bounded(0.03, 0.0, 0.07, 6)
    other = Bounded(0.2, 0.1, 0.3, 9)
    assert welch_interval(whole, other) == welch_interval(cut, other)


def test_swapping_the_sides_turns_the_interval_round() -> None:
    now, was = Bounded(0.7, 0.6, 0.78, 80), Bounded(0.5, 0.35, 0.66, 40)
    there, back = mover_interval(now, was), mover_interval(was, now)
    assert there.low is not None and there.high is not None
    assert (back.low, back.high) == (pytest.approx(-there.high), pytest.approx(-there.low))


def test_too_few_and_alike() -> None:
    alike = Bounded(3.0, 3.0, 3.0, 5)
    assert welch_interval(alike, alike).low == 0
    assert welch_interval(Bounded(1, 0, 2, 1), alike).low is None
    assert newcombe_interval(proportion(0, 0), proportion(1, 2)).low is None


def test_newcombe_holds_the_truth_as_often_as_it_says() -> None:
    chance = np.random.default_rng(11)
    held = 0
    for now, was in zip(chance.binomial(60, 0.8, 2000), chance.binomial(45, 0.7, 2000), strict=True):
        found = newcombe_interval(proportion(int(now), 60), proportion(int(was), 45))
        assert found.low is not None and found.high is not None
        held += found.low <= 0.1 <= found.high
    assert 0.935 <= held / 2000 <= 0.97
