"""Is hard work taken out of scores, and is nothing taken out where there is nothing?"""

from __future__ import annotations

import numpy as np
import pytest

from floorwalker.stats.cells import Array, Index
from floorwalker.stats.evaluated_mix import worth_of_kinds
from floorwalker.stats.evaluators import Scores
from tests.worlds.evaluated import evaluate

WORTH = np.array([6.0, 0.0, -6.0])


def world(seed: int, worth: Array = WORTH) -> tuple[Scores, Index, Array]:
    """Scores, kinds of contact, and what those are truly worth; agents of high number mostly get the hard kind."""
    rng = np.random.default_rng([seed, 1])
    made = evaluate(seed, agents=60, each=20).scores
    hard = rng.random(len(made.agent)) < 0.2 + 0.6 * made.agent / 60
    kind = np.where(hard, 2, rng.integers(2, size=len(hard)))
    return Scores(made.score + worth[kind], made.agent, made.evaluator, made.form), kind, worth[kind]


def test_what_kinds_are_worth_is_found() -> None:
    for seed in range(5):
        scores, kind, truth = world(seed)
        found = worth_of_kinds(scores, kind)
        assert found.mean() == pytest.approx(0, abs=1e-9)
        assert np.abs(found - (truth - truth.mean())).max() < 2.5


def test_where_kinds_do_not_matter_hardly_anything_is_taken_out() -> None:
    taken = [np.abs(worth_of_kinds(*world(seed, np.zeros(3))[:2])).max() for seed in range(40)]
    assert np.mean(taken) < 0.5 and max(taken) < 2.0


def test_rare_kinds_and_one_kind_alone_change_nothing() -> None:
    scores, kind, _ = world(3, np.zeros(3))
    assert not worth_of_kinds(scores, np.zeros_like(kind)).any()
    odd = np.zeros_like(kind)
    odd[:6] = np.arange(1, 7)
    assert not worth_of_kinds(scores, odd).any()


def test_nothing_is_taken_out_of_a_kind_that_one_evaluator_alone_marks() -> None:
    scores, _, _ = world(4, np.zeros(3))
    hers = Scores(scores.score - 8.0 * (scores.evaluator == 7), scores.agent, scores.evaluator, scores.form)
    assert not worth_of_kinds(hers, (hers.evaluator == 7).astype(np.int64)).any()


def test_agents_numbers_do_not_matter() -> None:
    scores, kind, _ = world(5)
    other = Scores(scores.score + 100, 59 - scores.agent, scores.evaluator, scores.form)
    assert worth_of_kinds(other, kind) == pytest.approx(worth_of_kinds(scores, kind), abs=1e-6)
