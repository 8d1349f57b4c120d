"""By how many points does a kind of contact score higher or lower, whoever handles it and whoever marks it?

Within one agent's contacts and beside what evaluators and forms differ by. Kinds with few contacts hardly move anything: what is
found of a kind is drawn towards nought as far as chance alone could have made it (C. N. Morris, JASA 78 (1983), 47-55), so that
nobody's score is changed by noise. Of a kind that one evaluator alone marks nothing is known, and nothing is taken off.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from floorwalker.stats.cells import Array, Index
from floorwalker.stats.evaluators import Scores

# Rarer kinds are told apart by nobody and share one level.
LEAST_KIND = 10
EXACT = 1e-6


def worth_of_kinds(scores: Scores, kind: Index) -> Array:
    """Points by which each evaluation's kind of contact scores above the usual one: (evaluations,), their mean nought."""
    number = _by_frequency(kind)
    kinds = int(number.max(initial=0)) + 1
    if kinds < 2:
        return np.zeros(len(kind))
    slopes, covariance, known = _fit_kinds(scores, number, kinds - 1)
    # Against the mean of all contacts of which anything is known, not against the commonest kind.
    share = np.bincount(number, minlength=kinds) * np.r_[True, known]
    share = share / share.sum()
    against = (np.eye(kinds) - share)[:, 1:]
    raw = against @ np.where(known, slopes, 0.0)
    variance = np.maximum(np.einsum("ij,jk,ik->i", against, covariance * np.outer(known, known), against), 0.0)
    between = max(0.0, float(share @ (raw**2 - variance)))
    drawn = np.where(np.r_[True, known], raw * between / np.maximum(between + variance, 1e-12), 0.0)
    worth = drawn[number]
    return np.asarray(worth - worth.mean())


def _fit_kinds(scores: Scores, kind: Index, wanted: int) -> tuple[Array, Array, Array]:
    """Least squares with an effect for every agent, evaluator and form: of kinds the slopes, their covariance, and which are
    known at all. Agents are eliminated, so that thousands of them cost little."""
    design = sparse.hstack([_columns(one) for one in (kind, scores.evaluator, scores.form)], format="csr")
    agents = sparse.csr_matrix((np.ones(len(kind)), (scores.agent, np.arange(len(kind)))))
    n = np.maximum(np.asarray(agents.sum(axis=1)).ravel(), 1)
    sums = (agents @ design).toarray()
    apart = scores.score - ((agents @ scores.score) / n)[scores.agent]
    moments = (design.T @ design).toarray() - sums.T @ (sums / n[:, None])
    right = design.T @ apart
    inverse = np.linalg.pinv(moments, rcond=1e-10, hermitian=True)
    slopes = inverse @ right
    free = max(1.0, len(kind) - agents.shape[0] - float(np.trace(inverse @ moments)))
    chance = max(0.0, float(apart @ apart - slopes @ right)) / free
    known = np.abs((inverse @ moments).diagonal() - 1) < EXACT
    return slopes[:wanted], chance * inverse[:wanted, :wanted], known[:wanted]


def _columns(number: Index) -> sparse.csr_matrix:
    """One column for each but the first."""
    others = np.flatnonzero(number)
    shape = (len(number), int(number.max(initial=0)))
    return sparse.csr_matrix((np.ones(len(others)), (others, number[others] - 1)), shape=shape)


def _by_frequency(kind: Index) -> Index:
    """Kinds numbered anew, the commonest first, rare ones together as one."""
    _, place, often = np.unique(kind, return_inverse=True, return_counts=True)
    common = often >= LEAST_KIND
    merged = np.where(common, np.arange(1, len(often) + 1), 0)[place]
    _, place, often = np.unique(merged, return_inverse=True, return_counts=True)
    rank = np.empty(len(often), dtype=np.int64)
    rank[np.argsort(-often, kind="stable")] = np.arange(len(often))
    return np.asarray(rank[place])
