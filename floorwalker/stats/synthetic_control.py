"""Did a change of one team or queue work, while others went on as before?

The team is held against a weighted mean of others that moved as it did before the change, levels taken off (A. Abadie,
A. Diamond and J. Hainmueller, JASA 105 (2010), 493-505). Weights are drawn towards equal ones, the more the noisier figures are
(E. Ben-Michael, A. Feller and J. Rothstein, JASA 116 (2021), 1789-1803). Chance is how each of the others would have come out if
it had been the one: of fewer than nineteen no placebo test can reach 5 %.
"""

from __future__ import annotations

import numpy as np
from scipy.special import stdtrit

from floorwalker.stats.cells import Array
from floorwalker.stats.intervals import LEVEL
from floorwalker.stats.rollouts import Design, NoRollout, Rollout, WhyNot

LEAST_DONORS = 19
LEAST_BEFORE = 4
TINY = 1e-12


def synthetic_control(changed: Array, others: Array, before: int) -> Rollout | NoRollout:
    """The mean effect after the change. changed: (periods,); others: (donors, periods); before: periods until the change.

    p is that of the mean gap after, in units of the gaps before (their root mean square), among all placebos.
    """
    donors, periods = others.shape
    why = _refused(donors, periods, before)
    if why is not None:
        return NoRollout(why, donors + 1, periods)
    noise = _noise(others, before)
    gaps = [_gap(changed, others, before, noise)]
    gaps += [_gap(others[one], np.delete(others, one, axis=0), before, noise) for one in range(donors)]
    ratio = np.array([_ratio(gap, before) for gap in gaps])
    effects = np.array([gap[before:].mean() for gap in gaps])
    p = float((ratio >= ratio[0] - TINY).mean())
    spread = float(np.sqrt(np.mean(effects[1:] ** 2)))
    reach = float(stdtrit(donors, (1 + LEVEL) / 2)) * spread
    course = tuple((period - before, float(gap)) for period, gap in enumerate(gaps[0]))
    found = float(effects[0])
    return Rollout(Design.SYNTHETIC, found, p, found - reach, found + reach, course, donors + 1)


def weights(changed: Array, others: Array, noise: float) -> Array:
    """What each donor counts, levels having been taken off: ridge towards equal weights. changed: (before,); others: (donors, before)."""
    donors, before = others.shape
    equal = np.full(donors, 1 / donors)
    ridge = (before * noise + TINY) * np.eye(donors)
    return np.asarray(equal + np.linalg.solve(others @ others.T + ridge, others @ (changed - equal @ others)))


def _refused(donors: int, periods: int, before: int) -> WhyNot | None:
    if donors < LEAST_DONORS:
        return WhyNot.TOO_FEW_OTHERS
    if before < LEAST_BEFORE:
        return WhyNot.TOO_FEW_BEFORE
    return WhyNot.NOTHING_AFTERWARDS if periods <= before else None


def _noise(others: Array, before: int) -> float:
    """By how much a donor moves by itself, as a variance: levels, what all have in common and a few moods of the floor taken off.

    The median of singular values hardly knows of a few large ones: it is that of noise (M. Gavish and D. L. Donoho, IEEE
    Transactions on Information Theory 60 (2014), 5040-5053).
    """
    early = others[:, :before]
    apart = early - early.mean(axis=1, keepdims=True) - early.mean(axis=0) + early.mean()
    small, large = sorted((len(early) - 1, before - 1))
    singular = np.linalg.svd(apart, compute_uv=False)[:small]
    return float(np.median(singular)) ** 2 / (large * _median_of_noise(small / large))


def _median_of_noise(ratio: float) -> float:
    """The median of the Marchenko-Pastur distribution: squared singular values of pure noise, in units of the larger side."""
    low, high = (1 - ratio**0.5) ** 2, (1 + ratio**0.5) ** 2
    # The angle makes the density's steep ends smooth.
    angle = np.linspace(0, np.pi, 2_001)[1:-1]
    value = (low + high) / 2 - (high - low) / 2 * np.cos(angle)
    mass = np.cumsum(np.sin(angle) ** 2 / value)
    return float(np.interp(mass[-1] / 2, mass, value))


def _gap(one: Array, others: Array, before: int, noise: float) -> Array:
    own, theirs = one - one[:before].mean(), others - others[:, :before].mean(axis=1, keepdims=True)
    return np.asarray(own - weights(own[:before], theirs[:, :before], noise) @ theirs)


def _ratio(gap: Array, before: int) -> float:
    return abs(float(gap[before:].mean())) / max(float(np.sqrt(np.mean(gap[:before] ** 2))), TINY)
