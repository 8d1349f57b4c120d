"""Is no question praised for its neighbours, for good agents, or for standing among many?"""

from __future__ import annotations

import numpy as np
import pytest

from floorwalker.stats.associations import Associations, associate, standing_out
from floorwalker.stats.cells import Array, Index
from tests.worlds.published import hold

QUESTIONS, EFFECT = 8, 0.15


def marked(seed: int, *, agents: int = 60, each: int = 30, effect: float = EFFECT) -> tuple[Array, Array, Index, Index]:
    """A matter is settled (0 or 1) more often where the first question is met, and with better agents and easier kinds of
    contact; better agents meet everything more often. The last question does not apply on every other kind."""
    rng = np.random.default_rng(seed)
    agent = np.repeat(np.arange(agents), each)
    kind = rng.integers(4, size=len(agent))
    skill = rng.normal(0, 1, agents)[agent]
    likely = np.clip(0.8 + 0.08 * skill[:, None] - 0.05 * kind[:, None], 0.02, 0.98)
    answers = (rng.random((len(agent), QUESTIONS)) < likely).astype(float)
    answers[kind % 2 == 1, -1] = np.nan
    settled = 0.55 + 0.1 * skill - 0.06 * kind + effect * (answers[:, 0] - 0.8)
    return (rng.random(len(agent)) < np.clip(settled, 0, 1)).astype(float), answers, agent, kind


def found_in(seed: int, **world: float) -> tuple[Associations, Array]:
    found = associate(*marked(seed, **world))  # type: ignore[arg-type]
    return found, standing_out(found.p) <= 0.10


def praised(seeds: range) -> tuple[float, float, float, float]:
    """How often the first question is named, each other one, each other one by comparing agents, and whose range holds."""
    right = wrong = elsewhere = covered = 0
    for seed in seeds:
        found, named = found_in(seed)
        right += int(named[0])
        wrong += int(named[1:].sum())
        covered += int(found.low[0] <= EFFECT <= found.high[0])
        outcome, answers, agent, _ = marked(seed)
        size = np.bincount(agent)
        for one in range(1, QUESTIONS):
            filled = np.where(np.isfinite(answers[:, one]), answers[:, one], np.nanmean(answers[:, one]))
            means = [np.bincount(agent, values) / size for values in (outcome, filled)]
            elsewhere += int(np.corrcoef(*means)[0, 1] > 0.25)
    many = len(seeds)
    return right / many, wrong / many / (QUESTIONS - 1), elsewhere / many / (QUESTIONS - 1), covered / many


def test_only_the_question_that_goes_with_it_is_named() -> None:
    right, wrong, elsewhere, covered = praised(range(90_000, 90_030))
    assert right >= 0.8 and wrong <= 0.05 and covered >= 0.8
    assert elsewhere >= 0.7, "means of agents praise nearly all of them"


@pytest.mark.slow
def test_praise_over_many_periods() -> None:
    right, wrong, elsewhere, covered = praised(range(91_000, 91_400))
    hold("behaviours", found=right, praised=wrong, praised_elsewhere=elsewhere, covered=covered)
    assert right >= 0.9 and wrong <= 0.03 and 0.92 <= covered <= 0.98 and elsewhere >= 0.8


def test_where_nothing_goes_with_anything_hardly_any_list_names_one() -> None:
    assert sum(found_in(seed, effect=0.0, agents=25)[1].any() for seed in range(100)) <= 16


def test_what_did_not_apply_is_no_answer() -> None:
    """Whatever would be written where a question did not apply changes nothing, as kinds of contact have their own levels."""
    outcome, answers, agent, kind = marked(3)
    found = associate(outcome, answers, agent, kind)
    assert found.n[-1] == int(np.isfinite(answers[:, -1]).sum()) < found.n[0]
    some = np.isfinite(answers[:, -1])
    alone = associate(outcome[some], answers[some], agent[some], kind[some])
    assert found.estimate[-1] == pytest.approx(alone.estimate[-1], abs=0.03)


def test_too_little_is_not_tried_and_twins_are_not_told_apart() -> None:
    outcome, answers, agent, kind = marked(4)
    answers[:, 1] = 1.0
    answers[:5, 1] = 0.0
    answers[:, 3] = answers[:, 2]
    found = associate(outcome, answers, agent, kind)
    assert not found.enough[1] and np.isnan(found.p[1])
    assert found.enough[[2, 3]].all() and np.isnan(found.p[[2, 3]]).all()
    assert np.isfinite(found.p[[0, 4, 5, 6, 7]]).all() and np.isfinite(standing_out(found.p)).sum() == 5
    few = agent < 15
    assert not associate(outcome[few], answers[few], agent[few], kind[few]).enough.any()


def test_more_questions_than_contacts_can_answer_are_not_tried() -> None:
    rng = np.random.default_rng(8)
    agent = np.repeat(np.arange(25), 4)
    answers = (rng.random((100, 30)) < 0.5).astype(float)
    found = associate(rng.random(100), answers, agent, np.zeros(100, dtype=np.int64))
    assert not found.enough.any() and np.isnan(found.p).all()


def test_nothing_at_all_is_no_error() -> None:
    empty = associate(np.zeros(0), np.zeros((0, 3)), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    assert not empty.enough.any() and np.isnan(standing_out(empty.p)).all()
