"""Is a harsh evaluator found and nobody else accused, and is what is said of evaluators and agents what the figures say?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from floorwalker.insight.evaluators import LEAST_SHARED, Panel, judge_evaluators
from floorwalker.insight.scorecard import Period
from floorwalker.sources.simulated.quality import HARSH_POINTS
from floorwalker.ui import evaluator_words
from tests.kpis.memory_facts import FIRST_DAY, MemoryFacts, key
from tests.worlds.evaluations import Floor, evaluated_floor, key_of
from tests.worlds.published import hold

DAYS = 56


def judged(floor: Floor, **asked: float) -> Panel:
    found = judge_evaluators(floor.facts, Period(floor.parameters.start, floor.parameters.end), {}, **asked)
    assert found is not None
    return found


@dataclass
class Named:
    """Over many floors: how often the harsh one was named, how often each other, and whose true severity ranges hold."""

    floors: int = 0
    found: int = 0
    others: int = 0
    accused: int = 0
    covered: float = 0.0
    agents_covered: float = 0.0

    def add(self, floor: Floor) -> None:
        panel = judged(floor)
        harsh = floor.evaluators.harsh
        assert harsh is not None
        by_key = {one.key: one for one in panel.evaluators}
        mine = by_key.pop(key_of("q", harsh))
        self.floors += 1
        self.found += mine.flagged and (mine.severity or 0) > 0
        self.others += len(by_key)
        self.accused += sum(one.flagged for one in by_key.values())
        self.agents_covered += _covered(panel, floor)


def _covered(panel: Panel, floor: Floor) -> float:
    """The share of agents whose true level, from the mean of those evaluated, lies in their range."""
    numbers = np.array([int(one.key[1:]) for one in panel.agents])
    truth = floor.quality[numbers] - floor.quality[numbers].mean()
    middle = np.mean([one.adjusted for one in panel.agents])
    low, high = (np.array([getattr(one, side) for one in panel.agents]) - middle for side in ("low", "high"))
    return float(((low <= truth) & (truth <= high)).mean())


def over(seeds: range) -> Named:
    named = Named()
    for seed in seeds:
        named.add(evaluated_floor(seed, days=DAYS))
    return named


def test_the_harsh_one_is_found_and_nobody_else() -> None:
    named = over(range(500, 505))
    assert named.found >= 3 and named.accused <= 1
    assert 0.86 <= named.agents_covered / named.floors <= 0.99


@pytest.mark.slow
def test_the_harsh_one_is_found_and_nobody_else_on_two_hundred_floors() -> None:
    named = over(range(1_000, 1_200))
    found, accused = named.found / named.floors, named.accused / named.others
    covered = named.agents_covered / named.floors
    print(f"found {found:.3f}, each other accused {accused:.4f}, ranges of agents hold {covered:.3f}")
    hold("evaluators-harsh", found=found, accused=accused, covered=covered)
    assert found >= 0.85 and accused <= 0.03 and 0.93 <= covered <= 0.97


def test_where_all_are_alike_nobody_is_named() -> None:
    for seed in range(3):
        panel = judged(evaluated_floor(seed, days=28, planted=False))
        assert not panel.flagged


def test_what_is_said_is_what_was_found() -> None:
    floor = evaluated_floor(7, days=84)
    panel = judged(floor)
    for one in panel.evaluators:
        said = evaluator_words.severity(one, panel.delta)
        assert one.severity is not None and one.low is not None and one.high is not None
        assert one.low <= one.severity <= one.high
        assert said.startswith("Scores about") == one.flagged
        assert said.startswith("Nothing that stands out") == (not one.flagged)
        assert evaluator_words.points(abs(one.low)) in said and evaluator_words.points(abs(one.high)) in said
        if one.flagged:
            assert evaluator_words.points(abs(one.severity)) in said and "probability" in said
    (harsh,) = panel.flagged
    assert harsh.severity == pytest.approx(HARSH_POINTS, abs=4)
    assert panel.agreement.contacts > 20 and "alpha" in evaluator_words.agreement(panel.agreement)
    said = evaluator_words.agent(panel.agents[0], panel)
    assert f"{panel.agents[0].n} evaluations" in said and str(panel.needed) in said


def test_severity_is_taken_out_of_scores() -> None:
    floor = evaluated_floor(11, days=112)
    panel = judged(floor)
    numbers = [int(one.key[1:]) for one in panel.agents if one.n >= 4]
    raw, adjusted = ([getattr(one, name) for one in panel.agents if one.n >= 4] for name in ("raw", "adjusted"))
    truth = floor.quality[numbers]
    assert np.corrcoef(adjusted, truth)[0, 1] > np.corrcoef(raw, truth)[0, 1] + 0.03


def evaluations(*rows: dict[str, object]) -> MemoryFacts:
    usual = {"purpose": "official", "selection": "random", "score": 0.8, "form": "calls"}
    return MemoryFacts({"evaluation": [{**usual, **row} for row in rows]})


DAY = Period(FIRST_DAY, FIRST_DAY)


def test_nobody_is_judged_by_evaluations_that_nobody_shares() -> None:
    alone = evaluations(
        {"times": 30, "identity_key": "wren", "evaluator_key": "quill", "score": 0.3},
        {"times": 30, "identity_key": "lark", "evaluator_key": "hazel", "score": 0.9},
    )
    panel = judge_evaluators(alone, DAY, {})
    assert panel is not None and panel.elsewhere == 0
    for one in panel.evaluators:
        assert one.severity is None and not one.flagged
        assert f"from {LEAST_SHARED} on" in evaluator_words.severity(one, panel.delta)
    assert "no contact was scored by two" in evaluator_words.agreement(panel.agreement)


def test_only_what_chance_chose_counts_and_a_fatal_miss_is_nobodys_severity() -> None:
    both = (
        {"times": 12, "identity_key": "wren", "evaluator_key": "quill", "score": 0.0, "score_before_fatal": 0.8},
        {"times": 12, "identity_key": "wren", "evaluator_key": "hazel"},
    )
    more = {"times": 50, "identity_key": "wren", "evaluator_key": "hazel", "score": 0.1}
    plain = judge_evaluators(evaluations(*both), DAY, {})
    crowded = judge_evaluators(
        evaluations(
            *both, {**more, "selection": "targeted"}, {**more, "purpose": "coaching"}, {**more, "purpose": "self"}
        ),
        DAY,
        {},
    )
    assert plain is not None and crowded is not None
    assert [(one.n, one.severity) for one in plain.evaluators] == [(one.n, one.severity) for one in crowded.evaluators]
    (agent,) = plain.agents
    assert crowded.agents == plain.agents
    assert agent.key == key("wren") and agent.raw == pytest.approx(80)


def test_without_evaluations_there_is_no_panel() -> None:
    assert judge_evaluators(evaluations(), DAY, {}) is None
