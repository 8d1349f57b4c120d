"""What may be said from a summary: an estimate with its interval, or the reason why there is none?"""

from __future__ import annotations

import math

from floorwalker.estimate import Answer, Estimate, NoEstimate, Reason
from floorwalker.kpis.definition import Kpi
from floorwalker.stats.intervals import (
    UNBOUNDED,
    Interval,
    poisson_interval,
    quantile,
    quantile_interval,
    ratio_interval,
    t_interval,
    wilson_interval,
)
from floorwalker.stats.summaries import Count, Histogram, Mean, Proportion, Rate, Ratio, Summary

# By unit, the least and the most that any value of it can be.
POSSIBLE = {"share": (0.0, 1.0), "seconds": (0.0, math.inf), "contacts_per_hour": (0.0, math.inf)}


def answer(kpi: Kpi, summary: Summary, *, is_covered: bool = False) -> Answer:
    """The estimate, or the reason why there is none.

    is_covered: there are facts of this period, so that a count that found nothing is nought and not unknown.
    """
    observed = _observed(kpi, summary)
    reason = _reason(kpi, summary, observed, is_covered)
    if reason is not None or observed is None:
        shown = observed if summary.n else None
        return NoEstimate(reason or Reason.NO_DATA, summary.n, kpi.stamp, kpi.unit, shown, summary.pending)
    interval, method = _interval(kpi, summary)
    interval = _possible(interval, kpi.unit)
    return Estimate(
        value=observed,
        low=interval.low,
        high=interval.high,
        n=summary.n,
        method=method,
        definition=kpi.stamp,
        unit=kpi.unit,
        observed=observed,
        pending=summary.pending,
    )


def _observed(kpi: Kpi, summary: Summary) -> float | None:
    if isinstance(summary, Histogram):
        return quantile(summary, kpi.quantile or 0.5)
    return summary.observed


def _reason(kpi: Kpi, summary: Summary, observed: float | None, is_covered: bool) -> Reason | None:
    if summary.seen == 0:
        if summary.pending:
            return Reason.PENDING
        return None if isinstance(summary, Count) and is_covered else Reason.NO_DATA
    if summary.n == 0 or summary.n / summary.seen < kpi.known_share:
        return Reason.PENDING if _may_be_known(kpi, summary) else Reason.NOT_MEASURABLE
    if summary.n < kpi.minimum_n:
        return Reason.TOO_FEW
    return Reason.NO_DATA if observed is None else None


def _may_be_known(kpi: Kpi, summary: Summary) -> bool:
    """Whether what is pending could still lift the share of rows that tell to the one that the measure demands.

    Rows that tell nothing are decided at once, those that tell may wait for days: among the decided ones of a young week
    the first kind is all there is. A measure that demands no share has no such wait: what is decided there tells or not.
    """
    known, all_of_them = summary.n + summary.pending, summary.seen + summary.pending
    return summary.pending > 0 and kpi.known_share > 0 and known / all_of_them >= kpi.known_share


def _possible(interval: Interval, unit: str) -> Interval:
    """The interval within what its unit can be: nobody waits less than no time, and no share is more than all.

    Cutting off what cannot be leaves out no value that can, so it covers the truth as often as before.
    """
    least, most = POSSIBLE.get(unit, (-math.inf, math.inf))
    if interval.low is None or interval.high is None:
        return interval
    return Interval(min(max(interval.low, least), most), max(min(interval.high, most), least))


def _interval(kpi: Kpi, summary: Summary) -> tuple[Interval, str]:
    match summary:
        case Proportion():
            return wilson_interval(summary), "wilson"
        case Mean():
            return t_interval(summary), "t"
        case Rate():
            return poisson_interval(summary), "poisson"
        case Ratio():
            interval = ratio_interval(summary)
            return _within_a_whole(interval) if kpi.unit == "share" else interval, "delta"
        case Histogram():
            interval = quantile_interval(summary, kpi.quantile or 0.5)
            # One bound without the other would be taken for a whole interval.
            return UNBOUNDED if None in (interval.low, interval.high) else interval, "order_statistics"
        case _:
            return UNBOUNDED, "counted"


def _within_a_whole(interval: Interval) -> Interval:
    """A part of a whole is neither less than nothing nor more than all: the delta method does not know that."""
    if interval.low is None or interval.high is None:
        return interval
    return Interval(max(0.0, interval.low), min(1.0, interval.high))
