"""Does something happen to a group of agents more often than to all others, and still so among those with the same work?

Several rows may be one agent's (evaluations, targets) and hang together: plain counts are divided by their design effect first
(Rao and Scott 1992, Biometrics 48, 577-585), after that the intervals are Newcombe's of the difference (1998, Statistics in
Medicine 17, 873-890, method 10) and Katz's of the ratio. Within strata both are those of Mantel and Haenszel, with errors by
agent. What is told of must be counted in tens: see `groups_to_tell`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from floorwalker.stats.cells import Array, Index
from floorwalker.stats.intervals import wilson_interval
from floorwalker.stats.summaries import Proportion

# Agents in every count that is told: with and without, of the group, of the others, and of those who are left out.
LEAST_COUNTED = 10
Rows = NDArray[np.bool_]


@dataclass(frozen=True)
class Contrast:
    """The share of a group less that of the others, and over it, each likely between low and high."""

    difference: float
    low: float
    high: float
    ratio: float
    ratio_low: float
    ratio_high: float


@dataclass(frozen=True)
class Happened:
    """What happened or did not, one row each, numbered: to which agent, and among what (work, time here, time of day)."""

    event: Rows
    agent: Index
    stratum: Index

    def of(self, rows: Rows) -> Happened:
        """Those rows alone."""
        return Happened(self.event[rows], self.agent[rows], self.stratum[rows])

    def least_count(self) -> int:
        """Agents to whom it happened, and to whom it did not (either, where both): the fewer of the two."""
        return min(len(np.unique(self.agent[self.event == told])) for told in (True, False))


def newcombe_difference(one: tuple[float, float], other: tuple[float, float], level: float) -> tuple[float, float]:
    """Bounds of the difference of two shares, each (events, n)."""
    (low, share, high), (other_low, other_share, other_high) = _wilson(one, level), _wilson(other, level)
    gap = share - other_share
    return (
        gap - math.hypot(share - low, other_high - other_share),
        gap + math.hypot(high - share, other_share - other_low),
    )


def katz_ratio(one: tuple[float, float], other: tuple[float, float], level: float) -> tuple[float, float]:
    """Bounds of the ratio of two shares, each (events, n) with events above nought."""
    (events, n), (others, many) = one, other
    error = math.sqrt(1 / events - 1 / n + 1 / others - 1 / many)
    reach = math.exp(float(special.ndtri((1 + level) / 2)) * error)
    ratio = (events / n) / (others / many)
    return ratio / reach, ratio * reach


def plain_contrast(rows: Happened, inside: Rows, level: float) -> Contrast:
    """As it is, whatever the work; both sides hold rows with and without the event."""
    one, other = (_effective(rows.of(side)) for side in (inside, ~inside))
    low, high = newcombe_difference(one, other, level)
    share, other_share = one[0] / one[1], other[0] / other[1]
    return Contrast(share - other_share, low, high, share / other_share, *katz_ratio(one, other, level))


def fair_contrast(rows: Happened, inside: Rows, level: float) -> Contrast | None:
    """Within strata that hold both sides (Mantel and Haenszel); None where these hold too few agents in any count."""
    both = np.isin(rows.stratum, rows.stratum[inside]) & np.isin(rows.stratum, rows.stratum[~inside])
    rows, inside = rows.of(both), inside[both]
    if min(rows.of(side).least_count() for side in (inside, ~inside)) < LEAST_COUNTED:
        return None
    _, stratum = np.unique(rows.stratum, return_inverse=True)
    sides = tuple(np.asarray(np.bincount(stratum, side), dtype=float) for side in (inside, ~inside))
    free = min(len(np.unique(rows.agent[side])) for side in (inside, ~inside)) - 1
    reach = float(special.stdtrit(free, (1 + level) / 2))
    gap, error = _difference(rows, inside, stratum, sides)
    ratio, log_error = _ratio(rows, inside, stratum, sides)
    wide = math.exp(reach * log_error)
    return Contrast(gap, gap - reach * error, gap + reach * error, ratio, ratio / wide, ratio * wide)


def groups_to_tell(rows: Happened, group: Index) -> list[int]:
    """Which groups, numbered by agent from 0 (-1 of none), may be told of; all others are to be left out of every figure.

    Each has ten agents at least to whom it happened and ten to whom it did not. So have those who are left out, all together,
    unless there are none: otherwise a group would follow from the whole and the others.
    """
    of_row = group[rows.agent]
    count = {one: rows.of(of_row == one).least_count() for one in range(int(group.max(initial=-1)) + 1)}
    told = sorted((one for one, least in count.items() if least >= LEAST_COUNTED), key=lambda one: -count[one])
    while told:
        rest = rows.of(~np.isin(of_row, told))
        if not len(rest.agent) or rest.least_count() >= LEAST_COUNTED:
            break
        told.pop()
    return sorted(told) if len(told) > 1 else []


def _wilson(counts: tuple[float, float], level: float) -> tuple[float, float, float]:
    events, n = counts
    share, z = events / n, float(special.ndtri((1 + level) / 2))
    if float(n).is_integer() and float(events).is_integer():
        bounds = wilson_interval(Proportion(int(n), int(n), 0, int(events)), level)
        return bounds.low or 0.0, share, 1.0 if bounds.high is None else bounds.high
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return centre - half, share, centre + half


def _effective(rows: Happened) -> tuple[float, float]:
    """Events and rows, divided by how much more agents differ than chance alone would make them."""
    _, agent = np.unique(rows.agent, return_inverse=True)
    n, events = np.bincount(agent), np.bincount(agent, rows.event)
    many, total, share = len(n), float(n.sum()), float(events.sum() / n.sum())
    if n.max() == 1 or many < 2 or not 0 < share < 1:
        return float(events.sum()), total
    variance = many / (many - 1) * float(((events - n * share) ** 2).sum()) / total**2
    effect = max(1.0, variance * total / (share * (1 - share)))
    return float(events.sum()) / effect, total / effect


def _difference(rows: Happened, inside: Rows, stratum: Index, sides: tuple[Array, ...]) -> tuple[float, float]:
    """The difference within strata and its error: that of a regression with a level for each stratum is the same."""
    n = sides[0] + sides[1]
    x = inside - (sides[0] / n)[stratum]
    y = rows.event - (np.bincount(stratum, rows.event) / n)[stratum]
    size = float(x @ x)
    gap = float(x @ y) / size
    return gap, _by_agent(rows.agent, x * (y - x * gap)) / size


def _ratio(rows: Happened, inside: Rows, stratum: Index, sides: tuple[Array, ...]) -> tuple[float, float]:
    """The ratio within strata, and the error of its logarithm (as Greenland and Robins 1985, but by agent)."""
    ours, theirs = sides
    n = ours + theirs
    weight, other = (theirs / n)[stratum], (ours / n)[stratum]
    events = float(weight @ (rows.event & inside))
    ratio = events / float(other @ (rows.event & ~inside))
    base = (np.bincount(stratum, rows.event) / (ours * ratio + theirs))[stratum]
    moments = np.where(inside, weight * (rows.event - ratio * base), -ratio * other * (rows.event - base))
    return ratio, _by_agent(rows.agent, moments) / events


def _by_agent(agent: Index, moments: Array) -> float:
    """The error of a sum whose terms hang together within agents."""
    _, number = np.unique(agent, return_inverse=True)
    total = np.bincount(number, moments)
    many = len(total)
    return math.sqrt(float((total**2).sum()) * many / max(1, many - 1))
