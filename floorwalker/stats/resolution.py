"""How many contacts were settled, although the latest have not had their time, and surveys answer by mood?

A contact that may still come back is neither settled nor failed: it counts as long as it was watched (E. L. Kaplan and
P. Meier, Journal of the American Statistical Association 53 (1958), 457-481; M. Greenwood 1926 for the variance). Some who
call again would have called anyway, about something else that looks alike: that background is measured after the window.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from floorwalker.stats.cells import Array
from floorwalker.stats.intervals import LEVEL

WINDOW_DAYS = 7
BACKGROUND = (15, 28)


@dataclass(frozen=True)
class LifeTable:
    """The share that did not come back within the window; error: its standard error; plain: with the background left in."""

    resolved: float
    error: float
    plain: float


def life_table(
    watched: Array, repeats: Array, window: int = WINDOW_DAYS, background: tuple[int, int] = BACKGROUND
) -> LifeTable | None:
    """First contact resolution from counts by lag in days; None where nothing was watched so long.

    watched[lag]: contacts that were watched through that lag without a repeat before it; repeats[lag]: those of them that
    came back at it. Lags begin at 0. background: the lags (both included) in which a repeat is taken for unrelated.
    """
    at_risk, failed = watched[: window + 1], repeats[: window + 1]
    if len(at_risk) <= window or (at_risk <= 0).any():
        return None
    kept = 1 - failed / at_risk
    survived = float(np.prod(kept))
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(failed > 0, failed / (at_risk * np.maximum(at_risk - failed, 1e-12)), 0.0)
    error = survived * math.sqrt(float(terms.sum()))
    first, last = background
    exposure = float(watched[first : last + 1].sum())
    hazard = float(repeats[first : last + 1].sum()) / exposure if exposure > 0 else 0.0
    correction = math.exp(hazard * window)
    return LifeTable(min(1.0, survived * correction), error * correction, survived)


def survey_bounds(
    answered: int, happy: int, ratio: tuple[float, float] = (1.0, 2.0), level: float = LEVEL
) -> tuple[float, float] | None:
    """Between what the share of happy customers lies, if those answer `ratio` times as often as unhappy ones.

    Wilson's bounds of those who answered, the lower one moved by the greatest ratio that is thought possible.
    """
    if answered == 0:
        return None
    z = float(special.ndtri((1 + level) / 2))
    share = happy / answered
    middle = (share + z * z / (2 * answered)) / (1 + z * z / answered)
    half = z * math.sqrt(share * (1 - share) / answered + z * z / (4 * answered**2)) / (1 + z * z / answered)
    return without_mood(max(0.0, middle - half), ratio[1]), without_mood(min(1.0, middle + half), ratio[0])


def without_mood(share: float, ratio: float) -> float:
    """The share of all customers who are happy, where the happy answer `ratio` times as often as the others."""
    return share / (share + (1 - share) * ratio)
