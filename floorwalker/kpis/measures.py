"""Which columns does one KPI add to a pass over the facts, and which summary do their sums become?"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from floorwalker.kpis.definition import Attribution, Kind, Kpi
from floorwalker.stats.summaries import BIN_STEPS, OPEN_WIDTH

DETAIL_UNIT = "seconds"
# Sums of capped values and of their squares; how many lay beyond the cap, and the sum of those caps.
DETAIL = ("capped1", "capped2", "beyond", "at_cap")
# What fair judgement has no use for, where there are capped sums.
BESIDE_CAPPED = frozenset({"s2"})
CAP = "_cap_seconds"
# By kind, the fields of its summary beyond seen, n and pending, and the totals that fill them; a ratio's n is of clusters.
_FIGURES: Mapping[Kind, Mapping[str, str]] = {
    Kind.COUNT: {"events": "events"},
    Kind.PROPORTION: {"events": "events"},
    Kind.MEAN: {"s1": "s1", "s2": "s2"},
    Kind.RATE: {"events": "events", "exposure": "exposure"},
    Kind.RATIO: {"n": "clusters", "sum_x": "x", "sum_y": "y", "sum_xx": "xx", "sum_xy": "xy", "sum_yy": "yy"},
    Kind.MAXIMUM: {"greatest": "greatest"},
    Kind.HISTOGRAM: {"bins": "bins"},
}


class Combine(StrEnum):
    """How cells of one column become one figure."""

    SUM = "sum"
    MAX = "max"
    BINS = "bins"
    CLUSTER = "cluster"


@dataclass(frozen=True)
class CellColumn:
    """One column of a cell: its name, how the first pass fills it, how cells combine, and whether their sum is a count."""

    name: str
    sql: str
    combine: Combine = Combine.SUM
    is_whole: bool = False

    @property
    def combined(self) -> str:
        """How cells become one figure, as SQL; bins are added up one by one (see `merged_bins`)."""
        if self.combine is Combine.MAX:
            return f"max({self.name})"
        return f"coalesce(sum({self.name}), 0)::{'bigint' if self.is_whole else 'double'}"


@dataclass(frozen=True)
class Roles:
    """The row columns of one measure: is it pending, does it count, its value, its exposure or whole, and its cap."""

    pending: str | None
    counts: str
    value: str
    other: str
    cap: str


@dataclass
class RowColumns:
    """The columns of a pass over rows, each expression once, however many KPIs share it.

    first: over the fact's own columns; second: over those of the first.
    """

    first: dict[str, str] = field(default_factory=dict)
    second: dict[str, str] = field(default_factory=dict)

    def plain(self, sql: str) -> str:
        """The name of an expression over the fact's columns."""
        return self.first.setdefault(sql, f"r{len(self.first)}")

    def joint(self, sql: str) -> str:
        """The name of an expression over the first columns."""
        return self.second.setdefault(sql, f"s{len(self.second)}")


class InPlace(RowColumns):
    """The same expressions written out where they are used, for a query without layers."""

    def plain(self, sql: str) -> str:
        """The expression itself."""
        return f"({sql})"

    def joint(self, sql: str) -> str:
        """The expression itself."""
        return f"({sql})"


@dataclass(frozen=True)
class Measure:
    """One KPI in one pass. detail: also sums of capped values, for means of durations by which people are judged.

    capped_alone: without the plain squares beside them: what fair judgement of a large floor reads.
    """

    kpi: Kpi
    detail: bool = False
    capped_alone: bool = False

    @functools.cached_property
    def prefix(self) -> str:
        """What its columns begin with: the id, or for histograms what is counted, so that quantiles share one."""
        kpi = self.kpi
        if kpi.kind is not Kind.HISTOGRAM:
            return kpi.id
        told = (kpi.parts["value"].text, kpi.among.text, kpi.pending and kpi.pending.text, kpi.requires)
        return "waits_" + hashlib.sha256(repr(told).encode()).hexdigest()[:8]

    @functools.cached_property
    def has_detail(self) -> bool:
        """Whether this measure keeps the further sums."""
        kpi = self.kpi
        return (
            self.detail
            and kpi.kind is Kind.MEAN
            and kpi.unit == DETAIL_UNIT
            and kpi.attribution is not Attribution.NONE
        )

    @property
    def cap(self) -> str:
        """The name by which an expression knows what its values are capped at for fair judgement."""
        return self.kpi.id + CAP

    def roles(self, rows: RowColumns, names: Mapping[str, str], cap: str | None = None) -> Roles:
        """What it needs of every row: whether it is pending, whether it counts, and its values where they are known."""
        kpi = self.kpi
        pending = rows.plain(f"coalesce({kpi.pending.sql(names)}, false)") if kpi.pending else None
        among = rows.plain(f"coalesce({kpi.among.sql(names)}, false)")
        counts = rows.joint(f"{among} and not {pending}") if pending else among
        told = "".join(f" and {rows.plain(f'{names[column]} is not null')}" for column in kpi.requires)
        parts = [rows.plain(part.sql(names)) for part in kpi.parts.values()]
        values = [
            rows.joint(f"case when {among}{f' and not {pending}' if pending else ''}{told} then {p} end") for p in parts
        ]
        return Roles(
            pending, counts, values[0], values[-1], rows.plain(f"{cap or 'null'}::double") if self.has_detail else ""
        )

    @property
    def cell_columns(self) -> list[CellColumn]:
        """The columns that it adds to a cell, over columns named by their roles."""
        return self.columns_over(Roles("pending" if self.kpi.pending else None, "counts", "value", "other", "cap"))

    def columns_over(self, roles: Roles) -> list[CellColumn]:
        """The columns that it adds to a cell, computed from row columns."""
        p = self.prefix
        return [
            _whole(f"{p}_seen", f"count(*) filter (where {roles.counts})"),
            _whole(f"{p}_n", f"count({roles.value})"),
            _whole(f"{p}_pending", f"count(*) filter (where {roles.pending})" if roles.pending else "0::bigint"),
            *self._figures(p, roles),
        ]

    def _figures(self, p: str, roles: Roles) -> list[CellColumn]:
        v, w = roles.value, roles.other
        match self.kpi.kind:
            case Kind.COUNT | Kind.PROPORTION:
                return [_whole(f"{p}_events", f"count(*) filter (where {v})")]
            case Kind.MEAN:
                sums = [CellColumn(f"{p}_s1", _sum(v)), CellColumn(f"{p}_s2", _sum(f"{v} * {v}"))]
                sums += self._detail_columns(p, v, roles.cap) if self.has_detail else []
                return [column for column in sums if column.name.removeprefix(f"{p}_") not in self._left_out]
            case Kind.RATE:
                return [CellColumn(f"{p}_events", _sum(v)), CellColumn(f"{p}_exposure", _sum(w))]
            case Kind.RATIO:
                return [CellColumn(f"{p}_{name}", _sum(sql), Combine.CLUSTER) for name, sql in (("x", v), ("y", w))]
            case Kind.MAXIMUM:
                return [CellColumn(f"{p}_greatest", f"max({v})::double", Combine.MAX)]
            case Kind.HISTOGRAM:
                bins = f"histogram({bin_sql(v)}) filter (where {v} is not null)"
                return [CellColumn(f"{p}_bins", f"({bins})::map(integer, bigint)", Combine.BINS)]

    def _detail_columns(self, p: str, v: str, cap: str) -> list[CellColumn]:
        # `least` and `greatest` pass over nulls: without a cap a value is whole.
        capped, is_beyond = f"least({v}, {cap})", f"{v} > {cap}"
        sums = [_sum(f"case when {v} is not null then {sql} end") for sql in (capped, f"{capped} * {capped}")]
        sums += [f"count(*) filter (where {is_beyond})", _sum(f"case when {is_beyond} then {cap} end")]
        return [
            CellColumn(f"{p}_{name}", sql, is_whole=name == "beyond") for name, sql in zip(DETAIL, sums, strict=True)
        ]

    @functools.cached_property
    def sums(self) -> dict[str, str]:
        """What its summaries are made of, in the order in which they take it, and the column of totals that holds each."""
        names = {"seen": "seen", "n": "n", "pending": "pending", **_FIGURES[self.kpi.kind]}
        if self.has_detail:
            names |= {name: name for name in DETAIL}
        return {name: f"{self.prefix}_{column}" for name, column in names.items() if name not in self._left_out}

    @property
    def _left_out(self) -> frozenset[str]:
        return BESIDE_CAPPED if self.capped_alone and self.has_detail else frozenset()


def _whole(name: str, sql: str) -> CellColumn:
    return CellColumn(name, sql, is_whole=True)


def _sum(value: str) -> str:
    return f"coalesce(sum({value}), 0)::double"


def merged_bins(name: str) -> str:
    """How rows of a bin and its entries become one map again, as SQL."""
    return f"map_from_entries(list({{'k': bin, 'v': entries}} order by bin)) as {name}"


def bin_sql(value: str) -> str:
    """The index of the bin that holds a value; the edges are those of `stats.summaries.bin_edges`."""
    cases, start, first = [], 0, 0
    for stop, width in BIN_STEPS:
        cases.append(f"when {value} <= {stop} then {first} + ceil((greatest({value}, 0) - {start}) / {width})")
        start, first = stop, first + (stop - start) // width
    return f"(case {' '.join(cases)} else {first} + ceil(({value} - {start}) / {OPEN_WIDTH}) end)::integer"
