"""Do splits, filters, people and parameters give the right answers to the right groups?"""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from floorwalker.errors import KpiError
from floorwalker.estimate import Estimate, NoEstimate, Reason
from floorwalker.kpis.gather import summarise
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.run import KpiRow, run_kpis
from floorwalker.stats.summaries import Detail
from tests.kpis.memory_facts import MemoryFacts, key

DAY = datetime.date


def contact(day: str, minute: int, **more: Any) -> dict[str, Any]:
    return {"direction": "inbound", "local_day": day, "local_minute": minute, **more}


def answered(day: str, minute: int, agent: str, wait: float = 10, **more: Any) -> dict[str, Any]:
    return contact(
        day, minute, outcome="answered", handled=True, answered_by=agent, first_agent=agent, wait_seconds=wait, **more
    )


CONTACTS = [
    answered("2026-01-05", 9 * 60 + 10, "wren", queue_key="sales", reason="price", observed_team_key="larks"),
    answered("2026-01-05", 9 * 60 + 40, "wren", 30, queue_key="sales", disposition="price", observed_team_key="larks"),
    answered("2026-01-12", 10 * 60, "tallow", 25, queue_key="help", reason="fault", attributes={"shift": "Night"}),
    contact("2026-02-01", 0, outcome="abandoned", wait_seconds=50, queue_key="help"),
    contact("2026-02-01", 23 * 60 + 59, queue_key="sales"),
    contact("2026-02-01", 600, direction="outbound", outcome="answered", answered_by="wren", wait_seconds=1),
]


def ask(facts: MemoryFacts, *kpis: str, **more: Any) -> list[KpiRow]:
    return run_kpis(KpiQuery(kpis, **more), facts)


def values(rows: list[KpiRow]) -> dict[tuple[Any, ...], Any]:
    """The values, or the reasons why there is none, by group."""
    return {
        tuple(row.group.values()): row.answer.value if isinstance(row.answer, Estimate) else row.answer.reason
        for row in rows
    }


def test_time_splits_name_their_buckets() -> None:
    facts = MemoryFacts({"contact": CONTACTS})
    assert values(ask(facts, "contacts_offered", by=("week",))) == {
        ("2026-W02",): 2,
        ("2026-W03",): 1,
        ("2026-W05",): 2,
    }
    assert values(ask(facts, "contacts_offered", by=("month",))) == {("2026-01",): 3, ("2026-02",): 2}
    assert values(ask(facts, "contacts_offered", by=("hour",))) == {(0,): 1, (9,): 2, (10,): 1, (23,): 1}
    assert values(ask(facts, "contacts_offered", by=("interval",))) == {
        ("00:00",): 1, ("09:00",): 1, ("09:30",): 1, ("10:00",): 1, ("23:30",): 1,
    }  # fmt: skip
    assert values(ask(facts, "contacts_offered", by=("day", "queue")))[("2026-02-01", key("help"))] == 1


def test_rows_carry_the_days_of_their_bucket_cut_to_the_question() -> None:
    facts = MemoryFacts({"contact": CONTACTS})
    whole = ask(facts, "contacts_offered")[0]
    assert (whole.first_day, whole.last_day) == (DAY(2026, 1, 5), DAY(2026, 2, 1))
    january = ask(facts, "contacts_offered", by=("month",))[0]
    assert (january.first_day, january.last_day) == (DAY(2026, 1, 1), DAY(2026, 1, 31))
    (cut,) = ask(facts, "contacts_offered", by=("month",), first_day=DAY(2026, 1, 10), last_day=DAY(2026, 1, 12))
    assert (cut.first_day, cut.last_day, cut.answer.n) == (DAY(2026, 1, 10), DAY(2026, 1, 12), 1)
    week = ask(facts, "contacts_offered", by=("week", "day"))[1]
    assert (week.first_day, week.last_day) == (DAY(2026, 1, 12), DAY(2026, 1, 12))


def test_periods_include_both_ends() -> None:
    facts = MemoryFacts({"contact": CONTACTS})
    assert values(ask(facts, "contacts_offered", first_day=DAY(2026, 1, 5), last_day=DAY(2026, 1, 12))) == {(): 3}
    assert values(ask(facts, "contacts_offered", first_day=DAY(2026, 1, 6), last_day=DAY(2026, 1, 11))) == {(): 0}
    outside = ask(facts, "contacts_offered", "answer_rate", first_day=DAY(2027, 1, 1), last_day=DAY(2027, 1, 2))
    assert [row.answer.reason for row in outside if isinstance(row.answer, NoEstimate)] == [Reason.NO_DATA] * 2


def test_direction_is_inbound_unless_the_question_names_one() -> None:
    facts = MemoryFacts({"contact": CONTACTS})
    assert values(ask(facts, "contacts_answered")) == {(): 3}
    assert values(ask(facts, "contacts_answered", where={"direction": ("outbound",)})) == {(): 1}
    assert values(ask(facts, "contacts_answered", by=("direction",))) == {("inbound",): 3, ("outbound",): 1}


def test_reason_falls_back_to_the_disposition_with_a_mark() -> None:
    facts = MemoryFacts({"contact": CONTACTS})
    found = values(ask(facts, "contacts_answered", by=("reason",)))
    assert found == {("fault",): 1, ("price",): 1, ("price (set by the agent)",): 1, (None,): 0}
    assert values(ask(facts, "contacts_answered", where={"reason": ("price",)})) == {(): 2}


def test_attributes_split_and_filter() -> None:
    facts = MemoryFacts({"contact": CONTACTS})
    assert values(ask(facts, "contacts_answered", by=("attribute:shift",))) == {("Night",): 1, (None,): 2}
    assert values(ask(facts, "contacts_answered", where={"attribute:shift": ("Night",)})) == {(): 1}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [("hour", 9, 2), ("interval", 19, 1), ("day", DAY(2026, 1, 5), 2), ("week", DAY(2026, 1, 12), 1),
     ("month", DAY(2026, 2, 1), 2), ("channel", "voice", 0), ("channel", None, 5)],
)  # fmt: skip
def test_every_split_filters_too(name: str, value: Any, expected: int) -> None:
    facts = MemoryFacts({"contact": CONTACTS})
    assert values(ask(facts, "contacts_offered", where={name: (value,)})) == {(): expected}


def test_nobody_is_not_an_agent_who_did_nothing() -> None:
    facts = MemoryFacts({"contact": CONTACTS})
    assert values(ask(facts, "contacts_answered", by=("agent",))) == {(key("wren"),): 2, (key("tallow"),): 1}


def test_a_measure_of_nobody_has_no_split_by_people() -> None:
    facts = MemoryFacts({"contact": CONTACTS})
    for more in ({"by": ("agent",)}, {"by": ("team",)}, {"where": {"team": (key("larks"),)}}):
        (row,) = ask(facts, "contacts_offered", **more)
        assert isinstance(row.answer, NoEstimate)
        assert row.answer.reason == Reason.NOT_DEFINED_FOR_SPLIT
    facts = MemoryFacts({"state_interval": [{"identity_key": "wren", "state": "available", "seconds": 5.0}]})
    assert values(ask(facts, "occupancy", by=("queue",))) == {(None,): Reason.NOT_DEFINED_FOR_SPLIT}


def test_identities_become_people_on_their_days() -> None:
    identity = [
        {"identity_key": "wren", "kind": "agent", "subject_key": "Wren Tallow", "from_day": None, "to_day": "2026-01-12"},
        {"identity_key": "tallow", "kind": "agent", "subject_key": "Wren Tallow", "from_day": "2026-01-12", "to_day": None},
        {"identity_key": "sales", "kind": "queue", "subject_key": "help", "from_day": None, "to_day": None},
    ]  # fmt: skip
    facts = MemoryFacts({"contact": CONTACTS}, identity=identity)
    person = key("Wren Tallow")
    assert values(ask(facts, "contacts_answered", by=("agent",))) == {(person,): 3}
    assert values(ask(facts, "contacts_answered", where={"agent": (person,)})) == {(): 3}
    assert values(ask(facts, "contacts_answered", where={"agent": (key("wren"),)})) == {(): 0}
    outbound = ask(facts, "contacts_answered", by=("agent",), where={"direction": ("outbound",)})
    assert values(outbound) == {(key("wren"),): 1}
    assert values(ask(facts, "contacts_offered", by=("queue",))) == {(key("help"),): 5}
    assert values(ask(facts, "contacts_offered", where={"queue": (key("help"),)})) == {(): 5}


def test_team_is_entered_then_stated_by_the_row_then_observed_then_none() -> None:
    facts = MemoryFacts(
        {"contact": CONTACTS},
        membership=[{"agent_key": "wren", "team_key": "kites", "from_day": "2026-01-06", "to_day": None}],
        observed_membership=[
            {"identity_key": "tallow", "observed_team_key": "rooks", "from_day": None, "to_day": "2026-01-13"}
        ],
        identity=[{"identity_key": "rooks", "kind": "team", "subject_key": "Rooks", "from_day": None, "to_day": None}],
    )
    both = {"by": ("team",), "where": {"direction": ("inbound", "outbound")}}
    found = {(key("larks"),): 2, (key("kites"),): 1, (key("Rooks"),): 1}
    assert values(ask(facts, "contacts_answered", **both)) == found
    for (team,), count in found.items():
        where = {"direction": ("inbound", "outbound"), "team": (team,)}
        assert values(ask(facts, "contacts_answered", where=where)) == {(): count}
    alone = MemoryFacts({"contact": CONTACTS[2:3]})
    assert values(ask(alone, "contacts_answered", by=("team",))) == {(None,): 1}


def test_each_queue_has_its_own_dated_threshold() -> None:
    parameters = [
        {"queue_key": "help", "name": "threshold_seconds", "value": 25.0, "from_day": "2026-01-01", "to_day": None},
        {"queue_key": "sales", "name": "threshold_seconds", "value": 5.0, "from_day": "2026-01-06", "to_day": None},
    ]
    facts = MemoryFacts({"contact": CONTACTS}, queue_parameter=parameters)
    query = KpiQuery(("service_level_answered",))
    (own,) = summarise(query, facts)
    assert (own.summary.n, own.summary.events) == (3, 2)  # 10 <= 20 and 25 <= 25, not 30 <= 20
    (same,) = summarise(KpiQuery(("service_level_answered",), parameters={"threshold_seconds": 9}), facts)
    assert same.summary.events == 0
    merged = [{"identity_key": "sales", "kind": "queue", "subject_key": "help", "from_day": None, "to_day": None}]
    (moved,) = summarise(query, MemoryFacts({"contact": CONTACTS}, queue_parameter=parameters, identity=merged))
    assert (moved.summary.n, moved.summary.events) == (3, 2)


def test_several_kpis_of_one_table_take_one_pass() -> None:
    facts = MemoryFacts({"contact": CONTACTS})
    kpis = ("contacts_offered", "contacts_answered", "service_level", "wait_median", "first_contact_resolution")
    rows = ask(facts, *kpis, by=("queue",))
    assert sum("from the_contact f" in statement for statement in facts.statements) == 1
    assert list(dict.fromkeys(row.kpi for row in rows)) == list(kpis)
    assert rows == ask(facts, *kpis, by=("queue",))


def test_a_source_without_facts_has_no_data() -> None:
    rows = ask(MemoryFacts({}), "contacts_offered", "occupancy", "wait_p90", "longest_wait")
    assert [row.answer.reason for row in rows if isinstance(row.answer, NoEstimate)] == [Reason.NO_DATA] * 4
    assert rows[0].first_day is None


def test_all_pending_is_said() -> None:
    facts = MemoryFacts({"contact": [contact("2026-01-05", 1, queue_key="sales")]})
    assert values(ask(facts, "answer_rate", "average_speed_of_answer")) == {(): Reason.PENDING}


def test_a_mean_of_one_has_no_interval_and_of_two_has() -> None:
    facts = MemoryFacts({"contact": CONTACTS[:2]})
    one, two = (ask(facts, "average_speed_of_answer", **more)[0].answer for more in ({"by": ("hour", "interval")}, {}))
    assert isinstance(one, Estimate) and isinstance(two, Estimate)
    assert (one.value, one.low, one.high) == (10, None, None)
    assert two.low is not None and two.low < 20 < (two.high or 0)


def test_detail_sums_hold_capped_values_beside_the_whole_ones() -> None:
    caps: list[dict[str, Any]] = [
        {"kpi": "average_speed_of_answer", "kpi_version": 1, "queue_key": "sales", "value": 20.0}
    ]
    caps[0]["reason"] = "price (set by the agent)"
    facts = MemoryFacts({"contact": CONTACTS[:3]}, cap=caps)
    (found,) = summarise(KpiQuery(("average_speed_of_answer",)), facts, detail=True)
    assert found.summary.s1 == 65
    assert found.summary.detail == Detail(10 + 20 + 25, 100 + 400 + 625, beyond=1, at_cap=20)
    other = MemoryFacts({"contact": CONTACTS[:3]}, cap=[{**caps[0], "kpi_version": 2}])
    (found,) = summarise(KpiQuery(("average_speed_of_answer",)), other, detail=True)
    assert found.summary.detail == Detail(65, 100 + 900 + 625)


def test_each_day_and_kind_of_contact_has_its_own_cap() -> None:
    def cap(value: float, **more: str) -> dict[str, Any]:
        kind = {"kpi": "average_handle_time", "kpi_version": 1, "queue_key": "help", "channel": "voice"}
        return kind | {"value": value} | more

    caps = [
        cap(100, reason="fault", to_day="2026-01-10"),
        cap(200, reason="fault", from_day="2026-01-10", to_day="2026-01-20"),
        cap(300, reason="fault", from_day="2026-01-20"),
        cap(50, reason="price (set by the agent)"),
    ]
    kind = {
        "queue_key": "help",
        "channel": "voice",
        "handled": True,
        "direction": "inbound",
        "talk_seconds": 500.0,
        "identity_key": "wren",
    }
    rows = [{**kind, "reason": "fault", "local_day": f"2026-01-{day:02}"} for day in (9, 10, 19, 20)]
    rows += [
        {**kind, "disposition": "price"},
        {**kind, "reason": "price"},
        {**kind, "reason": "fault", "channel": "chat"},
    ]
    found = summarise(
        KpiQuery(("average_handle_time",), by=("day",)), MemoryFacts({"segment": rows}, cap=caps), detail=True
    )
    capped = {one.group[0].day: one.summary.detail.capped1 for one in found}
    assert capped == {5: 50 + 500 + 500, 9: 100, 10: 200, 19: 200, 20: 300}


@pytest.mark.parametrize(
    ("more", "told"),
    [({"by": ("colour",)}, "colour"), ({"by": ("day", "day")}, "twice"), ({"parameters": {"threshold": 3}}, "threshold"),
     ({"parameters": {"threshold_seconds": -1}}, "range"), ({"first_day": DAY(2026, 2, 1), "last_day": DAY(2026, 1, 1)}, "ends before")],
)  # fmt: skip
def test_questions_that_cannot_be_asked_are_refused_in_words(more: dict[str, Any], told: str) -> None:
    with pytest.raises(KpiError, match=told):
        ask(MemoryFacts({"contact": CONTACTS}), "service_level", **more)


def test_an_unknown_kpi_names_the_nearest() -> None:
    with pytest.raises(KpiError, match="average_handle_time"):
        ask(MemoryFacts({}), "avg_handle_time")


def test_a_quantile_of_few_waits_has_a_whole_interval_or_none() -> None:
    waits = [answered("2026-01-05", 600, "wren", float(wait), queue_key="sales") for wait in range(1, 41)]
    few, many = (ask(MemoryFacts({"contact": waits[:n]}), "wait_p90", "wait_median") for n in (10, 40))
    assert [(row.answer.observed, getattr(row.answer, "high", 0)) for row in few] == [(9, None), (5, 9)]
    median = many[1].answer
    assert isinstance(median, Estimate)
    assert (median.low, median.value, median.high) == (14, 20, 27)
