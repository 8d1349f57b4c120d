"""Is the reason why there is no figure the right one?"""

from __future__ import annotations

from typing import Any

import pytest

from floorwalker.estimate import Estimate, NoEstimate, Reason
from floorwalker.kpis.answers import answer
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.run import run_kpis
from floorwalker.stats.summaries import Mean, Proportion, Ratio
from tests.kpis.memory_facts import ORIGIN, SOURCE, MemoryFacts


@pytest.mark.parametrize(
    ("summary", "reason"),
    [
        (Proportion(seen=0, n=0, pending=9), Reason.PENDING),
        (Proportion(seen=3, n=0, pending=9), Reason.PENDING),  # 9 of 12 will be known
        (Proportion(seen=3, n=0, pending=6), Reason.NOT_MEASURABLE),  # 6 of 9 at best
        (Proportion(seen=10, n=6, pending=10, events=5), Reason.PENDING),
        (Proportion(seen=10, n=6, pending=0, events=5), Reason.NOT_MEASURABLE),
        (Proportion(seen=3, n=0, pending=0), Reason.NOT_MEASURABLE),
        (Proportion(seen=4, n=4, pending=9, events=4), Reason.TOO_FEW),
    ],
    ids=repr,
)
def test_what_is_pending_may_still_become_known(summary: Proportion, reason: Reason) -> None:
    said = answer(catalogue()["first_contact_resolution"], summary)
    assert isinstance(said, NoEstimate)
    assert (said.reason, said.pending) == (reason, summary.pending)


def test_a_source_that_never_tells_is_not_pending_because_one_call_is_open() -> None:
    said = answer(catalogue()["average_hold_time"], Mean(seen=500, n=0, pending=1))
    assert isinstance(said, NoEstimate) and said.reason is Reason.NOT_MEASURABLE


def test_no_bound_lies_where_no_value_can() -> None:
    eight_waits = Mean(seen=8, n=8, s1=143.0, s2=143.0**2 / 8 + 7 * 29.0**2)
    said = answer(catalogue()["average_speed_of_answer"], eight_waits)
    assert isinstance(said, Estimate) and said.low == 0.0 and said.value == 17.875 and said.high > 40
    two_days = Ratio(seen=2, n=2, sum_x=1.9, sum_y=2.0, sum_xx=1.81, sum_xy=1.9, sum_yy=2.0)
    busy = answer(catalogue()["occupancy"], two_days)
    assert isinstance(busy, Estimate) and busy.high == 1.0 and busy.low is not None and 0 <= busy.low < busy.value


def test_a_young_week_is_pending_and_an_old_one_has_its_figure() -> None:
    def contact(day: str, customer: str | None) -> dict[str, Any]:
        return {
            "direction": "inbound",
            "handled": True,
            "customer_key": customer,
            "entered_at": f"{day}T10:00:00+00:00",
            "local_day": day,
            "times": 8 if customer else 1,
        }

    facts = MemoryFacts(
        {"contact": [contact(day, who) for day in ("2026-01-05", "2026-01-12") for who in ("Ada", None)]},
        completeness=[{"source": SOURCE, "origin": ORIGIN, "complete_through": "2026-01-15T00:00:00+00:00"}],
    )
    old, young = run_kpis(KpiQuery(("first_contact_resolution",), by=("week",)), facts)
    assert old.answer.value == 1.0
    assert isinstance(young.answer, NoEstimate) and young.answer.reason is Reason.PENDING
