"""How many contacts were settled, although the latest have not had their time?

A contact that may still come back is neither settled nor failed: it counts as long as it was watched (E. L. Kaplan and
P. Meier, Journal of the American Statistical Association 53 (1958), 457-481; M. Greenwood 1926 for the variance). Some who
call again would have called anyway, about something else that looks alike: that background is measured after the window.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from floorwalker.stats.cells import Array

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
