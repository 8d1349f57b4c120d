"""Is what helps in general told from many reviews, neither too surely nor by those alone that worked?"""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.meta_analysis import combine_effects

from floorwalker.stats.pooled_effects import (
    PRIOR,
    PRIOR_SD,
    Learnt,
    Reviews,
    learn,
    paule_mandel,
    pool,
)


def reviews(seed: int, count: int = 12, mean: float = 0.3, between: float = 0.2, each: int = 6) -> Reviews:
    rng = np.random.default_rng([4_500, seed])
    error = rng.uniform(0.1, 0.5, count)
    truth = mean + between * rng.normal(size=count)
    return Reviews(truth + error * rng.normal(size=count), error, np.full(count, each))


def test_it_is_the_pooling_of_statsmodels() -> None:
    some = reviews(3, 40, between=0.4)
    theirs = combine_effects(some.effect, some.error**2, method_re="iterated", use_t=True)
    assert paule_mandel(some.effect, some.error**2) == pytest.approx(theirs.tau2, rel=1e-4)
    ours = pool(some)
    assert ours is not None and ours.between > 0
    assert ours.value == pytest.approx(theirs.mean_effect_re, rel=1e-4)
    assert ours.error == pytest.approx(max(theirs.sd_eff_w_re, theirs.sd_eff_w_re_hksj), rel=1e-4)


def test_ranges_of_pooled_effects_hold_with_few_reviews() -> None:
    held = []
    for seed in range(400):
        one = pool(reviews(seed, count=5))
        assert one is not None
        held.append(one.low <= 0.3 <= one.high)
    assert 0.93 <= np.mean(held) <= 0.995


def test_reviews_that_agree_are_not_made_to_differ() -> None:
    same = Reviews(np.full(6, 0.2), np.full(6, 0.3), np.full(6, 4))
    one = pool(same)
    assert one is not None and one.between == 0 and one.value == pytest.approx(0.2)
    assert one.error == pytest.approx(0.3 / 6**0.5)


def test_nothing_is_shown_before_twenty_coached_agents() -> None:
    few, enough = pool(reviews(1, 3)), pool(reviews(1, 4))
    assert few is not None and enough is not None
    assert (few.coached, few.is_shown) == (18, False)
    assert (enough.coached, enough.is_shown) == (24, True)


def test_what_an_action_closes_is_taken_for_likely_until_it_is_learnt() -> None:
    few = reviews(1, 3)
    assert learn(few, np.ones(3)) == Learnt(PRIOR, PRIOR_SD, False, 3, 18)
    assert learn(few, np.zeros(3)) == Learnt(PRIOR, PRIOR_SD, False, 0, 0), "there was no gap to close"
    many = reviews(1, 60, mean=0.6, between=0.05)
    learnt = learn(many, np.full(60, 1.0))
    assert learnt.is_learnt and (learnt.reviews, learnt.coached) == (60, 360)
    assert 0.5 <= learnt.share <= 0.65 and learnt.sd < 0.12
    half = learn(many, np.full(60, 2.0))
    assert half.share == pytest.approx(0.3, abs=0.06)


def test_what_harms_is_expected_to_close_nothing() -> None:
    worse = reviews(5, 40, mean=-0.5)
    assert learn(worse, np.ones(40)).share == 0.0


def test_a_measure_of_which_little_is_known_borrows_from_the_others() -> None:
    many = reviews(7, 40, mean=0.6, between=0.1)
    other = reviews(8, 10, mean=0.1, between=0.1)
    both = Reviews(
        *(np.concatenate([getattr(many, name), getattr(other, name)]) for name in ("effect", "error")),
        np.concatenate([many.coached, other.coached]),
    )
    place, gap = np.arange(50), np.ones(50)
    unknown, some, whole = (learn(both, gap, place >= first) for first in (50, 48, 40))
    assert unknown.share > some.share > whole.share, "the more is known of it, the less it borrows"
    assert whole.share == pytest.approx(0.15, abs=0.12) and unknown.sd > whole.sd
    assert {(one.reviews, one.coached) for one in (unknown, some, whole)} == {(50, 300)}


def test_the_next_action_lies_in_the_range_that_was_said_of_it() -> None:
    held = []
    for seed in range(300):
        some = reviews(seed, 30, mean=0.3, between=0.15)
        found = learn(some, np.ones(30))
        following = 0.3 + 0.15 * np.random.default_rng([4_501, seed]).normal()
        held.append(abs(following - found.share) <= 1.96 * found.sd)
    assert 0.90 <= np.mean(held) <= 0.99


def test_no_reviews_or_one_are_no_harm() -> None:
    some = reviews(1, 6)
    none = some.where(np.zeros(6, dtype=bool))
    assert pool(none) is None
    one = pool(some.where(np.arange(6) == 0))
    assert one is not None and one.between == 0 and np.isfinite([one.value, one.low, one.high]).all()
    exact = Reviews(np.zeros(4), np.zeros(4), np.full(4, 9))
    flat = pool(exact)
    assert flat is not None and np.isfinite([flat.value, flat.error]).all()
