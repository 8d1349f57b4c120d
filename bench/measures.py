"""What is the whole-centre page, and what is the least that any engine must do for it?

Twelve measures of five fact tables, booked to agents. The yardstick is the *bare scan*: the same engine reads the
columns that these measures need, of the same rows, and adds them up.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from floorwalker.facts.snapshot import Snapshot
from floorwalker.kpis.query import Days, KpiQuery

TWELVE = (
    "contacts_handled",
    "average_handle_time",
    "average_talk_time",
    "average_wrap_up_time",
    "transfer_rate",
    "contacts_answered",
    "average_speed_of_answer",
    "first_contact_resolution",
    "occupancy",
    "contacts_per_hour",
    "ring_no_answer_rate",
    "csat_top_box",
)

# By table, the columns that the twelve need, and how each is added up.
COLUMNS: dict[str, tuple[str, ...]] = {
    "segment": (
        *("identity_key", "local_day", "direction", "handled", "talk_seconds", "hold_seconds"),
        *("wrap_up_seconds", "transferred_out"),
    ),
    "contact": (
        *("answered_by", "first_agent", "local_day", "direction", "outcome", "wait_seconds", "handled"),
        *("first_in_chain", "promised_callback", "previous_same_reason_seconds", "next_same_reason_seconds"),
        *("customer_key", "entered_at", "source", "origin"),
    ),
    "state_interval": ("identity_key", "local_day", "state", "seconds", "handled_count"),
    "alert": ("identity_key", "local_day", "outcome"),
    "survey": (
        *("identity_key", "local_day", "score", "scale_least", "scale_most", "answered_at", "closes_at"),
        *("source", "origin"),
    ),
}
RESOLUTION_COLUMNS = tuple(c for c in COLUMNS["contact"] if c not in ("answered_by", "outcome", "wait_seconds"))
_KEYS = ("identity_key", "answered_by", "first_agent", "customer_key")
_TEXTS = ("direction", "outcome", "state", "source", "origin")
_INSTANTS = ("entered_at", "answered_at", "closes_at")


def page(first: date, last: date, by: tuple[str, ...], *, rollups: bool, team: bytes | None = None) -> KpiQuery:
    """The question behind a page of the twelve measures."""
    where = {} if team is None else {"team": (team,)}
    return KpiQuery(TWELVE, first, last, by, where, use_rollups=rollups)


def bare_scan(facts: Snapshot, columns: Mapping[str, Sequence[str]], first: date, last: date) -> None:
    """Read those columns of those days and add them up."""
    for table, names in columns.items():
        sums = ", ".join(f"{_added(name)} as {name}" for name in names)
        facts.sql(f"select {sums} from {facts.relation(table, first, last)} as t")


def _added(column: str) -> str:
    if column in _KEYS:
        return f"sum(octet_length({column}))"
    if column in _TEXTS:
        return f"sum(strlen({column}))"
    if column in _INSTANTS:
        return f"sum(epoch_us({column}))"
    if column == "local_day":
        return "max(local_day)"
    if column in ("handled", "transferred_out", "first_in_chain", "promised_callback"):
        return f"count(*) filter (where {column})"
    return f"sum({column})"


class TimedFacts:
    """The same facts, with the time spent in the engine added up: what remains is Python's."""

    def __init__(self, facts: Snapshot) -> None:
        self._facts = facts
        self.seconds = 0.0

    def sql(
        self, query: str, /, parameters: Sequence[Any] | Mapping[str, Any] | None = None, **relations: pa.Table
    ) -> pa.Table:
        """Run a query and add its time."""
        began = time.perf_counter()
        try:
            return self._facts.sql(query, parameters, **relations)
        finally:
            self.seconds += time.perf_counter() - began

    def relation(self, table: str, first_day: date | None, last_day: date | None) -> str:
        """As the facts themselves."""
        return self._facts.relation(table, first_day, last_day)

    def days(self, table: str) -> Days | None:
        """As the facts themselves."""
        return self._facts.days(table)

    def rollup(self, name: str, first_day: date | None, last_day: date | None) -> str | None:
        """As the facts themselves."""
        return self._facts.rollup(name, first_day, last_day)
