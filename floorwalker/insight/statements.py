"""What was said in answer to a question, and when? Kept answers of the four methods, read back as they were given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, TypeVar, cast

import pyarrow as pa

from floorwalker.facts.keys import KEY_BYTES
from floorwalker.facts.snapshot import Snapshot
from floorwalker.facts.statement import NAME, STATEMENT
from floorwalker.insight import cause, comparison, process, trend, written, written_changes
from floorwalker.insight.columns import Row
from floorwalker.insight.scorecard import Period
from floorwalker.insight.written import Answer
from floorwalker.kpis.definition import Kpi

A = TypeVar("A", bound=Answer)


class Method(StrEnum):
    """By which question somebody was judged."""

    COMPARISON = "comparison"
    CAUSE = "cause"
    TREND = "trend"
    PROCESS = "process"

    @property
    def version(self) -> int:
        """Raised whenever the method gives other figures."""
        return _VERSIONS[self]


_VERSIONS = {
    Method.COMPARISON: comparison.VERSION,
    Method.CAUSE: cause.VERSION,
    Method.TREND: trend.VERSION,
    Method.PROCESS: process.VERSION,
}
READ: Mapping[Method, Callable[[Sequence[Row]], Answer]] = {
    Method.COMPARISON: written.comparison,
    Method.CAUSE: written.causes,
    Method.TREND: written_changes.trends,
    Method.PROCESS: written_changes.processes,
}


@dataclass(frozen=True)
class Stamp:
    """How an answer came about: by which method, in which version, of which measure and period, from which facts."""

    method: Method
    method_version: int
    kpi: str
    kpi_version: int
    period: Period
    said_at: datetime
    basis: str
    sequence: int


def stamp(method: Method, kpi: Kpi, period: Period, said_at: datetime, basis: str, sequence: int) -> Stamp:
    """The stamp of an answer given by the present version of a method."""
    return Stamp(method, method.version, kpi.id, kpi.version, period, said_at, basis, sequence)


def as_rows(found: Answer, given: Stamp) -> pa.Table:
    """An answer as rows of table `statement`."""
    columns = written.write(found)
    columns.fill(
        said_at=given.said_at,
        method=str(given.method),
        method_version=given.method_version,
        kpi=given.kpi,
        kpi_version=given.kpi_version,
        first_day=given.period.first,
        basis=given.basis,
        sequence=given.sequence,
        local_day=given.period.last,
    )
    columns.values["place"] = list(range(columns.size))
    columns.values["statement_key"] = _keys(given, columns.size)
    arrays = []
    for column in STATEMENT.columns:
        held = columns.column(column.name)
        arrays.append(pa.nulls(columns.size, column.type) if held is None else pa.array(held, column.type))
    return pa.table(arrays, schema=STATEMENT.schema)


def _keys(given: Stamp, size: int) -> list[bytes]:
    told = (given.method, given.kpi, given.period.first, given.period.last, given.said_at.isoformat())
    begun = sha256("\x1f".join(map(str, told)).encode())
    keys = []
    for place in range(size):
        one = begun.copy()
        one.update(f"\x1f{place}".encode())
        keys.append(one.digest()[:KEY_BYTES])
    return keys


def read_comparison(
    facts: Snapshot, kpi_id: str, period: Period, *, as_of: datetime | None = None
) -> comparison.Comparison | None:
    """Who differed, as it was said last (before `as_of`, where one is given) of exactly this period; None: never."""
    return _newest(facts, Method.COMPARISON, comparison.Comparison, kpi_id, period, as_of)


def read_causes(facts: Snapshot, kpi_id: str, period: Period, *, as_of: datetime | None = None) -> cause.Causes | None:
    """Whose gaps were, likewise."""
    return _newest(facts, Method.CAUSE, cause.Causes, kpi_id, period, as_of)


def read_trends(facts: Snapshot, kpi_id: str, period: Period, *, as_of: datetime | None = None) -> trend.Trends | None:
    """What was changing, likewise."""
    return _newest(facts, Method.TREND, trend.Trends, kpi_id, period, as_of)


def read_processes(
    facts: Snapshot, kpi_id: str, period: Period, *, as_of: datetime | None = None
) -> process.Processes | None:
    """Which kinds of contact had changed, likewise."""
    return _newest(facts, Method.PROCESS, process.Processes, kpi_id, period, as_of)


def _newest(
    facts: Snapshot, method: Method, _type: type[A], kpi_id: str, period: Period, as_of: datetime | None
) -> A | None:
    said_at = newest_instant(facts, method, kpi_id, period, as_of=as_of)
    return None if said_at is None else cast(A, read_said(facts, method, kpi_id, period, said_at))


def newest_instant(
    facts: Snapshot, method: Method, kpi_id: str, period: Period, *, as_of: datetime | None = None
) -> datetime | None:
    """When that question was answered last, before `as_of` where one is given."""
    query = (
        f"select max(said_at) as at from {_relation(facts, period)} where {_ASKED} and ($5 is null or said_at <= $5)"
    )
    asked = [str(method), kpi_id, period.first, period.last, as_of]
    return cast(datetime | None, facts.sql(query, asked)["at"].to_pylist()[0])


def read_said(facts: Snapshot, method: Method, kpi_id: str, period: Period, said_at: datetime) -> Answer:
    """The answer that was given at that instant."""
    rows = rows_said(facts, method, kpi_id, period, said_at)
    told = [name for name in rows.column_names if name not in ("statement_key", "basis")]
    return READ[method](rows.select(told).to_pylist())


def rows_said(facts: Snapshot, method: Method, kpi_id: str, period: Period, said_at: datetime) -> pa.Table:
    """Its rows, in their order."""
    query = f"from {_relation(facts, period)} where {_ASKED} and said_at = $5 order by place"
    return facts.sql(f"select * {query}", [str(method), kpi_id, period.first, period.last, said_at])


_ASKED = "method = $1 and kpi = $2 and first_day = $3 and local_day = $4"


def _relation(facts: Snapshot, period: Period) -> str:
    return facts.relation(NAME, period.last, period.last)


def differs(one: pa.Table, other: pa.Table) -> bool:
    """Whether two answers' rows say anything different: apart from when, from which files, and the last digits."""
    if one.num_rows != other.num_rows:
        return True
    names = [column.name for column in STATEMENT.columns if column.name not in _OF_THE_ASKING]
    return any(_differ(one[name], other[name]) for name in names)


_OF_THE_ASKING = ("statement_key", "said_at", "basis", "sequence")
CLOSE = 1e-6


def _differ(one: Any, other: Any) -> bool:
    if not pa.types.is_floating(one.type):
        return bool(one.to_pylist() != other.to_pylist())
    pairs = zip(one.to_pylist(), other.to_pylist(), strict=True)
    return any(_apart(mine, theirs) for mine, theirs in pairs)


def _apart(mine: float | None, theirs: float | None) -> bool:
    if mine is None or theirs is None:
        return mine is not theirs
    return abs(mine - theirs) > CLOSE * max(1.0, abs(mine))
