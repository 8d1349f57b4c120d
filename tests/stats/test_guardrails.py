"""Are trade-offs called so, and hardly ever what only seems one?"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from floorwalker.stats.coaching import Effect, Look, Mode
from floorwalker.stats.effects import coaching_effect
from floorwalker.stats.guardrails import Guardrail, Verdict, broken, judge, surely
from tests.worlds.coached import World, choose, coach, make_floor

# Two points of a share matter; 24 coached agents' effect on it is known to .9 of a point after twelve weeks.
MARGIN, ERROR = 2.0, 0.9


def verdicts(truth: float, runs: int = 4_000, guards: int = 1, seed: int = 1) -> Counter[Verdict]:
    rng = np.random.default_rng(seed)
    seen = truth + ERROR * rng.normal(size=(runs, guards))
    said = Counter(judge(True, [Guardrail(float(one), ERROR, MARGIN) for one in row]) for row in seen)
    return Counter({verdict: count / runs for verdict, count in said.items()})


def test_four_points_less_resolved_are_a_trade_off() -> None:
    assert verdicts(-4.0)[Verdict.TRADE_OFF] >= 0.98
    assert verdicts(-4.0)[Verdict.IMPROVED] <= 0.001


def test_an_unchanged_guardrail_is_rarely_called_broken() -> None:
    unchanged = verdicts(0.0)
    assert unchanged[Verdict.TRADE_OFF] <= 0.06
    assert unchanged[Verdict.IMPROVED] >= 0.6


@pytest.mark.parametrize("guards", [4, 6, 10])
def test_many_guardrails_together_are_not_called_broken_more_often(guards: int) -> None:
    assert verdicts(0.0, guards=guards)[Verdict.TRADE_OFF] <= 1 - surely(guards) ** guards + 0.02
    assert surely(guards) == pytest.approx(1 - 0.15 / guards)


def test_a_gain_that_is_only_likely_is_half_of_a_trade_off_and_never_praised() -> None:
    lost, kept = [Guardrail(-4.0, 0.5, MARGIN)], [Guardrail(0.0, 0.5, MARGIN)]
    assert judge(False, lost, is_likely=True) is Verdict.TRADE_OFF
    assert judge(False, kept, is_likely=True) is judge(False, lost) is Verdict.NO_PROVEN_EFFECT


def test_an_action_that_does_nothing_hardly_ever_seems_a_trade_off() -> None:
    rng = np.random.default_rng(3)
    z, rail = rng.normal(size=(2, 40_000))
    likely = [Mode.RECENT.seems(float(one), float(one)) for one in z]
    rails = [[Guardrail(ERROR * float(one), ERROR, 0.0)] for one in rail]
    said = Counter(judge(False, some, is_likely=one) for some, one in zip(rails, likely, strict=True))
    assert said[Verdict.TRADE_OFF] / 40_000 < 0.004


@pytest.mark.parametrize(
    ("proven", "guards", "said"),
    [
        (False, [(-4.0, 0.5)], Verdict.NO_PROVEN_EFFECT),
        (True, [], Verdict.IMPROVED),
        (True, [(0.0, 0.5)], Verdict.IMPROVED),
        (True, [(0.0, 3.0)], Verdict.NOT_RULED_OUT),
        (True, [(-0.9, 0.1)], Verdict.IMPROVED),
        (True, [(-1.1, 0.1)], Verdict.TRADE_OFF),
        (True, [(0.5, 0.1), (-4.0, 1.0)], Verdict.TRADE_OFF),
        (True, [(0.0, 0.0)], Verdict.IMPROVED),
        (True, [(-3.0, 0.0)], Verdict.TRADE_OFF),
    ],
)
def test_each_verdict_by_hand(proven: bool, guards: list[tuple[float, float]], said: Verdict) -> None:
    rails = [Guardrail(effect, error, MARGIN) for effect, error in guards]
    assert judge(proven, rails) is said
    assert bool(broken(rails)) or said is not Verdict.TRADE_OFF


def test_a_broken_guardrail_is_named() -> None:
    rails = [Guardrail(0.3, 0.5, MARGIN), Guardrail(-4.0, 0.9, MARGIN), Guardrail(0.0, 0.9, MARGIN)]
    assert broken(rails) == [1]


def test_whoever_shortens_calls_and_has_them_come_back_is_told_from_the_figures_of_both() -> None:
    """The floor's own effects: handle time gains .9, resolution loses .8 of what agents differ by."""
    said = []
    for seed in range(10):
        goal, guard = make_floor(seed, World(reliability=0.85)), make_floor(1_000 + seed, World(reliability=0.75))
        chosen = choose(goal, "worst")
        gain = coaching_effect(coach(goal, chosen, 0.9), Look.WEEK_12)
        loss = coaching_effect(coach(guard, chosen, -0.8), Look.WEEK_12)
        assert isinstance(gain, Effect) and isinstance(loss, Effect)
        said.append(judge(gain.works, [Guardrail(loss.value, loss.error, 0.4)]))
    assert Counter(said)[Verdict.TRADE_OFF] >= 9
