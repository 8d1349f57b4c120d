"""What is asked of coaching: who was coached, how were they chosen, at which planned look; and what may be answered?

The way of choosing settles which estimate decides (see `effects`). Here more is always better: an effect above nought is a gain.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray

from floorwalker.stats.cells import Array, Index
from floorwalker.stats.level_covariance import Blocks

Chosen = NDArray[np.bool_]

# The last blocks are never the baseline, even if nobody was shown them: dips bring people to be chosen.
LEAST_LEFT_OUT = 3
LEAST_UNSEEN = 6
LEAST_DRAWN, LEAST_POOL = 24, 48
# So large a share of the coached is most of them.
MOST = 0.5
CONSPICUOUS = 2.0
# One-sided 5 %: a gain is likely, and may be one half of a trade-off; to be called proven takes more.
LIKELY = 1.645
# By the cautious estimate so much must speak for it, too, where the chooser's knowledge is the reason to prefer the other.
ALSO = 1.0


class Look(IntEnum):
    """The planned looks, by the blocks of four weeks that they count; ONLY: the single one of a lot that waits nine weeks."""

    WEEK_4 = 1
    WEEK_8 = 2
    WEEK_12 = 3
    ONLY = 4

    @property
    def blocks(self) -> int:
        return 2 if self is Look.ONLY else int(self)

    @property
    def bound(self) -> float:
        """So many standard errors make "works", at one-sided 1 % over all looks (O'Brien and Fleming, Biometrics 35 (1979), 549-556)."""
        return {Look.WEEK_4: 3.7, Look.WEEK_8: 2.75, Look.WEEK_12: 2.4, Look.ONLY: 2.33}[self]


class Mode(StrEnum):
    """How those who were coached were chosen: by lot; lately, the record shown being known; otherwise."""

    LOT = "lot"
    RECENT = "recent"
    OTHERWISE = "otherwise"

    def works(self, look: Look, record: float, profile: float) -> bool:
        """Whether it works, by how many standard errors each estimate lies above nought."""
        if self is Mode.LOT:
            return record > look.bound
        return profile > look.bound and record > (ALSO if self is Mode.RECENT else look.bound)

    def seems(self, record: float, profile: float) -> bool:
        """Whether a gain is likely, by the same estimates, whatever the look."""
        if self is Mode.LOT:
            return record > LIKELY
        return profile > LIKELY and record > (ALSO if self is Mode.RECENT else LIKELY)


class Why(StrEnum):
    """Why there is no effect to be told."""

    NOBODY_COACHED = "nobody_coached"
    EVERYBODY_COACHED = "everybody_coached"
    TOO_FEW_CONTROLS = "too_few_controls"
    TOO_LITTLE_HISTORY = "too_little_history"
    NOTHING_AFTERWARDS = "nothing_afterwards"
    EXTRAPOLATED = "extrapolated"


@dataclass(frozen=True)
class NoEffect:
    """Why, and what was there: coached agents and others that could be used, and blocks before."""

    why: Why
    coached: int
    controls: int
    blocks: int


@dataclass(frozen=True)
class Effect:
    """What coaching did; all in the figures' own unit, above nought being better.

    value, low, high: the effect and its range of 95 %; cautious: by the record alone, with z_record; by_profile, with
    z_profile: by the selection's profile; naive: what coached agents changed by, which is effect + regression_to_mean +
    everyone; minimum_detectable: what would be found four times in five; placebo: the profile's z for a time before anybody was
    coached; is_conclusive: that this is nothing conspicuous.
    """

    mode: Mode
    look: Look
    works: bool
    value: float
    low: float
    high: float
    error: float
    cautious: float
    z_record: float
    by_profile: float
    z_profile: float
    naive: float
    regression_to_mean: float
    everyone: float
    minimum_detectable: float
    placebo: float | None
    coached: int
    controls: int

    @property
    def seems(self) -> bool:
        """Whether a gain is likely, though it need not be proven."""
        return self.mode.seems(self.z_record, self.z_profile)

    @property
    def is_conclusive(self) -> bool:
        return self.placebo is None or abs(self.placebo) <= CONSPICUOUS


@dataclass(frozen=True)
class Coaching:
    """What is asked. history: blocks before the decision; after: those since, washout left out; coached: (agents,).

    shown: how many blocks whoever chose had been shown, None where nobody knows; pool: (agents,), among whom a lot decided;
    covariates: (agents, columns) to be held alike, such as peer group, site and shift; team: (agents,) numbers from 0.
    Agents of other groups of peers, or with other actions going on, must have been left out.
    """

    history: Blocks
    after: Blocks
    coached: Chosen
    shown: int | None = None
    pool: Chosen | None = None
    covariates: Array | None = None
    team: Index | None = None

    @property
    def mode(self) -> Mode:
        """Which rule decides."""
        if self.pool is not None and self.pool.sum() >= LEAST_POOL and self.coached.sum() >= LEAST_DRAWN:
            return Mode.LOT
        return Mode.RECENT if self.shown is not None and self._unseen_known >= LEAST_UNSEEN else Mode.OTHERWISE

    @property
    def _unseen_known(self) -> int:
        """Blocks that whoever chose was not shown and in which most of the coached were at work: others tell nothing of them."""
        left = len(self.history.at) - max(self.shown or 0, LEAST_LEFT_OUT)
        seen = self.history.seen[self.coached][:, : max(left, 0)]
        return int((seen.mean(axis=0) >= MOST).sum()) if seen.size else 0

    @property
    def unseen(self) -> int:
        """How many of the oldest blocks are the baseline."""
        left_out = max(self.shown or 0, LEAST_LEFT_OUT) if self.mode is Mode.RECENT else LEAST_LEFT_OUT
        return max(len(self.history.at) - left_out, 2)

    @property
    def held_alike(self) -> Array | None:
        """Covariates, and of a lot the pool."""
        if self.mode is not Mode.LOT or self.pool is None:
            return self.covariates
        pool = self.pool[:, None].astype(float)
        return pool if self.covariates is None else np.hstack([self.covariates, pool])
