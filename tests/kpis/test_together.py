"""Do questions that are asked together get the answers that each gets alone, in one pass over what they share?"""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from floorwalker.errors import KpiError
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.gather import gather, summarise
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.run import run_kpis, run_together
from tests.kpis.figures import same_figures
from tests.kpis.memory_facts import MemoryFacts, key

DAY = datetime.date
FORTNIGHT = {"first_day": DAY(2026, 1, 7), "last_day": DAY(2026, 1, 20)}
WHOLE = {"first_day": DAY(2026, 1, 1), "last_day": DAY(2026, 1, 31)}
OF_KITES = {"where": {"team": (key("kites"),)}}
OF_WREN = {"where": {"agent": (key("wren"),)}}

TOGETHER: dict[str, list[dict[str, Any]]] = {
    "a board": [{"by": ("agent",)}, {"by": ("agent", "week")}, {}, {"by": ("week",)}],
    "a board of some days": [
        {"by": ("agent",), **OF_KITES, **FORTNIGHT},
        {"by": ("agent", "week"), **OF_KITES, **WHOLE},
        {**OF_KITES, **FORTNIGHT},
        {"by": ("week",), **OF_KITES, **WHOLE},
    ],
    "teams and the centre": [
        {"by": ("team",), **FORTNIGHT},
        {"by": ("team", "week")},
        {**FORTNIGHT},
        {"by": ("week",)},
    ],
    "one agent beside the team": [
        {**OF_WREN, **FORTNIGHT},
        {"by": ("week",), **OF_WREN, **WHOLE},
        {**OF_KITES, **FORTNIGHT},
        {"by": ("agent", "week"), **OF_KITES, **FORTNIGHT},
    ],
    "a filter beside none": [
        {"where": {"queue": (key("sales"),)}},
        {},
        {"where": {"reason": ("price",)}, "by": ("day",)},
    ],
    "directions": [{"by": ("direction",)}, {}, {"where": {"direction": ("outbound",)}}],
    "the same twice": [{"by": ("agent",)}, {"by": ("agent",)}],
    "orders of one split": [{"by": ("agent", "week")}, {"by": ("week", "agent")}],
    "open ends": [{"first_day": DAY(2026, 1, 20)}, {"last_day": DAY(2026, 1, 5)}, {"by": ("month",)}],
    "days with nothing": [{"first_day": DAY(2025, 1, 1), "last_day": DAY(2025, 1, 7)}, {"by": ("week",)}],
}


def queries(asked: list[dict[str, Any]], **more: Any) -> list[KpiQuery]:
    return [KpiQuery(tuple(catalogue()), **one, **more) for one in asked]


@pytest.mark.parametrize("use_rollups", [True, False], ids=["roll-ups", "facts"])
@pytest.mark.parametrize("asked", TOGETHER.values(), ids=TOGETHER)
def test_together_as_alone(facts: MemoryFacts, asked: list[dict[str, Any]], use_rollups: bool) -> None:
    all_of_them = queries(asked, use_rollups=use_rollups)
    together = gather(all_of_them, facts, detail=True)
    for query, ours in zip(all_of_them, together, strict=True):
        same_figures(ours, summarise(query, facts, detail=True))
    if use_rollups:
        facts.statements.clear()
        kept = tuple(kpi.id for kpi in catalogue().values() if kpi.is_kept)
        gather([replace(query, kpis=kept) for query in all_of_them], facts)
        assert not any(f"from the_{table} f" in s for s in facts.statements for table in ("contact", "segment"))


def test_a_board_reads_each_rollup_once(facts: MemoryFacts) -> None:
    measures = ("first_contact_resolution", "transfer_rate", "occupancy", "ring_no_answer_rate", "service_level")
    facts.statements.clear()
    run_together([KpiQuery(measures, **one) for one in TOGETHER["teams and the centre"]], facts)
    read = [statement for statement in facts.statements if "the_rollup" in statement]
    assert len(read) == len(measures)
    assert len(facts.statements) == len(read) + 1  # and the dated dimensions


@pytest.mark.parametrize("use_rollups", [True, False], ids=["roll-ups", "facts"])
def test_each_question_has_its_own_measures_and_days(facts: MemoryFacts, use_rollups: bool) -> None:
    one = KpiQuery(("occupancy", "transfer_rate"), by=("agent",), use_rollups=use_rollups)
    other = KpiQuery(("service_level", "transfer_rate"), **FORTNIGHT, use_rollups=use_rollups)
    assert run_together([one, other], facts) == [run_kpis(one, facts), run_kpis(other, facts)]


def test_a_measure_without_people_says_so_beside_a_question_where_it_is_defined(facts: MemoryFacts) -> None:
    by_agent, whole = run_together([KpiQuery(("service_level",), by=("agent",)), KpiQuery(("service_level",))], facts)
    assert [row.answer.n for row in by_agent] == [0]
    assert whole == run_kpis(KpiQuery(("service_level",)), facts)


def test_parameters_are_those_of_the_pass(facts: MemoryFacts) -> None:
    one = KpiQuery(("service_level",), parameters={"threshold_seconds": 20})
    with pytest.raises(KpiError, match="in common"):
        gather([one, KpiQuery(("service_level",))], facts)
    weeks = KpiQuery(("service_level",), by=("week",), parameters={"threshold_seconds": 20})
    assert run_together([one, weeks], facts) == [run_kpis(one, facts), run_kpis(weeks, facts)]
