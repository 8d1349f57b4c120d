"""Are groups told apart fairly, and can nobody be found in what is told of them?"""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from floorwalker.insight.groups import Differences, compare_channels, compare_groups, compare_shifts
from floorwalker.insight.scorecard import Period
from floorwalker.ui import group_words
from tests.kpis.memory_facts import FIRST_DAY, MemoryFacts, key

AGENTS, EACH, EVALUATORS = 48, 24, 4
WEEKS = Period(FIRST_DAY, FIRST_DAY + timedelta(days=27))


def floor(seed: int, *, gap: float = 0.0, bias: float = 0.0) -> MemoryFacts:
    """Agents with even numbers are of the group; `gap` is theirs with everybody, `bias` with the first evaluator alone."""
    rng = np.random.default_rng(seed)
    skill = rng.normal(0, 0.03, AGENTS)
    rows = []
    for number in range(AGENTS * EACH):
        agent, evaluator = number % AGENTS, int(rng.integers(EVALUATORS))
        of_group = agent % 2 == 0
        score = 0.75 + skill[agent] + gap * of_group + bias * (of_group and evaluator == 0) + rng.normal(0, 0.07)
        rows.append(
            {
                "identity_key": f"agent {agent}",
                "evaluator_key": f"evaluator {evaluator}",
                "purpose": "official",
                "selection": "random",
                "form": "calls",
                "score": float(np.clip(score, 0, 1)),
                "channel": "chat" if agent % 2 == 0 else "voice",
                "local_minute": 600 if agent % 3 else 1200,
                "local_day": FIRST_DAY + timedelta(days=int(rng.integers(28))),
            }
        )
    return MemoryFacts({"evaluation": rows})


def of(number: int) -> bytes:
    return key(f"agent {number}")


HALVES = {of(number): "even" if number % 2 == 0 else "odd" for number in range(AGENTS)}


def compared(facts: MemoryFacts, members: dict[bytes, str]) -> Differences:
    found = compare_groups(facts, WEEKS, members)
    assert found is not None
    return found


def test_a_gap_is_told_with_its_range_and_its_mirror() -> None:
    found = compared(floor(1, gap=0.06), HALVES)
    even, odd = found.groups
    assert even.group == "even" and even.fair is not None and odd.fair is not None
    assert even.fair.is_clear and even.fair.low < 6 < even.fair.high
    assert odd.fair.points == pytest.approx(-even.fair.points)
    said = group_words.group(even)
    assert f"about {even.fair.points:.0f} points above the others" in said and "no reason yet" in said
    assert "points below the others" in group_words.group(odd)
    assert not found.signals, "everybody marks the group alike"


def test_without_a_gap_nothing_stands_out() -> None:
    found = compared(floor(2), HALVES)
    assert not found.clear and not found.signals
    assert all(group_words.group(one).startswith("Nothing that stands out") for one in found.groups)
    assert "may well be chance" in group_words.answer(found)


def test_an_evaluator_who_marks_one_group_otherwise_is_a_sign_to_mark_again() -> None:
    found = compared(floor(3, bias=-0.09), HALVES)
    (one,) = found.signals
    assert one.evaluator == key("evaluator 0") and one.group == "even"
    assert one.gap.high < 0 and one.gap.low < -9 < one.gap.high
    said = group_words.marked_otherwise(one, "Even")
    assert said.startswith("Even: scores about") and "lower than colleagues score the same agents" in said
    assert "marked again, blind" in said and "discriminat" not in said
    others = [other for other in found.evaluators if other is not one]
    assert len(others) == EVALUATORS - 1
    assert all("nothing that stands out" in group_words.marked_otherwise(other, "Even") for other in others)


def test_a_small_group_is_in_no_figure_at_all() -> None:
    """Not in its own, nor among those whom others are held against: nothing can be worked out by subtracting."""
    few = {**HALVES, **{of(number): "few" for number in range(9)}}
    none = {agent: group for agent, group in few.items() if group != "few"}
    found, without = compared(floor(4, gap=0.05), few), compared(floor(4, gap=0.05), none)
    told = {one.group: one for one in found.groups}
    assert told["few"].plain is None and told["few"].fair is None
    assert "too few" in group_words.group(told.pop("few"))
    assert list(told.values()) == list(without.groups) and found.evaluators == without.evaluators


def test_one_large_group_alone_is_held_against_nobody() -> None:
    found = compared(floor(5), {**dict.fromkeys(HALVES, "most"), **{of(number): "few" for number in range(9)}})
    assert all(one.plain is None and one.fair is None for one in found.groups) and not found.evaluators
    assert "Nothing can be said yet" in group_words.answer(found)


def test_agents_are_grouped_by_their_usual_channel_and_time_of_day() -> None:
    facts = floor(6, gap=0.06)
    channels, shifts = compare_channels(facts, WEEKS), compare_shifts(facts, WEEKS)
    assert channels is not None and shifts is not None
    assert [one.group for one in channels.groups] == ["chat", "voice"]
    assert [one.group for one in shifts.groups] == ["evening", "morning"]
    plain = channels.groups[0].plain
    assert plain is not None and plain.is_clear and plain.low < 6 < plain.high


def test_without_evaluations_there_is_nothing() -> None:
    empty = MemoryFacts({})
    assert compare_groups(empty, WEEKS, HALVES) is None
    assert compare_channels(empty, WEEKS) is None and compare_shifts(empty, WEEKS) is None
