"""How far does an agent truly differ, once luck is taken out, and how sure can one be?

Observed effects scatter more than true ones. Each is drawn towards its peers as far as it is uncertain (empirical Bayes;
C. N. Morris, Journal of the American Statistical Association 78 (1983), 47-55). Two things are taken more seriously than
usual. Errors are not independent: agents who share kinds of contact share the error of what these take. And how far agents
truly differ is itself uncertain: it is integrated over, so that with a dozen agents intervals are as wide as they must be.
From many agents on the shape of their differences is learnt as well: a few who are far off must not make all others look
more different than they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.linalg import cho_solve, solve_triangular
from scipy.special import logsumexp

from floorwalker.stats.believed import SHAPED_FROM, Believed, learn_shape
from floorwalker.stats.cells import Array, Index
from floorwalker.stats.grams import Weights, factors

COARSE, FINE = 14, 13
NEGLIGIBLE = 1e-4
# The three points at which an uncertain variance of errors is weighed, in standard deviations of its logarithm.
ERROR_POINTS = ((-(3**0.5), 1 / 6), (0.0, 2 / 3), (3**0.5, 1 / 6))
CERTAIN = 0.05
ALONE = 1e-9


@dataclass(frozen=True)
class Errors:
    """The covariance of the errors of some effects, diag(own) + shared shared': never formed, since it is agents x agents.

    doubt: the standard deviation of the logarithm of its size, which was estimated from few agents and weeks.
    """

    own: Array
    shared: Array
    doubt: float = 0.0

    def times(self, factor: float) -> Errors:
        """The same with every variance times a factor."""
        return Errors(self.own * factor, self.shared * factor**0.5)

    def solved(self, true_variance: float) -> Solved:
        """Ready to divide by this covariance plus `true_variance` on the diagonal."""
        return Solved(self.own + true_variance, self.shared)

    @property
    def total(self) -> Array:
        """The variance of each effect's error."""
        return np.asarray(self.own + (self.shared**2).sum(axis=1))


class Solved:
    """Divides by diag(own) + shared shared' by the identity of Woodbury: time grows with agents, not with their square."""

    def __init__(self, own: Array, shared: Array) -> None:
        self.own, self.shared = own, shared
        scaled = shared / np.sqrt(own)[:, None]
        self.inner = np.linalg.cholesky(np.eye(shared.shape[1]) + scaled.T @ scaled)

    def divide(self, values: Array) -> Array:
        """The covariance's inverse times a vector or matrix of as many rows."""
        own = self.own if values.ndim == 1 else self.own[:, None]
        first = values / own
        return np.asarray(
            first - (self.shared @ cho_solve((self.inner, True), self.shared.T @ first, check_finite=False)) / own
        )

    @property
    def diagonal(self) -> Array:
        """The diagonal of the inverse."""
        half = solve_triangular(self.inner, (self.shared / self.own[:, None]).T, lower=True, check_finite=False)
        return np.asarray(1 / self.own - (half**2).sum(axis=0))


@dataclass(frozen=True)
class Shrunk:
    """What is believed of each agent's difference from the mean of the group.

    true_variance: between agents; reliability: (agents,) the share of an observed difference that is expected to be true.
    """

    difference: Believed
    true_variance: float
    reliability: Array


def shrink(effect: Array, errors: Errors, group: Index | None = None) -> Shrunk:
    """What to believe of each agent's difference from the mean of its group (all agents, where none is given).

    effect: (agents,), finite; group: (agents,) numbers, such as bands of tenure, each with a mean of its own.
    """
    prior = _NormalPrior(effect, errors, _design(len(effect), group))
    shaped = len(effect) >= SHAPED_FROM and prior.spread > 0
    difference = prior.shaped() if shaped else prior.believed()
    return Shrunk(difference, prior.spread**2, prior.reliability)


def _design(agents: int, group: Index | None) -> Array:
    if group is None:
        return np.ones((agents, 1))
    return np.asarray((group[:, None] == np.unique(group)[None, :]).astype(float))


class _NormalPrior:
    """True differences are taken for normal, their standard deviation for unknown: weighed on a grid."""

    def __init__(self, effect: Array, errors: Errors, design: Array) -> None:
        self.effect, self.errors, self.design = effect, errors, design
        self.points: list[tuple[Errors, float]] = []
        weights: list[float] = []
        doubts = ERROR_POINTS if errors.doubt > CERTAIN else ((0.0, 1.0),)
        for place, mass in doubts:
            sized = errors.times(float(np.exp(place * errors.doubt)))
            grid, likelihood = self._grid(sized)
            # A flat prior on the standard deviation: the width that each point stands for.
            self.points += [(sized, float(spread)) for spread in grid]
            weights += list(np.log(np.maximum(np.gradient(grid), 1e-300)) + likelihood + np.log(mass))
        weight = np.exp(np.array(weights) - logsumexp(weights))
        kept = np.flatnonzero(weight > NEGLIGIBLE)
        self.points = [self.points[place] for place in kept]
        self.weight = weight[kept] / weight[kept].sum()
        self.spread = float(np.sqrt(self.weight @ [spread**2 for _errors, spread in self.points]))

    def _grid(self, errors: Errors) -> tuple[Array, Array]:
        smallest = float(np.sqrt(np.median(errors.total)))
        widest = 3 * max(float(np.std(self.effect)), smallest)
        grid = np.concatenate([[0.0], np.geomspace(smallest / 25, widest, COARSE)])
        likelihood = self._likelihood(errors, grid)
        # More points where the likelihood is.
        near = np.flatnonzero(likelihood > likelihood.max() - 8)
        low, high = grid[max(near[0] - 1, 0)], grid[min(near[-1] + 1, len(grid) - 1)]
        finer = np.linspace(low, high, FINE + 2)[1:-1]
        likelihood = np.concatenate([likelihood, self._likelihood(errors, finer)])
        grid = np.concatenate([grid, finer])
        order = np.argsort(grid)
        return grid[order], likelihood[order]

    def _likelihood(self, errors: Errors, spreads: Array) -> Array:
        """The logarithm of the restricted likelihood of true standard deviations (the groups' means integrated out)."""
        weights = Weights(errors.own, spreads**2)
        shared = errors.shared.shape[1]
        grams = weights.grams(np.hstack([errors.shared, self.design, self.effect[:, None]]))
        diagonal = np.diagonal(factors(grams, shared), axis1=1, axis2=2)
        determinants = 2 * np.log(diagonal[:, :-1]).sum(axis=1) - np.log(weights.each).sum(axis=1)
        return np.asarray(-0.5 * (determinants + diagonal[:, -1] ** 2))

    def believed(self) -> Believed:
        """Differences from the groups' means, over all points of the grid."""
        parts = [self._at(errors, spread) for errors, spread in self.points]
        weight = np.repeat(self.weight[:, None], len(self.effect), axis=1)
        return Believed(weight, np.array([mean for mean, _sd in parts]), np.array([sd for _mean, sd in parts]))

    @property
    def reliability(self) -> Array:
        """The share of an observed difference that is true, weighed over the grid; errors in common count as far as they stay."""
        stays = self._without_shared_errors[1] / self.errors.total
        shares = [spread**2 / np.maximum(spread**2 + errors.total * stays, 1e-300) for errors, spread in self.points]
        return np.asarray(self.weight @ np.array(shares))

    def _at(self, errors: Errors, spread: float) -> tuple[Array, Array]:
        """Mean and standard deviation of each difference from its group's mean, given the true standard deviation."""
        solved = errors.solved(spread**2)
        divided = solved.divide(self.design)
        inverse = np.linalg.inv(self.design.T @ divided)
        projected = solved.divide(self.effect) - divided @ (inverse @ (divided.T @ self.effect))
        diagonal = solved.diagonal - ((divided @ inverse) * divided).sum(axis=1)
        sizes = self.design.sum(axis=0)
        mean = spread**2 * projected
        mean = mean - self.design @ ((self.design.T @ mean) / sizes)
        variance = spread**2 - spread**4 * diagonal - spread**2 * (self.design @ (1 / sizes))
        return mean, np.sqrt(np.maximum(variance, 1e-18))

    # the shape of true differences, learnt

    def shaped(self) -> Believed:
        """The same where the agents tell what shape their differences have.

        The errors that agents share are estimated first, for each agent from all others; then each stands alone.
        """
        apart, variance = self._without_shared_errors
        found = learn_shape(apart, variance, self.spread).believed
        middle = self.design @ ((self.design.T @ found.centre) / self.design.sum(axis=0))
        return Believed(found.weight, found.mean - middle, found.sd)

    @cached_property
    def _without_shared_errors(self) -> tuple[Array, Array]:
        """Effects without the errors in common and without their groups' means, and the variance of the error that is left.

        Both are told by everybody else: in what an agent's own effect has a say it would seem to differ less than it does.
        """
        solved = self.errors.solved(self.spread**2)
        divided = solved.divide(self.design)
        inverse = np.linalg.inv(self.design.T @ divided)
        projected = solved.divide(self.effect) - divided @ (inverse @ (divided.T @ self.effect))
        diagonal = solved.diagonal - ((divided @ inverse) * divided).sum(axis=1)
        # The only agent of a group tells nothing: that variance is as good as infinite.
        diagonal = np.maximum(diagonal, ALONE / (self.errors.total + self.spread**2))
        return projected / diagonal, np.maximum(1 / diagonal - self.spread**2, self.errors.own)
