"""Which summaries do roll-ups or facts hold for one question, or for several at once?"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import repeat
from typing import TypeVar

import pyarrow as pa

from floorwalker.errors import KpiError
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.kpis.columns import SummaryColumns, nothing_of
from floorwalker.kpis.definition import Kpi
from floorwalker.kpis.dimensions import DISPOSITION_MARK, Value
from floorwalker.kpis.measures import Measure
from floorwalker.kpis.passes import Reading, is_defined, plan, read, read_cells
from floorwalker.kpis.query import Facts, KpiQuery
from floorwalker.kpis.recalling import key_of, recall
from floorwalker.kpis.totals import Group
from floorwalker.stats.summaries import Summary

T = TypeVar("T")


@dataclass(frozen=True)
class GroupSummary:
    """The summary of one KPI in one group; None where the KPI is not defined for the split."""

    kpi: Kpi
    group: Group
    summary: Summary | None


@dataclass(frozen=True)
class Gathering:
    """Several questions as they will be answered; nothing is read yet."""

    queries: tuple[KpiQuery, ...]
    facts: Facts
    kpis: Mapping[str, Kpi]
    detail: bool
    readings: tuple[Reading, ...]

    @cached_property
    def key(self) -> Hashable:
        """What decides the answers: the questions, and every statement that is asked of the facts."""
        return self.detail, key_of(self.queries, [told for one in self.readings for told in one.statements])

    def remembered(self, kind: str, make: Callable[[], T], weigh: Callable[[T], int], *more: Hashable) -> T:
        """What `make` makes of the answers, told at once the next time where the definitions are the catalogue's own."""
        if self.kpis is not catalogue():
            return make()
        return recall(self.facts, (kind, self.key, *more), make, weigh)

    def columns(self, *, in_order: bool = True) -> list[dict[str, SummaryColumns]]:
        """By question, the summaries of each KPI as columns; groups in their order, unless nobody needs one."""
        answers: list[dict[str, SummaryColumns]] = [{} for _query in self.queries]
        for index, columns in read(self.readings, self.facts, in_order=in_order):
            answers[index][columns.kpi.id] = columns.telling() if self.queries[index].by else columns
        return answers

    def groups(self) -> list[list[GroupSummary]]:
        """By question, the summaries of each KPI and group."""
        return [
            [
                group
                for name in dict.fromkeys(query.kpis)
                for group in _groups(Measure(self.kpis[name], self.detail), query, found.get(name))
            ]
            for query, found in zip(self.queries, self.columns(), strict=True)
        ]


def read_judged(query: KpiQuery, facts: Facts) -> Iterator[tuple[Sequence[Measure], pa.Table]]:
    """What fair judgement reads of several measures: cells by the split, in no order, those of one group not added up.

    Measures of one agent column come in one table. The columns of a measure are those that `Measure.sums` names, without
    what is pending.
    """
    asked = [find_kpi(name, catalogue()) for name in dict.fromkeys(query.kpis)]
    _check([query], asked)
    meant = replace(query, where=_where(query.where))
    measures = [Measure(kpi, detail=True, capped_alone=True) for kpi in asked]
    return read_cells(plan([meant], facts, measures, added_up=False), facts)


def summarise(
    query: KpiQuery, facts: Facts, kpis: Mapping[str, Kpi] | None = None, *, detail: bool = False
) -> list[GroupSummary]:
    """The summaries that answer a question; with `detail` means of durations carry their further sums."""
    return gather([query], facts, kpis, detail=detail)[0]


def gather(
    queries: Sequence[KpiQuery], facts: Facts, kpis: Mapping[str, Kpi] | None = None, *, detail: bool = False
) -> list[list[GroupSummary]]:
    """The summaries that answer each of several questions, which have parameters and use of roll-ups in common."""
    return plan_gathering(queries, facts, kpis, detail=detail).groups()


def gather_columns(
    queries: Sequence[KpiQuery], facts: Facts, kpis: Mapping[str, Kpi] | None = None, *, detail: bool = False
) -> list[dict[str, SummaryColumns]]:
    """The same as columns, by KPI: what statistics over many groups read.

    A KPI that is not defined for the split, or whose fact table is empty, is left out.
    """
    gathering = plan_gathering(queries, facts, kpis, detail=detail)
    return [dict(found) for found in gathering.remembered("columns", gathering.columns, _bytes_of)]


def plan_gathering(
    queries: Sequence[KpiQuery],
    facts: Facts,
    kpis: Mapping[str, Kpi] | None = None,
    *,
    detail: bool = False,
) -> Gathering:
    """How several questions will be answered, which have parameters and use of roll-ups in common."""
    known = catalogue() if kpis is None else kpis
    asked = [find_kpi(name, known) for name in dict.fromkeys(name for query in queries for name in query.kpis)]
    _check(queries, asked)
    meant = tuple(replace(query, where=_where(query.where)) for query in queries)
    readings = plan(meant, facts, [Measure(kpi, detail) for kpi in asked])
    return Gathering(meant, facts, known, detail, tuple(readings))


def _bytes_of(answers: Sequence[Mapping[str, SummaryColumns]]) -> int:
    return sum(columns.table.nbytes for found in answers for columns in found.values())


def _check(queries: Sequence[KpiQuery], asked: Sequence[Kpi]) -> None:
    first = queries[0]
    if any((query.parameters, query.use_rollups) != (first.parameters, first.use_rollups) for query in queries):
        raise KpiError("questions of one pass have their parameters in common", found=repr(queries))
    for name, value in first.parameters.items():
        owners = [kpi.parameters[name] for kpi in asked if name in kpi.parameters]
        if not owners:
            known = sorted({parameter for kpi in asked for parameter in kpi.parameters})
            raise KpiError(
                "no KPI of this question has such a parameter", found=name, expected=", ".join(known) or "none"
            )
        for parameter in owners:
            parameter.check(value, f"--param {name}")


def _where(where: Mapping[str, tuple[Value, ...]]) -> dict[str, tuple[Value, ...]]:
    """A reason that is asked for also means the same text set by the agent."""
    reasons = where.get("reason")
    if reasons is None:
        return dict(where)
    marked = [f"{value}{DISPOSITION_MARK}" for value in reasons if isinstance(value, str)]
    return {**where, "reason": (*reasons, *marked)}


def _groups(measure: Measure, query: KpiQuery, found: SummaryColumns | None) -> list[GroupSummary]:
    """The groups that have something to say, in a stable order; without a split always the one."""
    kpi = measure.kpi
    if not is_defined(kpi, query):
        return [GroupSummary(kpi, (None,) * len(query.by), None)]
    rows = [] if found is None else list(map(GroupSummary, repeat(kpi), found.groups(), found.summaries()))
    return rows if rows or query.by else [GroupSummary(kpi, (), nothing_of(measure))]
