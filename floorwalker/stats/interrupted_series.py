"""Did a change of a whole site do anything? Nobody is left to compare with: whatever is said is weak evidence, and called so.

The site's own course is held against a series from outside that the change cannot have touched, with a step at the change.
What lasts from one period into the next is the trap: taken for chance that is new in each period, nothing at all seems a
change every fourth time. How much lasts is therefore weighed over all it may be (restricted likelihood on a grid), which wide
ranges are the price of.
"""

from __future__ import annotations

import numpy as np
from scipy.special import stdtr, stdtrit

from floorwalker.stats.cells import Array
from floorwalker.stats.intervals import LEVEL
from floorwalker.stats.rollouts import Design, NoRollout, Rollout, WhyNot

LEAST_BEFORE = 12
LASTING = np.linspace(0.0, 0.98, 50)
TINY = 1e-300


def interrupted_series(site: Array, outside: Array | None, before: int) -> Rollout | NoRollout:
    """The step at the change. site, outside: (periods,); before: periods until the change."""
    why = _refused(site, outside, before)
    if why is not None or outside is None:
        return NoRollout(why or WhyNot.NO_OUTSIDE_SERIES, 1, len(site))
    periods = np.arange(len(site))
    design = np.column_stack([(periods >= before).astype(float), np.ones(len(site)), outside - outside.mean()])
    fits = [_fit(design, site, float(kept)) for kept in LASTING]
    value, error = _weighed(fits)
    freedom = len(site) - design.shape[1]
    reach = float(stdtrit(freedom, (1 + LEVEL) / 2)) * error
    p = 2 * float(stdtr(freedom, -abs(value) / error)) if error > 0 else float(value == 0)
    return Rollout(Design.WEAK_EVIDENCE, value, p, value - reach, value + reach, _course(design, site, before), 1)


def _refused(site: Array, outside: Array | None, before: int) -> WhyNot | None:
    if before < LEAST_BEFORE:
        return WhyNot.TOO_FEW_BEFORE
    if len(site) <= before:
        return WhyNot.NOTHING_AFTERWARDS
    return WhyNot.NO_OUTSIDE_SERIES if outside is None else None


def _fit(design: Array, series: Array, kept: float) -> tuple[float, float, float]:
    """Step, its variance and the logarithm of the likelihood, if so much of a deviation lasts into the next period."""
    first = (1 - kept**2) ** 0.5
    both = np.column_stack([design, series])
    free = np.vstack([first * both[:1], both[1:] - kept * both[:-1]])
    columns, wanted = free[:, :-1], free[:, -1]
    inverse = np.linalg.pinv(columns.T @ columns)
    solved = inverse @ (columns.T @ wanted)
    freedom = len(series) - design.shape[1]
    size = float(((wanted - columns @ solved) ** 2).sum()) / freedom
    determinant = np.linalg.slogdet(columns.T @ columns + 1e-12 * np.eye(columns.shape[1]))[1]
    likelihood = -0.5 * (freedom * np.log(max(size, TINY)) - np.log(1 - kept**2) + determinant)
    return float(solved[0]), size * float(inverse[0, 0]), float(likelihood)


def _weighed(fits: list[tuple[float, float, float]]) -> tuple[float, float]:
    step, variance, likelihood = np.array(fits).T
    weight = np.exp(likelihood - likelihood.max())
    weight = weight / weight.sum()
    value = float(weight @ step)
    return value, float(weight @ (variance + (step - value) ** 2)) ** 0.5


def _course(design: Array, site: Array, before: int) -> tuple[tuple[int, float], ...]:
    """How the site lies above what the outside series and its own past lead to expect."""
    early, columns = site[:before], design[:before, 1:]
    expected = design[:, 1:] @ np.linalg.lstsq(columns, early, rcond=None)[0]
    return tuple((period - before, float(gap)) for period, gap in enumerate(site - expected))
