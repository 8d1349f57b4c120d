"""What is estimated of people who do comparable work, from how many of them, and on which scale is a gap measured?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from floorwalker.insight.cells import AgentCells
from floorwalker.stats.case_mix import CaseMix, Scale
from floorwalker.stats.cells import Array, Cells, Index
from floorwalker.stats.shrinkage import Errors, Shrunk, shrink
from floorwalker.stats.tenure import with_newness

# The smallest gap that is worth an hour of anyone's time: of the standard for durations, in points for shares.
DELTA_RATIO, DELTA_SHARE, DELTA_POINTS_OF_SCALE = 0.05, 0.02, 0.02
SCALE_WIDTH = 4.0  # scores from 1 to 5
LEAST_CONTACTS, LEAST_DAYS, LEAST_PEERS = 20, 5, 8
# From this reliability on a measure tells people from one another.
RELIABLE = 0.70
# Whoever is newer than the mean of all by so much is called a starter: about the first three months.
STILL_NEW = 0.35


@dataclass(frozen=True)
class Fitted:
    """One group of comparable agents: who, what was estimated of them, their level at their common work, and who is new."""

    members: Index
    mix: CaseMix
    shrunk: Shrunk
    level: float
    starters: Index


def usual_delta(read: AgentCells) -> float:
    """The smallest gap that matters, where nobody has set another."""
    if read.scale is Scale.RATIO:
        return DELTA_RATIO
    return DELTA_SHARE if read.kpi.unit == "share" else DELTA_POINTS_OF_SCALE * SCALE_WIDTH


def fit_groups(read: AgentCells, groups: Index, new: Array) -> Iterator[Fitted]:
    """Fit every group that is large enough to learn from how far its agents truly differ. new: see `starters`."""
    for number in range(int(groups.max(initial=-1)) + 1):
        members = np.flatnonzero(groups == number)
        if len(members) < LEAST_PEERS:
            continue
        cells, mix = read.fitted(members)
        shared = mix.shared - mix.shared.mean(axis=0)
        errors = with_newness(Errors(mix.own, shared, doubt_of(cells)), mix.effect, new[members])
        shrunk = shrink(read.sign * mix.effect, errors)
        starters = np.flatnonzero(new[members].sum(axis=1) > STILL_NEW)
        yield Fitted(members, mix, shrunk, read.level(members), starters)


def doubt_of(cells: Cells) -> float:
    """How uncertain the size of errors is: it was learnt from so many agents' weeks."""
    weeks = max(1, (cells.days - 1) // 7)
    return float(np.sqrt(2 / max(1, cells.agents * weeks)))


def gap_to(standard: float | None, level: float, scale: Scale, sign: float) -> float:
    """How far the group's level is from the standard, on the effect's scale; positive is worse."""
    if standard is None:
        return 0.0
    return sign * float(np.log(level / standard) if scale is Scale.RATIO else level - standard)


def limit_of(delta: float, scale: Scale) -> float:
    """A smallest gap on the effect's scale."""
    return float(np.log1p(delta)) if scale is Scale.RATIO else delta
