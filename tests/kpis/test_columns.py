"""Do columns hold the same figures as single summaries, a row a group and in order?"""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest

from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.gather import gather_columns, summarise
from floorwalker.kpis.query import KpiQuery
from floorwalker.stats.summaries import Histogram
from tests.kpis.memory_facts import MemoryFacts, key

DAY = datetime.date(2026, 3, 9)


def facts() -> MemoryFacts:
    def contact(agent: str | None, minute: int, wait: float, *, answered: bool = True) -> dict[str, Any]:
        return {
            "contact_key": key(f"{agent}{minute}"),
            "direction": "inbound",
            "local_day": DAY,
            "answered_by": key(agent) if agent else None,
            "outcome": "answered" if answered else "abandoned",
            "channel": "voice" if answered else "chat",
            "wait_seconds": wait,
        }

    return MemoryFacts(
        {
            "contact": [
                contact("wren", 1, 10),
                contact("wren", 2, 30),
                contact("ada", 3, 5),
                contact(None, 4, 60, answered=False),
            ]
        }
    )


@pytest.mark.parametrize("by", [(), ("agent",), ("agent", "day"), ("day", "channel")])
def test_columns_are_the_summaries(by: tuple[str, ...]) -> None:
    query = KpiQuery(tuple(catalogue()), by=by)
    found = gather_columns([query], facts())[0]
    single = [one for one in summarise(query, facts()) if one.summary is not None and one.kpi.id in found]
    together = [
        (name, group, summary)
        for name, columns in found.items()
        for group, summary in zip(columns.groups(), columns.summaries(), strict=True)
    ]
    assert together == [(one.kpi.id, one.group, one.summary) for one in single if one.summary]


def test_sums_are_arrays_in_the_order_of_the_groups() -> None:
    columns = gather_columns([KpiQuery(("average_speed_of_answer",), by=("agent",))], facts())[0][
        "average_speed_of_answer"
    ]
    expected = sorted([(key("wren"), 2, 40.0, 1000.0), (key("ada"), 1, 5.0, 25.0)])
    assert columns.groups() == [(agent,) for agent, *_sums in expected]
    assert columns.sums("n").dtype == np.int64
    for place, name in enumerate(("n", "s1", "s2"), start=1):
        assert columns.sums(name).tolist() == [row[place] for row in expected]


def test_waits_of_several_groups_keep_their_own_bins() -> None:
    columns = gather_columns([KpiQuery(("wait_median",), by=("channel", "day"))], facts())[0]["wait_median"]
    chat, voice = columns.summaries()
    assert isinstance(chat, Histogram)
    assert isinstance(voice, Histogram)
    assert (chat.bins, voice.bins) == ({60: 1}, {5: 1, 10: 1, 30: 1})


def test_what_is_not_defined_or_not_there_is_left_out() -> None:
    found = gather_columns([KpiQuery(("contacts_offered", "csat_mean", "contacts_answered"), by=("agent",))], facts())[
        0
    ]
    assert set(found) == {"contacts_answered"}, "offered has no agent, and there is no survey"
