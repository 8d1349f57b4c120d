"""Does somebody lie further from the usual than chance would put her, given how many contacts that rests on?

The picture of D. J. Spiegelhalter, Statistics in Medicine 24 (2005), 1185-1202: volume against figure, within limits that
narrow as contacts become more. The limits hold the excess variance of weeks, days and kinds of contact (see
`stats.overdispersion`), and what the usual figure itself is uncertain by; how far people truly differ is no part of them:
with it hardly anybody would ever lie outside.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from floorwalker.stats.case_mix import CaseMix
from floorwalker.stats.cells import Array

# What holds 95 in 100, and 998 in 1000, of those who do not differ.
INNER, OUTER = 0.95, 0.998


@dataclass(frozen=True)
class Scatter:
    """Where each agent lies, and how far chance alone would put her, on the effect's scale.

    off: (agents,) difference from the usual at the same work; error: (agents,) its standard deviation where nobody differs;
    contact, beyond: the variance of one contact, and what of an error's variance more contacts do not lessen, of a usual agent.
    """

    off: Array
    error: Array
    contact: float
    beyond: float

    def error_of(self, contacts: Array) -> Array:
        """How far chance puts a usual agent with so many contacts: the curve that is drawn."""
        return np.sqrt(self.contact / contacts + self.beyond)


def scatter(mix: CaseMix, contacts: Array, true_variance: float) -> Scatter:
    """Lay out one group of comparable agents; true_variance: of their true differences, by which the usual is weighed."""
    shared = mix.shared - mix.shared.mean(axis=0)
    variance = mix.own + (shared**2).sum(axis=1)
    usual = float(np.average(mix.effect, weights=1 / (variance + true_variance)))
    beyond = np.maximum(variance - mix.spread / contacts, 0.0)
    return Scatter(mix.effect - usual, np.sqrt(variance), float(np.median(mix.spread)), float(np.median(beyond)))


def reach(level: float) -> float:
    """How many standard deviations hold that share of those who do not differ."""
    return float(special.ndtri((1 + level) / 2))
