"""What is the answer to a question about KPIs, for every group that was asked for?"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from floorwalker.estimate import Answer, NoEstimate, Reason
from floorwalker.kpis.answers import answer
from floorwalker.kpis.catalogue import find_kpi
from floorwalker.kpis.definition import Kpi
from floorwalker.kpis.dimensions import find_dimension
from floorwalker.kpis.gather import GroupSummary, plan_gathering
from floorwalker.kpis.query import Days, Facts, KpiQuery
from floorwalker.kpis.totals import Group

BUCKETS = ("day", "week", "month")
# What a row with its estimate takes in memory, roughly.
ROW_BYTES = 800


@dataclass(frozen=True)
class KpiRow:
    """One answer: which KPI, for which group, over which days (inclusive; None when there are no facts at all)."""

    kpi: str
    definition: str
    group: Mapping[str, bytes | str | int | None]
    first_day: datetime.date | None
    last_day: datetime.date | None
    answer: Answer

    @property
    def pending(self) -> int:
        """Observations whose outcome is not known yet."""
        return self.answer.pending


def run_kpis(query: KpiQuery, facts: Facts, kpis: Mapping[str, Kpi] | None = None) -> list[KpiRow]:
    """Answer a question: rows by KPI in the order asked, then by group."""
    return run_together([query], facts, kpis)[0]


def run_together(
    queries: Sequence[KpiQuery], facts: Facts, kpis: Mapping[str, Kpi] | None = None
) -> list[list[KpiRow]]:
    """Answer several questions as `run_kpis` answers each, reading what they have in common once."""
    gathering = plan_gathering(queries, facts, kpis)
    tables = dict.fromkeys(find_kpi(name, gathering.kpis).table.name for query in queries for name in query.kpis)
    held = {name: facts.days(name) for name in tables}

    def answers() -> list[list[KpiRow]]:
        return [
            _rows(query, held, found, gathering.kpis) for query, found in zip(queries, gathering.groups(), strict=True)
        ]

    found = gathering.remembered("rows", answers, _bytes_of, tuple(held.items()))
    return [list(rows) for rows in found]


def _bytes_of(answers: Sequence[Sequence[KpiRow]]) -> int:
    return ROW_BYTES * sum(map(len, answers))


def _rows(
    query: KpiQuery, held: Mapping[str, Days | None], gathered: Sequence[GroupSummary], kpis: Mapping[str, Kpi]
) -> list[KpiRow]:
    tables = dict.fromkeys(find_kpi(name, kpis).table.name for name in query.kpis)
    period = _period(query, [days for name in tables if (days := held[name])])
    covered = {name: _covers(days, period) for name, days in held.items()}
    # A large floor has thousands of groups and few buckets: what is the same for all of them is worked out once.
    writers = [find_dimension(name).write for name in query.by]
    places = [place for place, name in enumerate(query.by) if name in BUCKETS]
    buckets = {
        told: _bucket(query, told, period)
        for told in {tuple(found.group[place] for place in places) for found in gathered}
    }
    return [
        KpiRow(
            found.kpi.id,
            found.kpi.stamp,
            {name: write(value) for name, write, value in zip(query.by, writers, found.group, strict=True)},
            *buckets[tuple(found.group[place] for place in places)],
            _answer(found, covered[found.kpi.table.name]),
        )
        for found in gathered
    ]


def _period(query: KpiQuery, known: Sequence[Days]) -> Days | None:
    """The days that the answer is about: those asked for, else all days of the facts concerned."""
    if query.first_day and query.last_day:
        return query.first_day, query.last_day
    if not known:
        return None
    first = query.first_day or min(days[0] for days in known)
    return first, max(first, query.last_day or max(days[1] for days in known))


def _answer(found: GroupSummary, is_covered: bool) -> Answer:
    if found.summary is None:
        return NoEstimate(Reason.NOT_DEFINED_FOR_SPLIT, 0, found.kpi.stamp, found.kpi.unit)
    return answer(found.kpi, found.summary, is_covered=is_covered)


def _covers(known: Days | None, period: Days | None) -> bool:
    return known is not None and period is not None and known[0] <= period[1] and period[0] <= known[1]


def _bucket(query: KpiQuery, told: Group, period: Days | None) -> tuple[datetime.date | None, datetime.date | None]:
    """The days of one row: the shortest bucket of the split, cut to the days asked for; else the whole period.

    told: the values of the buckets in the split.
    """
    names = [name for name in query.by if name in BUCKETS]
    named = [
        (value, _last_of(name, value))
        for name, value in zip(names, told, strict=True)
        if isinstance(value, datetime.date)
    ]
    if not named:
        return period or (None, None)
    first, last = min(named, key=lambda days: days[1] - days[0])
    return max(first, query.first_day or first), min(last, query.last_day or last)


def _last_of(name: str, first: datetime.date) -> datetime.date:
    if name == "month":
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return first + datetime.timedelta(days=6 if name == "week" else 0)
