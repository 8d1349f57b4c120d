"""Where does one person stand now, and what will be read of her by a day? With doubt, in the measure's own unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from scipy.special import ndtri

from floorwalker.estimate import Estimate, NoEstimate, Reason
from floorwalker.insight.blocks import BLOCK_DAYS
from floorwalker.insight.history import RECENT, History
from floorwalker.kpis.definition import Better
from floorwalker.stats.local_level import LocalLevels
from floorwalker.stats.targets import (
    Gain,
    Outlook,
    Progress,
    fan,
    progress,
    reach_probability,
    usual_of_peers,
)

WEEK = 7
LIKELY = float(ndtri(0.975))


@dataclass(frozen=True)
class Seen:
    """Four weeks of the person's figure, and within what luck alone moves it; None where too little was done."""

    last: date
    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True)
class Dated:
    """What will be read on a day: in the middle, in half of the cases, in eight of ten."""

    day: date
    middle: float
    inner_low: float
    inner_high: float
    outer_low: float
    outer_high: float


@dataclass(frozen=True)
class Standing:
    """How it stands with a target: chances with the plan and without, the state, and the fan from today to the day."""

    target: float
    probability: float
    without_plan: float
    state: Progress
    fan: tuple[Dated, ...]


@dataclass(frozen=True)
class PersonLevel:
    """One agent of a history, with everybody's levels."""

    history: History
    levels: LocalLevels
    number: int

    @property
    def mean(self) -> float:
        """Of the level now, on the scale of effects; nan where nothing is known."""
        return float(self.levels.mean[self.number])

    @property
    def is_known(self) -> bool:
        """Whether enough of the work was done to know where she stands."""
        return bool(np.isfinite(self.mean))

    @property
    def periods(self) -> int:
        """How many blocks have a figure."""
        return int(self.levels.periods[self.number])

    @property
    def peers(self) -> float | None:
        """What a quarter of the others truly reach."""
        others = np.arange(len(self.history.agents)) != self.number
        up = self.history.kpi.better is Better.UP
        return usual_of_peers(self.levels.mean[others], self.levels.variance[others], more_is_better=up)

    @property
    def usual_block(self) -> tuple[float, float]:
        """The variance of luck and the contacts of the middle one of the last blocks that have a figure."""
        known = np.flatnonzero(np.isfinite(self.history.effect[self.number]))[-RECENT:]
        error = self.levels.noise * float(np.median(self.history.error[self.number, known]))
        return error, float(np.median(self.history.contacts[self.number, known]))

    @property
    def estimate(self) -> Estimate | NoEstimate:
        """Where she stands now, with its likely range."""
        kpi, n = self.history.kpi, round(float(self.history.contacts[self.number].sum()))
        if not self.is_known:
            return NoEstimate(Reason.TOO_FEW if n else Reason.NO_DATA, n, kpi.stamp, kpi.unit)
        half = LIKELY * float(self.levels.variance[self.number]) ** 0.5
        low, value, high = (self.told(self.mean + move) for move in (-half, 0.0, half))
        known = np.flatnonzero(np.isfinite(self.history.effect[self.number]))
        observed = self.told(float(self.history.effect[self.number, known[-1]]))
        return Estimate(value, low, high, n, "local_level", kpi.stamp, kpi.unit, observed)

    def told(self, effect: float) -> float:
        """An effect in the measure's own unit, within what it can be."""
        least, most = self.history.bounds
        return self.history.in_unit(min(max(effect, least), most))

    @property
    def seen(self) -> tuple[Seen, ...]:
        """The blocks from the first that has a figure on."""
        found = [self._seen(number) for number in range(len(self.history.blocks))]
        first = next((place for place, one in enumerate(found) if one.value is not None), len(found))
        return tuple(found[first:])

    def _seen(self, number: int) -> Seen:
        history = self.history
        effect, n = float(history.effect[self.number, number]), round(float(history.contacts[self.number, number]))
        if not np.isfinite(effect):
            return Seen(history.blocks[number].last, None, None, None, n)
        half = LIKELY * (self.levels.noise * float(history.error[self.number, number])) ** 0.5
        low, value, high = (self.told(effect + move) for move in (-half, 0.0, half))
        return Seen(history.blocks[number].last, value, low, high, n)

    def reading(self, blocks: int) -> Estimate | NoEstimate:
        """What is read of her over the last so many blocks together, by their contacts, and within what luck moves that.

        It is of this, and not of her level, that the chances of an objective are told: `outlook` counts the same luck.
        """
        history, kpi = self.history, self.history.kpi
        effect, contacts = history.effect[self.number, -blocks:], history.contacts[self.number, -blocks:]
        known = np.isfinite(effect) & (contacts > 0)
        n = round(float(contacts.sum()))
        if not known.any():
            return NoEstimate(Reason.TOO_FEW if n else Reason.NO_DATA, n, kpi.stamp, kpi.unit)
        weight = contacts[known] / contacts[known].sum()
        luck = self.levels.noise * float((weight**2 * history.error[self.number, -blocks:][known]).sum())
        middle, half = float((weight * effect[known]).sum()), LIKELY * luck**0.5
        low, value, high = (self.told(middle + move) for move in (-half, 0.0, half))
        return Estimate(value, low, high, n, "reading", kpi.stamp, kpi.unit, value)

    def outlook(self, plan: Gain, blocks: int) -> Outlook:
        """What is known today of what will be read over so many blocks."""
        variance, drift = float(self.levels.variance[self.number]), self.levels.drift
        up = self.history.kpi.better is Better.UP
        luck = self.usual_block[0] / blocks
        return Outlook(self.mean, variance, drift, luck, plan, up, *self.history.bounds)

    def standing(self, outlook: Outlook, target: float, on: date, due: date) -> Standing:
        """How it stands with a target (on the scale of effects) by a day."""
        ahead = max(0.0, (due - on).days / BLOCK_DAYS)
        probability = reach_probability(outlook, ahead, target)
        alone = reach_probability(outlook.without_plan, ahead, target)
        return Standing(self.told(target), probability, alone, progress(probability), self._fan(outlook, on, due))

    def _fan(self, outlook: Outlook, on: date, due: date) -> tuple[Dated, ...]:
        days = [on + timedelta(days=after) for after in range(0, (due - on).days, WEEK)] + [due]
        bands = fan(outlook, [(day - on).days / BLOCK_DAYS for day in days])
        bounds = ((b.middle, b.inner_low, b.inner_high, b.outer_low, b.outer_high) for b in bands)
        return tuple(Dated(day, *(self.told(one) for one in some)) for day, some in zip(days, bounds, strict=True))
