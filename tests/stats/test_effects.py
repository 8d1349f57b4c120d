"""Does the review of coaching say "works" where it works, and hardly ever where figures came back by themselves?

The lines of acceptance, on floors of tests/worlds/coached.py; the full form is slow, a small one runs always.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from floorwalker.stats.cells import Array
from floorwalker.stats.coaching import Coaching, Effect, Look, Mode, NoEffect, Why
from floorwalker.stats.effects import coaching_effect, effect_by_block
from floorwalker.stats.level_covariance import Blocks
from tests.worlds.coached import (
    AGENTS,
    HISTORY,
    RULES,
    Floor,
    World,
    choose,
    coach,
    make_floor,
    pool_of,
    tried,
)
from tests.worlds.published import hold

GAIN = 0.5
# Power by week 12, and to what the reference would let it fall.
RECENT = dict(zip(RULES, (0.70, 0.75, 0.73, 0.46), strict=True))
OTHERWISE = dict(zip(RULES, (0.64, 0.72, 0.52, 0.27), strict=True))
LOT = dict(zip(RULES, (0.56, 0.63, 0.57, 0.39), strict=True))
# The small form has so few floors that rates may be off by as much.
FEW = 0.12


def asked_of(seed: int = 3, rule: str = "worst", gain: float | tuple[float, ...] = 0.0) -> tuple[Floor, Coaching]:
    floor = make_floor(seed, World(team=0.3))
    return floor, replace(coach(floor, choose(floor, rule), gain), team=floor.team)


def found(asked: Coaching, look: Look = Look.WEEK_12) -> Effect:
    said = coaching_effect(asked, look)
    assert isinstance(said, Effect), said
    return said


# how often it is right


@pytest.mark.parametrize("rule", ["worst", "private knowledge"])
def test_coaching_is_rarely_praised_for_what_came_back_by_itself(rule: str) -> None:
    small = tried(range(7_000, 7_040), rule, "recent", looks=(Look.WEEK_12,))
    assert small.refused == 0
    assert small.works(Mode.RECENT, 0.0)[-1] <= 0.015 + 0.04
    assert small.works(Mode.RECENT, GAIN)[-1] >= RECENT[rule] - FEW
    assert small.works(Mode.OTHERWISE, 0.0)[-1] <= 0.015 + 0.04
    assert (small.naive > 1.645).mean() >= 0.85
    assert abs(small.profile[:, -1].mean()) <= 0.08
    assert small.covered[-1] >= 0.90


def test_a_lot_is_judged_by_the_record() -> None:
    small = tried(range(7_100, 7_130), "worst", "lot", looks=(Look.WEEK_12,))
    assert small.works(Mode.LOT, 0.0)[-1] <= 0.02 + 0.04
    assert small.works(Mode.LOT, GAIN)[-1] >= LOT["worst"] - FEW


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_a_recent_choice_over_many_floors(rule: str) -> None:
    many = tried(range(10_000, 12_000), rule, "recent")
    false, power = many.works(Mode.RECENT, 0.0), many.works(Mode.RECENT, GAIN)
    otherwise = many.works(Mode.OTHERWISE, 0.0), many.works(Mode.OTHERWISE, GAIN)
    naive = float((many.naive > 1.645).mean())
    hold(
        f"coaching-recent-{'-'.join(rule.split())}",
        false=false[-1],
        power=power[-1],
        power_otherwise=otherwise[1][-1],
        false_otherwise=otherwise[0][-1],
        bias=many.profile[:, -1].mean(),
        covered=many.covered[-1],
        naive=naive,
    )
    assert many.refused == 0
    assert false[-1] <= 0.015 and otherwise[0][-1] <= 0.015
    assert power[-1] >= RECENT[rule] and otherwise[1][-1] >= 0.9 * OTHERWISE[rule]
    assert (np.abs(many.profile.mean(axis=0)) <= 0.04).all()
    assert (many.covered >= 0.93).all()
    assert naive >= 0.85


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_a_choice_by_the_whole_year_needs_both_estimates(rule: str) -> None:
    many = tried(range(13_000, 15_000), rule, "year")
    false = many.works(Mode.OTHERWISE, 0.0)[-1]
    passed_off = many.works(Mode.RECENT, 0.0)[-1]
    hold(f"coaching-year-{'-'.join(rule.split())}", false=false, passed_off=passed_off)
    assert false <= 0.015
    if rule == "worst":
        assert passed_off > 0.03, "what was shown would not matter"


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_a_lot_over_many_floors(rule: str) -> None:
    many = tried(range(16_000, 18_000), rule, "lot")
    false, power = many.works(Mode.LOT, 0.0)[-1], many.works(Mode.LOT, GAIN)[-1]
    hold(f"coaching-lot-{'-'.join(rule.split())}", false=false, power=power, covered=many.covered[-1])
    assert false <= 0.02 and power >= LOT[rule]


@pytest.mark.slow
@pytest.mark.parametrize("coached", [1, 3, 6])
def test_ranges_of_a_few_coached_agents_hold(coached: int) -> None:
    many = tried(range(19_000, 20_500), "worst", "recent", coached=coached)
    hold(f"coaching-few-{coached}", covered=many.covered[-1])
    # One who lies further from all others than they from each other is like nobody: of her nothing is said.
    assert many.refused <= 0.01 * 1_500
    assert ((many.covered >= 0.93 - 0.01) & (many.covered <= 0.97 + 0.01)).all()


@pytest.mark.slow
def test_a_reliable_measure_tells_at_the_first_look() -> None:
    many = tried(range(21_000, 22_000), "worst", "recent", World(reliability=0.85))
    power = many.works(Mode.RECENT, GAIN)
    hold("coaching-reliable-worst", power_week_4=power[0], power_week_8=power[1])
    # The reference finds .78 at week 4. Passing dips, used as they are found (decision 0047), cost that where there are none: told in
    # docs/statistics.md among what misses its goal.
    assert power[0] >= 0.55 and power[1] >= 0.97


# what must not change anything


def test_a_gain_moves_both_estimates_by_itself_and_no_error() -> None:
    _floor, without = asked_of()
    _floor, with_gain = asked_of(gain=GAIN)
    before, after = found(without), found(with_gain)
    assert after.value - before.value == pytest.approx(GAIN, abs=1e-9)
    assert after.cautious - before.cautious == pytest.approx(GAIN, abs=1e-9)
    assert after.error == pytest.approx(before.error, abs=1e-9)
    assert after.regression_to_mean == pytest.approx(before.regression_to_mean, abs=1e-9)


def numbers(said: Effect) -> list[float]:
    return [float(getattr(said, name)) for name in ("value", "low", "high", "z_record", "naive", "regression_to_mean")]


def test_other_names_of_agents_and_teams_change_nothing() -> None:
    floor, asked = asked_of()
    order = floor.rng.permutation(AGENTS)
    history, after = (Blocks(one.value[order], one.variance[order], one.at) for one in (asked.history, asked.after))
    renamed = Coaching(history, after, asked.coached[order], asked.shown, team=19 - floor.team[order])
    assert numbers(found(renamed)) == pytest.approx(numbers(found(asked)), abs=1e-9)


@pytest.mark.parametrize("mode", ["recent", "otherwise", "lot"])
def test_a_constant_added_and_another_unit_change_nothing(mode: str) -> None:
    floor, asked = asked_of()
    if mode == "lot":
        pool, drawn = pool_of(floor, "worst")
        asked = replace(coach(floor, drawn, 0.0), pool=pool, team=floor.team)
    asked = replace(asked, shown=None) if mode == "otherwise" else asked

    def told(times: float, more: float) -> Coaching:
        history, after = (
            Blocks(times * one.value + more, times**2 * one.variance, one.at) for one in (asked.history, asked.after)
        )
        return replace(asked, history=history, after=after)

    plain = found(asked)
    assert plain.mode == mode
    assert numbers(found(told(1.0, 300.0))) == pytest.approx(numbers(plain), abs=1e-9)
    scaled = found(told(60.0, 0.0))
    assert scaled.value / 60 == pytest.approx(plain.value, abs=1e-9)
    assert scaled.works == plain.works


def test_what_everybody_changed_by_is_nobodys_gain() -> None:
    _floor, asked = asked_of()
    moved = replace(asked, after=replace(asked.after, value=asked.after.value + 2.0))
    before, after = found(asked), found(moved)
    assert after.value == pytest.approx(before.value, abs=1e-9)
    assert after.everyone - before.everyone == pytest.approx(2.0, abs=1e-9)
    assert after.naive == pytest.approx(after.value + after.regression_to_mean + after.everyone, abs=1e-9)


def test_regression_to_the_mean_is_what_came_back_by_itself() -> None:
    back = np.mean([found(asked_of(seed)[1]).regression_to_mean for seed in range(5)])
    assert back >= 0.2


# what cannot be told


def small(agents: int = 40, blocks: int = 12, coached: int = 6, value: Array | None = None) -> Coaching:
    rng = np.random.default_rng(5)
    before = rng.normal(size=(agents, blocks)) if value is None else value
    chosen = np.arange(agents) < coached
    return Coaching(
        Blocks(before, np.full((agents, blocks), 0.5), np.arange(blocks, dtype=float)),
        Blocks(rng.normal(size=(agents, 3)), np.full((agents, 3), 0.5), blocks + np.array([0.25, 1.25, 2.25])),
        chosen,
        3,
    )


FAR_APART = np.repeat(np.where(np.arange(40) < 6, -50.0, 0.0)[:, None], 12, axis=1) + np.random.default_rng(1).normal(
    size=(40, 12)
)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (small(coached=0), Why.NOBODY_COACHED),
        (small(coached=40), Why.EVERYBODY_COACHED),
        (small(agents=14, coached=6), Why.TOO_FEW_CONTROLS),
        (small(blocks=2), Why.TOO_LITTLE_HISTORY),
        (replace(small(), after=small().after.some(slice(0, 2))), Why.NOTHING_AFTERWARDS),
        (replace(small(), covariates=(np.arange(40) < 6)[:, None].astype(float)), Why.EVERYBODY_COACHED),
        (small(value=FAR_APART), Why.EXTRAPOLATED),
    ],
)
def test_what_cannot_be_told_is_refused_with_a_reason(asked: Coaching, why: Why) -> None:
    said = coaching_effect(asked, Look.WEEK_12)
    assert isinstance(said, NoEffect) and said.why is why


@pytest.mark.parametrize("blocks", [3, 4, 5, 12])
@pytest.mark.parametrize("kind", ["usual", "identical", "noughts", "one coached", "hardly seen", "no noise"])
def test_odd_figures_give_numbers_or_a_reason(blocks: int, kind: str) -> None:
    asked = small(blocks=blocks, coached=1 if kind == "one coached" else 6)
    history, after = asked.history, asked.after
    if kind in ("identical", "noughts"):
        level = 7.0 if kind == "identical" else 0.0
        history, after = (Blocks(np.full(b.value.shape, level), 0 * b.variance, b.at) for b in (history, after))
    if kind == "no noise":
        history, after = (Blocks(b.value, 0 * b.variance, b.at) for b in (history, after))
    if kind == "hardly seen":
        gone = np.random.default_rng(2).random(history.value.shape) < 0.4
        history = Blocks(np.where(gone, np.nan, history.value), np.where(gone, np.inf, history.variance), history.at)
        after = Blocks(after.value, np.where(np.arange(40)[:, None] % 3 == 0, 1e6, after.variance), after.at)
    said = coaching_effect(replace(asked, history=history, after=after), Look.WEEK_12)
    if isinstance(said, Effect):
        assert np.isfinite([*numbers(said), said.minimum_detectable, said.everyone, said.error]).all()
        assert said.low <= said.value <= said.high
    else:
        assert said.why in Why


def test_leavers_count_for_what_they_did() -> None:
    _floor, asked = asked_of()
    left = np.flatnonzero(asked.coached)[:3]
    variance = asked.after.variance.copy()
    variance[left, 1:] = 1e6
    said = found(replace(asked, after=replace(asked.after, variance=variance)))
    assert said.coached == 24 and np.isfinite(said.value)


def test_an_effect_that_fades_is_seen_block_by_block() -> None:
    gone = np.mean(
        [
            [value for value, _low, _high in effect_by_block(asked_of(seed, "of the worst 48", (1.5, 0.5, 0.0))[1])]
            for seed in range(4)
        ],
        axis=0,
    )
    assert gone[0] > gone[1] > gone[2] and abs(gone[0] - 1.5) < 0.3


def test_a_look_with_nothing_conspicuous_before_is_conclusive() -> None:
    floor = make_floor(5, World())
    asked = coach(floor, choose(floor, "worst"), GAIN)
    assert found(asked).is_conclusive
    value = asked.history.value.copy()
    value[asked.coached, HISTORY - 4] += 4.0
    assert not found(replace(asked, history=replace(asked.history, value=value))).is_conclusive
