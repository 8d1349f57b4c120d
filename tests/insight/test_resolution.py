"""Is first contact resolution told of the latest contacts too, without bias, and only where customers are known?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from floorwalker.errors import KpiError
from floorwalker.insight.resolution import read_resolution
from floorwalker.insight.scorecard import Period
from tests.kpis.memory_facts import ORIGIN, SOURCE, MemoryFacts, key

FIRST, DAYS = date(2026, 3, 2), 84
PERIOD = Period(FIRST + timedelta(days=56), FIRST + timedelta(days=DAYS - 1))
SETTLED, UNRELATED = 0.765, 0.004
COMPLETE = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(days=DAYS)


def facts(seed: int, contacts: int, known: float = 1.0) -> MemoryFacts:
    """First contacts at noon; some customers come again within the week, any of them by chance later."""
    rng = np.random.default_rng(seed)
    rows: list[dict[str, Any]] = []
    for number in range(contacts):
        at = datetime(2026, 3, 2, 12, tzinfo=UTC) + timedelta(days=int(rng.integers(0, DAYS)))
        own = rng.uniform(0, 7) if rng.random() > SETTLED else np.inf
        again = min(own, rng.exponential(1 / UNRELATED))
        came = again <= 28 and at + timedelta(days=again) <= COMPLETE
        rows.append(
            {
                "contact_key": key(f"{seed} {number}"),
                "direction": "inbound",
                "handled": True,
                "customer_key": key(f"customer {number}") if rng.random() < known else None,
                "first_agent": key("wren"),
                "queue_key": key("help" if number % 2 else "sales"),
                "entered_at": at,
                "local_day": at.date(),
                "next_same_reason_seconds": int(again * 86_400) + 1 if came else None,
            }
        )
    told = [{"source": SOURCE, "origin": ORIGIN, "complete_through": COMPLETE}]
    return MemoryFacts({"contact": rows}, completeness=told)


def test_the_latest_contacts_are_told_without_bias() -> None:
    found = read_resolution(facts(1, 9000), "first_contact_resolution", PERIOD, {})
    assert found is not None
    assert found.share == pytest.approx(SETTLED, abs=0.02)
    assert found.low <= SETTLED <= found.high and 0.01 <= found.high - found.low <= 0.05
    assert found.plain < found.share
    assert found.n == pytest.approx(3000, rel=0.06) and found.waiting == pytest.approx(750, rel=0.2)


def test_a_question_may_be_about_some_contacts() -> None:
    of_all, of_some = (
        read_resolution(facts(2, 3000), "first_contact_resolution", PERIOD, where)
        for where in ({}, {"queue": (key("help"),)})
    )
    assert of_all is not None and of_some is not None
    assert of_some.n < 0.6 * of_all.n


def test_without_known_customers_or_a_whole_week_there_is_no_figure() -> None:
    assert read_resolution(facts(3, 600, known=0.6), "first_contact_resolution", PERIOD, {}) is None
    last_days = Period(PERIOD.last - timedelta(days=3), PERIOD.last)
    assert read_resolution(facts(3, 600), "first_contact_resolution", last_days, {}) is None


def test_other_measures_are_refused() -> None:
    with pytest.raises(KpiError):
        read_resolution(facts(4, 10), "transfer_rate", PERIOD, {})
