"""How does PostgreSQL answer the same page from the same rows? Only the columns that it needs, with every useful index.

Its rows are narrower than ours, its keys are of its own 16-byte type, they lie in order of day, and they are vacuumed,
analysed and in memory before anything is timed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import psycopg
import pyarrow as pa
from pyarrow import csv

from bench.measures import COLUMNS
from bench.rounds import Say
from floorwalker.facts.snapshot import Snapshot

Row = tuple[Any, ...]

_TYPES = {
    "identity_key": "uuid",
    "answered_by": "uuid",
    "first_agent": "uuid",
    "customer_key": "uuid",
    "observed_team_key": "uuid",
    "local_day": "date",
    "from_day": "date",
    "to_day": "date",
    "direction": "text",
    "outcome": "text",
    "state": "text",
    "handled": "boolean",
    "transferred_out": "boolean",
    "first_in_chain": "boolean",
    "promised_callback": "boolean",
    "previous_same_reason_seconds": "integer",
    "next_same_reason_seconds": "integer",
    "handled_count": "integer",
    "entered_at": "timestamptz",
    "answered_at": "timestamptz",
    "closes_at": "timestamptz",
}
_LEFT_OUT = ("source", "origin")  # one value each: PostgreSQL is spared them
INDEXES = (
    ("segment", "local_day"),
    ("segment", "identity_key, local_day"),
    ("contact", "local_day"),
    ("contact", "answered_by, local_day"),
    ("contact", "first_agent, local_day"),
    ("state_interval", "local_day"),
    ("state_interval", "identity_key, local_day"),
    ("alert", "identity_key, local_day"),
    ("survey", "identity_key, local_day"),
    ("member", "observed_team_key"),
)

# What is counted, by part of the page: table, agent column, and the sums that figures and their intervals need.
_TIME = "talk_seconds + coalesce(hold_seconds, 0) + coalesce(wrap_up_seconds, 0)"
_FIRST = (
    "handled and first_in_chain is not false and promised_callback is not true "
    "and coalesce(previous_same_reason_seconds > 604800, true)"
)
_PENDING = "customer_key is not null and extract(epoch from {through}::timestamptz - entered_at) < 604800"
_GOOD = "score >= scale_most - 0.25 * (scale_most - scale_least)"
PARTS: dict[str, tuple[str, str, str]] = {
    "segment": (
        "identity_key",
        "direction = 'inbound' and handled",
        f"""count(*), count({_TIME}), sum({_TIME}), sum(({_TIME}) * ({_TIME})),
        count(talk_seconds), sum(talk_seconds), sum(talk_seconds * talk_seconds),
        count(wrap_up_seconds), sum(wrap_up_seconds), sum(wrap_up_seconds * wrap_up_seconds),
        count(transferred_out), count(*) filter (where transferred_out)""",
    ),
    "answer": (
        "answered_by",
        "direction = 'inbound' and outcome = 'answered'",
        "count(*), count(wait_seconds), sum(wait_seconds), sum(wait_seconds * wait_seconds)",
    ),
    "resolution": (
        "first_agent",
        f"direction = 'inbound' and {_FIRST}",
        f"""count(*) filter (where customer_key is not null and not ({_PENDING})),
        count(*) filter (where customer_key is not null and not ({_PENDING})
          and coalesce(next_same_reason_seconds > 604800, true)),
        count(*) filter (where {_PENDING})""",
    ),
    "state_interval": (
        "identity_key",
        "state in ('productive_contact', 'available') and seconds is not null",
        """sum(case when state = 'productive_contact' then seconds else 0 end), sum(seconds),
        sum(handled_count), sum(case when handled_count is not null then seconds / 3600 end)""",
    ),
    "alert": ("identity_key", "true", "count(*) filter (where outcome = 'no_answer'), count(outcome)"),
    "survey": (
        "identity_key",
        "score is not null and scale_least is not null and scale_most is not null",
        f"count(*), count(*) filter (where {_GOOD})",
    ),
}
_TABLE_OF = {"answer": "contact", "resolution": "contact"}


def table_of(part: str) -> str:
    """The table that a part of the page reads."""
    return _TABLE_OF.get(part, part)


class PostgresPage:
    """The same rows in PostgreSQL, and the same page from them."""

    def __init__(self, connection: psycopg.Connection, facts: Snapshot) -> None:
        self._connection = connection
        self._facts = facts
        self.through = max(facts.current.completeness.values()).isoformat()

    def fill(self, say: Say) -> None:
        """Copy all rows in order of day, make the indexes, and bring everything into memory."""
        for table, columns in COLUMNS.items():
            kept = [name for name in columns if name not in _LEFT_OUT]
            say(f"PostgreSQL: copying {table}")
            self._copy(table, kept, f"{self._facts.relation(table)} as t order by local_day")
        member = ("identity_key", "observed_team_key", "from_day", "to_day")
        self._copy("member", member, f"{self._facts.relation('observed_membership')} as t")
        for number, (table, columns_text) in enumerate(INDEXES):
            say(f"PostgreSQL: index {number + 1} of {len(INDEXES)}")
            self._execute(f"create index on {table} ({columns_text})")
        self._execute("vacuum analyze")
        self._execute("create extension pg_prewarm")
        self._execute("select pg_prewarm(oid::regclass) from pg_class where relkind in ('r', 'i') and oid > 16384")

    def size(self) -> int:
        """The bytes of tables and indexes."""
        return int(self._rows("select pg_database_size(current_database())")[0][0])

    def page(self, first: date, last: date, *, by_day: bool, team: bytes | None = None) -> dict[str, list[Row]]:
        """The sums of the twelve measures by agent (and day), part by part."""
        return {part: self._rows(self._query(part, first, last, by_day, team)) for part in PARTS}

    def _query(self, part: str, first: date, last: date, by_day: bool, team: bytes | None) -> str:
        column, condition, sums = PARTS[part]
        groups = f"t.{column}, t.local_day" if by_day else f"t.{column}"
        join = "" if team is None else self._members(column, team)
        query = (
            f"select {groups}, {sums} from {table_of(part)} t {join} "
            f"where t.local_day between '{first}' and '{last}' and {condition} group by {groups}"
        )
        return query.replace("{through}", f"'{self.through}'")

    @staticmethod
    def _members(agent: str, team: bytes) -> str:
        return (
            f"join member m on m.identity_key = t.{agent} and m.observed_team_key = '{team.hex()}' "
            "and (m.from_day is null or t.local_day >= m.from_day) and (m.to_day is null or t.local_day < m.to_day)"
        )

    def _copy(self, table: str, columns: Sequence[str], relation: str) -> None:
        types = ", ".join(f"{name} {_TYPES.get(name, 'double precision')}" for name in columns)
        self._execute(f"create unlogged table {table} ({types})")
        names = ", ".join(_written(name) for name in columns)
        with self._connection.cursor() as cursor, cursor.copy(f"copy {table} from stdin (format csv)") as copy:
            for batch in self._facts.lake.engine.stream(f"select {names} from {relation}"):
                copy.write(_csv(batch))

    def _execute(self, statement: str) -> None:
        self._connection.execute(statement.encode())

    def _rows(self, query: str) -> list[Row]:
        return self._connection.execute(query.encode(), binary=True).fetchall()  # spares both sides the text


def _written(column: str) -> str:
    if _TYPES.get(column) == "uuid":
        return f"lower(hex({column})) as {column}"
    return f"cast({column} as varchar) as {column}" if _TYPES.get(column) == "timestamptz" else column


def _csv(batch: pa.RecordBatch) -> bytes:
    sink = pa.BufferOutputStream()
    csv.write_csv(batch, sink, csv.WriteOptions(include_header=False))
    return bytes(sink.getvalue())
