"""Does every definition give what its own examples and its independent SQL say?"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import pytest

from floorwalker.estimate import Estimate
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Kpi
from floorwalker.kpis.gather import summarise
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.run import run_kpis
from tests.kpis.memory_facts import ORIGIN, SOURCE, MemoryFacts

CASES = [
    pytest.param(kpi, example, id=f"{kpi.id}-{example.get('name', index)}")
    for kpi in catalogue().values()
    for index, example in enumerate(kpi.examples)
]


def _facts(kpi: Kpi, example: Mapping[str, Any]) -> MemoryFacts:
    complete = example.get("complete_through")
    known = [{"source": SOURCE, "origin": ORIGIN, "complete_through": complete}] if complete else []
    return MemoryFacts({kpi.table.name: example["rows"]} | example.get("beside", {}), completeness=known)


def _query(kpi: Kpi, example: Mapping[str, Any]) -> KpiQuery:
    return KpiQuery((kpi.id,), parameters=example.get("parameters", {}))


@pytest.mark.parametrize(("kpi", "example"), CASES)
def test_example_gives_what_it_says(kpi: Kpi, example: Mapping[str, Any]) -> None:
    facts, query = _facts(kpi, example), _query(kpi, example)
    (found,) = summarise(query, facts)
    (row,) = run_kpis(query, facts)
    expected = dict(example["gives"])
    reason, value = expected.pop("reason", None), expected.pop("value", None)
    for name, number in expected.items():
        assert getattr(found.summary, name) == pytest.approx(number), name
    if reason is not None:
        assert not isinstance(row.answer, Estimate)
        assert row.answer.reason == reason
    else:
        assert isinstance(row.answer, Estimate), row.answer
        assert row.answer.value == pytest.approx(value, abs=1e-7)
        assert row.definition == f"{kpi.id}@{kpi.version}"


@pytest.mark.parametrize(("kpi", "example"), CASES)
def test_independent_sql_agrees(kpi: Kpi, example: Mapping[str, Any]) -> None:
    facts, query = _facts(kpi, example), _query(kpi, example)
    (found,), (row,) = summarise(query, facts), run_kpis(query, facts)
    compared = check(kpi, query, facts, found.summary, row.answer)
    assert compared


def check(kpi: Kpi, query: KpiQuery, facts: MemoryFacts, summary: object, answer: object) -> int:
    """Compare the figures of `check_sql` with those of the compiled KPI; the number of figures compared."""
    complete = facts.sql(f"select max(complete_through) as c from {facts.relation('completeness', None, None)}")
    instant = complete["c"][0].as_py() or datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC)
    names = {name: query.parameters.get(name, parameter.default) for name, parameter in kpi.parameters.items()}
    names |= {"evaluation": facts.relation("evaluation", None, None)}
    names |= {"table": facts.relation(kpi.table.name, None, None), "complete_through": f"timestamptz '{instant}'"}
    (figures,) = facts.sql(kpi.check_sql.format(**names)).to_pylist()
    for name, figure in figures.items():
        ours = getattr(answer, "observed", None) if name == "value" else getattr(summary, name)
        assert ours == pytest.approx(figure or 0), name
    return len(figures)


def test_the_catalogue_holds_what_was_promised() -> None:
    promised = """contacts_offered contacts_answered contacts_handled contacts_abandoned contacts_open contacts_resolved
    answer_rate abandonment_rate average_time_to_abandon service_level service_level_positive service_level_answered
    service_level_negative service_level_short_positive service_level_short_excluded service_level_with_flow_outs
    service_level_removed average_speed_of_answer wait_median wait_p90 longest_wait average_handle_time average_talk_time
    average_hold_time average_wrap_up_time transfer_rate first_contact_resolution first_contact_resolution_any_reason
    first_contact_resolution_by_flag csat_top_box csat_mean survey_response_rate occupancy utilisation contacts_per_hour
    ring_no_answers ring_no_answer_rate quality_score quality_score_of_all_contacts customer_critical_accuracy
    business_critical_accuracy compliance_critical_accuracy fatal_rate missed_complaint_rate dispute_rate
    dispute_overturn_rate evaluation_acknowledgement_rate feedback_loop_time evaluations
    net_promoter_score customer_effort_score
    survey_attribution_integrity standard_acknowledgement_rate standard_understanding_rate
    quality_coverage feedback_given feedback_answered_rate coaching_sessions coaching_completion_rate promises_kept_rate
    coaching_coverage_rate coaching_effect_rate
    objectives_reached_rate reviews_on_time_rate cycle_yield meeting_attendance_rate actions_done_rate""".split()
    assert sorted(promised) == sorted(catalogue())
