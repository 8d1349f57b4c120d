"""Is it told fairly what befalls groups of agents, and can no small group be worked out from what is told?"""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from floorwalker.estimate import Estimate
from floorwalker.insight.comparison import Comparison, Judged, Verdict
from floorwalker.insight.outcomes import (
    Befell,
    Trial,
    agents_evaluated,
    compare_outcomes,
    evaluated_as,
    evaluated_by_chance,
    gaps_named,
    looked_for,
    targets_met,
    usual_work,
)
from floorwalker.insight.scorecard import Period
from floorwalker.kpis.catalogue import catalogue
from floorwalker.ui import outcome_words
from tests.kpis.memory_facts import FIRST_DAY, MemoryFacts, key

WEEKS = Period(FIRST_DAY, FIRST_DAY + timedelta(days=27))
AGENTS = 480


def of(number: int) -> bytes:
    return key(f"agent {number}")


HALVES = {of(number): "even" if number % 2 == 0 else "odd" for number in range(AGENTS)}


def trials(seed: int, ratio: float = 1.0) -> list[Trial]:
    """By agent whether it happened; half of them mostly work in the morning, where it happens to more."""
    rng = np.random.default_rng(seed)
    share = [(0.5 if number % 3 else 0.3) * (ratio if number % 2 == 0 else 1.0) for number in range(AGENTS)]
    return [Trial(of(number), bool(rng.random() < share[number])) for number in range(AGENTS)]


ALIKE = {of(number): "morning" if number % 3 else "evening" for number in range(AGENTS)}


def test_a_ratio_of_six_tenths_is_a_sign_to_look_again() -> None:
    found = compare_outcomes({"targets": trials(1, 0.6), "named": trials(2)}, HALVES, ALIKE)
    assert [(one.outcome, one.group) for one in found if one.is_signal] == [("targets", "even"), ("targets", "odd")]
    even = found[0]
    assert even.fair is not None and even.fair.ratio_low < 0.6 < even.fair.ratio_high < 1
    said = outcome_words.sentence(even)
    assert "less often than among others alike" in said and said.endswith("Look again, blind.")
    assert "more often" in outcome_words.sentence(found[1]) and "discriminat" not in said
    assert outcome_words.answer(found).startswith("1 outcome differs")
    assert outcome_words.figures(even.fair)["ratio"].count(".") == 3, "a ratio never stands without its range"


def test_what_the_work_makes_is_nobodys() -> None:
    """All of one group work when it happens to more: by plain shares they differ, among agents alike they cannot be told."""
    groups = {agent: ALIKE[agent] for agent in HALVES}
    same, apart = (compare_outcomes({"named": trials(3)}, groups, alike) for alike in ({}, ALIKE))
    assert any(one.is_signal for one in same)
    assert not any(one.is_signal for one in apart) and outcome_words.sentence(apart[0]).startswith("Cannot tell")


def told(*groups: tuple[str, int, int]) -> dict[str, Befell]:
    """By group how many it happened to, and to how many not; "" is nobody's group."""
    rows, members = [], {}
    for name, yes, no in groups:
        for number in range(yes + no):
            agent = key(f"{name} {number}")
            rows.append(Trial(agent, number < yes))
            if name:
                members[agent] = name
    return {one.group: one for one in compare_outcomes({"named": rows}, members, {})}


def test_a_small_count_cannot_be_subtracted_from_the_whole() -> None:
    """Whoever knows the whole, and how many there are of each, still finds nobody in the group that is not told."""
    found = told(("few", 4, 40), ("some", 15, 30), ("more", 20, 30), ("most", 40, 40))
    assert found["few"].plain is None
    assert found["some"].plain is None, "else the few were the whole without the others"
    assert found["more"].plain is not None and found["most"].plain is not None
    without = told(("more", 20, 30), ("most", 40, 40))
    assert found["more"].plain.difference == pytest.approx(without["more"].plain.difference)  # type: ignore[union-attr]
    assert all(one.plain is None for one in told(("some", 15, 30), ("more", 20, 30), ("", 2, 3)).values())


def evaluation(agent: int, **given: object) -> dict[str, object]:
    shown = {"purpose": "official", "selection": "random", "released_at": "2026-01-06T09:00:00+00:00", "score": 0.8}
    return {"identity_key": f"agent {agent}", "channel": "voice", **shown, **given}


def test_what_befell_is_read_from_the_facts() -> None:
    facts = MemoryFacts(
        {
            "evaluation": [
                evaluation(0, fatal=True),
                evaluation(0, fatal=False, disputed=True, overturned=True),
                evaluation(1, fatal=True, selection="targeted"),
                evaluation(2, fatal=True, purpose="coaching"),
                evaluation(3, fatal=False, released_at=None),
            ],
            "segment": [
                {"identity_key": f"agent {number}", "handled": True, "channel": channel, "local_minute": minute}
                for number, channel, minute in (
                    (0, "chat", 480),
                    (0, "voice", 490),
                    (0, "voice", 1200),
                    (1, "chat", 100),
                )
            ],
        }
    )
    fatal = evaluated_as(facts, WEEKS, "fatal", "selection = 'random'")
    assert sorted((one.agent, one.happened) for one in fatal) == [(of(0), False), (of(0), True)]
    assert [one.happened for one in evaluated_as(facts, WEEKS, "overturned", "disputed")] == [True]
    assert {one.agent: one.happened for one in looked_for(facts, WEEKS)} == {of(0): False, of(1): True}
    assert {one.agent: one.happened for one in evaluated_by_chance(facts, WEEKS)} == {of(0): True, of(1): False}
    share = agents_evaluated(facts, WEEKS)
    assert isinstance(share, Estimate) and (share.value, share.n) == (0.5, 2), "looked for is not known by chance"
    assert usual_work(facts, WEEKS) == {of(0): ("voice", "morning"), of(1): ("chat", "evening")}


def judged(number: int, raw: float, *, flagged: bool = False, standard: float | None = None) -> Judged:
    return Judged(of(number), None, 90, raw, raw, raw, raw, 0.8, 0.1, flagged, Verdict.AS_AGREED, standard=standard)


def test_targets_are_those_that_hold_for_each() -> None:
    people = (judged(0, 300), judged(1, 400, flagged=True), judged(2, 400, standard=450))
    handle = Comparison(catalogue()["average_handle_time"], people, 0.05, 360)
    settled = Comparison(catalogue()["first_contact_resolution"], (judged(0, 0.6),), 0.05, 0.7)
    met = {(one.agent, one.work): one.happened for one in targets_met([handle, settled])}
    assert met == {
        (of(0), "average_handle_time"): True,
        (of(1), "average_handle_time"): False,
        (of(2), "average_handle_time"): True,
        (of(0), "first_contact_resolution"): False,
    }
    assert {one.agent for one in gaps_named([handle, settled]) if one.happened} == {of(1)}
