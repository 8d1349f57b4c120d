"""Has a person's, a team's or the site's way of working changed, beyond what everyone saw, and since when?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from floorwalker.insight.cells import AgentCells, read_cells
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.definition import Kpi
from floorwalker.kpis.query import Facts
from floorwalker.stats.case_mix import Scale, fit_case_mix
from floorwalker.stats.cells import Array
from floorwalker.stats.control_charts import (
    LEAST_BASE_DAYS,
    Chart,
    Series,
    chart,
    days_between_alarms,
    find_signals,
    standardise,
)

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
    """One unit with its changes, and what its chart is drawn from: days, the moving average and its limit."""

    kind: Unit
    key: bytes
    drifts: tuple[Drift, ...]
    days: tuple[date, ...]
    average: Array
    limit: Array


@dataclass(frozen=True)
class Trends:
    """Every unit that was long enough there; budget: false alarms a leader bears a month; short: who was not."""

    kpi: Kpi
    units: tuple[Followed, ...]
    budget: float
    days_between_alarms: float
    short: tuple[bytes, ...]


def read_trends(
    facts: Facts, kpi_id: str, period: Period, where: Where, *, alarms_a_month: float = ALARMS_A_MONTH
) -> Trends | None:
    """Follow every agent and team through a period whose first sixty working days say what is usual.

    None where no agent has a contact, or the period has too few days for any chart.
    """
    read = read_cells(facts, kpi_id, period, where)
    if read is None:
        return None
    worked = np.flatnonzero(read.cells.by_day(read.cells.n) > 0)
    base = min(BASE_DAYS, len(worked) * 2 // 3)
    between = days_between_alarms(alarms_a_month, MEASURES)
    if base < LEAST_BASE_DAYS:
        return Trends(read.kpi, (), alarms_a_month, between, read.agents)
    mean, n = _daily(read)
    mean, n = mean[:, worked], n[:, worked]
    level = float(read.cells.s1.sum() / read.cells.n.sum())
    days = tuple(read.first + timedelta(days=int(day)) for day in worked)
    steady = (n[:, :base] > 0).sum(axis=1) >= LEAST_BASE_DAYS // 2
    agents = np.flatnonzero(steady)
    units = _follow(
        read, Unit.AGENT, [read.agents[one] for one in agents], mean[agents], n[agents], days, base, between, level
    )
    teams, team_mean, team_n = _by_team(read, mean, n)
    if len(teams) > 2:
        units += _follow(read, Unit.TEAM, teams, team_mean, team_n, days, base, between, level)
    short = tuple(key for place, key in enumerate(read.agents) if not steady[place])
    return Trends(read.kpi, tuple(units), alarms_a_month, between, short)


def _daily(read: AgentCells) -> tuple[Array, Array]:
    """Each agent's daily mean on the effect's scale, adjusted for what kinds of contact they were: (agents, days)."""
    cells = read.cells
    fitted = fit_case_mix(cells, read.scale)
    expected = fitted.stratum[cells.stratum]
    if read.scale is Scale.RATIO:
        value = cells.s1 / np.exp(expected)
        sums = cells.by_agent_and(cells.day, cells.days, value)
        n = cells.daily
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.log(np.where(n > 0, sums / n, np.nan)), n
    sums = cells.by_agent_and(cells.day, cells.days, cells.s1 - cells.n * expected)
    n = cells.daily
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(n > 0, sums / n, np.nan), n


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


def _follow(
    read: AgentCells,
    kind: Unit,
    keys: list[bytes],
    mean: Array,
    n: Array,
    days: tuple[date, ...],
    base: int,
    between: float,
    level: float,
) -> list[Followed]:
    if not keys:
        return []
    series = standardise(mean, n, base)
    charted = chart(series, between, base)
    drifts: dict[int, list[Drift]] = {}
    for signal in find_signals(series, charted, n):
        size = level * float(np.expm1(signal.size)) if read.scale is Scale.RATIO else signal.size
        worse = signal.up == (read.sign > 0)
        drift = Drift(days[signal.began], days[signal.detected], signal.up, worse, size)
        drifts.setdefault(signal.unit, []).append(drift)
    return [_followed(kind, key, place, drifts.get(place, []), days, series, charted) for place, key in enumerate(keys)]


def _followed(
    kind: Unit, key: bytes, place: int, drifts: list[Drift], days: tuple[date, ...], series: Series, charted: Chart
) -> Followed:
    return Followed(kind, key, tuple(drifts), days, charted.average[place], charted.limit[place])
