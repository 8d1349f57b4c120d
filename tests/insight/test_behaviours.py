"""Is what goes with an outcome found, with its range, and is nothing praised that only seems to?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from floorwalker.insight.behaviours import Behaviours, Going, Outcome, Together, read_behaviours
from floorwalker.insight.scorecard import Period
from floorwalker.ui import behaviour_words
from tests.kpis.memory_facts import FIRST_DAY, MemoryFacts
from tests.worlds.marked import EFFECT, marked_floor, with_evaluations

WEEKS = Period(FIRST_DAY, FIRST_DAY + timedelta(days=27))


def read(facts: MemoryFacts, **where: tuple[object, ...]) -> Behaviours:
    found = read_behaviours(facts, WEEKS, where)  # type: ignore[arg-type]
    assert found is not None
    return found


def of(found: Behaviours, code: str, outcome: Outcome) -> Going:
    (one,) = (one for one in found.behaviours if one.code == code)
    (going,) = (going for going in one.going if going.outcome is outcome)
    return going


@pytest.fixture(scope="module")
def found() -> Behaviours:
    return read(marked_floor(5))


def test_what_goes_with_each_outcome_is_found(found: Behaviours) -> None:
    settled, listening = of(found, "settled", Outcome.RESOLUTION), of(found, "listening", Outcome.SATISFACTION)
    for one in (settled, listening):
        assert one.together is Together.GOES and one.rate is not None and one.rate <= 0.10
        assert one.effect is not None and one.low is not None and one.high is not None
        assert one.effect == pytest.approx(100 * EFFECT, abs=10) and one.low < 100 * EFFECT < one.high
    assert of(found, "settled", Outcome.SATISFACTION).together is not Together.GOES
    assert of(found, "greeting", Outcome.RESOLUTION).together in (Together.OPEN, Together.HARDLY)
    assert of(found, "rare", Outcome.RESOLUTION).together is Together.TOO_FEW
    assert found.contacts == 720 and found.known[Outcome.RESOLUTION] == 720
    assert 300 < found.known[Outcome.SATISFACTION] < 420
    assert [one.code for one in found.named(Outcome.RESOLUTION)] == ["settled"]


def test_what_is_said_is_what_was_found(found: Behaviours) -> None:
    one = of(found, "settled", Outcome.RESOLUTION)
    said = behaviour_words.going(one)
    assert one.effect is not None and one.low is not None and f"{one.effect:.0f} in a hundred more" in said
    assert f"likely {one.low:.0f} to" in said
    for behaviour in found.behaviours:
        for going in behaviour.going:
            said = behaviour_words.going(going)
            assert said.startswith("They go") == (going.together is Together.GOES)
            assert said.startswith("Cannot tell yet") == (going.together in (Together.OPEN, Together.TOO_FEW))
            assert "cause" not in said and "because" not in said
    assert "not causing" in behaviour_words.no_cause()


def test_what_was_looked_for_and_what_is_for_learning_does_not_count(found: Behaviours) -> None:
    odd = {"identity_key": "agent 1", "contact_key": "contact 1", "form": "calls", "local_day": FIRST_DAY, "times": 40}
    more = [
        {**odd, "selection": "targeted", "purpose": "official", "criteria": [("settled", 0.0)]},
        {**odd, "selection": "random", "purpose": "coaching", "criteria": [("settled", 0.0)]},
        {**odd, "selection": "random", "purpose": "self", "criteria": [("settled", 0.0)]},
    ]
    assert read(with_evaluations(marked_floor(5), *more)) == found


def test_a_contact_that_two_scored_counts_once(found: Behaviours) -> None:
    facts = marked_floor(5)
    rows = facts.tables["evaluation"].to_pylist()[:200]
    again = [{**row, "evaluator_key": "hazel", "purpose": "calibration"} for row in rows]
    for number, row in enumerate(again):
        row["evaluation_key"] = f"again {number}"
    assert read(with_evaluations(facts, *again)) == found


def test_another_agents_part_of_the_contact_is_not_this_ones() -> None:
    facts = marked_floor(5)
    rows = facts.tables["contact"].to_pylist()
    facts.tables["contact"] = MemoryFacts(
        {"contact": [{**row, "first_agent": "somebody else"} for row in rows]}
    ).tables["contact"]
    found = read(facts)
    assert found.known[Outcome.RESOLUTION] == 0
    assert of(found, "settled", Outcome.RESOLUTION).together is Together.TOO_FEW


def test_what_is_asked_for_is_cut_out() -> None:
    assert read_behaviours(marked_floor(5), WEEKS, {"channel": ("email",)}) is None
    assert read_behaviours(MemoryFacts({}), WEEKS, {}) is None
