"""Is the time after which starters have come so far right, and is nobody said to have come so far who has not?

Numbers worked by hand; then starters of tests/worlds/learners.py whose true courses are known.
"""

from __future__ import annotations

import numpy as np
import pytest

from floorwalker.stats.cells import Array
from floorwalker.stats.competence import (
    HELD_WEEKS,
    LEAST_STARTERS,
    Competence,
    half_time,
    life_table,
    reached,
    speed_to_competence,
)
from floorwalker.stats.starters_levels import Weekly
from floorwalker.stats.weekly_errors import weekly_errors
from tests.worlds.learners import BAND, WEEKS, Learners, levels_of, seen_of
from tests.worlds.published import hold

NEVER = np.inf
WORLDS = {
    "usual": Learners(),
    "few": Learners(starters=10),
    "slow": Learners(starters=30, gap=4.0, speed=9.0),
    "straight": Learners(how="straight"),
    "stepped": Learners(how="stepped"),
    "few-contacts": Learners(noise=1.5),
}


def found(world: Learners, seed: int) -> Competence | None:
    rng = np.random.default_rng([5_500, seed])
    seen = seen_of(world, levels_of(world, world.starters, rng), rng)
    return speed_to_competence(seen, BAND, 1.0, np.random.default_rng(seed))


def truth(world: Learners, people: int = 20_000) -> float:
    """After how many weeks half of very many such starters have come so far, all of them followed to the end."""
    levels = levels_of(world, people, np.random.default_rng(1))
    levels = np.hstack([levels, np.repeat(levels[:, -1:], HELD_WEEKS, axis=1)])
    last = np.full(people, levels.shape[1])
    week = reached(levels, last, BAND, HELD_WEEKS)
    return half_time(life_table(week, last, np.ones(people), WEEKS))


# by hand


def test_a_level_counts_as_reached_where_it_was_held() -> None:
    courses = np.array([[2.0, 1, 2, 1, 1, 1, 3], [2, 2, 2, 2, 1, 1, 1], [1, 1, 1, 2, 2, 2, 2], [2, 2, 2, 2, 2, 1, 1]])
    week = reached(courses, np.array([7, 7, 7, 7]), 1.5, held=3)
    assert week.tolist() == [4, 5, 1, NEVER]
    # What was not seen is not known to have been held.
    assert reached(courses, np.array([5, 6, 3, 7]), 1.5, held=3).tolist() == [NEVER, NEVER, 1, NEVER]


def test_a_life_table_worked_by_hand() -> None:
    """Ten starters: 2 come so far in week 2, one is lost after week 2; 3 of the 7 left in week 3; 2 of the 4 left in week 5."""
    week = np.array([2.0, 2, NEVER, 3, 3, 3, 5, 5, NEVER, NEVER])
    until = np.array([6, 6, 2, 6, 6, 6, 6, 6, 6, 6])
    waiting = life_table(week, until, np.ones(10), 6)
    assert waiting == pytest.approx([1, 0.8, 0.8 * 4 / 7, 0.8 * 4 / 7, 0.8 * 2 / 7, 0.8 * 2 / 7])
    assert half_time(waiting) == 3 and half_time(waiting[:2]) == NEVER
    twice = life_table(np.repeat(week, 2), np.repeat(until, 2), np.ones(20), 6)
    assert twice == pytest.approx(waiting) == life_table(week, until, np.full(10, 2.0), 6)


def test_what_luck_does_to_a_week_is_learnt_by_number_of_contacts() -> None:
    rng = np.random.default_rng(3)
    n = rng.integers(5, 200, (400, 40)).astype(float)
    value = rng.normal(size=(400, 1)) + rng.normal(size=n.shape) * np.sqrt(0.5 / n + 0.004)
    assert weekly_errors(value, n) == pytest.approx((0.5, 0.004), rel=0.1)
    # Two people, two weeks of one contact: 1 and 3, 5 and 5. Squares about their means of 1, 1, 0, 0, each doubled: mean 1.
    assert weekly_errors(np.array([[1.0, 3], [5, 5]]), np.ones((2, 2))) == pytest.approx((1.0, 0.0))
    assert weekly_errors(np.array([[1.0, np.nan]]), np.ones((1, 2)))[1] == 0.0


# what cannot be told, and what must not change anything


def some(starters: int, weeks: int = 12, level: float = 0.0) -> Weekly:
    value = level + 0.1 * np.random.default_rng(2).normal(size=(starters, weeks))
    return Weekly(value, np.full(value.shape, 0.01), np.full(starters, weeks))


def told(seen: Weekly, band: float = 1.0, size: float = 1.0) -> Competence:
    said = speed_to_competence(seen, band, size, np.random.default_rng(4))
    assert said is not None
    return said


def test_of_too_few_starters_nothing_is_told() -> None:
    assert speed_to_competence(some(LEAST_STARTERS - 1), 1.0, 1.0, np.random.default_rng(4)) is None
    early = Weekly(*(getattr(some(20), name) for name in ("value", "variance")), np.full(20, HELD_WEEKS - 1))
    assert speed_to_competence(early, 1.0, 1.0, np.random.default_rng(4)) is None


def test_who_is_there_at_once_and_who_never_is() -> None:
    assert told(some(10)).median == told(some(10)).high_week == 1
    far = told(some(10, level=9.0))
    assert far.median == far.low_week == NEVER and (far.waiting == 1).all()
    assert far.at_risk.tolist() == [10] * 9 and far.seen_weeks == 9


def test_another_unit_changes_nothing() -> None:
    world = WORLDS["usual"]
    rng = np.random.default_rng(8)
    seen = seen_of(world, levels_of(world, 12, rng), rng)
    scaled = Weekly(60 * seen.value, 3600 * seen.variance, seen.last)
    assert told(seen, BAND).waiting == pytest.approx(told(scaled, 60 * BAND, 60.0).waiting)


# how often it is right


def covered(world: Learners, said: list[Competence]) -> float:
    right = truth(world)
    return float(np.mean([one.low_week <= right <= one.high_week for one in said]))


def over(world: Learners, seeds: range) -> list[Competence]:
    return [one for one in (found(world, seed) for seed in seeds) if one is not None]


def medians(said: list[Competence]) -> Array:
    return np.array([one.median for one in said])


def test_the_range_holds_the_truth_on_a_few_floors() -> None:
    said = over(WORLDS["usual"], range(4))
    assert len(said) == 4 and covered(WORLDS["usual"], said) >= 0.75


def test_nobody_who_does_not_learn_is_said_to_have_come_so_far() -> None:
    flat = over(Learners(how="none", gap=4.0, uneven=0.1), range(2))
    assert len(flat) == 2 and np.isinf(medians(flat)).all()


@pytest.mark.slow
@pytest.mark.parametrize("name", WORLDS)
def test_the_range_holds_the_truth(name: str) -> None:
    world = WORLDS[name]
    said = over(world, range(1_000, 1_080))
    share, off = covered(world, said), float(np.median(medians(said))) - truth(world)
    hold(f"competence-{name}", covered=share, off=off, told=len(said) / 80)
    assert share >= 0.90 and abs(off) <= 1


@pytest.mark.slow
def test_of_those_who_do_not_learn_it_is_hardly_ever_said() -> None:
    said = over(Learners(how="none", gap=4.0, uneven=0.1), range(2_000, 2_080))
    wrong = float(np.isfinite(medians(said)).mean())
    hold("competence-no-learning", wrong=wrong, told=len(said) / 80)
    assert wrong <= 0.02
