"""Which target asks for something and can be reached, how likely is it to be reached, and when is it luck alone?

From the level now (`local_level`) follows what will be read on a day to come: its spread grows with the doubt of the level,
with the steps people take by themselves, with what is not known of the planned action's gain, and with the luck of the few
contacts that are read on the day. A target is set where six in ten would reach it: never beyond what a quarter of colleagues
reach, never easier than what comes without any plan, and never so near that luck alone decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from scipy.special import ndtr, ndtri

from floorwalker.stats.cells import Array

ATTAINABLE, STRETCH = 0.60, 0.30
PEERS_QUANTILE = 0.75
LEAST_PERIODS, LEAST_PEERS = 3, 8
# A target nearer to the level than this share of what luck moves the reading by is met or missed by luck.
WITHIN_NOISE = 0.5
NEXT_TO_NOTHING = 1e-6
ON_TRACK, AT_RISK = 0.5, 0.2
# Of an action that nobody has tried yet: no gain, and doubt of a tenth of what people differ by.
UNTRIED = 0.1
INNER, OUTER = 0.50, 0.80


class Refused(StrEnum):
    """Why no target can be proposed."""

    SHORT_HISTORY = "short_history"  # fewer than three months: nobody knows where she stands
    FEW_COLLEAGUES = "few_colleagues"  # what is usual among so few, nobody can tell
    WITHIN_NOISE = "within_noise"  # this target would be met or missed by luck
    BEYOND_COLLEAGUES = "beyond_colleagues"  # she already does better than three in four: keep it


class Progress(StrEnum):
    """How it stands with a target."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    ASK = "ask"  # a new plan, or a new target


@dataclass(frozen=True)
class Gain:
    """What a planned action is expected to change by the day, better being positive, and the variance of that."""

    mean: float
    variance: float


def untried(spread: float) -> Gain:
    """The gain of an action of which nobody knows anything; spread: the variance between agents' true levels."""
    return Gain(0.0, UNTRIED**2 * max(spread, 0.0))


NO_PLAN = Gain(0.0, 0.0)


@dataclass(frozen=True)
class Outlook:
    """What is known of one agent today, on the scale on which figures add: `mean` and `variance` of the level.

    drift: the variance of a step by a period; luck: the variance of what will be read, from the contacts expected then; gain:
    of the planned action, coming evenly until the day; more_is_better; least, most: what the measure cannot leave, such as
    nought and one of a share.
    """

    mean: float
    variance: float
    drift: float
    luck: float
    gain: Gain
    more_is_better: bool
    least: float = -np.inf
    most: float = np.inf

    @property
    def way(self) -> float:
        """1 where more is better, -1 where less is."""
        return 1.0 if self.more_is_better else -1.0

    @property
    def without_plan(self) -> Outlook:
        """The same if nothing is done."""
        return replace(self, gain=NO_PLAN)

    def forecast(self, ahead: float, share: float = 1.0) -> tuple[float, float]:
        """Mean and variance of what will be read so many periods ahead, when that share of the gain has come."""
        mean = self.mean + self.way * share * self.gain.mean
        return mean, self.variance + self.drift * ahead + share**2 * self.gain.variance + self.luck

    def reached_at(self, probability: float, ahead: float) -> float:
        """The value that is reached, or passed, with a probability: within what the measure can be."""
        mean, variance = self.forecast(ahead)
        return self.within(mean - self.way * float(ndtri(probability)) * variance**0.5)

    def within(self, value: float) -> float:
        """A value within what the measure can be."""
        return float(min(max(value, self.least), self.most))

    def is_better(self, value: float, other: float) -> bool:
        """Whether a value is strictly better than another."""
        return self.way * (value - other) > 0


def reach_probability(outlook: Outlook, ahead: float, target: float) -> float:
    """How likely a reading so many periods ahead meets the target or passes it: as far as a measure can go at all."""
    beyond = target > outlook.most if outlook.more_is_better else target < outlook.least
    always = target <= outlook.least if outlook.more_is_better else target >= outlook.most
    if beyond or always:
        return 0.0 if beyond else 1.0
    mean, variance = outlook.forecast(ahead)
    if variance <= 0:
        return float(outlook.way * (mean - target) >= 0)
    return float(ndtr(outlook.way * (mean - target) / variance**0.5))


def progress(probability: float) -> Progress:
    """What the probability of reaching a target asks for."""
    if probability >= ON_TRACK:
        return Progress.ON_TRACK
    return Progress.AT_RISK if probability >= AT_RISK else Progress.ASK


def is_within_noise(outlook: Outlook, target: float) -> bool:
    """Whether luck alone would meet or miss it: it is nearer to the level than half of what luck moves a reading by."""
    return bool(abs(target - outlook.mean) < WITHIN_NOISE * outlook.luck**0.5)


def usual_of_peers(
    mean: Array, variance: Array, *, more_is_better: bool, quantile: float = PEERS_QUANTILE
) -> float | None:
    """What a quarter of colleagues truly reach or pass; None of fewer than eight.

    Means that were drawn towards nought lie closer together than people do, so they are first spread as far as people truly
    differ (constrained Bayes: T. A. Louis, Journal of the American Statistical Association 79 (1984), 393-398).
    """
    known = np.isfinite(mean) & np.isfinite(variance)
    if known.sum() < LEAST_PEERS:
        return None
    some, middle = mean[known], float(mean[known].mean())
    spread = float(some.var())
    stretch = (1 + float(variance[known].mean()) / spread) ** 0.5 if spread > 0 else 1.0
    return float(np.quantile(middle + stretch * (some - middle), quantile if more_is_better else 1 - quantile))


@dataclass(frozen=True)
class Suggested:
    """A target with the probability of reaching it with the plan and without, and a harder one that three in ten reach.

    stretch: None where colleagues do not go further than the target. refused: why none is proposed; then target is what was
    tried, None where nothing could be. longer: over how many times as many contacts it would have to be read to be no luck.
    """

    target: float | None
    probability: float | None
    without_plan: float | None
    stretch: float | None
    refused: tuple[Refused, ...] = ()
    longer: float | None = None


def suggest_target(
    outlook: Outlook,
    ahead: float,
    *,
    periods: int,
    peers: float | None,
    attainable: float = ATTAINABLE,
    stretch: float = STRETCH,
) -> Suggested:
    """The target that is reached with the probability `attainable`; peers: see `usual_of_peers`; periods: figures seen."""
    reasons = [reason for reason, here in _lacks(periods, peers) if here]
    if reasons or peers is None:
        return Suggested(None, None, None, None, tuple(reasons))
    unaided = outlook.without_plan.forecast(ahead)[0]
    if not outlook.is_better(peers, unaided):
        return Suggested(None, None, None, None, (Refused.BEYOND_COLLEAGUES,))
    target = _nearer(outlook, _harder(outlook, outlook.reached_at(attainable, ahead), unaided), peers)
    further = _nearer(outlook, outlook.reached_at(stretch, ahead), peers)
    noisy = is_within_noise(outlook, target)
    return Suggested(
        target,
        reach_probability(outlook, ahead, target),
        reach_probability(outlook.without_plan, ahead, target),
        further if outlook.is_better(further, target) else None,
        (Refused.WITHIN_NOISE,) if noisy else (),
        _longer(outlook, target) if noisy else None,
    )


def _lacks(periods: int, peers: float | None) -> list[tuple[Refused, bool]]:
    return [(Refused.SHORT_HISTORY, periods < LEAST_PERIODS), (Refused.FEW_COLLEAGUES, peers is None)]


def _harder(outlook: Outlook, one: float, other: float) -> float:
    return one if outlook.is_better(one, other) else other


def _nearer(outlook: Outlook, one: float, other: float) -> float:
    return other if outlook.is_better(one, other) else one


def _longer(outlook: Outlook, target: float) -> float | None:
    """How many times as many contacts make half of luck as small as the distance; None of a target at the level itself."""
    away = abs(target - outlook.mean)
    half = WITHIN_NOISE * outlook.luck**0.5
    return (half / away) ** 2 if away > NEXT_TO_NOTHING * half else None


@dataclass(frozen=True)
class Band:
    """What will be read so many periods ahead: in the middle, in half of the cases, and in eight of ten."""

    ahead: float
    middle: float
    inner_low: float
    inner_high: float
    outer_low: float
    outer_high: float


def fan(outlook: Outlook, ahead: Sequence[float], until: float | None = None) -> tuple[Band, ...]:
    """The bands at each of these distances; the gain comes evenly until `until` (the last of them) and then stays."""
    last = until if until is not None else max(ahead, default=1.0)
    return tuple(_band(outlook, step, min(1.0, step / last) if last > 0 else 1.0) for step in ahead)


def _band(outlook: Outlook, step: float, share: float) -> Band:
    mean, variance = outlook.forecast(step, share)
    inner, outer = (float(ndtri((1 + level) / 2)) * variance**0.5 for level in (INNER, OUTER))
    bounds = (outlook.within(mean + move) for move in (0.0, -inner, inner, -outer, outer))
    return Band(step, *bounds)
