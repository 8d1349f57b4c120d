"""Has a person's, a team's or the site's way of working changed, beyond what everyone saw, and since when?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from floorwalker.insight.capped import Capped
from floorwalker.insight.cells import AgentCells, read_cells
from floorwalker.insight.rare import is_rare, rises_of_agents, rises_of_teams
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.definition import Kpi
from floorwalker.kpis.query import Facts
from floorwalker.stats.case_mix import Scale, fit_effects
from floorwalker.stats.cells import Array, Index
from floorwalker.stats.control_charts import (
    LEAST_BASE_DAYS,
    Signal,
    chart,
    days_between_alarms,
    find_signals,
    standardise,
)

# Raised whenever the method gives other figures: kept statements name the version that made them.
VERSION = 2
# What a leader sees: so many measures; so many false alarms of this kind a month are what people have agreed to bear.
MEASURES, ALARMS_A_MONTH = 5, 3.0
BASE_DAYS = 60


class Unit(StrEnum):
    """Whose chart it is."""

    AGENT = "agent"
    TEAM = "team"


@dataclass(frozen=True)
class Drift:
    """One change: since about when, on which day the chart noticed, which way, and by how much in the measure's own unit."""

    began: date
    detected: date
    up: bool
    worse: bool
    size: float


@dataclass(frozen=True)
class Followed:
    """One unit with its changes."""

    kind: Unit
    key: bytes
    drifts: tuple[Drift, ...]


@dataclass(frozen=True)
class Trends:
    """Every unit that was long enough there; budget: false alarms a leader bears a month; capped: what very long contacts counted as."""

    kpi: Kpi
    units: tuple[Followed, ...]
    budget: float
    capped: Capped | None = None


def read_trends(
    facts: Facts, kpi_id: str, period: Period, where: Where, *, alarms_a_month: float = ALARMS_A_MONTH
) -> Trends | None:
    """Follow every agent and team through a period whose first sixty working days say what is usual.

    None where no agent has a contact; no unit where the period has too few days for any chart.
    """
    read = read_cells(facts, kpi_id, period, where)
    return None if read is None else trends_of_read(read, alarms_a_month=alarms_a_month)


def trends_of_read(read: AgentCells, *, alarms_a_month: float = ALARMS_A_MONTH) -> Trends:
    """The same of cells that were read already."""
    following = _following(read, alarms_a_month)
    if following.base < LEAST_BASE_DAYS:
        return Trends(read.kpi, (), alarms_a_month, read.capped)
    if is_rare(read):
        return Trends(read.kpi, tuple(following.follow_rare()), alarms_a_month)
    units = [one for kind in Unit for one in following.follow(kind, *following.units_of(kind))]
    return Trends(read.kpi, tuple(units), alarms_a_month, read.capped)


def _following(read: AgentCells, alarms_a_month: float) -> _Following:
    worked = np.flatnonzero(read.cells.by_day(read.cells.n) > 0)
    return _Following(read, worked, min(BASE_DAYS, len(worked) * 2 // 3), alarms_a_month)


@dataclass(frozen=True)
class DayCharted:
    """One worked day of a chart, all but the day in the measure's own unit, from what is usual for the unit.

    average: the moving average, what hit everybody taken out; limit: beyond it, either way, the chart alarms (None where it
    follows what is rare contact by contact); everybody: what moved everybody on that day; None where the unit did too
    little; is_base: whether it tells what is usual.
    """

    day: date
    average: float | None
    limit: float | None
    everybody: float
    is_base: bool

    @property
    def is_outside(self) -> bool:
        """Whether the chart alarms on that day."""
        told = not self.is_base and self.average is not None and self.limit is not None
        return told and abs(self.average or 0.0) > (self.limit or 0.0)


@dataclass(frozen=True)
class ControlChart:
    """The chart of one unit with the changes that it noticed; capped: what very long contacts of everybody counted as."""

    kpi: Kpi
    followed: Followed
    days: tuple[DayCharted, ...]
    budget: float
    capped: Capped | None = None


def read_chart(
    facts: Facts,
    kpi_id: str,
    period: Period,
    where: Where,
    kind: Unit,
    key: bytes,
    *,
    alarms_a_month: float = ALARMS_A_MONTH,
) -> ControlChart | None:
    """The chart of one agent or team, beside everybody; None where there are too few days of it."""
    read = read_cells(facts, kpi_id, period, where)
    if read is None:
        return None
    following = _following(read, alarms_a_month)
    if following.base < LEAST_BASE_DAYS:
        return None
    keys, mean, n = following.units_of(kind)
    return following.charted(kind, keys, mean, n, key) if key in keys else None


def _daily(read: AgentCells) -> tuple[Array, Array]:
    """Each agent's daily mean on the effect's scale, adjusted for what kinds of contact they were, and contacts: (agents, days)."""
    cells = read.cells
    _agent, stratum, _day = fit_effects(cells, read.scale)
    expected = stratum[cells.stratum]
    ratio = read.scale is Scale.RATIO
    adjusted = cells.s1 / np.exp(expected) if ratio else cells.s1 - cells.n * expected
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = cells.by_agent_and(cells.day, cells.days, adjusted) / cells.daily
        # A day of noughts alone, such as one without any hold, has no ratio to others.
        return np.log(np.where(mean > 0, mean, np.nan)) if ratio else mean, cells.daily


def _by_team(read: AgentCells, mean: Array, n: Array) -> tuple[list[bytes], Array, Array]:
    """The same by team: its members' days by contacts, each member measured from the own level."""
    names = sorted({team for team in read.teams if team is not None})
    if not names:
        return [], np.zeros((0, mean.shape[1])), np.zeros((0, mean.shape[1]))
    values, counts = [], []
    weight = np.nan_to_num(n)
    own = np.nansum(np.nan_to_num(mean) * weight, axis=1) / np.maximum(weight.sum(axis=1), 1e-300)
    apart = np.nan_to_num(mean - own[:, None]) * weight
    for name in names:
        members = np.array([team == name for team in read.teams])
        total = weight[members].sum(axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            values.append(np.where(total > 0, apart[members].sum(axis=0) / total, np.nan))
        counts.append(total)
    return names, np.array(values), np.array(counts)


@dataclass(frozen=True)
class _Following:
    """How units of one measure are followed: over these days, of which the first `base` say what is usual."""

    read: AgentCells
    worked: Index
    base: int
    alarms_a_month: float

    def units_of(self, kind: Unit) -> tuple[list[bytes], Array, Array]:
        """The units of a kind that worked enough to be followed, with their daily means and contacts: (units, days)."""
        mean, n = (values[:, self.worked] for values in _daily(self.read))
        if kind is Unit.TEAM:
            teams, of_team, contacts = _by_team(self.read, mean, n)
            return (teams, of_team, contacts) if len(teams) > 2 else ([], of_team[:0], contacts[:0])
        steady = np.flatnonzero((n[:, : self.base] > 0).sum(axis=1) >= LEAST_BASE_DAYS // 2)
        return [self.read.agents[one] for one in steady], mean[steady], n[steady]

    def charted(self, kind: Unit, keys: list[bytes], mean: Array, n: Array, key: bytes) -> ControlChart:
        """The chart of one of these units."""
        series = standardise(mean, n, self.base)
        drawn = chart(series, days_between_alarms(self.alarms_a_month, MEASURES), self.base)
        unit = keys.index(key)
        rare = is_rare(self.read)
        followed = Followed(
            kind, key, tuple(self._drift(signal) for signal in find_signals(series, drawn, n) if signal.unit == unit)
        )
        if rare:
            followed = next((one for one in self.follow_rare() if (one.kind, one.key) == (kind, key)), followed)
        # A day's deviation as one of the days on which the unit does as much as usual.
        usual = float(np.median(n[unit][n[unit] > 0]))
        day = float(np.sqrt(series.per_contact / usual + series.per_day))
        average, limit = (self._sized(values[unit] * day) for values in (drawn.average, drawn.limit))
        known, everybody = np.isfinite(series.z[unit]), self._sized(series.everyone)
        days = tuple(
            DayCharted(
                self._date(place),
                float(average[place]) if known[place] else None,
                None if rare else float(limit[place]),
                float(everybody[place]),
                place < self.base,
            )
            for place in range(len(self.worked))
        )
        return ControlChart(self.read.kpi, followed, days, self.alarms_a_month, self.read.capped)

    def follow(self, kind: Unit, keys: list[bytes], mean: Array, n: Array) -> list[Followed]:
        """The changes of some units of one kind; mean, n: (units, days)."""
        if not keys:
            return []
        series = standardise(mean, n, self.base)
        charted = chart(series, days_between_alarms(self.alarms_a_month, MEASURES), self.base)
        drifts: dict[int, list[Drift]] = {}
        for signal in find_signals(series, charted, n):
            drifts.setdefault(signal.unit, []).append(self._drift(signal))
        return [Followed(kind, key, tuple(drifts.get(place, ()))) for place, key in enumerate(keys)]

    def follow_rare(self) -> list[Followed]:
        """The rises of what is bad and rare, of agents and teams."""
        how = (self.read, self.worked, self.base, days_between_alarms(self.alarms_a_month, MEASURES))
        found = ((Unit.AGENT, rises_of_agents(*how)), (Unit.TEAM, rises_of_teams(*how)))
        return [
            Followed(kind, key, tuple(self._risen(signal) for signal in signals))
            for kind, units in found
            for key, signals in units
        ]

    def _risen(self, signal: Signal) -> Drift:
        up = self.read.sign > 0
        size = signal.size if up else -signal.size
        return Drift(self._date(signal.began), self._date(signal.detected), up, True, size)

    def _drift(self, signal: Signal) -> Drift:
        size = float(self._sized(np.array(signal.size)))
        began, detected = self._date(signal.began), self._date(signal.detected)
        return Drift(began, detected, signal.up, signal.up == (self.read.sign > 0), size)

    def _sized(self, effect: Array) -> Array:
        """Effects as differences from the floor's level, in the measure's own unit."""
        return self.read.sized(effect)

    def _date(self, place: int) -> date:
        return self.read.first + timedelta(days=int(self.worked[place]))
