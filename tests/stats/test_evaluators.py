"""Are severity and what agents are like told apart, as surely as may be and no surer?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwalker.stats.cells import Array
from floorwalker.stats.discovery import discover
from floorwalker.stats.evaluators import Scores, Variances, _Facets, many_facet
from tests.worlds.evaluated import evaluate
from tests.worlds.published import hold

# A gap in points that is worth anybody's time.
DELTA = 2.0
# Points by which the same scores, told otherwise, may be judged apart: where the likelihood is flat the search ends a little earlier.
ALIKE = 0.2


@dataclass(frozen=True)
class Rates:
    """Over many periods: ranges that hold the truth; how much of agents' truth scores tell, plain and adjusted; who is named."""

    covered: float
    severity_covered: float
    plain: float
    adjusted: float
    wrong: float
    found: float


def rates(seeds: range, elsewhere: float) -> Rates:
    within, severities, plain, adjusted = [], [], [], []
    named = wrong = found = there = 0
    for seed in seeds:
        world = evaluate(seed, elsewhere=elsewhere)
        judged, one = many_facet(world.scores), world.scores
        for believed, truth, rows in (
            (judged.agent, world.agent, within),
            (judged.severity, world.severity, severities),
        ):
            low, high = believed.quantile(0.025), believed.quantile(0.975)
            rows.append(float(((low <= truth) & (truth <= high)).mean()))
        means = np.bincount(one.agent, one.score) / np.bincount(one.agent)
        plain.append(np.corrcoef(means, world.agent)[0, 1] ** 2)
        adjusted.append(np.corrcoef(judged.agent.centre, world.agent)[0, 1] ** 2)
        said = discover(1 - judged.agent.beyond(-DELTA))
        below = world.agent < -DELTA
        named, wrong = named + int(said.sum()), wrong + int((said & ~below).sum())
        found, there = found + int((said & below).sum()), there + int(below.sum())
    return Rates(
        float(np.mean(within)),
        float(np.mean(severities)),
        float(np.mean(plain)),
        float(np.mean(adjusted)),
        wrong / max(1, named),
        found / max(1, there),
    )


def test_what_evaluations_of_a_quarter_tell() -> None:
    lots, quarter = rates(range(70_000, 70_006), 1.0), rates(range(71_000, 71_006), 0.25)
    assert lots.adjusted >= 0.55 and quarter.adjusted >= quarter.plain + 0.06
    for one in (lots, quarter):
        assert 0.90 <= one.covered <= 0.98
        assert one.wrong <= 0.2


@pytest.mark.slow
@pytest.mark.parametrize(("name", "elsewhere"), [("by lot", 1.0), ("a quarter elsewhere", 0.25)])
def test_what_evaluations_tell_over_many_periods(name: str, elsewhere: float) -> None:
    found = rates(range(72_000, 72_200), elsewhere)
    print(f"{name}: {found}")
    hold(
        f"evaluators-{'-'.join(name.split())}",
        covered=found.covered,
        plain=found.plain,
        adjusted=found.adjusted,
        wrong=found.wrong,
        found=found.found,
    )
    assert 0.93 <= found.covered <= 0.97
    assert found.wrong <= 0.12 and found.found >= 0.2
    if elsewhere < 1:
        assert found.adjusted >= found.plain + 0.08
    else:
        assert found.adjusted >= 0.58


def test_likelihoods_are_those_of_the_matrix_that_is_never_formed() -> None:
    """Restricted likelihood by its definition, over all scores: D. A. Harville, JASA 72 (1977), 320-338."""
    world = evaluate(9, agents=12, evaluators=4, each=10)
    one, facets = world.scores, _Facets(world.scores)
    size = len(one.score)
    alike = [np.equal.outer(which, which).astype(float) for which in (one.agent, one.evaluator)]
    level = np.ones((size, 1))

    def defined(logs: Array) -> float:
        agent, evaluator, pair, contact = np.exp(logs)
        whole = agent * alike[0] + evaluator * alike[1] + pair * alike[0] * alike[1] + contact * np.eye(size)
        inverse = np.linalg.inv(whole)
        seen = level.T @ inverse @ level
        left = inverse - inverse @ level @ np.linalg.inv(seen) @ level.T @ inverse
        logdet = np.linalg.slogdet(whole)[1] + np.linalg.slogdet(seen)[1]
        return float(-0.5 * (logdet + one.score @ left @ one.score))

    points = np.log(np.random.default_rng(1).uniform(0.5, 60, (5, 4)))
    ours = np.array([facets.solved(point).likelihood for point in points])
    theirs = np.array([defined(point) for point in points])
    assert ours - ours[0] == pytest.approx(theirs - theirs[0], abs=1e-6)
    best = facets.most_likely()
    for place in range(4):
        for step in (-0.05, 0.05):
            beside = best.copy()
            beside[place] += step
            assert defined(beside) <= defined(best) + 1e-4 or beside[place] < np.log(one.score.var()) - 11.9


def test_a_harsh_form_is_nobodys_severity() -> None:
    world = evaluate(3, agents=60, evaluators=4)
    form = (np.arange(len(world.scores.score)) % 3 == 0).astype(np.int64)
    moved = Scores(world.scores.score - 15 * form, world.scores.agent, world.scores.evaluator, form)
    one, other = many_facet(world.scores), many_facet(moved)
    assert other.severity.centre == pytest.approx(one.severity.centre, abs=0.6)
    assert np.corrcoef(one.agent.centre, other.agent.centre)[0, 1] > 0.99


@settings(max_examples=3)
@given(st.integers(0, 10_000))
def test_names_and_a_point_more_for_everybody_change_nothing(seed: int) -> None:
    world = evaluate(seed, agents=30, evaluators=4, each=6)
    one = many_facet(world.scores)
    order = np.random.default_rng(seed).permutation(30)
    renamed = Scores(world.scores.score + 5, order[world.scores.agent], world.scores.evaluator, world.scores.form)
    other = many_facet(renamed)
    assert other.agent.centre[order] == pytest.approx(one.agent.centre, abs=ALIKE)
    assert other.severity.centre == pytest.approx(one.severity.centre, abs=ALIKE)
    assert other.mean == pytest.approx(one.mean + 5, abs=ALIKE)


@pytest.mark.parametrize(
    "scores",
    [
        Scores(np.array([80.0]), np.array([0]), np.array([0]), np.array([0])),
        Scores(np.full(12, 75.0), np.arange(12) % 3, np.arange(12) % 2, np.zeros(12, dtype=np.int64)),
        Scores(np.array([70.0, 90.0]), np.array([0, 1]), np.array([0, 1]), np.array([0, 0])),
    ],
)
def test_hardly_anything_to_go_by_gives_wide_ranges_and_no_error(scores: Scores) -> None:
    found = many_facet(scores)
    for believed in (found.agent, found.severity):
        assert np.isfinite(believed.centre).all() and np.isfinite(believed.quantile(0.975)).all()
    assert ((found.reliability >= 0) & (found.reliability <= 1)).all()


def test_the_evaluations_that_are_needed_grow_with_what_is_asked() -> None:
    variances = Variances(agent=16, evaluator=16, pair=4, contact=106)
    assert [round(variances.needed(reliability)) for reliability in (0.5, 0.7, 0.8)] == [7, 16, 28]
