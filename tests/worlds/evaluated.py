"""How would evaluations look whose truth is known? Agents, evaluators and how they suit each other, and a lot of chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from floorwalker.stats.cells import Array
from floorwalker.stats.evaluators import Scores


@dataclass(frozen=True)
class Evaluated:
    """The scores; agent: (agents,) true difference from their mean; severity: (evaluators,) true points below the others'."""

    scores: Scores
    agent: Array
    severity: Array


def evaluate(
    seed: int,
    *,
    agents: int = 240,
    evaluators: int = 8,
    each: int = 12,
    elsewhere: float = 1.0,
    group: Array | None = None,
    bias: float = 0.0,
) -> Evaluated:
    """Evaluations of one period. elsewhere: the share that another evaluator does than the team's own, 1 where lots decide.

    bias: points that the first evaluator adds for the group.
    """
    rng = np.random.default_rng(seed)
    truth, level = rng.normal(0, 4, agents), rng.normal(0, 4, evaluators)
    suits = rng.normal(0, 2, (agents, evaluators))
    agent = np.repeat(np.arange(agents), each)
    own = agent % evaluators
    other = (own + 1 + rng.integers(evaluators - 1, size=len(agent))) % evaluators
    lots = rng.integers(evaluators, size=len(agent))
    evaluator = lots if elsewhere >= 1 else np.where(rng.random(len(agent)) < elsewhere, other, own)
    score = 80 + truth[agent] + level[evaluator] + suits[agent, evaluator]
    score = score + rng.normal(0, 9, len(agent)) + rng.normal(0, 5, len(agent))
    if group is not None:
        score = score + np.where((evaluator == 0) & (group[agent] == 1), bias, 0.0)
    scores = Scores(score, agent, evaluator, np.zeros(len(agent), dtype=np.int64))
    return Evaluated(scores, truth - truth.mean(), level.mean() - level)
