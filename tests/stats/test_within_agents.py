"""Is nobody accused, and no behaviour praised, for what agents are like anyway?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
import statsmodels.api as sm

from floorwalker.stats.cells import Array
from floorwalker.stats.within_agents import contrast_groups, fit_within
from tests.worlds.evaluated import evaluate
from tests.worlds.published import hold


@dataclass(frozen=True)
class Accusations:
    """How often the biased evaluator was found, and how often each of the others was accused, here and by plain means."""

    found: float
    accused: float
    accused_elsewhere: float


def accuse(seeds: range) -> Accusations:
    found = accused = elsewhere = 0
    for seed in seeds:
        rng = np.random.default_rng(seed)
        group = (rng.random(240) < 0.3).astype(float)
        scores = evaluate(seed + 500_000, group=group, bias=-6.0).scores
        told = contrast_groups(scores, group)
        found += int(told.p[0] < 0.05 and told.estimate[0] < 0)
        accused += int((told.p[1:] < 0.05).sum())
        for one in range(1, 8):
            mine = scores.evaluator == one
            inside, outside = (scores.score[mine & (group[scores.agent] == value)] for value in (1, 0))
            error = np.sqrt(inside.var(ddof=1) / len(inside) + outside.var(ddof=1) / len(outside))
            elsewhere += int(abs(inside.mean() - outside.mean()) > 1.96 * error)
    return Accusations(found / len(seeds), accused / 7 / len(seeds), elsewhere / 7 / len(seeds))


def criteria(seed: int) -> tuple[Array, Array, Array]:
    """An outcome, two criteria of which only the first matters (.25 a point), and agents who are good at everything."""
    rng = np.random.default_rng(seed)
    agent = np.repeat(np.arange(120), 15)
    skill = rng.normal(0, 1, 120)[agent]
    columns = 0.7 * skill[:, None] + rng.normal(0, 1, (len(agent), 2))
    return skill + 0.25 * columns[:, 0] + rng.normal(0, 1, len(agent)), columns, agent


def test_a_biased_evaluator_is_found_and_the_others_are_not_accused() -> None:
    told = accuse(range(80_000, 80_020))
    assert told.found >= 0.7 and told.accused <= 0.05


@pytest.mark.slow
def test_accusations_over_many_periods() -> None:
    told = accuse(range(81_000, 81_400))
    print(told)
    hold("evaluators-bias", found=told.found, accused=told.accused, accused_elsewhere=told.accused_elsewhere)
    assert told.found >= 0.85 and told.accused <= 0.03
    assert told.accused_elsewhere > 2 * told.accused


def test_a_criterion_that_changes_nothing_is_hardly_ever_praised() -> None:
    null = right = elsewhere = 0
    for seed in range(100):
        outcome, columns, agent = criteria(seed)
        fitted = fit_within(outcome, columns, agent)
        null += int(fitted.p[1] < 0.05)
        right += int(abs(fitted.estimate[0] - 0.25) < 0.1 and fitted.p[0] < 0.05)
        means = [np.bincount(agent, values) / 15 for values in (outcome, columns[:, 1])]
        elsewhere += int(abs(np.corrcoef(*means)[0, 1]) > 0.2)
    assert null <= 10 and right >= 97
    assert elsewhere >= 90, "means of agents would praise it"


def test_slopes_and_errors_are_those_of_least_squares_with_clusters() -> None:
    outcome, columns, agent = criteria(5)
    stratum = np.arange(len(agent)) % 3
    fitted = fit_within(outcome, columns, agent, stratum)
    dummies = [(agent[:, None] == np.arange(120)).astype(float), (stratum[:, None] == np.arange(1, 3)).astype(float)]
    known = sm.OLS(outcome, np.hstack([columns, *dummies])).fit(
        cov_type="cluster", cov_kwds={"groups": agent, "use_correction": False}
    )
    assert fitted.estimate == pytest.approx(known.params[:2])
    assert fitted.error == pytest.approx(known.bse[:2] * np.sqrt(120 / 119))


def test_what_cannot_be_told_is_not_a_number() -> None:
    outcome, columns, agent = criteria(6)
    columns[:, 1] = agent
    assert np.isnan(fit_within(outcome, columns, agent).estimate[1])
    few = agent < 5
    assert np.isnan(fit_within(outcome[few], columns[few], agent[few]).estimate).all()
    world = evaluate(2, agents=20, evaluators=2)
    assert np.isnan(contrast_groups(world.scores, np.arange(20) % 2.0).estimate).all()
