"""Which columns does one KPI add to a pass over the facts, and which summary do their sums become?"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from floorwalker.kpis.definition import Kind, Kpi
from floorwalker.stats.summaries import (
    BIN_STEPS,
    OPEN_WIDTH,
    Count,
    Detail,
    Histogram,
    Maximum,
    Mean,
    Proportion,
    Rate,
    Ratio,
    Summary,
)

DETAIL_UNIT = "seconds"
CAP = "_cap_seconds"


class Combine(StrEnum):
    """How cells of one column become one figure."""

    SUM = "sum"
    MAX = "max"
    BINS = "bins"
    CLUSTER = "cluster"


@dataclass(frozen=True)
class CellColumn:
    """One column of a cell: its name, how the first pass fills it, and how cells combine."""

    name: str
    sql: str
    combine: Combine = Combine.SUM


@dataclass(frozen=True)
class Measure:
    """One KPI in one pass. detail: also sums of logarithms and of capped values, for means of durations."""

    kpi: Kpi
    detail: bool = False

    @property
    def prefix(self) -> str:
        """What its columns begin with: the id, or for histograms what is counted, so that quantiles share one."""
        kpi = self.kpi
        if kpi.kind is not Kind.HISTOGRAM:
            return kpi.id
        told = (kpi.parts["value"].text, kpi.among.text, kpi.pending and kpi.pending.text, kpi.requires)
        return "waits_" + hashlib.sha256(repr(told).encode()).hexdigest()[:8]

    @property
    def has_detail(self) -> bool:
        """Whether this measure keeps the further sums."""
        return self.detail and self.kpi.kind is Kind.MEAN and self.kpi.unit == DETAIL_UNIT

    @property
    def cap(self) -> str:
        """The queue parameter that caps its values for fair judgement."""
        return self.kpi.id + CAP

    def row_columns(self, names: Mapping[str, str], cap: str | None = None) -> list[str]:
        """What it needs of every row: whether it is pending, whether it counts, and its value where that is known."""
        kpi, p = self.kpi, self.prefix
        pending = f"coalesce({kpi.pending.sql(names)}, false)" if kpi.pending else "false"
        among = (
            f"coalesce({kpi.among.sql(names)}, false) and not {pending}"
            if kpi.pending
            else f"coalesce({kpi.among.sql(names)}, false)"
        )
        told = "".join(f" and {names[column]} is not null" for column in kpi.requires)
        parts = [part.sql(names) for part in kpi.parts.values()]
        columns = [f"{pending} as {p}_is_pending", f"{among} as {p}_is_in"]
        columns += [
            f"case when {among}{told} then {part} end as {p}_{letter}"
            for letter, part in zip("vw", parts, strict=False)
        ]
        if self.has_detail:
            columns.append(f"{cap or 'null'}::double as {p}_cap")
        return columns

    @property
    def cell_columns(self) -> list[CellColumn]:
        """The columns that it adds to a cell."""
        p = self.prefix
        return [
            CellColumn(f"{p}_seen", f"count(*) filter (where {p}_is_in)"),
            CellColumn(f"{p}_n", f"count({p}_v)"),
            CellColumn(f"{p}_pending", f"count(*) filter (where {p}_is_pending)" if self.kpi.pending else "0::bigint"),
            *self._figures(p),
        ]

    def _figures(self, p: str) -> list[CellColumn]:
        match self.kpi.kind:
            case Kind.COUNT | Kind.PROPORTION:
                return [CellColumn(f"{p}_events", f"count(*) filter (where {p}_v)")]
            case Kind.MEAN:
                sums = [CellColumn(f"{p}_s1", _sum(f"{p}_v")), CellColumn(f"{p}_s2", _sum(f"{p}_v * {p}_v"))]
                return sums + (self._detail_columns(p) if self.has_detail else [])
            case Kind.RATE:
                return [CellColumn(f"{p}_events", _sum(f"{p}_v")), CellColumn(f"{p}_exposure", _sum(f"{p}_w"))]
            case Kind.RATIO:
                pairs = ((f"{p}_x", f"{p}_v"), (f"{p}_y", f"{p}_w"))
                return [CellColumn(name, _sum(value), Combine.CLUSTER) for name, value in pairs]
            case Kind.MAXIMUM:
                return [CellColumn(f"{p}_greatest", f"max({p}_v)::double", Combine.MAX)]
            case Kind.HISTOGRAM:
                bins = f"histogram({bin_sql(f'{p}_v')}) filter (where {p}_v is not null)"
                return [CellColumn(f"{p}_bins", f"({bins})::map(integer, bigint)", Combine.BINS)]

    def _detail_columns(self, p: str) -> list[CellColumn]:
        # A second is the floor of the logarithm: a talk of nought seconds is as short as one of a second.
        log, capped = f"ln(greatest({p}_v, 1))", f"least({p}_v, coalesce({p}_cap, {p}_v))"
        return [
            CellColumn(f"{p}_log1", _sum(f"case when {p}_v is not null then {log} end")),
            CellColumn(f"{p}_log2", _sum(f"case when {p}_v is not null then {log} * {log} end")),
            CellColumn(f"{p}_capped1", _sum(f"case when {p}_v is not null then {capped} end")),
            CellColumn(f"{p}_capped2", _sum(f"case when {p}_v is not null then {capped} * {capped} end")),
        ]

    def summary(self, row: Mapping[str, Any]) -> Summary:
        """The summary in one row of totals."""

        def whole(name: str) -> int:
            return int(row.get(f"{self.prefix}_{name}") or 0)

        def number(name: str) -> float:
            return float(row.get(f"{self.prefix}_{name}") or 0.0)

        base = {"seen": whole("seen"), "n": whole("n"), "pending": whole("pending")}
        match self.kpi.kind:
            case Kind.COUNT:
                return Count(**base, events=whole("events"))
            case Kind.PROPORTION:
                return Proportion(**base, events=whole("events"))
            case Kind.MEAN:
                detail = Detail(*(number(name) for name in ("log1", "log2", "capped1", "capped2")))
                return Mean(**base, s1=number("s1"), s2=number("s2"), detail=detail if self.has_detail else None)
            case Kind.RATE:
                return Rate(**base, events=number("events"), exposure=number("exposure"))
            case Kind.RATIO:
                base["n"] = whole("clusters")
                x, y, xx, xy, yy = (number(name) for name in ("x", "y", "xx", "xy", "yy"))
                return Ratio(**base, sum_x=x, sum_y=y, sum_xx=xx, sum_xy=xy, sum_yy=yy)
            case Kind.MAXIMUM:
                greatest = row.get(f"{self.prefix}_greatest")
                return Maximum(**base, greatest=None if greatest is None else float(greatest))
            case Kind.HISTOGRAM:
                return Histogram(**base, bins=dict(sorted((row.get(f"{self.prefix}_bins") or {}).items())))


def _sum(value: str) -> str:
    return f"coalesce(sum({value}), 0)::double"


def bin_sql(value: str) -> str:
    """The index of the bin that holds a value; the edges are those of `stats.summaries.bin_edges`."""
    cases, start, first = [], 0, 0
    for stop, width in BIN_STEPS:
        cases.append(f"when {value} <= {stop} then {first} + ceil((greatest({value}, 0) - {start}) / {width})")
        start, first = stop, first + (stop - start) // width
    return f"(case {' '.join(cases)} else {first} + ceil(({value} - {start}) / {OPEN_WIDTH}) end)::integer"
