"""Is an evaluator who has come to mark more harshly found, and is nobody accused more often than the budget allows?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from floorwalker.facts.tables import EVALUATION
from floorwalker.insight.evaluator_drift import ALARMS_A_YEAR, WEEKS_A_YEAR, EvaluatorChart, chart_evaluators
from floorwalker.insight.scorecard import Period
from floorwalker.ui import calibration_words
from tests.kpis.memory_facts import MemoryFacts
from tests.worlds.evaluations import key_of, keyed
from tests.worlds.published import hold

MONDAY = date(2026, 1, 5)
HERS = key_of("q", 0)
AGENTS, EVALUATORS, EACH_WEEK = 40, 5, 16


def charts(seed: int, *, weeks: int = 40, **asked: Any) -> dict[bytes, EvaluatorChart]:
    """The charts of such a panel."""
    period = Period(MONDAY, MONDAY + timedelta(days=7 * weeks - 1))
    return {one.key: one for one in chart_evaluators(world(seed, weeks=weeks, **asked), period, {})}


def world(
    seed: int,
    *,
    weeks: int = 40,
    since: int | None = None,
    points: float = 6.0,
    evaluators: int = EVALUATORS,
    hard_since: int | None = None,
) -> MemoryFacts:
    """Evaluators who differ from each other, contacts that differ more; one becomes harsher from a week on.

    hard_since: from which week on that one is given only contacts that score ten points lower, whoever marks them.
    """
    rng = np.random.default_rng(seed)
    agent, severity = rng.normal(0, 4, AGENTS), rng.normal(0, 3, evaluators)
    many = weeks * evaluators * EACH_WEEK
    week = np.repeat(np.arange(weeks), evaluators * EACH_WEEK)
    who = np.tile(np.repeat(np.arange(evaluators), EACH_WEEK), weeks)
    whom = rng.integers(0, AGENTS, many)
    moved = rng.normal(0, 1.5, weeks)[week]  # what hits all of them in a week
    harsher = severity[who] + (0 if since is None else np.where((who == 0) & (week >= since), points, 0.0))
    noise = rng.normal(0, 10, many)
    hard = np.zeros(many, dtype=bool)
    if hard_since is not None:
        hard = np.where((who == 0) & (week >= hard_since), True, rng.random(many) < 0.3)
    score = np.clip(80 + agent[whom] - harsher + moved - 10 * hard + noise, 0, 100) / 100
    day = np.datetime64(MONDAY, "D") + 7 * week + rng.integers(0, 5, many)
    rows = pa.table(
        {
            "contact": np.arange(many),
            "agent": whom,
            "evaluator": who,
            "second": np.zeros(many, dtype=bool),
            "score": score,
            "before": score,
            "reason": np.where(hard, "claims", "questions"),
            "day": pa.array(day.astype("datetime64[D]")),
        }
    )
    facts = MemoryFacts({})
    facts.tables[EVALUATION.name] = keyed(rows)
    return facts


def test_whoever_has_become_harsher_is_found_and_dated() -> None:
    found = charts(1, since=24)
    hers = found.pop(HERS)
    assert hers.drifts and hers.drifts[0].up
    drift = hers.drifts[0]
    assert abs((drift.began - (MONDAY + timedelta(weeks=24))).days) <= 21 and drift.detected >= drift.began
    assert drift.size == pytest.approx(0.06, abs=0.03)
    said = calibration_words.drifted(drift)
    assert "points harsher since about the week of" in said
    assert sum(len(one.drifts) for one in found.values()) <= 1
    # The page's table holds every week, and what is usual is never beyond the limit.
    assert len(hers.weeks) == len(hers.n) == 40 and not any(one.is_outside for one in hers.weeks if one.is_base)


def test_who_is_given_harder_work_has_not_become_harsher() -> None:
    hers = charts(3, hard_since=24)[HERS]
    assert not [one for one in hers.drifts if one.up and abs(one.size) > 0.03]


def test_too_few_evaluators_or_weeks_tell_nothing() -> None:
    assert charts(2, weeks=12) == {} and charts(2, weeks=24, evaluators=2) == {}
    assert len(charts(2, weeks=24, evaluators=3)) == 3


@pytest.mark.slow
def test_false_alarms_keep_to_the_budget_and_drifts_are_found() -> None:
    worlds, weeks, since = 100, 52, 26
    false = sum(len(one.drifts) for seed in range(worlds) for one in charts(1_000 + seed, weeks=weeks).values())
    # The first weeks only say what is usual.
    a_year = false / worlds * WEEKS_A_YEAR / (weeks - 13)
    found = sum(
        any(drift.up and drift.detected >= MONDAY + timedelta(weeks=since) for drift in hers.drifts)
        for seed in range(worlds)
        for hers in [charts(5_000 + seed, weeks=weeks - 8, since=since)[HERS]]
    )
    print(f"false alarms of the panel a year {a_year:.2f}, found within 18 weeks {found / worlds:.3f}")
    hold("evaluators-drift", false_a_year=a_year, found=found / worlds)
    assert a_year <= 1.25 * ALARMS_A_YEAR and found / worlds >= 0.9
