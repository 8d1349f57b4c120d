"""Do the ranges of surveys hold the truth of all who were asked, where customers answer by mood?"""

from __future__ import annotations

import numpy as np
import pytest

from floorwalker.stats.intervals import Interval, t_interval, wilson_interval
from floorwalker.stats.nonresponse import (
    mean_at_worst,
    mean_by_mood,
    narrower,
    share_at_worst,
    share_by_mood,
    without_mood,
)
from floorwalker.stats.summaries import Mean, Proportion

SCORES = np.arange(1.0, 6.0)


def test_bounds_of_satisfaction_allow_for_mood() -> None:
    bounds, plain = share_by_mood(200, 170), wilson_interval(Proportion(200, 200, 0, 170))
    assert plain.low is not None and bounds.low is not None
    assert bounds.low == pytest.approx(without_mood(plain.low, 2)) and bounds.low < plain.low
    assert bounds.high == plain.high
    assert share_by_mood(0, 0) == Interval(None, None)


def test_the_silent_can_be_of_any_mind() -> None:
    """Manski's bounds, with Wilson's error: where all answered they are the plain interval."""
    assert share_at_worst(200, 170, 200) == wilson_interval(Proportion(200, 200, 0, 170))
    few = share_at_worst(200, 170, 2000)
    assert few.low is not None and few.high is not None
    assert few.low < 0.085 < 0.085 + 0.9 < few.high
    assert mean_at_worst(Interval(4.0, 4.2), 100, 400, (1, 5)) == Interval(
        pytest.approx(0.25 * 4.0 + 0.75), pytest.approx(0.25 * 4.2 + 0.75 * 5)
    )
    assert mean_at_worst(Interval(None, None), 100, 400, (1, 5)) == Interval(None, None)


def test_the_mean_of_two_scores_moves_as_the_share_does() -> None:
    """Of noughts and ones the step that flatters most is the only one, and the bound that of the share, as far as errors go."""
    found = mean_by_mood(np.array([0.0, 1.0]), np.array([3000.0, 17_000.0]))
    share = share_by_mood(20_000, 17_000)
    assert (found.low, found.high) == (pytest.approx(share.low, abs=2e-4), pytest.approx(share.high, abs=2e-4))


def test_without_mood_and_with_one_score_there_is_nothing_to_move() -> None:
    counts = np.array([5.0, 5, 10, 30, 50])
    plain = t_interval(Mean(100, 100, 0, float(SCORES @ counts), float(SCORES**2 @ counts)))
    assert mean_by_mood(SCORES, counts, mood=1.0).high == pytest.approx(plain.high)
    assert mean_by_mood(SCORES, counts, mood=1.0).low == pytest.approx(plain.low, abs=1e-3)
    assert mean_by_mood(np.array([4.0]), np.array([9.0])) == Interval(4.0, 4.0)
    assert mean_by_mood(np.array([4.0]), np.array([1.0])) == Interval(None, None)


def test_the_narrower_range_is_what_both_allow() -> None:
    assert narrower(Interval(0.6, 0.9), Interval(0.7, 0.95)) == Interval(0.7, 0.9)
    assert narrower(Interval(None, 0.9), Interval(0.7, None)) == Interval(0.7, 0.9)
    assert narrower(Interval(None, None), Interval(None, None)) == Interval(None, None)


@pytest.mark.parametrize("rate", [0.1, 0.4, 0.95])
def test_ranges_hold_where_the_unhappy_answer_less(rate: float) -> None:
    """Few and many answers; where nearly all answer the unhappy cannot answer half as often, and the range is narrow."""
    rng = np.random.default_rng(4)
    truth, asked, floors = 0.8, 3000, 400
    inside = plain = 0
    widths = []
    for _ in range(floors):
        unhappy = rate / rng.uniform(1, 2) if rate < 0.9 else rng.uniform(0.8, 0.95)
        happy = rng.binomial(asked, truth)
        liked, others = rng.binomial(happy, rate), rng.binomial(asked - happy, unhappy)
        found = narrower(share_by_mood(liked + others, liked), share_at_worst(liked + others, liked, asked))
        naive = wilson_interval(Proportion(liked + others, liked + others, 0, liked))
        assert found.low is not None and found.high is not None and naive.low is not None and naive.high is not None
        inside += found.low <= truth <= found.high
        plain += naive.low <= truth <= naive.high
        widths.append(found.high - found.low)
    assert inside / floors >= 0.95
    assert plain / floors <= 0.8
    if rate > 0.9:
        assert np.mean(widths) < 0.12, "twice as often would allow for .15"


def test_ranges_of_a_mean_hold_whatever_the_way_of_answering_by_mood() -> None:
    rng = np.random.default_rng(9)
    truth = np.array([0.08, 0.07, 0.15, 0.3, 0.4])
    mean, floors = float(truth @ SCORES), 400
    inside = plain = 0
    for floor in range(floors):
        # Answering rises with the score, evenly or in a step, by up to twice.
        rise = rng.uniform(1, 2) ** (np.arange(5) / 4 if floor % 2 else (np.arange(5) > rng.integers(0, 4)))
        counts = rng.multinomial(600, truth * rise / (truth @ rise)).astype(float)
        found = mean_by_mood(SCORES, counts)
        naive = t_interval(Mean(600, 600, 0, float(SCORES @ counts), float(SCORES**2 @ counts)))
        assert found.low is not None and found.high is not None and naive.low is not None and naive.high is not None
        inside += found.low <= mean <= found.high
        plain += naive.low <= mean <= naive.high
    assert inside / floors >= 0.95
    assert plain / floors <= 0.8
