"""What may be believed of a number that nobody can see, such as an agent's true difference from her peers?

A mixture of normals for each unit, an agent, a team or the site: every part is what would be believed under one answer to
what else is uncertain, weighed by how likely that answer is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import ndtr, ndtri

from floorwalker.stats.cells import Array

# How exactly a quantile is told, as a share of where it may lie; every fifth step halves that range whatever the slope says.
CLOSE, STEPS, BISECTED = 1e-9, 200, 5
REACH = 9.0
ROOT_OF_TURN = float(np.sqrt(2 * np.pi))


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
        found = np.clip(self.centre + float(ndtri(probability)) * np.sqrt(np.maximum(self.variance, 0.0)), low, high)
        close, left = CLOSE * (high - low), np.arange(len(found))
        parts = self.weight, self.mean, self.sd
        for step in range(STEPS):
            below, density = _distribution(found[left], *parts)
            over = below >= probability
            high[left], low[left] = np.where(over, found[left], high[left]), np.where(over, low[left], found[left])
            near = found[left] - _newton(below, density, probability)
            close_by = np.abs(near - found[left]) <= close[left]
            inside = (near >= low[left]) & (near <= high[left])
            within = close_by | (inside if step % BISECTED < BISECTED - 1 else False)
            moved = np.where(within, near, (low[left] + high[left]) / 2)
            far = np.abs(moved - found[left]) > close[left]
            found[left] = moved
            if not far.any():
                break
            if not far.all():
                left = left[far]
                parts = self.weight[:, left], self.mean[:, left], self.sd[:, left]
        return np.asarray(found)


def _distribution(places: Array, weight: Array, mean: Array, sd: Array) -> tuple[Array, Array]:
    """By unit the probability of less than a place, and the density there."""
    away = (places - mean) / sd
    below = np.einsum("pu,pu->u", weight, ndtr(away))
    return below, np.einsum("pu,pu->u", weight, np.exp(-0.5 * away**2) / sd) / ROOT_OF_TURN


def _newton(below: Array, density: Array, probability: float) -> Array:
    """How far a place is from the wanted one, as if by a normal distribution; not a number where that cannot be told."""
    with np.errstate(all="ignore"):
        turned = ndtri(below)
        return np.asarray((turned - ndtri(probability)) * np.exp(-0.5 * turned**2) / ROOT_OF_TURN / density)


# A shape is learnt from so many agents on: normals side by side, each as wide as this share of the whole spread.
SHAPED_FROM = 60
PART_WIDTH = 0.7
PLACES_REACH, PLACES_STEP = 5.0, 0.25
ROUNDS = 60
LEAST = 1e-300


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
    for _ in range(ROUNDS):
        # Each agent's weights, added up by place; one agent's worth of the normal shape keeps empty places from vanishing.
        drawn = share * (fit @ (1 / np.maximum(share @ fit, LEAST)))
        share = (drawn + start) / (len(apart) + 1)
    weight = share[:, None] * fit
    weight = weight / np.maximum(weight.sum(axis=0), LEAST)
    mean = (places * variance + apart * width**2) / total
    believed = Believed(weight, mean, np.sqrt(np.broadcast_to(variance * width**2 / total, mean.shape)))
    return Shape(places[:, 0], width, share, believed)
