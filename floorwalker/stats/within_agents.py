"""What goes with what within one agent's contacts, whoever the agent is?

Agents who are good at one thing are good at others, so that any criterion seems to move satisfaction where agents are compared
with each other. Here each agent is compared with herself alone: her own mean is taken out of everything, and errors of one
agent's contacts may hang together as they like (J. M. Wooldridge, Econometric Analysis of Cross Section and Panel Data, 2nd ed.
(2010), ch. 10). What is found is still association, not cause.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from floorwalker.stats.cells import Array, Index
from floorwalker.stats.evaluators import Scores

LEAST_AGENTS = 10
# An evaluator is held against the others without their most extreme fifth on either side.
TRIMMED = 0.2
LEAST_EACH, LEAST_EVALUATORS = 30, 2


@dataclass(frozen=True)
class Slopes:
    """Of each column what one point of it goes with: estimate, standard error, and p of there being nothing; nan unknown.

    covariance: of the estimates; agents: that tell anything of them.
    """

    estimate: Array
    error: Array
    p: Array
    covariance: Array
    agents: int


def fit_within(outcome: Array, columns: Array, agent: Index, stratum: Index | None = None) -> Slopes:
    """Least squares with an effect for every agent and kind of contact; errors by agent. columns: (contacts, k)."""
    wanted = columns.shape[1]
    if stratum is not None:
        columns = np.hstack([columns, (stratum[:, None] == np.arange(1, int(stratum.max()) + 1)).astype(float)])
    y, x = _apart(outcome[:, None], agent)[:, 0], _apart(columns, agent)
    clusters = len(np.unique(agent[np.abs(x).sum(axis=1) > 1e-12]))
    inverse = np.linalg.pinv(x.T @ x, rcond=1e-10, hermitian=True)
    known = np.abs((inverse @ (x.T @ x)).diagonal()[:wanted] - 1) < 1e-6
    slopes = inverse @ (x.T @ y)
    moments = np.zeros((int(agent.max()) + 1, x.shape[1]))
    np.add.at(moments, agent, x * (y - x @ slopes)[:, None])
    covariance = inverse @ (moments.T @ moments) @ inverse * clusters / max(1, clusters - 1)
    unknown = ~known | (clusters < LEAST_AGENTS)
    error = np.where(unknown, np.nan, np.sqrt(np.maximum(covariance.diagonal()[:wanted], 0)))
    estimate = np.where(unknown, np.nan, slopes[:wanted])
    return Slopes(estimate, error, _p(estimate, error, clusters), covariance[:wanted, :wanted], clusters)


@dataclass(frozen=True)
class Contrast:
    """By evaluator how much lower or higher one group is scored than others score it: points, error, p times evaluators."""

    estimate: Array
    error: Array
    p: Array


def contrast_groups(scores: Scores, in_group: Array) -> Contrast:
    """Whether an evaluator scores agents of a group otherwise than colleagues score the same agents.

    in_group: (agents,) 1 for the group, 0 for all others, nan for whoever said nothing; nan for evaluators with too few of
    either (LEAST_EACH), and of agents whom one evaluator scored alone nothing is learnt.
    """
    of_group = in_group[scores.agent]
    told = np.isfinite(of_group)
    agent, evaluator, y, group = scores.agent[told], scores.evaluator[told], scores.score[told], of_group[told]
    size = scores.evaluators
    each = np.array([np.bincount(evaluator[group == one], minlength=size) for one in (0, 1)]).min(axis=0)
    judged = np.flatnonzero(each >= LEAST_EACH)
    nothing = np.full(size, np.nan)
    if len(judged) < LEAST_EVALUATORS + 1:
        return Contrast(nothing, nothing.copy(), nothing.copy())
    some = np.isin(evaluator, judged)
    place = np.searchsorted(judged, evaluator[some])
    severe = (place[:, None] == np.arange(1, len(judged))).astype(float)
    fitted = fit_within(y[some], np.hstack([severe * group[some, None], severe]), agent[some])
    gaps = np.concatenate([[0.0], fitted.estimate[: len(judged) - 1]])
    covariance = np.zeros((len(judged), len(judged)))
    covariance[1:, 1:] = fitted.covariance[: len(judged) - 1, : len(judged) - 1]
    against = np.array([_against_others(gaps, number) for number in range(len(judged))])
    estimate, error, p = nothing, nothing.copy(), nothing.copy()
    estimate[judged] = against @ gaps
    error[judged] = np.sqrt(np.einsum("ij,jk,ik->i", against, covariance, against))
    p[judged] = np.minimum(1.0, len(judged) * _p(estimate[judged], error[judged], fitted.agents))
    return Contrast(estimate, error, p)


def _against_others(gaps: Array, one: int) -> Array:
    """Weights: this evaluator less the mean of the others, the extreme of them left out."""
    others = np.array([number for number in np.argsort(gaps) if number != one])
    # Of three and more the outermost never count: else one who is biased would make all others look biased the other way.
    cut = max(int(TRIMMED * len(others)), int(len(others) >= 3))
    middle = others[cut : len(others) - cut]
    weights = np.zeros(len(gaps))
    weights[middle] = -1 / len(middle)
    weights[one] = 1.0
    return weights


def _apart(values: Array, agent: Index) -> Array:
    """Values (contacts, k) less each agent's own mean."""
    n = np.maximum(np.bincount(agent), 1)
    means = np.zeros((len(n), values.shape[1]))
    np.add.at(means, agent, values)
    return np.asarray(values - (means / n[:, None])[agent])


def _p(estimate: Array, error: Array, clusters: int) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(2 * special.stdtr(max(1, clusters - 1), -np.abs(estimate / error)))
