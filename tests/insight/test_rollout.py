"""Are changes of teams judged against those that did not change yet, and those of a whole site called weak evidence or refused?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from floorwalker.insight import rollout
from floorwalker.insight.cells import AgentCells
from floorwalker.insight.joint import Joint
from floorwalker.insight.reviewed import Guarded, Reviewed, Verdict, as_json, from_json
from floorwalker.insight.rollout import Changed, estimate_rollout
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.stats.case_mix import Scale
from floorwalker.stats.cells import Cells
from floorwalker.ui.effect_words import told
from tests.worlds.treated import BEGINS, COMPLETE, DAYS, FIRST, HANDLE, SETTLED, key, shorter
from tests.worlds.world import World, build

# Teams stand for agents: each is one with many contacts and little luck of its own.
WORLD = World(
    seed=69_001,
    agents=24,
    teams=24,
    skills=2,
    kinds_a_skill=2,
    days=DAYS,
    shape="normal",
    contacts_a_day=20,
    week=0.01,
    day=0.01,
)
TEAMS = build(WORLD).cells
DAY = (BEGINS - FIRST).days


def review(monkeypatch: pytest.MonkeyPatch, changed: Changed, handle: Cells, week: int | None = None) -> Reviewed:
    def read() -> AgentCells:
        kpi = find_kpi(HANDLE, catalogue())
        keys = tuple(map(key, range(handle.agents)))
        return AgentCells(kpi, Scale.RATIO, handle, keys, keys, ((),) * handle.strata, FIRST, are_teams=True)

    monkeypatch.setattr(rollout, "read_together", lambda *_asked: {HANDLE: read, SETTLED: lambda: None})
    return estimate_rollout(None, changed, COMPLETE, {}, week=week)  # type: ignore[arg-type]


def one_after_another(count: int) -> Changed:
    return Changed(HANDLE, "team", {key(team): BEGINS + timedelta(days=14 * team) for team in range(count)})


def changed_by(factor: float, count: int) -> Cells:
    cells = TEAMS
    for team in range(count):
        cells = shorter(cells, np.array([team]), factor, DAY + 14 * team)
    return cells


def test_a_roll_out_that_works_is_found_after_twelve_weeks_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = changed_by(0.82, 6)
    found = review(monkeypatch, one_after_another(6), cells)
    change = found.change
    assert (found.mode, found.verdict, found.treated, found.others) == ("staggered", Verdict.IMPROVED, 5, 19)
    assert change is not None and change.low is not None and change.high is not None
    assert 0.05 < change.low < 0.18 < change.high and change.regression_to_mean is None
    assert change.naive_change == pytest.approx(0.18, abs=0.08)
    early = review(monkeypatch, one_after_another(6), cells, week=4)
    assert early.verdict is Verdict.ONLY_LOOKED and early.change is not None and early.review_on is not None
    assert "no verdict" in told(early)
    assert from_json(as_json(found)) == found


def test_a_change_that_does_nothing_is_not_praised(monkeypatch: pytest.MonkeyPatch) -> None:
    found = review(monkeypatch, one_after_another(4), TEAMS)
    assert found.verdict is Verdict.NO_PROVEN_EFFECT and found.change is not None and found.change.low is not None
    assert found.change.low < 0


def test_one_team_is_held_against_a_mixture_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    found = review(monkeypatch, one_after_another(1), changed_by(0.85, 1))
    assert (found.mode, found.verdict) == ("synthetic", Verdict.IMPROVED)
    few = TEAMS.of_agents(np.arange(10))
    refused = review(monkeypatch, one_after_another(1), few)
    assert (refused.verdict, refused.reason, refused.change) == (Verdict.CANNOT_TELL, "too_few_others", None)


def test_of_a_guardrail_without_facts_nothing_is_cleared(monkeypatch: pytest.MonkeyPatch) -> None:
    found = review(monkeypatch, replace(one_after_another(1), guardrails=(SETTLED,)), changed_by(0.85, 1))
    assert found.verdict is Verdict.NOT_RULED_OUT and found.guardrails[0].state is Guarded.UNKNOWN


def test_teams_with_another_change_are_held_against_nobody_and_two_changes_are_told_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cells, plain = changed_by(0.82, 6), one_after_another(6)
    less = review(monkeypatch, replace(plain, others=frozenset({key(5), key(20), key(21)})), cells)
    assert (less.treated, less.others) == (5, 17)
    both = (Joint(3, "process", BEGINS, 6),)
    found = review(monkeypatch, replace(plain, joint=both), cells)
    assert found.verdict is Verdict.JOINT and found.joint == both


def test_a_queue_with_few_others_is_weak_evidence_and_with_many_a_mixture_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    queue = Changed(HANDLE, "queue", {key(0): BEGINS})
    some = review(monkeypatch, queue, changed_by(0.9, 1).of_agents(np.arange(6)))
    assert some.mode == "weak_evidence" and some.others >= 3 and "too few others" in told(some)
    many = review(monkeypatch, queue, changed_by(0.85, 1))
    assert (many.mode, many.verdict) == ("synthetic", Verdict.IMPROVED)


def test_of_the_only_site_nothing_can_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    site = Changed(HANDLE, "site", {key(0): BEGINS})
    alone = review(monkeypatch, site, TEAMS.of_agents(np.arange(1)))
    assert (alone.verdict, alone.reason) == (Verdict.CANNOT_TELL, "no_outside_series")
    two = review(monkeypatch, site, changed_by(0.9, 1).of_agents(np.arange(2)))
    assert two.mode == "weak_evidence" and two.change is not None and two.change.value > 0.03
