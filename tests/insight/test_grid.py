"""Do two judgements of the same facts agree to the last digit, in whatever order the facts are told?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from floorwalker.insight.cause import read_causes
from floorwalker.insight.cells import read_cells
from floorwalker.insight.comparison import compare_agents
from floorwalker.insight.scorecard import Period
from floorwalker.insight.statements import Method, as_rows, stamp
from floorwalker.insight.trend import read_trends
from tests.kpis.memory_facts import MemoryFacts, key

FIRST = date(2026, 3, 2)
PERIOD = Period(FIRST, FIRST + timedelta(days=27))
AHT = "average_handle_time"
# Each of these agents has three extensions, so that cells are made of several rows.
AGENTS, EXTENSIONS = 12, 3


class Shuffled(MemoryFacts):
    """The same facts, told in another order each time."""

    order = np.random.default_rng(3)

    def sql(self, query: str, *told: Any, **relations: pa.Table) -> pa.Table:
        """The rows of an answer in an order of their own, where they were asked for in none."""
        found = super().sql(query, *told, **relations)
        return found if "order by" in query else found.take(self.order.permutation(found.num_rows))


@pytest.fixture(scope="module")
def facts() -> Shuffled:
    rng = np.random.default_rng(5)
    rows: list[dict[str, Any]] = []
    for day in range(28):
        for agent in range(AGENTS):
            rows += [
                {
                    "segment_key": key(f"{agent} {day} {one}"),
                    "direction": "inbound",
                    "local_day": FIRST + timedelta(days=day),
                    "identity_key": key(f"agent {agent} at {one // 6 % EXTENSIONS}"),
                    "queue_key": key(f"queue {one % 2}"),
                    "channel": "voice",
                    # Rare reasons are put together.
                    "reason": f"reason {one % 3 if one < 18 else agent + 10}",
                    "handled": True,
                    "talk_seconds": float(rng.gamma(4, 60)),
                    "hold_seconds": float(rng.gamma(1, 3)),
                    "wrap_up_seconds": float(rng.gamma(2, 20)),
                }
                for one in range(20)
            ]
    identities = [
        {"identity_key": key(f"agent {agent} at {one}"), "kind": "agent", "subject_key": key(f"agent {agent}")}
        for agent in range(AGENTS)
        for one in range(EXTENSIONS)
    ]
    return Shuffled({"segment": rows}, identity=identities)


def test_cells_are_the_same_whatever_the_order(facts: Shuffled) -> None:
    one, other = (read_cells(facts, AHT, PERIOD, {}) for _time in range(2))
    assert one is not None and other is not None
    assert (one.agents, one.kinds) == (other.agents, other.kinds)
    for name in ("agent", "stratum", "day", "n", "s1", "s2"):
        assert np.array_equal(getattr(one.cells, name), getattr(other.cells, name)), name
    assert len(one.agents) == AGENTS and one.cells.n.sum() == 28 * AGENTS * 20
    assert one.cells.is_sorted and any(len(kind) < 4 for kind in one.kinds) and one.cells.n.max() >= EXTENSIONS


def test_judgements_are_the_same_to_the_last_digit(facts: Shuffled) -> None:
    for method, judge in (
        (Method.COMPARISON, compare_agents),
        (Method.CAUSE, read_causes),
        (Method.TREND, read_trends),
    ):
        one, other = (judge(facts, AHT, PERIOD, {}) for _time in range(2))
        assert one is not None and other is not None
        given = stamp(method, one.kpi, PERIOD, datetime(2026, 4, 1, tzinfo=UTC), "", 0)
        assert as_rows(one, given).equals(as_rows(other, given))
