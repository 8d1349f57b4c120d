"""What may be asked about KPIs, and what must the lake offer to answer it?"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

import pyarrow as pa

from floorwalker.errors import KpiError
from floorwalker.kpis.dimensions import Value, find_dimension

Days = tuple[datetime.date, datetime.date]


class Facts(Protocol):
    """What the lake offers to a question.

    `relation` gives a SQL FROM-expression for a fact table or a dated dimension (`identity`, `membership`,
    `observed_membership`, `queue_parameter`, `site`, `completeness`), which holds at least the rows of these days;
    `days` the first and last day that a fact table holds, None when it is empty.
    """

    def sql(
        self, query: str, /, parameters: Sequence[Any] | Mapping[str, Any] | None = None, **relations: pa.Table
    ) -> pa.Table: ...

    def relation(self, table: str, first_day: datetime.date | None, last_day: datetime.date | None) -> str: ...

    def days(self, table: str) -> Days | None: ...


@runtime_checkable
class RolledUp(Protocol):
    """What a lake with roll-ups offers besides.

    `rollup` gives a FROM-expression for a roll-up of `kpis/rollup.py`, or None unless every day of these that has facts
    was rolled up from the facts, definitions, queue parameters and completeness that this snapshot shows.
    """

    def rollup(self, name: str, first_day: datetime.date | None, last_day: datetime.date | None) -> str | None: ...


@dataclass(frozen=True)
class KpiQuery:
    """One question: which KPIs, of which days (inclusive; all days when None), split by what, about whom.

    where: by dimension the values that count (keys for site, team, agent and queue; None stands for "has none");
    parameters: by name, for all queues; use_rollups: False answers from the facts alone.
    """

    kpis: tuple[str, ...]
    first_day: datetime.date | None = None
    last_day: datetime.date | None = None
    by: tuple[str, ...] = ()
    where: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    parameters: Mapping[str, float] = field(default_factory=dict)
    use_rollups: bool = True

    def __post_init__(self) -> None:
        """Refuse what cannot be asked."""
        for name in (*self.by, *self.where):
            find_dimension(name)
        if len(set(self.by)) != len(self.by):
            raise KpiError("a split is named twice", found=", ".join(self.by))
        if self.first_day and self.last_day and self.first_day > self.last_day:
            raise KpiError("the period ends before it begins", found=f"{self.first_day} to {self.last_day}")
