"""A month of random work with its roll-ups, on which ways of asking are compared."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest

from floorwalker.kpis.rollup import rollups
from tests.kpis.memory_facts import ORIGIN, SOURCE, MemoryFacts

AGENTS = ("wren", "tallow", "finch")
DATED_ROWS: dict[str, list[dict[str, Any]]] = {
    "completeness": [{"source": SOURCE, "origin": ORIGIN, "complete_through": "2026-01-28T12:00:00+00:00"}],
    "identity": [{"identity_key": "finch", "kind": "agent", "subject_key": "wren", "to_day": "2026-01-15"}],
    "membership": [{"agent_key": "wren", "team_key": "kites", "from_day": "2026-01-10"}],
    "observed_membership": [{"identity_key": "tallow", "observed_team_key": "larks"}],
    "queue_parameter": [
        {"queue_key": "sales", "name": "threshold_seconds", "value": 33.0, "from_day": "2026-01-10"},
    ],
    "cap": [
        {"kpi": kpi, "kpi_version": 1, "queue_key": "help", "channel": channel, "value": value, **more}
        for kpi, channel, value, more in (
            ("average_handle_time", "voice", 300.0, {"reason": "fault", "to_day": "2026-01-10"}),
            ("average_handle_time", "voice", 700.0, {"reason": "fault", "from_day": "2026-01-10"}),
            ("average_handle_time", "chat", 500.0, {"reason": "price (set by the agent)", "from_day": "2026-01-20"}),
            ("average_talk_time", "voice", 200.0, {"reason": "fault"}),
            ("average_speed_of_answer", "chat", 60.0, {"reason": "price"}),
        )
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
    found = MemoryFacts(made, **DATED_ROWS)
    for rollup in sorted(rollups(), key=lambda one: one.finer is not None):
        spans = ((1, 1), (2, 9), (10, 10), (11, 20), (21, 30), (31, 31))
        days = [(datetime.date(2026, 1, first), datetime.date(2026, 1, last)) for first, last in spans]
        found.roll_up(rollup.key, [found.sql(rollup.select(found, first, last)) for first, last in days])
    return found
