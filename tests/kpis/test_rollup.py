"""Do roll-ups give the same figures as the facts that they were made from?"""

from __future__ import annotations

import datetime
import math
from typing import Any

import numpy as np
import pytest

from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.rollup import rollups
from floorwalker.kpis.run import GroupSummary, run_kpis, summarise
from tests.kpis.memory_facts import ORIGIN, SOURCE, MemoryFacts, key

FIRST, LAST = datetime.date(2026, 1, 1), datetime.date(2026, 1, 31)
AGENTS = ("wren", "tallow", "finch")
DIMENSIONS: dict[str, list[dict[str, Any]]] = {
    "completeness": [{"source": SOURCE, "origin": ORIGIN, "complete_through": "2026-01-28T12:00:00+00:00"}],
    "identity": [{"identity_key": "finch", "kind": "agent", "subject_key": "wren", "to_day": "2026-01-15"}],
    "membership": [{"agent_key": "wren", "team_key": "kites", "from_day": "2026-01-10"}],
    "observed_membership": [{"identity_key": "tallow", "observed_team_key": "larks"}],
    "queue_parameter": [
        {"queue_key": "sales", "name": "threshold_seconds", "value": 33.0, "from_day": "2026-01-10"},
        {"queue_key": "help", "name": "average_handle_time_cap_seconds", "value": 300.0},
    ],
}


def _work(random: np.random.Generator) -> dict[str, Any]:
    day, minute = int(random.integers(1, 32)), int(random.integers(0, 1440))
    return {
        "local_day": f"2026-01-{day:02}",
        "local_minute": minute,
        "queue_key": str(random.choice(["sales", "help"])),
        "channel": str(random.choice(["voice", "chat"])),
        "direction": str(random.choice(["inbound", "inbound", "outbound"])),
        "reason": None if random.random() < 0.3 else str(random.choice(["price", "fault"])),
        "disposition": "price",
        "observed_team_key": None if random.random() < 0.5 else "larks",
        "entered_at": f"2026-01-{day:02}T{minute // 60:02}:{minute % 60:02}:00+00:00",
    }


def _contact(random: np.random.Generator) -> dict[str, Any]:
    outcome = random.choice(["answered", "answered", "abandoned", "flowed_out", ""])
    agent = str(random.choice(AGENTS)) if outcome == "answered" else None
    row = _work(random) | {
        "outcome": str(outcome) or None,
        "wait_seconds": float(random.integers(0, 900)) if outcome else None,
        "handled": outcome == "answered",
        "resolved": bool(random.random() < 0.8),
        "customer_key": None if random.random() < 0.1 else str(random.integers(0, 50)),
        "next_same_reason_seconds": int(random.integers(0, 2000000)) if random.random() < 0.4 else None,
        "previous_any_reason_seconds": int(random.integers(0, 2000000)) if random.random() < 0.4 else None,
    }
    return row | {"answered_by": agent, "first_agent": agent, "last_agent": agent}


def _segment(random: np.random.Generator) -> dict[str, Any]:
    row = _work(random) | {"identity_key": str(random.choice(AGENTS)), "handled": bool(random.random() < 0.9)}
    seconds = {name: float(random.integers(0, 600)) for name in ("talk_seconds", "hold_seconds", "wrap_up_seconds")}
    return row | seconds | {"transferred_out": bool(random.random() < 0.1)}


def _state(random: np.random.Generator) -> dict[str, Any]:
    return {
        "identity_key": str(random.choice(AGENTS)),
        "state": str(random.choice(["productive_contact", "available", "break", "aux_work", "offline"])),
        "seconds": None if random.random() < 0.05 else float(random.integers(1, 4000)),
        "handled_count": int(random.integers(0, 5)),
        "local_day": f"2026-01-{int(random.integers(1, 32)):02}",
        "local_minute": int(random.integers(0, 1440)),
    }


def _survey(random: np.random.Generator) -> dict[str, Any]:
    work = {name: value for name, value in _work(random).items() if name != "entered_at"}
    score = float(random.integers(1, 6)) if random.random() < 0.5 else None
    scale = {"scale_least": 1.0, "scale_most": 5.0, "invited_at": "2026-01-05T00:00:00+00:00"}
    closes = f"2026-01-{int(random.integers(20, 32)):02}T00:00:00+00:00"
    return work | scale | {"identity_key": str(random.choice(AGENTS)), "score": score, "closes_at": closes}


def _alert(random: np.random.Generator) -> dict[str, Any]:
    work = {name: value for name, value in _work(random).items() if name != "entered_at"}
    outcome = str(random.choice(["answered", "no_answer", "caller_gave_up"]))
    return work | {"identity_key": str(random.choice(AGENTS)), "outcome": outcome}


@pytest.fixture(scope="module")
def facts() -> MemoryFacts:
    random = np.random.default_rng(20260105)
    makers = {"contact": _contact, "segment": _segment, "state_interval": _state, "survey": _survey, "alert": _alert}
    made = {name: [make(random) for _ in range(400)] for name, make in makers.items()}
    found = MemoryFacts(made, **DIMENSIONS)
    for rollup in rollups():
        spans = ((1, 1), (2, 9), (10, 10), (11, 20), (21, 30), (31, 31))
        days = [(datetime.date(2026, 1, first), datetime.date(2026, 1, last)) for first, last in spans]
        found.roll_up(rollup.key, [found.sql(rollup.select(found, first, last)) for first, last in days])
    return found


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


def figures(found: list[GroupSummary]) -> list[tuple[Any, ...]]:
    """Everything that a summary holds, flat and comparable."""
    return [(g.kpi.id, g.group, *_flat(vars(g.summary) if g.summary else {})) for g in found]


def _flat(fields: dict[str, Any]) -> list[Any]:
    flat: list[Any] = []
    for value in fields.values():
        inner = vars(value) if hasattr(value, "__dataclass_fields__") else None
        flat += _flat(inner) if inner is not None else [value]
    return flat


@pytest.mark.parametrize("asked", SPLITS, ids=repr)
def test_rollups_answer_as_facts_do(facts: MemoryFacts, asked: dict[str, Any]) -> None:
    kpis = tuple(catalogue())
    facts.statements.clear()
    kept = summarise(KpiQuery(kpis, **asked), facts, detail=True)
    assert not any(f"from the_{table} f" in s for s in facts.statements for table in ("contact", "segment", "survey"))
    read = summarise(KpiQuery(kpis, use_rollups=False, **asked), facts, detail=True)
    assert len(kept) == len(read) > 0
    for ours, theirs in zip(figures(kept), figures(read), strict=True):
        assert all(_alike(a, b) for a, b in zip(ours, theirs, strict=True)), (ours, theirs)


def _alike(a: Any, b: Any) -> bool:
    return math.isclose(a, b, rel_tol=1e-9) if isinstance(a, float) and isinstance(b, float) else bool(a == b)


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
    stale = MemoryFacts({"contact": []}, **DIMENSIONS)
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
