"""Does one call that got stuck decide about a person, and do her plain figure and the floor's level stay whole?"""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest

from floorwalker.insight.capped import Capped
from floorwalker.insight.cause import read_causes
from floorwalker.insight.comparison import Comparison, Judged, compare_agents
from floorwalker.insight.process import read_processes
from floorwalker.insight.scorecard import Period
from tests.kpis.memory_facts import MemoryFacts, key

KPI = "average_handle_time"
PERIOD = Period(datetime.date(2026, 3, 2), datetime.date(2026, 3, 29))
STUCK = 3 * 3600.0
CAP = {"kpi": KPI, "kpi_version": 1, "channel": "voice", "reason": "fault"}


def segments(stuck: float | None) -> list[dict[str, Any]]:
    """Twelve people, four weeks, six calls a day of two queues; one call of the first of them may have got stuck."""
    rng = np.random.default_rng(17)
    rows = []
    for day in range(28):
        for agent in range(12):
            for queue in ("sales", "help") * 3:
                seconds = float(np.round(rng.lognormal(5.6 + 0.03 * (agent % 5), 0.5)))
                rows.append(
                    {
                        "identity_key": f"agent {agent}",
                        "observed_team_key": f"team {agent % 4}",
                        "queue_key": queue,
                        "channel": "voice",
                        "reason": "fault",
                        "direction": "inbound",
                        "local_day": str(PERIOD.first + datetime.timedelta(days=day)),
                        "handled": True,
                        "talk_seconds": min(seconds, 1000.0),
                    }
                )
    if stuck is not None:
        rows[0]["talk_seconds"] = stuck
    return rows


def floor(stuck: float | None = None, cap: float | None = None) -> MemoryFacts:
    caps = [] if cap is None else [{**CAP, "queue_key": queue, "value": cap} for queue in ("sales", "help")]
    return MemoryFacts({"segment": segments(stuck)}, cap=caps)


def compared(facts: MemoryFacts) -> Comparison:
    found = compare_agents(facts, KPI, PERIOD, {})
    assert found is not None
    return found


def first_of(found: Comparison) -> Judged:
    return next(one for one in found.agents if one.agent == key("agent 0"))


def test_a_call_that_got_stuck_counts_as_its_cap_and_is_shown_whole() -> None:
    usual, stuck, capped = (compared(floor(*given)) for given in ((), (STUCK,), (STUCK, 1000.0)))
    hers = [first_of(found) for found in (usual, stuck, capped)]
    assert hers[1].raw == hers[2].raw == pytest.approx(hers[0].raw + (STUCK - segments(None)[0]["talk_seconds"]) / 168)
    assert (hers[0].beyond, hers[1].beyond, hers[2].beyond) == (0, 0, 1)
    assert usual.capped is stuck.capped is None
    assert capped.capped is not None
    assert (capped.capped.contacts, capped.capped.all, capped.capped.seconds) == (1, 28 * 12 * 6, 1000.0)

    def from_the_floor(found: Comparison) -> float:
        """By how much she seems to differ from all together, as a ratio."""
        level = sum(one.raw * one.n for one in found.agents) / sum(one.n for one in found.agents)
        return float(np.log((first_of(found).adjusted or 0.0) / level))

    moved = [from_the_floor(found) - from_the_floor(usual) for found in (stuck, capped)]
    assert moved[0] > 0.008
    assert abs(moved[1]) < moved[0] / 3


def test_caps_beyond_which_nothing_lies_change_nothing() -> None:
    assert compared(floor(cap=5000.0)) == compared(floor())


def test_a_gap_is_taken_apart_from_the_whole_figure() -> None:
    facts = floor(STUCK, 1000.0)
    found = read_causes(facts, KPI, PERIOD, {}, standard=250.0)
    assert found is not None and found.capped == Capped(1, 28 * 12 * 6, 1000.0)
    raw = {one.agent: one.raw for one in compared(facts).agents}
    for one in found.agents:
        assert one.waterfall.gap == pytest.approx(raw[one.agent] - 250.0)


def test_kinds_of_contact_are_held_against_themselves_capped() -> None:
    found = read_processes(floor(STUCK, 1000.0), KPI, PERIOD, {})
    assert found is not None and found.capped is not None and found.capped.contacts == 1
