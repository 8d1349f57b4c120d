"""Are groups held against each other fairly: who marked them taken out, small ones left out, and chance not taken for a gap?"""

from __future__ import annotations

import numpy as np
import pytest

from floorwalker.stats.cells import Array, Index
from floorwalker.stats.group_gaps import LEAST_AGENTS, Gaps, gaps_of_groups
from tests.worlds.published import hold


def world(seed: int, gap: float) -> tuple[Array, Index, Index, Index]:
    """Three groups; the first truly differs by `gap`. Of six evaluators, who differ by more, two mark mostly one group each."""
    rng = np.random.default_rng(seed)
    group, agent = rng.integers(3, size=90), np.repeat(np.arange(90), 8)
    own, anybody = 2 * group[agent] + rng.integers(2, size=len(agent)), rng.integers(6, size=len(agent))
    evaluator = np.where(rng.random(len(agent)) < 0.6, own, anybody)
    skill, level, suits = rng.normal(0, 4, 90), rng.normal(0, 5, 6), rng.normal(0, 2, (90, 6))
    score = 80 + skill[agent] + level[evaluator] + suits[agent, evaluator] + rng.normal(0, 10, len(agent))
    return score + np.where(group[agent] == 0, gap, 0.0), agent, group, evaluator


def found_in(seed: int, gap: float) -> tuple[Gaps, Gaps]:
    score, agent, group, evaluator = world(seed, gap)
    return gaps_of_groups(score, agent, group), gaps_of_groups(score, agent, group, evaluator)


def clear(gaps: Gaps) -> Array:
    return np.asarray((gaps.low > 0) | (gaps.high < 0))


def over(seeds: range) -> tuple[float, float, float, float]:
    """How often a gap of five points is seen; any gap where there is none, here and by plain means; and whose range holds."""
    seen = wrong = plainly = covered = 0
    for seed in seeds:
        _plain, fair = found_in(seed, 5.0)
        seen += int(clear(fair)[0] and fair.estimate[0] > 0)
        covered += int(fair.low[0] <= 5.0 <= fair.high[0])
        plain, fair = found_in(seed, 0.0)
        wrong += int(clear(fair).any())
        plainly += int(clear(plain).any())
    many = len(seeds)
    return seen / many, wrong / many, plainly / many, covered / many


def test_a_gap_is_seen_and_evaluators_are_not_taken_for_one() -> None:
    seen, wrong, plainly, covered = over(range(70_000, 70_060))
    assert seen >= 0.6 and wrong <= 0.12 and covered >= 0.9
    assert plainly >= 0.4, "plain means take whoever marked for the group"


@pytest.mark.slow
def test_groups_over_many_periods() -> None:
    seen, wrong, plainly, covered = over(range(71_000, 71_600))
    hold("groups", seen=seen, wrong=wrong, plainly=plainly, covered=covered)
    assert seen >= 0.7 and wrong <= 0.06 and covered >= 0.95 and plainly >= 0.4


def test_p_says_what_the_range_says() -> None:
    for seed in range(20):
        _plain, fair = found_in(seed, 3.0)
        assert ((fair.p < 0.05) == clear(fair)).all()


def test_small_groups_are_not_looked_at() -> None:
    score, agent, group, evaluator = world(1, 0.0)
    group = np.where(np.arange(90) < LEAST_AGENTS - 1, 3, np.minimum(group, 2))
    found = gaps_of_groups(score, agent, group, evaluator)
    assert found.agents[3] == LEAST_AGENTS - 1 and np.isnan(found.estimate[3]) and np.isfinite(found.estimate[:3]).all()


def test_whoever_is_in_no_group_changes_nothing() -> None:
    score, agent, group, _ = world(2, 0.0)
    group[:20] = -1
    odd = np.where(group[agent] < 0, score - 1000, score)
    for one, other in zip(
        vars(gaps_of_groups(score, agent, group)).values(),
        vars(gaps_of_groups(odd, agent, group)).values(),
        strict=True,
    ):
        assert np.array_equal(one, other, equal_nan=True)


def test_where_nobody_marks_both_nothing_is_said() -> None:
    score, agent, group, _ = world(3, 0.0)
    found = gaps_of_groups(score, agent, group, group[agent])
    assert np.isnan(found.estimate).all()
    assert np.isfinite(gaps_of_groups(score, agent, group).estimate).all()


def test_no_groups_at_all_is_no_error() -> None:
    score, agent, _, evaluator = world(4, 0.0)
    found = gaps_of_groups(score, agent, np.full(90, -1), evaluator)
    assert found.estimate.shape == (0,)
    alone = gaps_of_groups(score, agent, np.zeros(90, dtype=np.int64))
    assert np.isnan(alone.estimate).all()
