"""Is first contact resolution right although the latest contacts have not had their time, and surveys answer by mood?"""

from __future__ import annotations

import numpy as np
import pytest

from floorwalker.stats.intervals import wilson_interval
from floorwalker.stats.resolution import life_table, survey_bounds, without_mood
from floorwalker.stats.summaries import Proportion

RESOLVED, UNRELATED = 0.765, 0.004


def repeats(seed: int, contacts: int, youngest: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Contacts watched for up to four weeks, of which some come back within a week, and any by chance on a later day."""
    rng = np.random.default_rng(seed)
    watched = rng.integers(youngest, 29, contacts)
    own = np.where(rng.random(contacts) < 1 - RESOLVED, np.minimum(rng.geometric(0.35, contacts) - 1, 7), 999)
    lag = np.minimum(own, rng.geometric(UNRELATED, contacts))
    lags = np.arange(29)[:, None]
    return ((lag >= lags) & (watched >= lags)).sum(axis=1).astype(float), ((lag == lags) & (watched >= lags)).sum(
        axis=1
    ).astype(float)


def test_the_life_table_is_kaplan_and_meiers() -> None:
    """Without background and with everybody watched long enough it is the plain share, with its binomial error."""
    watched = np.array([100.0, 90, 85, 85, 85, 85, 85, 85])
    failed = np.array([10.0, 5, 0, 0, 0, 0, 0, 5])
    found = life_table(watched, failed)
    assert found is not None
    assert found.resolved == pytest.approx(0.80)
    assert found.error == pytest.approx(np.sqrt(0.8 * 0.2 / 100))


def test_it_has_no_bias_where_the_latest_contacts_have_hardly_been_watched() -> None:
    found = [life_table(*repeats(seed, 4000)) for seed in range(200)]
    resolved = np.array([one.resolved for one in found if one is not None])
    error = np.array([one.error for one in found if one is not None])
    assert abs(resolved.mean() - RESOLVED) <= 0.003
    assert 0.90 <= (np.abs(resolved - RESOLVED) <= 1.96 * error).mean() <= 0.98
    # Counting whoever has not come back yet as settled is wrong by points.
    watched, failed = repeats(3, 40_000)
    whole = life_table(watched, failed)
    assert whole is not None and 1 - failed[:8].sum() / watched[0] > whole.plain + 0.01


def test_without_a_whole_window_there_is_no_figure() -> None:
    assert life_table(np.array([10.0, 5.0]), np.array([1.0, 0.0])) is None
    assert life_table(np.zeros(29), np.zeros(29)) is None


def test_bounds_of_satisfaction_allow_for_mood() -> None:
    bounds = survey_bounds(200, 170)
    assert bounds is not None
    plain = wilson_interval(Proportion(200, 200, 0, 170))
    assert plain.low is not None and plain.high is not None
    assert bounds[0] == pytest.approx(without_mood(plain.low, 2))
    assert bounds[1] == pytest.approx(plain.high)
    assert bounds[0] < plain.low
    assert survey_bounds(0, 0) is None


def test_bounds_hold_where_the_unhappy_answer_less() -> None:
    rng = np.random.default_rng(4)
    inside = plain = 0
    for _ in range(400):
        ratio, truth = rng.uniform(1, 2), 0.8
        happy = rng.binomial(600, truth)
        answered_happy, answered_other = rng.binomial(happy, 0.2), rng.binomial(600 - happy, 0.2 / ratio)
        answered = answered_happy + answered_other
        bounds = survey_bounds(answered, answered_happy)
        naive = wilson_interval(Proportion(answered, answered, 0, answered_happy))
        assert bounds is not None and naive.low is not None and naive.high is not None
        inside += bounds[0] <= truth <= bounds[1]
        plain += naive.low <= truth <= naive.high
    assert inside / 400 >= 0.95
    assert plain / 400 <= 0.8
