"""How many first contacts were settled, the latest ones included although their time is not over?

The measure itself waits until a contact's window is over. Here a contact counts as long as it was watched, and those who
would have called again anyway are taken out (see `stats.resolution`). It is for a centre or a team: people are compared on
contacts whose window is over, which is the same for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from scipy.special import ndtri

from floorwalker.errors import KpiError
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.kpis.compile import RESOLVED, Pass, condition, expression_names
from floorwalker.kpis.definition import Kpi
from floorwalker.kpis.dimensions import find_dimension, literal
from floorwalker.kpis.expression import COMPLETE_THROUGH
from floorwalker.kpis.measures import Measure
from floorwalker.kpis.query import Facts
from floorwalker.kpis.resolve import Resolver, read_dated
from floorwalker.stats.cells import Array
from floorwalker.stats.intervals import LEVEL
from floorwalker.stats.resolution import BACKGROUND, WINDOW_DAYS, life_table

DAY_SECONDS = 86_400
LAGS = 28
# What is unrelated is learnt from so many days before the period too.
BACKGROUND_DAYS = 56
# The measures that ask for the customer's next contact, and where the facts tell it.
NEXT = {
    "first_contact_resolution": "next_same_reason_seconds",
    "first_contact_resolution_any_reason": "next_any_reason_seconds",
}


@dataclass(frozen=True)
class Resolution:
    """The share settled within a week, with its likely range; n: first contacts of known customers, of whom `waiting` have
    not had their week; plain: with those left out who would have called again anyway.
    """

    kpi: Kpi
    share: float
    low: float
    high: float
    plain: float
    n: int
    waiting: int


def read_resolution(facts: Facts, kpi_id: str, period: Period, where: Where) -> Resolution | None:
    """First contact resolution of a period; None where too few are known, or nothing was watched for a whole week."""
    kpi = find_kpi(kpi_id, catalogue())
    if kpi.id not in NEXT:
        raise KpiError(f"{kpi.name} does not ask whether customers came again", found=kpi.id, expected=", ".join(NEXT))
    long = Period(period.first - timedelta(days=BACKGROUND_DAYS), period.last)
    (watched, repeats, known), (long_watched, long_repeats, _) = (
        _by_lag(facts, kpi, one, where) for one in (period, long)
    )
    first = BACKGROUND[0]
    watched[first:], repeats[first:] = long_watched[first:], long_repeats[first:]
    found = life_table(watched, repeats)
    if found is None or known < (kpi.known_share or 0.0):
        return None
    half = float(ndtri((1 + LEVEL) / 2)) * found.error
    low, high = max(0.0, found.resolved - half), min(1.0, found.resolved + half)
    n = round(float(watched[0]))
    over = round(float(watched[WINDOW_DAYS] + repeats[:WINDOW_DAYS].sum()))
    return Resolution(kpi, found.resolved, low, high, found.plain, n, max(0, n - over))


def _by_lag(facts: Facts, kpi: Kpi, period: Period, where: Where) -> tuple[Array, Array, float]:
    """By day after the contact how many were watched without a repeat before, and how many came again; the share known."""
    rows = facts.sql(_counts_sql(facts, kpi, period, where)).to_pylist()
    watched, repeats = np.zeros(LAGS + 1), np.zeros(LAGS + 1)
    known = sum(row["times"] for row in rows if row["known"])
    for row in rows:
        if row["known"]:
            last = min(row["watched"], LAGS) if row["lag"] is None else min(row["watched"], row["lag"], LAGS)
            watched[: last + 1] += row["times"]
            if row["lag"] is not None and row["lag"] <= min(row["watched"], LAGS):
                repeats[row["lag"]] += row["times"]
    return watched, repeats, known / max(1, sum(row["times"] for row in rows))


def _counts_sql(facts: Facts, kpi: Kpi, period: Period, where: Where) -> str:
    """Whole days watched and the day of the next contact (the first is 1), with how often both came together."""
    resolver = Resolver(facts, read_dated(facts), kpi.attribution.column)
    names, joins = expression_names(Pass(kpi.table, (), (Measure(kpi),), (), {}, resolver.dated), facts)
    asked = [name for name in where if name in RESOLVED]
    conditions = [f"f.local_day between {literal(period.first)} and {literal(period.last)}", kpi.among.sql(names)]
    relation = facts.relation(kpi.table.name, period.first, period.last)
    age = f"greatest(0, epoch({names[COMPLETE_THROUGH]}) - epoch(f.entered_at))"
    counted = (
        f"select f.*, floor(coalesce({age}, 0) / {DAY_SECONDS})::integer as watched from {relation} f {' '.join(joins)}"
    )
    told = [f"c.direction = '{kpi.direction}'"] if kpi.direction else []
    for name, values in where.items():
        expression = resolver.expression(name) if name in RESOLVED else str(find_dimension(name).sql)
        told.append(condition(expression, values))
    return (
        f"select c.customer_key is not null as known, c.watched, ceil(c.{NEXT[kpi.id]} / {DAY_SECONDS})::integer as lag,"
        f" count(*) as times from ({counted} where {' and '.join(f'({one})' for one in conditions)}) c"
        f" {' '.join(resolver.joins(asked)) if asked else ''} where {' and '.join(told) or 'true'} group by all"
    )
