"""Evaluated contacts of which is known whether the matter was settled and how satisfied the customer was, their truth known."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pyarrow as pa

from tests.kpis.memory_facts import FIRST_DAY, MemoryFacts, fact_rows

END = "2026-04-01T00:00:00+00:00"
EFFECT = 0.3


def marked_floor(seed: int, *, agents: int = 30, each: int = 24) -> MemoryFacts:
    """Four weeks. The matter is settled more often where it was asked for (`settled`), the customer is content where somebody
    listened (`listening`); `greeting` goes with nothing; `rare` is hardly ever missed. Only half of the customers answer."""
    rng = np.random.default_rng(seed)
    evaluations, contacts, surveys = [], [], []
    for number in range(agents * each):
        agent, contact = f"agent {number % agents}", f"contact {number}"
        day = FIRST_DAY + timedelta(days=int(rng.integers(28)))
        met = {code: float(rng.random() < 0.7) for code in ("settled", "listening", "greeting")}
        settled = rng.random() < 0.5 + EFFECT * met["settled"]
        at = f"{day}T11:00:00+00:00"
        told = {"contact_key": contact, "local_day": day, "channel": "voice"}
        usual = {"identity_key": agent, "evaluator_key": "quill", "purpose": "official", "selection": "random"}
        criteria = [*met.items(), ("rare", 0.0 if number < 5 else 1.0)]
        evaluations.append({**told, **usual, "contact_at": at, "score": 0.8, "form": "calls", "criteria": criteria})
        again = {} if settled else {"next_same_reason_seconds": 86_400, "next_any_reason_seconds": 86_400}
        handled = {"direction": "inbound", "handled": True, "customer_key": f"customer {number}", "entered_at": at}
        contacts.append({**told, **handled, "first_agent": agent, "last_agent": agent, **again})
        if rng.random() < 0.5:
            score = 1 + (rng.random(4) < 0.45 + EFFECT * met["listening"]).sum()
            scale = {"scale_least": 1.0, "scale_most": 5.0, "score": float(score), "answered_at": at}
            surveys.append({**told, "identity_key": agent, "contact_at": at, **scale})
    return MemoryFacts(
        {"evaluation": evaluations, "contact": contacts, "survey": surveys},
        completeness=[{"source": "example", "origin": "example", "complete_through": END}],
    )


def with_evaluations(facts: MemoryFacts, *rows: dict[str, object]) -> MemoryFacts:
    """The same with more evaluations."""
    facts.tables["evaluation"] = pa.concat_tables([facts.tables["evaluation"], fact_rows("evaluation", rows)])
    return facts
