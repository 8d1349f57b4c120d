"""Is known from the records who is new, and is nobody called new because the records are?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np

from floorwalker.insight.comparison import compare_agents
from floorwalker.insight.scorecard import Period
from tests.kpis.memory_facts import MemoryFacts, key

FIRST = date(2026, 3, 2)
PERIOD = Period(FIRST + timedelta(days=84), FIRST + timedelta(days=111))


def facts(begin: dict[int, int], noted: dict[int, int] | None = None) -> MemoryFacts:
    """Twenty agents who answer six calls a day on weekdays; begin: by agent the first day, where it is not the records' own.

    noted: by agent the day of the start that somebody noted.
    """
    rng = np.random.default_rng(7)
    rows: list[dict[str, Any]] = []
    for day in range(112):
        when = FIRST + timedelta(days=day)
        for agent in range(20):
            tenure = day - begin.get(agent, -999)
            if when.weekday() > 4 or tenure < 0:
                continue
            wait = 20 * np.exp(0.5 * np.exp(-tenure / 45))
            rows += [
                {
                    "contact_key": key(f"{agent} {day} {one}"),
                    "direction": "inbound",
                    "local_day": when,
                    "answered_by": key(f"agent {agent}"),
                    "queue_key": key("help"),
                    "outcome": "answered",
                    "channel": "voice",
                    "wait_seconds": float(rng.gamma(4, wait / 4)),
                }
                for one in range(6)
            ]
    starts = [
        {"agent_key": key(f"agent {agent}"), "started_on": FIRST + timedelta(days=day)}
        for agent, day in (noted or {}).items()
    ]
    return MemoryFacts({"contact": rows}, employment=starts)


def starters(begin: dict[int, int], noted: dict[int, int] | None = None) -> set[bytes]:
    found = compare_agents(facts(begin, noted), "average_speed_of_answer", PERIOD, {})
    assert found is not None and len(found.agents) == 20
    assert not any(one.flagged for one in found.agents if one.starter)
    return {one.agent for one in found.agents if one.starter}


def test_whoever_came_lately_is_held_against_starters() -> None:
    assert starters({3: 70, 11: 90}) == {key("agent 3"), key("agent 11")}


def test_whoever_was_there_when_the_records_began_is_not_new() -> None:
    assert starters({3: 14}) == set()


def test_a_site_that_joins_the_records_does_not_consist_of_starters() -> None:
    assert starters(dict.fromkeys(range(10), 80)) == set()


def test_a_start_that_was_noted_counts_whatever_the_records_tell() -> None:
    # One was there before the records; one came from elsewhere long ago and is first seen now; one site joined as a whole.
    assert starters({}, {3: 70}) == {key("agent 3")}
    assert starters({3: 70}, {3: -400}) == set()
    assert starters(dict.fromkeys(range(10), 80), {4: 78}) == {key("agent 4")}


def test_weeks_without_any_fact_neither_cost_anything_nor_change_who_is_new() -> None:
    known, begin = Period(FIRST, FIRST + timedelta(days=111)), {3: 70}
    found = [
        compare_agents(facts(begin), "average_speed_of_answer", period, {})
        for period in (known, _with_weeks(known, 40))
    ]
    one, other = found
    assert one is not None and other is not None and len(one.agents) == 20
    for mine, theirs in zip(one.agents, other.agents, strict=True):
        assert mine == theirs


def _with_weeks(period: Period, weeks: int) -> Period:
    """The period with so many weeks more on either side."""
    more = timedelta(weeks=weeks)
    return Period(period.first - more, period.last + more)
