"""Is it learnt from past actions what closes gaps: on one scale for all measures, by kind, and only from what could be told?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from floorwalker.insight.joint import Joint
from floorwalker.insight.learning import GapBefore, Learning, Past, Tried, as_json, from_json, past_of
from floorwalker.stats.gains import Kind, Learnability
from floorwalker.stats.pooled_effects import PRIOR, PRIOR_SD, Learnt
from tests.apps.coaching.past import reviewed

BEFORE = GapBefore(0.10, 0.70, 1, 12)


def many(effect: float, *, tried: Tried = Tried.COACHING, kpi: str = "transfer_rate", count: int = 30) -> list[Past]:
    return [Past(tried, kpi, 0.1, effect, 0.01, 1) for _one in range(count)]


def test_a_share_of_the_gap_is_what_counts() -> None:
    one = past_of(Tried.COACHING, BEFORE, reviewed(0.04, treated=9))
    assert one == Past(Tried.COACHING, "first_contact_resolution", 0.10, 0.04, pytest.approx(0.01), 9)
    team = past_of(Tried.TEAM, BEFORE, reviewed(0.04, treated=1))
    assert team is not None and team.people == 12, "a roll-out counts teams, and twelve people work in this one"


def test_of_durations_the_gap_is_a_share_of_the_figure_too() -> None:
    slow = GapBefore(50.0, 450.0, 1, 1)
    one = past_of(Tried.COACHING, slow, reviewed(0.05, kpi="average_handle_time", unit="ratio"))
    assert one is not None and one.gap == pytest.approx(0.1) and one.effect == 0.05


def test_what_cannot_be_told_or_was_no_gap_teaches_nothing() -> None:
    found = reviewed(0.04)
    assert past_of(Tried.COACHING, BEFORE, replace(found, change=None)) is None
    assert past_of(Tried.COACHING, replace(BEFORE, gap=-0.02), found) is None
    assert past_of(Tried.COACHING, replace(BEFORE, kpi_version=2), found) is None, "another measure by then"
    assert past_of(Tried.COACHING, BEFORE, replace(found, kpi="long_gone")) is None


def test_what_two_kinds_of_action_did_together_teaches_nothing_of_either() -> None:
    def with_another(kind: str, shared: int = 10) -> Past | None:
        others = (Joint(7, kind, date(2026, 1, 5), shared),)
        return past_of(Tried.COACHING, BEFORE, reviewed(0.04, treated=12, joint=others))

    assert with_another("training") is None
    assert with_another("training", shared=1) is not None, "one of twelve cannot have made much of it"
    assert with_another("coaching") is not None, "of the same kind the first alone is counted elsewhere"


def test_kinds_and_measures_are_learnt_apart_and_little_is_assumed() -> None:
    known = Learning((*many(0.06), *many(0.01, kpi="average_handle_time"), *many(0.02, tried=Tried.TRAINING)))
    coached, slow = known.of(Tried.COACHING, "transfer_rate"), known.of(Tried.COACHING, "average_handle_time")
    assert coached.is_learnt and coached.share > 0.45 > 0.2 > slow.share
    assert slow.share < known.of(Tried.COACHING).share < coached.share
    assert known.of(Tried.TRAINING, "transfer_rate").share == pytest.approx(0.2, abs=0.05)
    assert known.of(Tried.MENTORING, "transfer_rate") == Learnt(PRIOR, PRIOR_SD, False, 0, 0)
    few = Learning(tuple(many(0.06, count=19))).of(Tried.COACHING, "transfer_rate")
    assert few == Learnt(PRIOR, PRIOR_SD, False, 19, 19), "nineteen people teach nothing yet"


def test_priorities_take_it_by_kind_of_action_and_measure() -> None:
    told = Learning(tuple(many(0.06))).for_priorities(["transfer_rate", "average_handle_time"])
    assert told[Kind.PROCESS, "transfer_rate"] == Learnability(PRIOR, PRIOR_SD)
    same, other = told[Kind.COACH, "transfer_rate"], told[Kind.COACH, "average_handle_time"]
    assert same.mean == pytest.approx(0.6, abs=0.02) and PRIOR < other.mean <= same.mean and other.sd >= same.sd


def test_a_gap_is_kept_and_read_back() -> None:
    assert from_json(as_json(BEFORE)) == BEFORE
