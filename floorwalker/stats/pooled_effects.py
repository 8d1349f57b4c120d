"""What helps in general: how much does a kind of action change, over many reviews?

One review says little; many of the same kind do. They are pooled as samples from effects that truly differ (random effects; R. C.
Paule and J. Mandel, Journal of Research of the National Bureau of Standards 87 (1982), 377-385), with a range that allows for few
reviews (J. Hartung and G. Knapp, Statistics in Medicine 20 (2001), 3875-3889). Nothing is shown before twenty coached agents stand
behind it. Every finished review counts, whatever it said: whoever pools only what worked learns that everything works.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from floorwalker.stats.cells import Array, Index
from floorwalker.stats.coaching import Chosen
from floorwalker.stats.intervals import LEVEL

LEAST_COACHED = 20
# From fewer reviews nobody can tell how far actions differ, so that nothing is said of the next.
LEAST_REVIEWS = 3
# The share of a gap that an action closes, before anything is known, and how uncertain that is.
PRIOR, PRIOR_SD = 0.25, 0.15
# What is taken for likely of how far actions differ counts as much as so many reviews.
USUAL_REVIEWS = 30
ROUNDS = 200
TINY = 1e-12


@dataclass(frozen=True)
class Reviews:
    """Finished reviews, one each. effect, error: above nought being better; coached: agents."""

    effect: Array
    error: Array
    coached: Array

    def where(self, chosen: Chosen | Index) -> Reviews:
        """Some of them."""
        return Reviews(self.effect[chosen], self.error[chosen], self.coached[chosen])


@dataclass(frozen=True)
class Pooled:
    """The mean effect, its standard error and range, and how far true effects differ (a standard deviation).

    is_shown: whether enough agents stand behind it.
    """

    value: float
    error: float
    low: float
    high: float
    between: float
    reviews: int
    coached: int

    @property
    def is_shown(self) -> bool:
        return self.coached >= LEAST_COACHED


@dataclass(frozen=True)
class Learnt:
    """The share of a gap that the next action of a kind closes, and how uncertain that is.

    is_learnt: whether reviews stand behind it, or what is taken for likely without; reviews, coached: how many there are.
    """

    share: float = PRIOR
    sd: float = PRIOR_SD
    is_learnt: bool = False
    reviews: int = 0
    coached: int = 0


def pool(reviews: Reviews) -> Pooled | None:
    """All of them together; None where there are none."""
    count = len(reviews.effect)
    if not count:
        return None
    variance = np.maximum(reviews.error**2, TINY)
    between = paule_mandel(reviews.effect, variance)
    weight = 1 / (variance + between)
    value = float(weight @ reviews.effect / weight.sum())
    error = _error(reviews.effect - value, weight)
    reach = float(stdtrit(max(count - 1, 1), (1 + LEVEL) / 2)) * error if count > 1 else 1.96 * error
    return Pooled(value, error, value - reach, value + reach, between**0.5, count, int(reviews.coached.sum()))


def learn(reviews: Reviews, gap: Array, own: Chosen | None = None) -> Learnt:
    """The share of gaps that a kind of action closes, for what to act on first. gap: of each review before, above nought.

    own: those of one measure; drawn towards those of the others as far as they are few, since true effects differ.
    """
    own = np.ones(len(gap), dtype=bool) if own is None else own
    usable = gap > 0
    some, own = reviews.where(usable), own[usable]
    shares = Reviews(some.effect / gap[usable], some.error / gap[usable], some.coached)
    count, coached = len(shares.effect), int(shares.coached.sum())
    pooled = pool(shares)
    if pooled is None or not pooled.is_shown or count < LEAST_REVIEWS:
        return Learnt(reviews=count, coached=coached)
    between = _between(pooled.between**2, count)
    believed, doubt = PRIOR, PRIOR_SD**2
    if not own.all():
        # Which measure it is may matter as much as which action: what the others say is that much less sure of this one.
        believed, doubt = _updated(believed, doubt, shares.where(~own), between)
        doubt += between
    believed, doubt = _updated(believed, doubt, shares.where(own), between)
    # The next action is one of those that differ.
    return Learnt(min(max(believed, 0.0), 1.0), (doubt + between) ** 0.5, True, count, coached)


def _between(found: float, reviews: int) -> float:
    """The variance of what actions close: a few uncertain reviews hardly tell it, so that it is drawn towards the usual."""
    return (USUAL_REVIEWS * PRIOR_SD**2 + reviews * found) / (USUAL_REVIEWS + reviews)


def _updated(believed: float, doubt: float, shares: Reviews, between: float) -> tuple[float, float]:
    """What is believed of their mean, and its variance, once these are seen: what was believed counts as one more source."""
    if not len(shares.effect):
        return believed, doubt
    weight = 1 / (np.maximum(shares.error**2, TINY) + between)
    value = float(weight @ shares.effect / weight.sum())
    before, found = 1 / doubt, _error(shares.effect - value, weight) ** -2
    return (before * believed + found * value) / (before + found), 1 / (before + found)


def paule_mandel(effect: Array, variance: Array) -> float:
    """The variance of true effects at which those seen scatter as much as they should; nought where they scatter less."""
    count = len(effect)

    def excess(between: float) -> float:
        weight = 1 / (variance + between)
        mean = weight @ effect / weight.sum()
        return float(weight @ (effect - mean) ** 2) - (count - 1)

    if count < 2 or excess(0.0) <= 0:
        return 0.0
    low, high = 0.0, float(np.var(effect) * count + variance.max())
    for _round in range(ROUNDS):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
        if high - low <= TINY * high:
            break
    return (low + high) / 2


def _error(left: Array, weight: Array) -> float:
    """The standard error of a pooled mean: as reviews scatter, and never less than each one's own error makes it."""
    plain = 1 / float(weight.sum())
    seen = float(weight @ left**2) / (max(len(left) - 1, 1) * float(weight.sum()))
    return float(max(plain, seen) ** 0.5)
