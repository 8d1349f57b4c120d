"""Has a person's, a team's or the site's way of working changed, beyond what everyone saw, and since when?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from floorwalker.insight.cells import AgentCells, read_cells
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.definition import Kind, Kpi
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
from floorwalker.stats.rare_events import find_rises

# What a leader sees: so many measures; so many false alarms of this kind a month are what people have agreed to bear.
MEASURES, ALARMS_A_MONTH = 5, 3.0
BASE_DAYS = 60
# A share of bad outcomes below which they are followed one by one.
RARE = 0.02


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
    """Every unit that was long enough there; budget: false alarms a leader bears a month."""

    kpi: Kpi
    units: tuple[Followed, ...]
    budget: float


def read_trends(
    facts: Facts, kpi_id: str, period: Period, where: Where, *, alarms_a_month: float = ALARMS_A_MONTH
) -> Trends | None:
    """Follow every agent and team through a period whose first sixty working days say what is usual.

    None where no agent has a contact; no unit where the period has too few days for any chart.
    """
    read = read_cells(facts, kpi_id, period, where)
    if read is None:
        return None
    worked = np.flatnonzero(read.cells.by_day(read.cells.n) > 0)
    following = _Following(read, worked, min(BASE_DAYS, len(worked) * 2 // 3), alarms_a_month)
    if following.base < LEAST_BASE_DAYS:
        return Trends(read.kpi, (), alarms_a_month)
    if _is_rare(read):
        return Trends(read.kpi, tuple(following.follow_rare()), alarms_a_month)
    mean, n = (values[:, worked] for values in _daily(read))
    steady = np.flatnonzero((n[:, : following.base] > 0).sum(axis=1) >= LEAST_BASE_DAYS // 2)
    units = following.follow(Unit.AGENT, [read.agents[one] for one in steady], mean[steady], n[steady])
    teams, team_mean, team_n = _by_team(read, mean, n)
    if len(teams) > 2:
        units += following.follow(Unit.TEAM, teams, team_mean, team_n)
    return Trends(read.kpi, tuple(units), alarms_a_month)


def _is_rare(read: AgentCells) -> bool:
    """Whether what is bad in a share happens so rarely that a day's share says nothing."""
    share = float(read.cells.s1.sum() / read.cells.n.sum())
    return read.kpi.kind is Kind.PROPORTION and (share if read.sign > 0 else 1 - share) < RARE


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
        """Rises of what is bad, by agent and team: events against what their kinds of contact would give."""
        cells, read = self.read.cells, self.read
        bad = cells.s1 if read.sign > 0 else cells.n - cells.s1
        share = cells.by_stratum(bad) / np.maximum(cells.by_stratum(cells.n), 1.0)
        events, n, usual = (
            cells.by_agent_and(cells.day, cells.days, values)[:, self.worked]
            for values in (bad, cells.n, cells.n * share[cells.stratum])
        )
        days = (n[:, : self.base] > 0).sum(axis=1)
        people = [
            (key, np.array([place])) for place, key in enumerate(read.agents) if days[place] >= LEAST_BASE_DAYS // 2
        ]
        names = sorted({team for team in read.teams if team is not None})
        teams = [(name, np.flatnonzero([team == name for team in read.teams])) for name in names]
        found = self._rises(Unit.AGENT, people, events, n, usual)
        return found + (self._rises(Unit.TEAM, teams, events, n, usual) if len(teams) > 2 else [])

    def _rises(
        self, kind: Unit, units: list[tuple[bytes, Index]], events: Array, n: Array, usual: Array
    ) -> list[Followed]:
        """The rises of some units, each the sum of its members."""
        if not units:
            return []
        happened, done, expected = (
            np.array([part[members].sum(axis=0) for _key, members in units]) for part in (events, n, usual)
        )
        drifts: dict[int, list[Drift]] = {}
        apart = days_between_alarms(self.alarms_a_month, MEASURES)
        for signal in find_rises(happened, done, expected, self.base, apart):
            drifts.setdefault(signal.unit, []).append(self._risen(signal))
        return [Followed(kind, key, tuple(drifts.get(place, ()))) for place, (key, _members) in enumerate(units)]

    def _risen(self, signal: Signal) -> Drift:
        began, detected = self._dates(signal)
        up = self.read.sign > 0
        return Drift(began, detected, up, True, signal.size if up else -signal.size)

    def _dates(self, signal: Signal) -> tuple[date, date]:
        first, worked = self.read.first, self.worked
        return first + timedelta(days=int(worked[signal.began])), first + timedelta(days=int(worked[signal.detected]))

    def _drift(self, signal: Signal) -> Drift:
        level = float(self.read.cells.s1.sum() / self.read.cells.n.sum())
        size = level * float(np.expm1(signal.size)) if self.read.scale is Scale.RATIO else signal.size
        began, detected = self._dates(signal)
        return Drift(began, detected, signal.up, signal.up == (self.read.sign > 0), size)
