"""Are changes of teams and sites found, and nothing taken for a change as rarely as is promised?"""

from __future__ import annotations

import numpy as np
import pytest

from floorwalker.stats.cells import Array, Index
from floorwalker.stats.interrupted_series import interrupted_series
from floorwalker.stats.rollouts import Design, NoRollout, Rollout, WhyNot, staggered
from floorwalker.stats.synthetic_control import _noise, synthetic_control, weights
from tests.worlds.published import hold

TEAMS, PERIODS = 20, 13


def wedge(seed: int, effect: float = 0.0) -> tuple[Array, Index, np.random.Generator]:
    """Twenty teams, four of them changing every other period from the fourth on, while everybody becomes better."""
    rng = np.random.default_rng([4_200, seed])
    first = rng.permutation(np.repeat([3, 5, 7, 9, 11], 4))
    trend = 0.15 * np.arange(PERIODS)
    own = np.cumsum(0.15 * rng.normal(size=(TEAMS, PERIODS)), axis=1)
    value = rng.normal(size=(TEAMS, 1)) + trend + own + 0.3 * rng.normal(size=(TEAMS, PERIODS))
    return value + effect * (np.arange(PERIODS) >= first[:, None]), first, rng


def told(found: Rollout | NoRollout) -> Rollout:
    assert isinstance(found, Rollout), found
    return found


def one_team(seed: int, effect: float = 0.0, donors: int = 24) -> tuple[Array, Array, int]:
    """A team and others that share two moods of the floor, each in its own measure."""
    rng = np.random.default_rng([4_300, seed])
    periods, before = 38, 26
    moods = rng.normal(size=(2, periods))
    for period in range(1, periods):
        moods[:, period] += 0.8 * moods[:, period - 1]
    value = rng.uniform(0.5, 1.5, (donors + 1, 2)) @ moods + rng.normal(size=(donors + 1, 1))
    value = value + 0.5 * rng.normal(size=value.shape)
    value[0, before:] += effect
    return value[0], value[1:], before


def size_and_power(runs: range, draws: int = 199) -> tuple[float, float, float, float, float]:
    null = [told(staggered(*wedge(seed), draws=draws)) for seed in runs]
    real = [told(staggered(*wedge(seed, 0.5), draws=draws)) for seed in runs]
    naive = [before_and_after(*wedge(seed)[:2]) for seed in runs]
    return (
        float(np.mean([one.p <= 0.05 for one in null])),
        float(np.mean([one.p <= 0.05 for one in real])),
        float(np.mean([one.value for one in real])),
        float(np.mean([(one.low or 0) <= 0.5 <= (one.high or 0) for one in real])),
        float(np.mean(naive)),
    )


def before_and_after(value: Array, first: Index) -> bool:
    """What is done elsewhere: each team's mean after less before, by their scatter."""
    change = [row[date:].mean() - row[:date].mean() for row, date in zip(value, first, strict=True)]
    return bool(abs(np.mean(change)) > 1.96 * np.std(change, ddof=1) / len(change) ** 0.5)


def test_a_wedge_in_which_nothing_worked_is_rarely_called_a_success() -> None:
    size, power, mean, covered, naive = size_and_power(range(80))
    assert size <= 0.08 + 0.05 and naive >= 0.5
    assert power >= 0.8 and abs(mean - 0.5) <= 0.06
    assert covered >= 0.88


@pytest.mark.slow
def test_wedges_over_many_floors() -> None:
    size, power, mean, covered, naive = size_and_power(range(1_000, 3_000), draws=999)
    hold("rollouts-wedge", size=size, power=power, mean=mean, covered=covered, naive=naive)
    assert size <= 0.08 and power >= 0.85 and abs(mean - 0.5) <= 0.02 and covered >= 0.92


def test_group_time_averages_by_hand() -> None:
    """Three teams, four periods: the first changes in period 2, the second in period 3, the third never.

    Period 2: (5 - 2) - mean(3 - 2, 1 - 1) = 2.5. Period 3: first (7 - 2) - (1 - 1) = 5, second (6 - 3) - (1 - 1) = 3. Their
    mean is 3.5; the last period before the change is the base, and those waiting are never teams that have changed.
    """
    value = np.array([[1.0, 2.0, 5.0, 7.0], [2.0, 2.0, 3.0, 6.0], [1.0, 1.0, 1.0, 1.0]])
    found = told(staggered(value, np.array([2, 3, -1]), np.random.default_rng(1)))
    assert found.value == pytest.approx(3.5)
    by_since = dict(found.course)
    assert by_since[0] == pytest.approx((2.5 + 3.0) / 2) and by_since[1] == pytest.approx(5.0)
    assert by_since[-1] == 0.0
    # Two periods before: first (1 - 2) - mean(2 - 2, 1 - 1) = -1; second (2 - 3) - 0 is three and two periods before.
    assert by_since[-2] == pytest.approx((-1.0 + (2.0 - 3.0)) / 2)


def test_names_and_a_common_course_change_nothing() -> None:
    value, first, rng = wedge(4, 0.3)
    order = rng.permutation(TEAMS)
    plain = told(staggered(value, first, np.random.default_rng(1)))
    other = told(staggered(value[order] + np.linspace(3, 9, PERIODS), first[order], np.random.default_rng(1)))
    assert other.value == pytest.approx(plain.value, abs=1e-9)
    assert np.array(other.course) == pytest.approx(np.array(plain.course), abs=1e-9)


def test_one_team_alone_is_held_against_others() -> None:
    null = [told(synthetic_control(*one_team(seed))) for seed in range(80)]
    real = [told(synthetic_control(*one_team(seed, 1.0))) for seed in range(40)]
    assert np.mean([one.p <= 0.05 for one in null]) <= 0.08 + 0.05
    assert np.mean([one.p <= 0.05 for one in real]) >= 0.7
    assert np.mean([one.value for one in real]) == pytest.approx(1.0, abs=0.12)


@pytest.mark.slow
def test_one_team_over_many_floors() -> None:
    null = [told(synthetic_control(*one_team(seed))) for seed in range(1_000, 4_000)]
    real = [told(synthetic_control(*one_team(seed, 1.0))) for seed in range(1_000, 2_000)]
    size, power = (float(np.mean([one.p <= 0.05 for one in runs])) for runs in (null, real))
    covered = float(np.mean([(one.low or 0) <= 0 <= (one.high or 0) for one in null]))
    hold("rollouts-one-team", size=size, power=power, covered=covered)
    assert size <= 0.08 and power >= 0.8 and covered >= 0.9


def test_weights_are_equal_where_figures_are_noise_and_right_where_they_are_none() -> None:
    rng = np.random.default_rng(3)
    others = rng.normal(size=(5, 30))
    mine = 0.7 * others[1] + 0.3 * others[3]
    assert weights(mine, others, 0.0) == pytest.approx([0.0, 0.7, 0.0, 0.3, 0.0], abs=1e-6)
    assert weights(mine, others, 1e9) == pytest.approx(np.full(5, 0.2), abs=1e-6)


def test_what_a_team_moves_by_itself_is_told_from_the_moods_of_the_floor() -> None:
    found = [_noise(one_team(seed)[1], 26) for seed in range(20)]
    assert np.mean(found) == pytest.approx(0.25, rel=0.25)


def lasting(seed: int, effect: float = 0.0, kept: float = 0.6) -> tuple[Array, Array, int]:
    rng = np.random.default_rng([4_400, seed])
    periods, before = 52, 36
    outside, own = rng.normal(size=(2, periods))
    for period in range(1, periods):
        own[period] = kept * own[period - 1] + (1 - kept**2) ** 0.5 * own[period]
    return own + 0.8 * outside + effect * (np.arange(periods) >= before), outside, before


def test_a_site_as_a_whole_is_weak_evidence_and_not_fooled_by_what_lasts() -> None:
    null = [told(interrupted_series(*lasting(seed))) for seed in range(80)]
    assert np.mean([one.p <= 0.05 for one in null]) <= 0.12
    real = told(interrupted_series(*lasting(1, 3.0)))
    assert real.design is Design.WEAK_EVIDENCE and real.p <= 0.05
    assert (real.low or 0) <= 3.0 <= (real.high or 0)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (staggered(np.ones((5, 6)), np.full(5, -1), np.random.default_rng(1)), WhyNot.NOBODY_CHANGED),
        (staggered(np.ones((5, 6)), np.full(5, 3), np.random.default_rng(1)), WhyNot.NOBODY_LEFT_TO_COMPARE),
        (synthetic_control(np.ones(9), np.ones((18, 9)), 5), WhyNot.TOO_FEW_OTHERS),
        (synthetic_control(np.ones(9), np.ones((20, 9)), 3), WhyNot.TOO_FEW_BEFORE),
        (synthetic_control(np.ones(9), np.ones((20, 9)), 9), WhyNot.NOTHING_AFTERWARDS),
        (interrupted_series(np.ones(20), None, 15), WhyNot.NO_OUTSIDE_SERIES),
        (interrupted_series(np.ones(20), np.ones(20), 5), WhyNot.TOO_FEW_BEFORE),
        (interrupted_series(np.ones(20), np.ones(20), 20), WhyNot.NOTHING_AFTERWARDS),
    ],
)
def test_what_cannot_be_told_is_refused_with_a_reason(said: Rollout | NoRollout, why: WhyNot) -> None:
    assert isinstance(said, NoRollout) and said.why is why


def test_figures_that_never_move_have_no_effect_and_no_nan() -> None:
    flat = (
        told(staggered(np.full((6, 8), 4.0), np.array([2, 2, 4, 4, -1, -1]), np.random.default_rng(1))),
        told(synthetic_control(np.zeros(10), np.zeros((20, 10)), 6)),
        told(interrupted_series(np.full(20, 3.0), np.zeros(20), 15)),
    )
    for one in flat:
        assert one.value == pytest.approx(0.0, abs=1e-9) and None not in (one.low, one.high)
        assert np.isfinite([one.p, one.low or 0, one.high or 0]).all()
