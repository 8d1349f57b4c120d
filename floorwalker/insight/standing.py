"""Which questions are answered again by themselves? Each method over its window, up to the last day that is complete.

Two ends stand: the last complete day, and the Sunday before it or on it, with which pages begin.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.scorecard import Period
from floorwalker.insight.statements import Method
from floorwalker.kpis.definition import Attribution, Kind, Kpi

# By method, how many days are judged: reliability needs four weeks, a chart needs to know what is usual.
DAYS = {Method.COMPARISON: 28, Method.CAUSE: 28, Method.PROCESS: 56, Method.TREND: 182}
WEEK = 7
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Question:
    """One measure, asked by one method, of one period and the whole floor."""

    method: Method
    kpi: Kpi
    period: Period

    @property
    def name(self) -> str:
        """By which the lake's list of claims knows it."""
        return f"{self.method} {self.kpi.id} {self.period.first} {self.period.last}"


def window(method: Method, last: date) -> Period:
    """The days that a method judges, ending with that one."""
    return Period(last - timedelta(days=DAYS[method] - 1), last)


def standing_questions(facts: Snapshot, kpis: Collection[Kpi], at: datetime) -> list[Question]:
    """What is to be answered at that instant, measure by measure; nothing of a measure without facts in the window."""
    last = last_complete_day(facts, {kpi.table.name for kpi in kpis}, at)
    if last is None:
        return []
    found = []
    for end in dict.fromkeys((last, _sunday(last))):
        asked = ((kpi, method) for kpi in kpis for method in Method)
        found += [Question(method, kpi, window(method, end)) for kpi, method in asked]
    return [question for question in found if _has_facts(facts, question)]


def _sunday(last: date) -> date:
    return last - timedelta(days=(last.weekday() + 1) % WEEK)


def _has_facts(facts: Snapshot, question: Question) -> bool:
    known = facts.days(question.kpi.table.name)
    return known is not None and known[0] <= question.period.last and question.period.first <= known[1]


def last_complete_day(facts: Snapshot, tables: Collection[str], at: datetime) -> date | None:
    """The last local day with facts of which nothing more is expected; None where there is none.

    A day is over when something later was read, or when a whole day has passed since without anything.
    """
    known = [days for days in map(facts.days, tables) if days is not None]
    if not known:
        return None
    first, last = min(days[0] for days in known), max(days[1] for days in known)
    over = min(_last_over(facts, zone, last, at) for zone in _zones(facts))
    return None if over < first else min(over, last)


def _last_over(facts: Snapshot, zone: ZoneInfo, last: date, at: datetime) -> date:
    reached = facts.current.read_through
    if at.astimezone(zone).date() > last + ONE_DAY:
        return last
    # The day in which reading stands is not over yet.
    return (at if reached is None else min(at, reached)).astimezone(zone).date() - ONE_DAY


def _zones(facts: Snapshot) -> list[ZoneInfo]:
    sites = facts.sql(f"select distinct timezone from {facts.relation('site')}")
    return [ZoneInfo(name) for name in sites["timezone"].to_pylist()] or [ZoneInfo("UTC")]


def judged_measures(kpis: Collection[Kpi]) -> list[Kpi]:
    """Those by which people can be compared."""
    return [kpi for kpi in kpis if kpi.kind in (Kind.PROPORTION, Kind.MEAN) and kpi.attribution is not Attribution.NONE]
