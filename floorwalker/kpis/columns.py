"""How are the summaries of one KPI held for many groups at once, and read one by one?

As columns: a floor of thousands of agents and hundreds of days has millions of summaries. Statistics read the columns as
arrays; a page takes the few summaries that it prints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from floorwalker.kpis.definition import Kind, Kpi
from floorwalker.kpis.dimensions import PEOPLE
from floorwalker.kpis.measures import Measure
from floorwalker.kpis.totals import Group
from floorwalker.stats.summaries import Count, Detail, Histogram, Maximum, Mean, Proportion, Rate, Ratio, Summary


@dataclass(frozen=True)
class SummaryColumns:
    """The summaries of one KPI: a row a group, in the groups' order, nothing last.

    by: the columns of `table` that tell the group; the others hold the sums, by the names that `Measure.sums` gives.
    """

    measure: Measure
    by: tuple[str, ...]
    table: pa.Table

    @property
    def kpi(self) -> Kpi:
        """What is summarised."""
        return self.measure.kpi

    def sums(self, name: str) -> npt.NDArray[Any]:
        """One field of all summaries: `seen`, `n`, `pending`, or one that the kind of KPI has besides."""
        values: npt.NDArray[Any] = self._column(name).to_numpy()
        return values

    def groups(self) -> list[Group]:
        """The group of each row."""
        if not self.by:
            return [()] * self.table.num_rows
        return list(zip(*(self.table[name].to_pylist() for name in self.by), strict=True))

    def summaries(self) -> Iterator[Summary]:
        """The summary of each row."""
        columns = [self._column(name).to_pylist() for name in self.measure.sums]
        return map(_BUILD[self.kpi.kind], *columns)

    def telling(self) -> SummaryColumns:
        """Without the groups that have nothing to say.

        Nobody's nought is left out too: contacts without an agent are not an agent who did nothing.
        """
        tells = (self.sums("seen") > 0) | (self.sums("pending") > 0)
        people = [name for name in self.by if name in PEOPLE]
        if people:
            nobody = np.logical_or.reduce([pc.is_null(self.table[name]).to_numpy() for name in people])
            did = self.sums("events" if self.kpi.kind is Kind.COUNT else "seen") > 0
            tells &= ~nobody | did
        return self if tells.all() else SummaryColumns(self.measure, self.by, self.table.filter(pa.array(tells)))

    def _column(self, name: str) -> pa.ChunkedArray:
        return self.table[self.measure.sums[name]]


def nothing_of(measure: Measure) -> Summary:
    """The summary of no observations."""
    return _BUILD[measure.kpi.kind](*(_NOTHING.get(name, 0) for name in measure.sums))


def _mean(seen: int, n: int, pending: int, s1: float, s2: float, *detail: Any) -> Mean:
    return Mean(seen, n, pending, s1, s2, Detail(*detail) if detail else None)


def _histogram(seen: int, n: int, pending: int, bins: list[tuple[int, int]] | None) -> Histogram:
    return Histogram(seen, n, pending, dict(bins or ()))


_BUILD: Mapping[Kind, Callable[..., Summary]] = {
    Kind.COUNT: Count,
    Kind.PROPORTION: Proportion,
    Kind.MEAN: _mean,
    Kind.RATE: Rate,
    Kind.RATIO: Ratio,
    Kind.MAXIMUM: Maximum,
    Kind.HISTOGRAM: _histogram,
}
_NOTHING = {"greatest": None, "bins": None}  # of every other field: nought
