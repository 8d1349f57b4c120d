"""Which of many answers go with an outcome, within one agent's contacts, and which only seem to?

All answers of one form stand in one regression, so that none is praised for its neighbour (see `within_agents`); a question that
did not apply has a level of its own instead of an invented answer. Of many questions some stand out by chance: of those that are
named one in ten at most is expected to be wrong (Y. Benjamini and Y. Hochberg, J. R. Statist. Soc. B 57 (1995), 289-300).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from floorwalker.stats.cells import Array, Index
from floorwalker.stats.within_agents import fit_within

# An answer tells something where it lies above and below its mean on so many contacts, and differs within so many agents.
LEAST_EACH, LEAST_AGENTS = 20, 20
# A kind of contact has a level of its own from so many of them on; rarer kinds share one.
LEAST_STRATUM = 10
# Contacts for each thing that one regression has to find.
LEAST_FOR_EACH = 10
LEVEL = 0.95


@dataclass(frozen=True)
class Associations:
    """By question, what answering it as well as can be, not as badly as can be, goes with: (questions,), nan where unknown.

    n: contacts on which it applied; agents: within whose contacts its answers differ; low, high: the range that holds the
    truth in 95 of 100 cases; p: of there being nothing. enough: whether there was enough to try at all.
    """

    n: Index
    agents: Index
    estimate: Array
    low: Array
    high: Array
    p: Array
    enough: NDArray[np.bool_]


def associate(outcome: Array, answers: Array, agent: Index, stratum: Index) -> Associations:
    """outcome: (contacts,); answers: (contacts, questions) from 0 to 1, nan where a question did not apply."""
    applied = np.isfinite(answers)
    n = applied.sum(axis=0)
    mean = np.where(applied, answers, 0.0).sum(axis=0) / np.maximum(n, 1)
    agents = np.array(
        [_differing(answers[:, one], applied[:, one], agent) for one in range(answers.shape[1])], dtype=int
    )
    above, below = ((applied & side).sum(axis=0) for side in (answers > mean, answers < mean))
    enough = (np.minimum(above, below) >= LEAST_EACH) & (agents >= LEAST_AGENTS)
    nothing = np.full(answers.shape[1], np.nan)
    found = Associations(n, agents, nothing, nothing.copy(), nothing.copy(), nothing.copy(), enough)
    kinds = _kinds(stratum)
    # A question that hardly ever differs is no use as a neighbour either: its slope would be made of a handful of contacts.
    asked = np.flatnonzero(enough)
    absent = _levels(applied[:, asked])
    if not len(asked) or len(outcome) < LEAST_FOR_EACH * (len(asked) + absent.shape[1] + int(kinds.max())):
        return found if len(asked) == 0 else _without(found)
    filled = np.where(applied, answers, mean)[:, asked]
    fitted = fit_within(outcome, np.hstack([filled, absent]), agent, kinds)
    estimate, error = fitted.estimate[: len(asked)], fitted.error[: len(asked)]
    reach = float(special.stdtrit(max(1, fitted.agents - 1), (1 + LEVEL) / 2))
    found.estimate[asked], found.p[asked] = estimate, fitted.p[: len(asked)]
    found.low[asked], found.high[asked] = estimate - reach * error, estimate + reach * error
    return found


def standing_out(p: Array) -> Array:
    """The rate of false discoveries among all that are at least as clear, by question; nan where nothing is known."""
    known = np.isfinite(p)
    found = np.full(p.shape, np.nan)
    if known.any():
        found[known] = stats.false_discovery_control(p[known])
    return found


def _without(found: Associations) -> Associations:
    return Associations(
        found.n, found.agents, found.estimate, found.low, found.high, found.p, np.zeros_like(found.enough)
    )


def _differing(answers: Array, applied: NDArray[np.bool_], agent: Index) -> int:
    """Within how many agents' contacts the answers differ."""
    size = int(agent.max()) + 1 if len(agent) else 0
    low, high = np.full(size, np.inf), np.full(size, -np.inf)
    np.minimum.at(low, agent[applied], answers[applied])
    np.maximum.at(high, agent[applied], answers[applied])
    return int((high > low).sum())


def _levels(applied: NDArray[np.bool_]) -> Array:
    """One column for each different pattern of questions that did not apply: those that are skipped together share one."""
    skipped = ~applied
    some = skipped[:, skipped.any(axis=0)].astype(float)
    return np.unique(some, axis=1) if some.shape[1] else some


def _kinds(stratum: Index) -> Index:
    """Kinds of contact numbered anew, rare ones together as the first."""
    _, place, often = np.unique(stratum, return_inverse=True, return_counts=True)
    common = often >= LEAST_STRATUM
    number = np.where(common, np.cumsum(common), 0)
    return np.asarray(np.unique(number[place], return_inverse=True)[1])
