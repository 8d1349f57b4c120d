"""Is agreement beyond chance what the textbooks find, and as doubtful as few contacts make it?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwalker.stats.agreement import Level, agree, class_correlation, cohen_kappa, krippendorff_alpha

GAP = np.nan
# K. Krippendorff, Computing Krippendorff's alpha-reliability (2011): four observers, twelve units.
CANONICAL = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3],
        [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
    ]
).T


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_the_canonical_data_of_krippendorff(level: str, alpha: float) -> None:
    assert krippendorff_alpha(CANONICAL, Level(level)) == pytest.approx(alpha, abs=5e-4)


def test_the_usual_example_of_kappa() -> None:
    assert cohen_kappa(np.array([[20.0, 5.0], [10.0, 15.0]])) == pytest.approx(0.4)


def test_the_judges_of_shrout_and_fleiss() -> None:
    scores = np.array(
        [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float
    )
    found = class_correlation(scores)
    assert (found.icc2, found.icc3) == (pytest.approx(0.29, abs=5e-3), pytest.approx(0.71, abs=6e-3))


def test_severity_alone_lies_between_the_two_correlations() -> None:
    rng = np.random.default_rng(4)
    contacts = rng.normal(80, 10, 60)[:, None] + rng.normal(0, 3, (60, 4))
    severe = contacts - np.array([0, 4, 8, 12])
    assert class_correlation(severe).icc3 == pytest.approx(class_correlation(contacts).icc3)
    assert class_correlation(severe).icc2 < class_correlation(contacts).icc2


@pytest.mark.parametrize(
    "scores", [np.full((0, 2), GAP), np.full((5, 3), 7.0), np.array([[1.0, GAP], [GAP, 2.0]]), np.array([[1.0, 2.0]])]
)
def test_what_tells_nothing_is_not_a_number_and_no_error(scores: np.ndarray) -> None:
    found = agree(scores, Level.INTERVAL, seed=1)
    assert np.isnan(found.alpha) or found.contacts == 1
    assert np.isnan(found.low) and np.isnan(found.high)
    assert np.isnan(class_correlation(scores).icc2) or scores.shape[0] > 1


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.sampled_from(list(Level)))
def test_neither_order_nor_names_of_evaluators_nor_a_change_of_scale_matter(seed: int, level: Level) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.integers(1, 6, (15, 3)).astype(float)
    scores[rng.random((15, 3)) < 0.2] = np.nan
    found = krippendorff_alpha(scores, level)
    shuffled = scores[rng.permutation(15)][:, rng.permutation(3)]
    assert krippendorff_alpha(3 + 2 * shuffled, level) == pytest.approx(found, abs=1e-9, nan_ok=True)


def test_the_likely_range_holds_the_truth_and_one_session_tells_little() -> None:
    """Twenty contacts and eight evaluators tell alpha to about a tenth either way."""
    rng = np.random.default_rng(11)
    severity = rng.normal(0, 3, 8)

    def session(contacts: int) -> np.ndarray:
        return rng.normal(0, 8, (contacts, 1)) + severity + rng.normal(0, 5, (contacts, 8))

    truth = krippendorff_alpha(session(4_000), Level.INTERVAL)
    found = [agree(session(20), Level.INTERVAL, seed) for seed in range(60)]
    assert 0.04 < np.std([one.alpha for one in found]) < 0.15
    assert np.mean([one.low <= truth <= one.high for one in found]) >= 0.80
