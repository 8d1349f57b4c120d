"""How far is everybody from what is usual for the work, given how many contacts that rests on?

The picture beside fair judgement, not its rule: it asks whether chance alone could put somebody there, not whether the gap
matters. Starters are left out, since they are held against starters alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from floorwalker.insight.capped import Capped
from floorwalker.insight.cells import AgentCells, read_cells
from floorwalker.insight.fitting import LEAST_CONTACTS, LEAST_DAYS, RELIABLE, Fitted, fit_groups
from floorwalker.insight.scorecard import Period, Where
from floorwalker.insight.starters import read_newness
from floorwalker.kpis.definition import Kpi
from floorwalker.kpis.query import Facts
from floorwalker.stats.case_mix import Scale
from floorwalker.stats.cells import Array, Index
from floorwalker.stats.funnel import INNER, OUTER, Scatter, reach, scatter
from floorwalker.stats.peers import comparable_groups

# By so many numbers of contacts the limits are drawn.
STEPS = 40


class Place(StrEnum):
    """Where somebody lies."""

    WITHIN = "within"  # where chance puts 95 in 100
    BEYOND = "beyond"  # further
    FAR_BEYOND = "far_beyond"  # further than 998 in 1000


@dataclass(frozen=True)
class Point:
    """One agent: how many contacts, and how far from the usual at the same work (of durations a share of it, else points).

    low, high: within which chance puts 95 in 100, by the agent's own weeks and days; may_be_named: whether the measure tells
    people apart at that many contacts (reliability .7); below nobody is compared with anybody.
    """

    agent: bytes
    team: bytes | None
    n: int
    off: float
    low: float
    high: float
    place: Place
    reliability: float

    @property
    def may_be_named(self) -> bool:
        """Whether the figure may stand under a name beside others."""
        return self.reliability >= RELIABLE


@dataclass(frozen=True)
class Limits:
    """At one number of contacts the limits of a usual agent: 95 in 100, and 998 in 1000."""

    n: float
    low: float
    high: float
    far_low: float
    far_high: float


@dataclass(frozen=True)
class Group:
    """People who do comparable work, with the limits of these."""

    points: tuple[Point, ...]
    limits: tuple[Limits, ...]


@dataclass(frozen=True)
class Funnel:
    """All groups of comparable agents; untold: how many have too few contacts, days or colleagues; starters: left out.

    capped: what very long contacts counted as.
    """

    kpi: Kpi
    groups: tuple[Group, ...]
    untold: int
    starters: int
    capped: Capped | None = None

    @property
    def points(self) -> tuple[Point, ...]:
        """Everybody who is drawn."""
        return tuple(point for group in self.groups for point in group.points)


def read_funnel(facts: Facts, kpi_id: str, period: Period, where: Where) -> Funnel | None:
    """The funnel of a measure; None where no agent has a contact. KpiError where people cannot be compared by it."""
    read = read_cells(facts, kpi_id, period, where)
    if read is None:
        return None
    new = read_newness(facts, read, np.arange(read.cells.agents), period, where)
    groups, starters = [], 0
    for fitted in fit_groups(read, comparable_groups(read.cells), new):
        starters += len(fitted.starters)
        group = _group(read, fitted)
        if group.points:
            groups.append(group)
    told = sum(len(group.points) for group in groups)
    return Funnel(read.kpi, tuple(groups), read.cells.agents - told - starters, starters, read.capped)


def _group(read: AgentCells, fitted: Fitted) -> Group:
    contacts = read.cells.contacts[fitted.members]
    days = (read.cells.daily[fitted.members] > 0).sum(axis=1)
    told = (contacts >= LEAST_CONTACTS) & (days >= LEAST_DAYS)
    told[fitted.starters] = False
    found = scatter(fitted.mix, contacts, fitted.shrunk.true_variance)
    points = tuple(_points(read, fitted, found, contacts, np.flatnonzero(told)))
    return Group(points, _limits(read.scale, found, contacts[told]) if points else ())


def _points(read: AgentCells, fitted: Fitted, found: Scatter, contacts: Array, told: Index) -> Iterator[Point]:
    distance = np.abs(found.off) / found.error
    for place in told.tolist():
        agent, bound = int(fitted.members[place]), reach(INNER) * found.error[place]
        where = Place.WITHIN if distance[place] <= reach(INNER) else Place.BEYOND
        off, low, high = _shown(read.scale, found.off[place], -bound, bound)
        yield Point(
            read.agents[agent],
            read.teams[agent],
            round(float(contacts[place])),
            off,
            low,
            high,
            Place.FAR_BEYOND if distance[place] > reach(OUTER) else where,
            float(fitted.shrunk.reliability[place]),
        )


def _limits(scale: Scale, found: Scatter, contacts: Array) -> tuple[Limits, ...]:
    """Of as many contacts as anybody here has; steps are even where limits change fast."""
    least, most = float(contacts.min()), float(contacts.max())
    steps = np.unique(np.geomspace(least * 0.95, most * 1.05, STEPS))
    error = found.error_of(steps)
    near, far = reach(INNER) * error, reach(OUTER) * error
    return tuple(
        Limits(float(n), *_shown(scale, -one, one, -other, other))
        for n, one, other in zip(steps, near, far, strict=True)
    )


def _shown(scale: Scale, *effects: float) -> list[float]:
    """Of durations by what share longer, else by how many points more."""
    return [float(np.expm1(effect)) if scale is Scale.RATIO else float(effect) for effect in effects]
