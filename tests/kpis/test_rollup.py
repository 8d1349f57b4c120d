"""Do roll-ups give the same figures as the facts that they were made from?"""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from floorwalker.facts.tables import CONTACT
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.gather import summarise
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.rollup import rollups
from floorwalker.kpis.run import run_kpis
from tests.kpis.figures import same_figures
from tests.kpis.memory_facts import MemoryFacts, key

LAST = datetime.date(2026, 1, 31)

SPLITS: list[dict[str, Any]] = [
    {},
    {"by": ("agent",)},
    {"by": ("team", "month")},
    {"by": ("queue", "week")},
    {"by": ("day",)},
    {"by": ("site", "channel")},
    {"by": ("reason",)},
    {"by": ("direction",)},
    {"by": ("band",)},
    {"by": ("agent",), "where": {"team": (key("kites"),)}},
    {"where": {"agent": (key("wren"),), "reason": ("price",)}},
    {
        "where": {"queue": (key("sales"),)},
        "first_day": datetime.date(2026, 1, 9),
        "last_day": datetime.date(2026, 1, 20),
    },
]


@pytest.mark.parametrize("asked", SPLITS, ids=repr)
def test_rollups_answer_as_facts_do(facts: MemoryFacts, asked: dict[str, Any]) -> None:
    # What belongs to nobody is rolled up of contacts alone; of other tables it is read from facts, which are few.
    of_somebody = [kpi for kpi in catalogue().values() if kpi.table is CONTACT or kpi.attribution.column]
    kpis = tuple(kpi.id for kpi in of_somebody if kpi.is_kept)
    facts.statements.clear()
    kept = summarise(KpiQuery(kpis, **asked), facts, detail=True)
    assert not any(f"from the_{table} f" in s for s in facts.statements for table in ("contact", "segment", "survey"))
    read = summarise(KpiQuery(kpis, use_rollups=False, **asked), facts, detail=True)
    assert len(kept) > 0
    same_figures(kept, read)


def test_what_no_rollup_keeps_is_read_apart_and_drags_nothing_to_the_facts(facts: MemoryFacts) -> None:
    facts.statements.clear()
    found = {row.kpi: row.answer for row in run_kpis(KpiQuery(("contacts_handled", "quality_coverage")), facts)}
    from_facts = [statement for statement in facts.statements if "from the_segment f" in statement]
    assert len(from_facts) == 1 and "the_evaluation" in from_facts[0]
    assert found["contacts_handled"].observed == found["quality_coverage"].n > 0


def test_half_hours_come_from_the_rollup_of_queues(facts: MemoryFacts) -> None:
    waits = ("wait_median", "wait_p90", "service_level", "contacts_offered")
    for by in (("interval",), ("hour",), ("queue", "hour")):
        facts.statements.clear()
        kept = run_kpis(KpiQuery(waits, by=by), facts)
        assert not any("from the_contact f" in statement for statement in facts.statements)
        assert kept == run_kpis(KpiQuery(waits, by=by, use_rollups=False), facts)


@pytest.mark.parametrize(
    "asked",
    [{"parameters": {"threshold_seconds": 20}}, {"by": ("attribute:shift",)}],
    ids=repr,
)
def test_what_rollups_do_not_hold_is_read_from_facts(facts: MemoryFacts, asked: dict[str, Any]) -> None:
    facts.statements.clear()
    run_kpis(KpiQuery(("service_level",), **asked), facts)
    assert any("from the_contact f" in statement for statement in facts.statements)


def test_a_rollup_that_is_not_fresh_is_not_read(facts: MemoryFacts) -> None:
    stale = MemoryFacts({})
    stale.tables = facts.tables
    query = KpiQuery(("service_level", "average_speed_of_answer"), by=("queue",))
    assert run_kpis(query, stale) == run_kpis(query, facts)
    assert any("from the_contact f" in statement for statement in stale.statements)


def test_days_that_wait_for_completeness_are_those_with_open_windows(facts: MemoryFacts) -> None:
    contacts = next(rollup for rollup in rollups() if rollup.name == "contact_first_agent")
    statement = contacts.waiting_days(f"the_{contacts.key}")
    assert statement is not None
    days = sorted(row["local_day"] for row in facts.sql(statement).to_pylist())
    assert days[0] >= datetime.date(2026, 1, 21)
    assert days[-1] == LAST
    segments = next(rollup for rollup in rollups() if rollup.table.name == "segment")
    assert segments.waiting_days("nothing") is None


def test_a_digest_tells_definitions_apart() -> None:
    digests = [rollup.digest for rollup in rollups()]
    assert len(set(digests)) == len(digests)
    assert digests == [rollup.digest for rollup in rollups()]
