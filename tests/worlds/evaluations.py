"""A floor whose evaluations are those of the product's own simulation, without its queues: quick to make, its truth known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from floorwalker.facts.tables import EVALUATION
from floorwalker.sources.simulated.day import Contacts, midnight_milliseconds
from floorwalker.sources.simulated.floor import EVALUATIONS
from floorwalker.sources.simulated.parameters import Parameters
from floorwalker.sources.simulated.people import hire
from floorwalker.sources.simulated.quality import Evaluators, appoint, evaluate, natures
from floorwalker.stats.cells import Array
from tests.kpis.memory_facts import MemoryFacts

CONTACTS_A_DAY, WORKING_SHARE = 12, 0.75


@dataclass(frozen=True)
class Floor:
    """The facts, and what is true of them: evaluators and their severity, and by agent the points above the usual."""

    facts: MemoryFacts
    parameters: Parameters
    evaluators: Evaluators
    quality: Array


def evaluated_floor(seed: int, *, agents: int = 60, days: int = 56, planted: bool = True) -> Floor:
    """Some weeks of evaluations of one site."""
    parameters = Parameters(agents=agents, days=days, seed=seed, planted=planted)
    roster, evaluators = hire(parameters)[0], appoint(parameters)
    quality = natures(parameters, roster)
    end = midnight_milliseconds(roster.site, parameters.end)
    parts = []
    for day in range(days):
        rng = np.random.default_rng([seed, day])
        there = np.flatnonzero(roster.employed(day) & (rng.random(roster.size) < WORKING_SHARE))
        contacts = _contacts(
            rng, np.repeat(there, CONTACTS_A_DAY), midnight_milliseconds(roster.site, parameters.day(day))
        )
        settled = rng.random(len(contacts.number)) < 0.75
        drawn = parameters.rng(EVALUATIONS, roster.number, day)
        found = evaluate(drawn, evaluators, quality, roster.team, contacts, settled, end)
        parts.append(
            pa.table(
                {
                    "contact": contacts.number[found.contact] + day * 1_000_000,
                    "agent": contacts.person[found.contact],
                    "evaluator": found.evaluator,
                    "second": found.second,
                    "score": found.score,
                    "before": found.before_fatal,
                    "day": pa.repeat(pa.scalar(parameters.day(day)), len(found.contact)),
                }
            )
        )
    facts = MemoryFacts({})
    facts.tables[EVALUATION.name] = keyed(pa.concat_tables(parts))
    return Floor(facts, parameters, evaluators, quality)


def keyed(rows: pa.Table) -> pa.Table:
    """Rows (contact, agent, evaluator, second, score, before, day; reason where known) as the lake holds them, keys being numbers."""
    count = rows.num_rows
    purposes = ["calibration" if second else "official" for second in rows["second"].to_pylist()]
    columns = {
        "evaluation_key": _keys("e", np.arange(count)),
        "contact_key": _keys("c", np.asarray(rows["contact"])),
        "identity_key": _keys("a", np.asarray(rows["agent"])),
        "evaluator_key": _keys("q", np.asarray(rows["evaluator"])),
        "purpose": pa.array(purposes),
        "selection": pa.repeat("random", count),
        "form": pa.repeat("contact", count),
        "score": rows["score"],
        "score_before_fatal": rows["before"],
        "local_day": rows["day"],
    } | ({"reason": rows["reason"]} if "reason" in rows.column_names else {})
    schema = EVALUATION.schema
    return pa.table([columns.get(field.name, pa.nulls(count, field.type)) for field in schema], schema=schema)


def key_of(kind: str, number: int) -> bytes:
    """The key of an agent ("a") or evaluator ("q") of such a floor."""
    return f"{kind}{number:015d}".encode()


def _keys(kind: str, numbers: Array) -> pa.Array:
    return pa.array([key_of(kind, int(number)) for number in numbers], pa.binary())


def _contacts(rng: np.random.Generator, person: Array, midnight: int) -> Contacts:
    count = len(person)
    nothing, no = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.bool_)
    entered = midnight + rng.integers(9 * 3_600_000, 17 * 3_600_000, count)
    return Contacts(
        number=np.arange(count),
        chain=nothing,
        first_in_chain=no,
        work=nothing,
        customer=nothing,
        entered=entered,
        answered=entered,
        left=nothing - 1,
        released=entered + 300_000,
        wrapped=entered + 360_000,
        person=person.astype(np.int64),
        ring=nothing,
        talk=nothing,
        hold=nothing,
        wrap_up=nothing,
        passed_on=no,
        cut=no,
        ended_by_agent=no,
        flagged_resolved=no,
    )
