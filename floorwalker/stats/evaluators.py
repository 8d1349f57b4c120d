"""How severe is each evaluator, and what remains of agents' scores when that is taken out?

A score is the level of its form, what the agent is like, how severe the evaluator is, how the two suit each other, and the
contact with all that is chance (R. L. Brennan, Generalizability Theory (2001); J. M. Linacre, Many-Facet Rasch Measurement
(1989)). How far agents, evaluators and pairs truly differ is estimated by restricted likelihood from the means of pairs, from
which agents are eliminated, so that thousands of them cost little; it is not taken for known: what is believed is averaged
over what it may be (see `_weighed`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize

from floorwalker.stats.believed import Believed
from floorwalker.stats.cells import Array, Index, total

# Logarithms of variances are looked for within these, from that of all scores.
LEAST, MOST = -12.0, 2.0
TINY = 1e-12
EXACTLY = {"ftol": 1e-11, "gtol": 1e-6, "maxiter": 200}
# Two variances are not taken for known: so many standard deviations of each, up to where the likelihood falls by so much.
NODES, DROP, HALVINGS, NOUGHT = 7, 3.0, 4, 1e-3


@dataclass(frozen=True)
class Scores:
    """Scores of evaluations, all of one measure. agent, evaluator, form: numbers from 0; form is that of its version."""

    score: Array
    agent: Index
    evaluator: Index
    form: Index

    @property
    def agents(self) -> int:
        return int(self.agent.max()) + 1

    @property
    def evaluators(self) -> int:
        return int(self.evaluator.max()) + 1


@dataclass(frozen=True)
class Variances:
    """How far things differ, as variances of scores: agents, evaluators, pairs of both, and contacts with all chance."""

    agent: float
    evaluator: float
    pair: float
    contact: float

    def needed(self, reliability: float) -> float:
        """Evaluations of an agent, each by another evaluator, until so much of what differs is the agent's."""
        noise = self.contact + self.pair
        return reliability / (1 - reliability) * noise / self.agent if self.agent > 0 else float("inf")


@dataclass(frozen=True)
class Judged:
    """What is believed. severity: (evaluators,), points by which each scores lower than their mean; agent: (agents,), how each
    differs from the mean of all, severity taken out; both above nought being better. mean: the usual score.

    reliability: (agents,), the share of what differs between agents that is the agent's own; evaluations: (evaluators,).
    """

    variances: Variances
    mean: float
    severity: Believed
    agent: Believed
    reliability: Array
    evaluations: Array


def many_facet(scores: Scores) -> Judged:
    """Take evaluators and agents apart. At least two evaluators with agents in common tell anything of severity."""
    facets = _Facets(scores)
    best = facets.most_likely()
    weight, points = _weighed(facets, best)
    parts = [facets.solved(point) for point in points]
    return Judged(
        _variances(best),
        float(weight @ [part.mean for part in parts]),
        _mixed(weight, [(-part.evaluator, part.evaluator_variance) for part in parts]),
        _mixed(weight, [(part.agent, part.agent_variance) for part in parts]),
        np.asarray(sum(w * part.reliability for w, part in zip(weight, parts, strict=True))),
        total(scores.evaluator, np.ones(len(scores.score)), scores.evaluators),
    )


def _mixed(weight: Array, parts: list[tuple[Array, Array]]) -> Believed:
    mean, sd = np.array([part for part, _ in parts]), np.sqrt(np.maximum([variance for _, variance in parts], TINY))
    return Believed(np.repeat(weight[:, None], mean.shape[1], axis=1), mean, sd)


@dataclass(frozen=True)
class _Solved:
    mean: float
    evaluator: Array
    evaluator_variance: Array
    agent: Array
    agent_variance: Array
    reliability: Array
    likelihood: float


def _variances(logs: Array) -> Variances:
    return Variances(*(float(value) for value in np.exp(logs)))


@dataclass(frozen=True)
class _Facets:
    """The sums that the likelihood needs: by pair of agent and evaluator on one form the number and mean of scores."""

    scores: Scores

    @cached_property
    def pairs(self) -> tuple[Array, Array, Index, Index, Index, float]:
        """Of pairs: evaluations, mean, agent, evaluator, form; and the sum of squares within them."""
        one = self.scores
        forms = int(one.form.max()) + 1
        key = (one.agent * one.evaluators + one.evaluator) * forms + one.form
        keys, place = np.unique(key, return_inverse=True)
        n = np.bincount(place).astype(float)
        mean = np.bincount(place, one.score) / n
        within = float(((one.score - mean[place]) ** 2).sum())
        rest, form = np.divmod(keys, forms)
        agent, evaluator = np.divmod(rest, one.evaluators)
        return n, mean, agent, evaluator, form, within

    def most_likely(self) -> Array:
        """Logarithms of the variances under which the scores are likeliest."""
        scale = max(float(self.scores.score.var()), 1e-9)
        begin = np.log(scale * np.array([0.15, 0.1, 0.05, 0.7]))
        bounds = [(np.log(scale) + LEAST, np.log(scale) + MOST)] * 4
        found = minimize(
            lambda logs: -self.solved(logs).likelihood, begin, method="L-BFGS-B", bounds=bounds, options=EXACTLY
        )
        return np.asarray(found.x)

    def solved(self, logs: Array) -> _Solved:
        """Everything under these variances: Henderson's equations, agents eliminated."""
        of = _variances(logs)
        n, mean, agent, evaluator, form, within = self.pairs
        agents, evaluators, forms = self.scores.agents, self.scores.evaluators, int(form.max()) + 1
        weight = 1 / (of.pair + of.contact / n)
        # Unknown beside agents: evaluators, then the level of each form.
        own = total(agent, weight, agents) + 1 / of.agent
        shared = np.zeros((agents, evaluators + forms))
        np.add.at(shared, (agent, evaluator), weight)
        np.add.at(shared, (agent, evaluators + form), weight)
        matrix = np.zeros((evaluators + forms, evaluators + forms))
        diagonal = np.concatenate([total(evaluator, weight, evaluators) + 1 / of.evaluator, total(form, weight, forms)])
        np.fill_diagonal(matrix, diagonal)
        crossed = np.zeros((evaluators, forms))
        np.add.at(crossed, (evaluator, form), weight)
        matrix[:evaluators, evaluators:] = crossed
        matrix[evaluators:, :evaluators] = crossed.T
        left = matrix - shared.T @ (shared / own[:, None])
        right_agent = total(agent, weight * mean, agents)
        right = np.concatenate([total(evaluator, weight * mean, evaluators), total(form, weight * mean, forms)])
        factor = cho_factor(left, lower=True)
        inverse = cho_solve(factor, np.eye(len(left)))
        unknown = cho_solve(factor, right - shared.T @ (right_agent / own))
        believed = (right_agent - shared @ unknown) / own
        agent_variance = 1 / own + np.einsum("ij,jk,ik->i", shared, inverse, shared) / own**2
        centred = np.eye(evaluators) - 1 / evaluators
        severity = centred @ unknown[:evaluators]
        severity_variance = np.diag(centred @ inverse[:evaluators, :evaluators] @ centred)
        fit = believed @ right_agent + unknown @ right
        logdet = (
            -np.log(weight).sum()
            + agents * np.log(of.agent)
            + evaluators * np.log(of.evaluator)
            + np.log(own).sum()
            + 2 * np.log(np.diag(factor[0])).sum()
        )
        free = float((n - 1).sum())
        likelihood = -0.5 * (logdet + (weight * mean**2).sum() - fit + free * np.log(of.contact) + within / of.contact)
        usual = float(np.average(unknown[evaluators:], weights=total(form, n, forms)) + unknown[:evaluators].mean())
        return _Solved(
            usual,
            severity,
            np.maximum(severity_variance, 0),
            believed - believed.mean(),
            agent_variance,
            np.clip(1 - agent_variance / of.agent, 0, 1),
            float(likelihood),
        )


def _weighed(facets: _Facets, best: Array) -> tuple[Array, list[Array]]:
    """Likely variances of agents and evaluators with their weights, so that what is believed is as doubtful as it must be.

    Any standard deviation is held for as likely as any other before the scores are seen (A. Gelman, Bayesian Analysis 1
    (2006), 515-534), so that a variance that was estimated as nought does not make ranges vanish.
    """
    likeliest = facets.solved(best).likelihood
    nodes = [_deviations(facets, best, place, likeliest) for place in range(2)]
    points = []
    for deviations in product(*nodes):
        logs = best.copy()
        logs[:2] = 2 * np.log(deviations)
        points.append(logs)
    likelihood = np.array([facets.solved(point).likelihood for point in points])
    weight = np.exp(likelihood - likelihood.max())
    return weight / weight.sum(), points


def _deviations(facets: _Facets, best: Array, place: int, likeliest: float) -> Array:
    """Standard deviations of one facet, evenly between those from which on the scores would be far less likely."""
    here, unit = float(np.exp(best[place] / 2)), float(np.exp(best[3] / 2))

    def is_likely(deviation: float) -> bool:
        logs = best.copy()
        logs[place] = 2 * np.log(max(deviation, NOUGHT * unit))
        return facets.solved(logs).likelihood > likeliest - DROP

    step = max(here, 0.05 * unit) / 4
    while is_likely(here + step) and step < 100 * unit:
        step *= 2
    high = _edge(is_likely, here, here + step)
    low = 0.0 if is_likely(0.0) else _edge(is_likely, here, 0.0)
    return np.maximum(np.linspace(low, high, NODES), NOUGHT * unit)


def _edge(is_likely: Callable[[float], bool], inside: float, outside: float) -> float:
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if is_likely(middle) else (inside, middle)
    return inside
