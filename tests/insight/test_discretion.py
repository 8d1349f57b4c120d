"""Does a team's figure beside one's own ever give away a single colleague's?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from floorwalker.estimate import Answer, Estimate
from floorwalker.insight.discretion import read_own_beside_group
from floorwalker.insight.scorecard import Asked, Line, Period, read_line
from tests.kpis.memory_facts import MemoryFacts, key

MONDAY = date(2026, 1, 5)
FOUR_WEEKS = Period(MONDAY, MONDAY + timedelta(days=27))
MEASURES = ("contacts_handled", "average_handle_time", "transfer_rate")
TEAM = key("Avocet")


def segment(agent: str, day: date, **more: Any) -> dict[str, Any]:
    given = {"talk_seconds": 100.0, "hold_seconds": 0.0, "wrap_up_seconds": 20.0, "transferred_out": False, **more}
    return {
        "identity_key": agent,
        "observed_team_key": "Avocet",
        "direction": "inbound",
        "handled": True,
        "local_day": day,
        "answered_at": f"{day}T10:00:00+00:00",
        "ended_at": f"{day}T10:05:00+00:00",
        "times": 3,
        **given,
    }


def weeks_of(people_by_week: list[list[str]]) -> MemoryFacts:
    rows = [
        segment(agent, MONDAY + timedelta(days=7 * week + place % 5))
        for week, people in enumerate(people_by_week)
        for place, agent in enumerate(people)
    ]
    return MemoryFacts({"segment": rows})


OWN = Asked(MEASURES, None, {"agent": (key("a"),)})


def read(facts: MemoryFacts, period: Period = FOUR_WEEKS) -> tuple[Line, Mapping[str, Answer]]:
    return read_own_beside_group(facts, OWN, period, TEAM, targets={}, smallest=4)


def beside(facts: MemoryFacts, period: Period = FOUR_WEEKS) -> set[str]:
    return set(read(facts, period)[1])


def test_a_team_of_four_every_week_is_shown_whole() -> None:
    facts = weeks_of([list("abcd")] * 4)
    line, found = read(facts)
    assert line == read_line(facts, MEASURES, FOUR_WEEKS, where=OWN.where, targets={})
    assert set(found) == set(MEASURES)
    handled = found["contacts_handled"]
    assert isinstance(handled, Estimate) and handled.value == 4 * 4 * 3


def test_one_week_of_two_people_withholds_the_figure_although_six_belong_to_the_team() -> None:
    # With the figures of weeks 1 to 4 and of weeks 1 to 3, week 4 follows: of two people, one of them oneself.
    assert beside(weeks_of([list("abcdef"), list("abcdef"), list("abcdef"), ["a", "b"]])) == set()


def test_a_week_in_which_nobody_worked_gives_nobody_away() -> None:
    assert beside(weeks_of([list("abcd"), [], list("abcde"), list("abcd")])) == set(MEASURES)


@pytest.mark.parametrize("period", [Period(MONDAY, MONDAY), Period(MONDAY + timedelta(days=1), FOUR_WEEKS.last)])
def test_parts_of_weeks_are_never_answered(period: Period) -> None:
    assert beside(weeks_of([list("abcd")] * 4), period) == set()


def test_a_measure_that_few_have_is_withheld_alone() -> None:
    rows = [segment(agent, MONDAY) for agent in "abcd"]
    rows += [segment(agent, MONDAY, hold_seconds=None) for agent in "abcd"]
    for row in rows[4:7]:
        row["transferred_out"] = None
    few = [{**row, "wrap_up_seconds": None, "talk_seconds": None} for row in rows[1:4]]
    facts = MemoryFacts({"segment": [rows[0], *few]})
    assert beside(facts, Period(MONDAY, MONDAY + timedelta(days=6))) == {"contacts_handled", "transfer_rate"}
