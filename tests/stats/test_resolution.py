"""Is first contact resolution right although the latest contacts have not had their time?"""

from __future__ import annotations

import numpy as np
import pytest

from floorwalker.stats.resolution import life_table

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
