"""From which contacts are caps of durations learnt, how, and when again?

The cap of a kind of contact is its 99.5 % point in the eight complete weeks before: one contact in two hundred lies beyond.
Caps are looked at again when a quarter of the year begins and at no other time, and one that is found nearly the same
stays, so that no figure changes under anybody's feet.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from floorwalker.kpis.caps import KIND, kind_sql
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.compile import Pass, expression_names
from floorwalker.kpis.dimensions import literal
from floorwalker.kpis.measures import InPlace, Measure
from floorwalker.kpis.query import Facts
from floorwalker.kpis.resolve import read_dated

QUANTILE = 0.995
# From so many contacts on a kind tells its own point; from so many on, in what proportion to its median it would lie.
LEAST_OWN, LEAST_SHAPED = 400, 40
# Of a kind with few contacts at least so many stay whole, whatever the proportion is elsewhere.
LEAST_WHOLE = 0.97
WEEK, WEEKS, LEAST_WEEKS = timedelta(days=7), 8, 4
# A cap that another look finds within this factor stays: so much moves a mean by half a per cent.
STAYS_WITHIN = 1.25

Row = dict[str, Any]
Kind = tuple[Any, ...]


@dataclass(frozen=True)
class Seen:
    """What was seen of one kind of contact in one measure: contacts, median, and the points that few lie beyond."""

    contacts: int
    median: float
    whole: float
    point: float


@dataclass(frozen=True)
class Look:
    """One look at one measure: from which weeks, on which last complete day, and from which day on its caps hold."""

    measure: Measure
    first: date
    last: date
    looked_on: date
    begins: date

    def row(self, kind: Kind, cap: tuple[float, int], from_day: date | None) -> Row:
        """A new row of table `cap`."""
        told = {
            "kpi": self.measure.kpi.id,
            "kpi_version": self.measure.kpi.version,
            **dict(zip(KIND, kind, strict=True)),
        }
        return {**told, "value": cap[0], **self.seen(cap[1]), "from_day": from_day, "to_day": None}

    def seen(self, contacts: int) -> Row:
        """What a row tells of the look that found or confirmed it."""
        return {"contacts": contacts, "first_day": self.first, "last_day": self.last, "looked_on": self.looked_on}


def capped_measures() -> list[Measure]:
    """The measures whose values are capped: durations by which people may be judged."""
    return [measure for kpi in catalogue().values() if (measure := Measure(kpi, detail=True)).has_detail]


def quarter(day: date) -> date:
    """The first day of its quarter of the year: from there on renewed caps hold."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def weeks_before(day: date, first_known: date) -> tuple[date, date] | None:
    """The complete weeks (Monday to Sunday) before a day that are learnt from; None where too few are known."""
    last = day - timedelta(days=day.weekday() + 1)
    monday = first_known + timedelta(days=-first_known.weekday() % 7)
    first = max(last + timedelta(days=1) - WEEKS * WEEK, monday)
    return (first, last) if last - first >= LEAST_WEEKS * WEEK - timedelta(days=1) else None


def is_due(rows: Sequence[Row], last_complete: date) -> bool:
    """Whether to look again: a quarter of the year has begun since, or a measure is no longer what it was."""
    versions = {measure.kpi.id: measure.kpi.version for measure in capped_measures()}
    looked = max((row["looked_on"] for row in rows), default=date.min)
    others = any(versions.get(row["kpi"]) not in (None, row["kpi_version"]) for row in rows)
    return others or looked < quarter(last_complete)


def renewed(rows: Sequence[Row], facts: Facts, last_complete: date) -> list[Row]:
    """The caps after another look, in the columns of table `cap`; what held before holds on for the days before.

    The first caps of a measure hold for all days; later ones from the first day of the quarter. A kind that had none
    before is capped in the weeks from which its cap was learnt as well.
    """
    found: list[Row] = []
    for measure in capped_measures():
        mine = [row for row in rows if (row["kpi"], row["kpi_version"]) == (measure.kpi.id, measure.kpi.version)]
        days = facts.days(measure.kpi.table.name)
        begins = quarter(last_complete) if mine else last_complete + timedelta(days=1)
        weeks = None if days is None else weeks_before(begins, days[0])
        if weeks is None:
            found += mine
        else:
            look = Look(measure, *weeks, last_complete, begins)
            found += _after_look(mine, look, caps_of(read_seen(look, facts)))
    return found


def read_seen(look: Look, facts: Facts) -> dict[Kind, Seen]:
    """By kind what is to be known of its contacts in those weeks."""
    table = look.measure.kpi.table
    scan = Pass(table, (), (look.measure,), (), {}, read_dated(facts))
    names, joins = expression_names(scan, facts)
    value = look.measure.roles(InPlace(), names).value
    kind = ", ".join(f"{sql} as {name}" for name, sql in kind_sql("f", table.column_names).items())
    rows = f"select {kind}, ({value})::double as v from {facts.relation(table.name, look.first, look.last)} f"
    rows += f" {' '.join(joins)} where f.local_day between {literal(look.first)} and {literal(look.last)}"
    rows += f" and f.direction = {literal(look.measure.kpi.direction)}" if look.measure.kpi.direction else ""
    points = ", ".join(map(repr, (0.5, LEAST_WHOLE, QUANTILE)))
    statement = (
        f"select {', '.join(KIND)}, count(v) as n, quantile_cont(v, [{points}]) as points"
        f" from ({rows}) where v is not null group by {', '.join(KIND)} having count(v) >= {LEAST_SHAPED}"
        f" order by {', '.join(KIND)}"
    )
    return {
        tuple(row[name] for name in KIND): Seen(row["n"], *row["points"]) for row in facts.sql(statement).to_pylist()
    }


def caps_of(seen: Mapping[Kind, Seen]) -> dict[Kind, tuple[float, int]]:
    """By kind its cap in whole seconds, and how many contacts tell it; kinds of which next to nothing is known have none.

    Where contacts are few, their longest say nothing: the cap then lies as far above the median as it does elsewhere.
    """
    own = [one for one in seen.values() if one.contacts >= LEAST_OWN and one.median > 0]
    shape = _middle([one.point / one.median for one in own], [one.contacts for one in own])
    found = {}
    for kind, one in seen.items():
        shaped = 0.0 if shape is None or one.median <= 0 else max(one.whole, one.median * shape)
        cap = one.point if one.contacts >= LEAST_OWN else shaped
        if cap > 0:
            found[kind] = float(math.ceil(cap)), one.contacts
    return found


def _middle(values: list[float], weights: list[int]) -> float | None:
    """The weighted median."""
    if not values:
        return None
    order = np.argsort(values)
    reached = np.cumsum(np.array(weights)[order])
    return float(np.array(values)[order][np.searchsorted(reached, reached[-1] / 2)])


def _after_look(rows: Sequence[Row], look: Look, caps: Mapping[Kind, tuple[float, int]]) -> list[Row]:
    """The rows of one measure: caps that stay, with what was seen last; new ones, and those that they end."""
    found, left = [], dict(caps)
    for row in rows:
        kind = tuple(row[name] for name in KIND)
        if row["to_day"] is not None:
            found.append(row)
        elif kind not in left:
            found.append({**row, "looked_on": look.looked_on})
        else:
            cap = left.pop(kind)
            stays = 1 / STAYS_WITHIN <= cap[0] / row["value"] <= STAYS_WITHIN
            found += (
                [{**row, **look.seen(cap[1])}]
                if stays
                else [{**row, "to_day": look.begins}, look.row(kind, cap, look.begins)]
            )
    return found + [look.row(kind, cap, look.first if rows else None) for kind, cap in left.items()]
