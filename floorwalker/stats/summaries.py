"""Which sums must be kept of many observations so that days, teams and sites add up to the right answer?

Every summary is frozen and adds with `+`, in any order, to the summary of all its observations; for a maximum `+` is
the greater. Each also carries how much was left out and why:

    seen     observations that the measure is about and whose outcome is decided
    n        those of them for which the source tells what is needed; all other fields are about these alone
    pending  observations whose outcome is not known yet; they are in no other field
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Count:
    """How often it happened: `events` of `n` occasions."""

    seen: int = 0
    n: int = 0
    pending: int = 0
    events: int = 0

    def __add__(self, other: Count) -> Count:
        """The summary of both sets of observations."""
        return Count(self.seen + other.seen, self.n + other.n, self.pending + other.pending, self.events + other.events)

    @property
    def observed(self) -> float | None:
        """The count itself."""
        return float(self.events)


@dataclass(frozen=True)
class Proportion:
    """The share of `n` observations that are `events`."""

    seen: int = 0
    n: int = 0
    pending: int = 0
    events: int = 0

    def __add__(self, other: Proportion) -> Proportion:
        """The summary of both sets of observations."""
        return Proportion(
            self.seen + other.seen, self.n + other.n, self.pending + other.pending, self.events + other.events
        )

    @property
    def observed(self) -> float | None:
        """Events by observations."""
        return self.events / self.n if self.n else None


@dataclass(frozen=True)
class Detail:
    """Sums for fair judgement: values capped at a dated point, how many lay beyond it, and the sum of what those count as."""

    capped1: float = 0.0
    capped2: float = 0.0
    beyond: int = 0
    at_cap: float = 0.0

    def __add__(self, other: Detail) -> Detail:
        """The sums of both."""
        return Detail(
            self.capped1 + other.capped1,
            self.capped2 + other.capped2,
            self.beyond + other.beyond,
            self.at_cap + other.at_cap,
        )


@dataclass(frozen=True)
class Mean:
    """The sum and the sum of squares of `n` values; `detail` where it was asked for, and lost if one side lacks it."""

    seen: int = 0
    n: int = 0
    pending: int = 0
    s1: float = 0.0
    s2: float = 0.0
    detail: Detail | None = None

    def __add__(self, other: Mean) -> Mean:
        """The summary of both sets of observations."""
        both = self.detail is not None and other.detail is not None
        return Mean(
            self.seen + other.seen,
            self.n + other.n,
            self.pending + other.pending,
            self.s1 + other.s1,
            self.s2 + other.s2,
            self.detail + other.detail if both and self.detail and other.detail else None,
        )

    @property
    def observed(self) -> float | None:
        """The arithmetic mean."""
        return self.s1 / self.n if self.n else None


@dataclass(frozen=True)
class Rate:
    """Events over an exposure, such as contacts over hours."""

    seen: int = 0
    n: int = 0
    pending: int = 0
    events: float = 0.0
    exposure: float = 0.0

    def __add__(self, other: Rate) -> Rate:
        """The summary of both sets of observations."""
        return Rate(
            self.seen + other.seen,
            self.n + other.n,
            self.pending + other.pending,
            self.events + other.events,
            self.exposure + other.exposure,
        )

    @property
    def observed(self) -> float | None:
        """Events by exposure."""
        return self.events / self.exposure if self.exposure else None


@dataclass(frozen=True)
class Ratio:
    """Part over whole, both sums over `n` clusters (one agent's day each), with the sums their variance needs."""

    seen: int = 0
    n: int = 0
    pending: int = 0
    sum_x: float = 0.0
    sum_y: float = 0.0
    sum_xx: float = 0.0
    sum_xy: float = 0.0
    sum_yy: float = 0.0

    def __add__(self, other: Ratio) -> Ratio:
        """The summary of both; right when no cluster has a part on either side."""
        return Ratio(
            self.seen + other.seen,
            self.n + other.n,
            self.pending + other.pending,
            self.sum_x + other.sum_x,
            self.sum_y + other.sum_y,
            self.sum_xx + other.sum_xx,
            self.sum_xy + other.sum_xy,
            self.sum_yy + other.sum_yy,
        )

    @property
    def observed(self) -> float | None:
        """The ratio of the sums, never the mean of ratios."""
        return self.sum_x / self.sum_y if self.sum_y else None


@dataclass(frozen=True)
class Maximum:
    """The greatest of `n` values."""

    seen: int = 0
    n: int = 0
    pending: int = 0
    greatest: float | None = None

    def __add__(self, other: Maximum) -> Maximum:
        """The summary of both sets of observations."""
        known = [value for value in (self.greatest, other.greatest) if value is not None]
        return Maximum(
            self.seen + other.seen, self.n + other.n, self.pending + other.pending, max(known) if known else None
        )

    @property
    def observed(self) -> float | None:
        """The greatest value."""
        return self.greatest


# Where the widths of a histogram's bins change: (up to this many seconds, width in seconds). Beyond: OPEN_WIDTH.
BIN_STEPS = ((120, 1), (600, 10))
OPEN_WIDTH = 60


def bin_edges(index: int) -> tuple[float, float]:
    """Bin `index` holds the values above the first edge and up to the second; bin 0 holds zero alone."""
    if index <= 0:
        return 0.0, 0.0
    start, first = 0, 0
    for stop, width in BIN_STEPS:
        bins = (stop - start) // width
        if index <= first + bins:
            upper = start + (index - first) * width
            return float(upper - width), float(upper)
        start, first = stop, first + bins
    upper = start + (index - first) * OPEN_WIDTH
    return float(upper - OPEN_WIDTH), float(upper)


@dataclass(frozen=True)
class Histogram:
    """How many values lie in each bin (see `bin_edges`); quantiles of waits come from it, from facts and roll-ups alike."""

    seen: int = 0
    n: int = 0
    pending: int = 0
    bins: Mapping[int, int] = field(default_factory=dict)

    def __add__(self, other: Histogram) -> Histogram:
        """The summary of both sets of observations."""
        bins = dict(self.bins)
        for index, count in other.bins.items():
            bins[index] = bins.get(index, 0) + count
        return Histogram(
            self.seen + other.seen, self.n + other.n, self.pending + other.pending, dict(sorted(bins.items()))
        )

    def at_rank(self, rank: int) -> float:
        """The value of that rank, 1 for the least.

        Exact for whole seconds up to the end of the bins of one second; in wider bins the rank's even share of the bin.
        """
        before = 0
        for index, count in sorted(self.bins.items()):
            if rank <= before + count:
                low, high = bin_edges(index)
                return high if high - low <= 1 else low + (high - low) * (rank - before) / count
            before += count
        raise ValueError(f"rank {rank} of {before} values")


Summary = Count | Proportion | Mean | Rate | Ratio | Maximum | Histogram
