"""After how many weeks do starters do what established colleagues do at the same work?

What somebody's first weeks are held against are colleagues who are long there: what a kind of contact takes, and what moved
everybody on a day, is learnt from these alone. A level counts as reached where nine in ten of them are. People are told
together, and never one by one (docs/decisions/0055).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from floorwalker.insight.cells import AgentCells, read_cells
from floorwalker.insight.fitting import LEAST_CONTACTS, LEAST_PEERS, doubt_of, limit_of, usual_delta
from floorwalker.insight.scorecard import Period, Where
from floorwalker.insight.starters import LOOK_BACK_DAYS, WEEK, first_days
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.kpis.definition import Kpi
from floorwalker.kpis.query import Facts
from floorwalker.stats.case_mix import CaseMix, Scale, fit_case_mix, seen_of
from floorwalker.stats.cells import Array, Cells, Index
from floorwalker.stats.coaching import Chosen
from floorwalker.stats.competence import HELD_WEEKS, Competence, speed_to_competence
from floorwalker.stats.peers import comparable_groups
from floorwalker.stats.shrinkage import Errors, shrink
from floorwalker.stats.starters_levels import Weekly
from floorwalker.stats.weekly_errors import weekly_errors

# Nine in ten of established colleagues are truly better than so many of their standard deviations beyond the usual.
NINE_IN_TEN = 1.2816
FOLLOWED_WEEKS = 26
# Of how many contacts a week says something: of durations the logarithm of a mean of fewer is off.
LEAST_OF_DURATIONS, LEAST_OF_OTHERS = 10, 1
# What established people take for a kind of contact is known from so many of theirs.
LEAST_OF_KIND = 10
DRAWS_SEED = 55


class Lack(StrEnum):
    """Why nobody can tell."""

    NO_DATA = "no_data"
    TOO_FEW_STARTERS = "too_few_starters"
    TOO_FEW_ESTABLISHED = "too_few_established"


@dataclass(frozen=True)
class Speed:
    """Of whom it is told, and what; found: None where `lack` says why nobody can tell.

    began: who began in these days; followed: of whom enough weeks are known; established: whom they are held against; band: how
    far from the usual of these a level may be and count as reached, of durations a share of it; held: for so many weeks.
    """

    kpi: Kpi
    period: Period
    began: int
    followed: int
    established: int
    band: float
    found: Competence | None
    lack: Lack | None = None
    held: int = HELD_WEEKS

    @property
    def known_weeks(self) -> dict[str, int | None]:
        """From which week on half of them are there, and its range, for programs: None where it may be any later one."""
        one = self.found
        weeks = (np.nan,) * 3 if one is None else (one.median, one.low_week, one.high_week)
        names = ("median_week", "low_week", "high_week")
        return {name: int(week) if np.isfinite(week) else None for name, week in zip(names, weeks, strict=True)}


def read_competence(
    facts: Facts, kpi_id: str, period: Period, where: Where, teams: frozenset[bytes] | None = None
) -> Speed:
    """Of who began in the period, in some teams or anywhere. Of a queue: who was new to it.

    KpiError where people are not compared by the measure.
    """
    read = read_cells(facts, kpi_id, period, where)
    if read is None:
        return Speed(find_kpi(kpi_id, catalogue()), period, 0, 0, 0, 0.0, None, Lack.NO_DATA)
    started = first_days(facts, read, period, where, as_noted="queue" not in where)
    return competence_of_read(read, period, started, teams)


def competence_of_read(
    read: AgentCells, period: Period, started: Array, teams: frozenset[bytes] | None = None
) -> Speed:
    """The same of cells that were read already. started: by agent the first day, see `starters`."""
    cells, members = _comparable(read)
    begun = _begun(cells, started[members])
    is_old = ~(cells.day < started[members][cells.agent] + LOOK_BACK_DAYS)
    old = np.flatnonzero(cells.by_agent(cells.n * is_old) >= LEAST_CONTACTS)
    chosen = np.array([teams is None or read.teams[agent] in teams for agent in members.tolist()], dtype=bool)
    starters = np.flatnonzero(np.isfinite(begun) & chosen)
    told = Speed(read.kpi, period, len(starters), 0, len(old), 0.0, None, Lack.TOO_FEW_ESTABLISHED)
    if len(old) < LEAST_PEERS:
        return told
    work = _Work.of(read, cells.where(is_old), old)
    seen = work.weeks_of(cells, starters, begun[starters])
    limit = limit_of(usual_delta(read), read.scale)
    band = max(limit, NINE_IN_TEN * work.size)
    size = band / NINE_IN_TEN
    found = speed_to_competence(seen, band, size, np.random.default_rng(DRAWS_SEED))
    followed = int((seen.last >= HELD_WEEKS).sum())
    lack = Lack.TOO_FEW_STARTERS if found is None else None
    return replace(told, followed=followed, band=_shown(read.scale, band), found=found, lack=lack)


def _comparable(read: AgentCells) -> tuple[Cells, Index]:
    """The largest group of people who do comparable work."""
    groups = comparable_groups(read.cells)
    placed = groups[groups >= 0]
    members = np.flatnonzero(groups == np.bincount(placed).argmax()) if placed.size else np.zeros(0, dtype=np.int64)
    return read.cells.of_agents(members), members


def _begun(cells: Cells, started: Array) -> Array:
    """By agent the day of the first contact of who started in these days; nan of everybody else."""
    counts = cells.day >= np.where(np.isnan(started), np.inf, started)[cells.agent]
    first = np.full(cells.agents, np.inf)
    np.minimum.at(first, cells.agent[counts], cells.day[counts])
    return np.where((started >= 0) & np.isfinite(first), first, np.nan)


def _shown(scale: Scale, effect: float) -> float:
    return float(np.expm1(effect)) if scale is Scale.RATIO else effect


@dataclass(frozen=True)
class _Work:
    """What work takes established people. usual: the effect that is usual of them; size: how far they truly differ."""

    read: AgentCells
    mix: CaseMix
    known: Chosen
    usual: float
    size: float
    noise: tuple[float, float]
    shown: float

    @classmethod
    def of(cls, read: AgentCells, cells: Cells, old: Index) -> _Work:
        theirs = cells.of_agents(old)
        mix = fit_case_mix(theirs, read.scale)
        shared = mix.shared - mix.shared.mean(axis=0)
        true = shrink(read.sign * mix.effect, Errors(mix.own, shared, doubt_of(theirs))).true_variance
        known = theirs.by_stratum(theirs.n) >= LEAST_OF_KIND
        usual = float(np.average(mix.effect, weights=theirs.contacts))
        made = cls(read, mix, known, usual, float(np.sqrt(true)), (0.0, 0.0), seen_of(theirs, read.scale))
        everybody = np.arange(theirs.agents)
        value, n = made._figures(theirs, everybody, np.zeros(theirs.agents), -(-theirs.days // WEEK))
        return replace(made, noise=weekly_errors(value, n))

    def weeks_of(self, cells: Cells, starters: Index, begun: Array) -> Weekly:
        """How starters stood in each of their first weeks."""
        value, n = self._figures(cells, starters, begun, FOLLOWED_WEEKS)
        seen = np.isfinite(value)
        last = np.where(seen.any(axis=1), FOLLOWED_WEEKS - seen[:, ::-1].argmax(axis=1), 0)
        by_contact, by_week = self.noise
        variance = np.where(seen, by_contact / np.maximum(n, 1.0) + by_week, np.inf)
        return Weekly(value, variance, last)

    def _figures(self, cells: Cells, some: Index, begun: Array, weeks: int) -> tuple[Array, Array]:
        """By agent and week since a day: how far from the usual, more being worse (nan of few contacts), and of how many."""
        cells = cells.of_agents(some)
        since = np.asarray((cells.day - begun[cells.agent]) // WEEK, dtype=np.int64)
        chosen = self.known[cells.stratum] & (since >= 0) & (since < weeks)
        cells, week = cells.where(chosen), since[chosen]
        joint = self.mix.stratum[cells.stratum] + self.mix.day[cells.day] * self.shown
        is_ratio = self.read.scale is Scale.RATIO
        due = cells.n * (np.exp(joint) if is_ratio else joint)
        n, seen, expected = (cells.by_agent_and(week, weeks, one) for one in (cells.n, cells.s1, due))
        enough = (n >= (LEAST_OF_DURATIONS if is_ratio else LEAST_OF_OTHERS)) & ((seen > 0) | (not is_ratio))
        off = np.full(n.shape, np.nan)
        off[enough] = np.log(seen[enough] / expected[enough]) if is_ratio else (seen - expected)[enough] / n[enough]
        # What caps hide of a difference is put back, as it is for the people themselves.
        return self.read.sign * (off - self.usual) / self.shown, n
