"""Is it told whether an action worked: what is real, what would have come back by itself, and what was paid for elsewhere?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from floorwalker.errors import KpiError
from floorwalker.insight import effect
from floorwalker.insight.joint import Joint
from floorwalker.insight.planned import Asked, reviews_due
from floorwalker.insight.reviewed import Guarded, Reviewed, Verdict, as_json, from_json
from floorwalker.stats.cells import Cells, Index
from floorwalker.ui.effect_words import told
from tests.worlds.treated import BEGINS, COMPLETE, HANDLE, SETTLED, key, make_floor, reading, settling, shorter

FLOOR = make_floor(seed=66_001, agents=48, contacts_a_day=8.0)
WORST = FLOOR.worst(6)
GAMER = FLOOR.worst(24)[23:]


def asked_of(treated: Index) -> Asked:
    return Asked(HANDLE, {key(agent): BEGINS for agent in treated.tolist()}, BEGINS, (SETTLED,))


def review(
    monkeypatch: pytest.MonkeyPatch,
    asked: Asked,
    *,
    handle: Cells = FLOOR.handle,
    settled: Cells = FLOOR.settled,
    complete: date = COMPLETE,
    week: int | None = None,
) -> Reviewed:
    monkeypatch.setattr(effect, "read_together", reading({HANDLE: handle, SETTLED: settled}, FLOOR.team))
    monkeypatch.setattr(effect, "site_of", lambda *_asked: {})
    return effect.estimate_effect(None, asked, complete, {}, week=week)  # type: ignore[arg-type]


def test_what_comes_back_by_itself_is_told_and_not_called_an_effect(monkeypatch: pytest.MonkeyPatch) -> None:
    found = review(monkeypatch, asked_of(WORST))
    change = found.change
    assert found.verdict is Verdict.NO_PROVEN_EFFECT and found.mode == "recent" and found.treated == 6
    assert change is not None and change.low is not None and change.high is not None
    assert change.low < 0 < change.high and change.naive_change > change.value
    assert change.regression_to_mean is not None
    whole = change.value + change.regression_to_mean + change.common_change
    assert whole == pytest.approx(change.naive_change, abs=1e-12)


def test_a_real_gain_is_found_in_per_cent_of_the_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    found = review(monkeypatch, asked_of(WORST), handle=shorter(FLOOR.handle, WORST, 0.85))
    change = found.change
    assert found.verdict is Verdict.IMPROVED and found.unit == "ratio" and change is not None
    assert change.low is not None and change.high is not None and 0.05 < change.low < 0.15 < change.high
    assert len(change.by_block) == 3 and found.guardrails[0].state is Guarded.CLEAR
    same = review(monkeypatch, asked_of(WORST), handle=shorter(FLOOR.handle, WORST, 0.85), week=12)
    assert same == found


def test_a_gamer_of_handle_time_makes_a_trade_off(monkeypatch: pytest.MonkeyPatch) -> None:
    handle, settled = shorter(FLOOR.handle, GAMER, 0.65), settling(FLOOR.settled, GAMER, 0.25, 1)
    found = review(monkeypatch, asked_of(GAMER), handle=handle, settled=settled)
    assert found.verdict is Verdict.TRADE_OFF and found.treated == 1
    (rail,) = found.guardrails
    assert rail.state is Guarded.WORSE and rail.value is not None and rail.value < -0.15 and rail.margin == 0.02


def test_of_a_guardrail_without_facts_nothing_is_cleared(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = FLOOR.settled.where(np.zeros(len(FLOOR.settled.agent), dtype=bool))
    found = review(monkeypatch, asked_of(WORST), handle=shorter(FLOOR.handle, WORST, 0.8), settled=nothing)
    assert found.verdict is Verdict.NOT_RULED_OUT
    assert found.guardrails[0].state is Guarded.UNKNOWN and found.guardrails[0].value is None


def test_it_is_looked_at_on_the_planned_days_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = asked_of(WORST)
    early = review(monkeypatch, asked, complete=BEGINS + timedelta(days=26))
    assert (early.verdict, early.change, early.review_on) == (Verdict.NOT_YET, None, BEGINS + timedelta(days=28))
    handle = shorter(FLOOR.handle, WORST, 0.8)
    at_four = review(monkeypatch, asked, handle=handle, complete=BEGINS + timedelta(days=27))
    between = review(monkeypatch, asked, handle=handle, complete=BEGINS + timedelta(days=40))
    assert at_four == between and at_four.week == 4 and at_four.review_on == BEGINS + timedelta(days=56)
    assert review(monkeypatch, asked, handle=handle, week=4) == at_four
    assert at_four.change is not None and len(at_four.change.by_block) == 1


def test_a_lot_whose_others_wait_nine_weeks_is_looked_at_once() -> None:
    asked = replace(asked_of(WORST), pool=frozenset(map(key, range(20))), waits_until=BEGINS + timedelta(days=63))
    assert reviews_due(asked, COMPLETE) == (8, None)
    assert reviews_due(asked, BEGINS + timedelta(days=30)) == (None, BEGINS + timedelta(days=56))


def test_whoever_has_another_action_is_held_against_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = review(monkeypatch, asked_of(WORST))
    busy = frozenset(key(agent) for agent in range(FLOOR.agents) if agent not in WORST)
    without = review(monkeypatch, replace(asked_of(WORST), others=frozenset(sorted(busy)[:12])))
    assert without.others == plain.others - 12 and without.treated == plain.treated
    alone = review(monkeypatch, replace(asked_of(WORST), others=busy))
    assert alone.verdict is Verdict.CANNOT_TELL and alone.change is None and alone.reason == "everybody_coached"


def test_whoever_is_in_a_team_with_an_action_is_held_against_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = review(monkeypatch, asked_of(WORST))
    place = next(agent for agent in range(FLOOR.agents) if agent not in WORST)
    team = int(FLOOR.team[place])
    left = sum(1 for agent in range(FLOOR.agents) if FLOOR.team[agent] == team and agent not in WORST)
    without = review(monkeypatch, replace(asked_of(WORST), other_teams=frozenset({key(1_000_000 + team)})))
    assert without.others == plain.others - left and without.treated == plain.treated


def test_what_worked_beside_another_action_is_claimed_by_none_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    both = (Joint(7, "training", BEGINS, 6),)
    handle = shorter(FLOOR.handle, WORST, 0.85)
    found = review(monkeypatch, replace(asked_of(WORST), joint=both), handle=handle)
    assert found.verdict is Verdict.JOINT and found.joint == both
    assert from_json(as_json(found)) == found
    said = told(found)
    assert "none of them claims it" in said and "training from 2 Mar 2026 (6 of 6)" in said
    nothing = review(monkeypatch, replace(asked_of(WORST), joint=both))
    assert nothing.verdict is Verdict.NO_PROVEN_EFFECT and nothing.joint == both
    older = {name: value for name, value in as_json(found).items() if name != "joint"}
    assert from_json(older).joint == ()


def test_a_guardrail_that_nobody_can_judge_clears_nothing_and_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = replace(asked_of(WORST), guardrails=("occupancy", SETTLED, "gone"))
    found = review(monkeypatch, asked, handle=shorter(FLOOR.handle, WORST, 0.85))
    states = {one.kpi: (one.state, one.reason) for one in found.guardrails}
    assert states["occupancy"] == states["gone"] == (Guarded.UNKNOWN, "not_judged")
    assert found.verdict is Verdict.NOT_RULED_OUT


def test_blocks_in_which_hardly_any_of_the_coached_were_at_work_are_not_counted_as_unseen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    young = FLOOR.handle.where(~(np.isin(FLOOR.handle.agent, WORST) & (FLOOR.handle.day < 28 * 6)))
    assert review(monkeypatch, asked_of(WORST)).mode == "recent"
    assert review(monkeypatch, asked_of(WORST), handle=young).mode == "otherwise"


def test_who_saw_the_whole_record_must_be_surer(monkeypatch: pytest.MonkeyPatch) -> None:
    found = review(monkeypatch, replace(asked_of(WORST), shown_weeks=52))
    assert found.mode == "otherwise" and found.verdict is Verdict.NO_PROVEN_EFFECT


def test_who_begins_later_counts_from_her_own_day_on(monkeypatch: pytest.MonkeyPatch) -> None:
    late = {key(agent): BEGINS + timedelta(days=21 * int(agent == WORST[0])) for agent in WORST.tolist()}
    found = review(monkeypatch, replace(asked_of(WORST), treated=late), week=4)
    assert found.treated == 5 and found.asked == 6


def test_a_review_is_read_back_as_it_was_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    for found in (review(monkeypatch, asked_of(WORST)), review(monkeypatch, asked_of(WORST), complete=BEGINS)):
        assert from_json(as_json(found)) == found
    with pytest.raises(ValueError, match="not whole"):
        from_json({"verdict": "improved"})


def test_a_measure_of_nobody_in_particular_has_no_effect(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KpiError, match="nothing can be said"):
        review(monkeypatch, replace(asked_of(WORST), kpi="service_level"))
