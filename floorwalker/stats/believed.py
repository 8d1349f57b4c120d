"""What may be believed of a number that nobody can see, such as an agent's true difference from her peers?

A mixture of normals for each unit, an agent, a team or the site: every part is what would be believed under one answer to
what else is uncertain, weighed by how likely that answer is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import ndtr

from floorwalker.stats.cells import Array

STEPS = 40
REACH = 9.0


@dataclass(frozen=True)
class Believed:
    """weight: (parts, units), adding up to 1 by unit; mean, sd: (parts, units)."""

    weight: Array
    mean: Array
    sd: Array

    @cached_property
    def centre(self) -> Array:
        """The mean, by unit."""
        return np.asarray((self.weight * self.mean).sum(axis=0))

    @cached_property
    def variance(self) -> Array:
        """The variance, by unit."""
        return np.asarray((self.weight * (self.sd**2 + self.mean**2)).sum(axis=0) - self.centre**2)

    def beyond(self, limit: float | Array) -> Array:
        """The probability that the number is greater than a limit, or than each unit's own."""
        # Weights add up to 1 but for the last digit: no probability may pass it.
        return np.asarray(np.minimum((self.weight * ndtr((self.mean - limit) / self.sd)).sum(axis=0), 1.0))

    def quantile(self, probability: float) -> Array:
        """The value that is exceeded with probability 1 - `probability`, by unit."""
        low, high = (self.mean - REACH * self.sd).min(axis=0), (self.mean + REACH * self.sd).max(axis=0)
        for _ in range(STEPS):
            middle = (low + high) / 2
            below = (self.weight * ndtr((middle - self.mean) / self.sd)).sum(axis=0) < probability
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        return np.asarray((low + high) / 2)


# A shape is learnt from so many agents on: normals side by side, each as wide as this share of the whole spread.
SHAPED_FROM = 60
PART_WIDTH = 0.7
PLACES_REACH, PLACES_STEP = 5.0, 0.25
ROUNDS = 60


@dataclass(frozen=True)
class Shape:
    """A row of normals: where they stand, how wide they are, each one's share; and what follows for every agent."""

    places: Array
    width: float
    share: Array
    believed: Believed


def learn_shape(apart: Array, variance: Array, spread: float, part_width: float = PART_WIDTH) -> Shape:
    """What to believe of true differences whose shape the agents themselves tell.

    A few who are far off would, under a normal prior, make all others look more different than they are. The prior is a row
    of normals with weights from the data (J. Kiefer and J. Wolfowitz, Annals of Mathematical Statistics 27 (1956), 887-906,
    smoothed). apart: (agents,) observed differences; variance: of their errors; spread: the true standard deviation;
    part_width: how wide each normal is, of the whole spread.
    """
    width = part_width * spread
    places = np.arange(-PLACES_REACH, PLACES_REACH + PLACES_STEP / 2, PLACES_STEP)[:, None] * spread
    total = variance + width**2
    fit = np.exp(-0.5 * (apart - places) ** 2 / total) / np.sqrt(total)
    start = np.exp(-0.5 * places[:, 0] ** 2 / (spread**2 - width**2))
    share = start = start / start.sum()
    weight = _weights(share, fit)
    for _ in range(ROUNDS):
        # One agent's worth of the normal shape keeps empty places from vanishing.
        share = (weight.sum(axis=1) + start) / (len(apart) + 1)
        weight = _weights(share, fit)
    mean = (places * variance + apart * width**2) / total
    believed = Believed(weight, mean, np.sqrt(np.broadcast_to(variance * width**2 / total, mean.shape)))
    return Shape(places[:, 0], width, share, believed)


def _weights(share: Array, fit: Array) -> Array:
    weight = share[:, None] * fit
    return np.asarray(weight / np.maximum(weight.sum(axis=0), 1e-300))
