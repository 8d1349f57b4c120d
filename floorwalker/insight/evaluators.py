"""How severe is each evaluator, do evaluators agree, and what is left of agents' scores with that taken out?

Official evaluations of contacts that chance chose, and those made for calibration, in points of 100 before a fatal miss
counts, with what kinds of contact are worth taken out. An evaluator is named only where others scored agents of hers too,
and where she is surely so far from the middle of the panel that it matters.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import trim_mean

from floorwalker.insight.evaluated import POINTS, Evaluated, evaluated_query, read_evaluated
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.query import Facts
from floorwalker.kpis.recalling import recall
from floorwalker.stats.agreement import Agreement, Level, agree
from floorwalker.stats.believed import Believed
from floorwalker.stats.cells import Array
from floorwalker.stats.discovery import discover
from floorwalker.stats.evaluators import Variances, many_facet
from floorwalker.stats.sampling import USUAL, evaluations_needed

# Points by which an evaluator may differ from the others before it matters to anybody.
DELTA = 3.0
# An evaluator is named only where it is so likely that she differs by more than that.
SURE = 0.8
# From this share on either side the most extreme evaluators do not say what the panel's middle is.
TRIMMED = 0.2
# Below this many evaluations of agents whom others scored too, nothing is said of an evaluator.
LEAST_SHARED = 10
LEAST_RELIABILITY = 0.7
BOUNDS = (0.025, 0.975)
# Until so many evaluations tell how far agents and evaluators differ, what is usual counts.
TELLING = 200
MOST_NEEDED = 10_000
# What a judged panel takes in memory, roughly: a few hundred agents.
PANEL_BYTES = 100_000


@dataclass(frozen=True)
class EvaluatorFound:
    """What the evaluations of one evaluator tell.

    n: evaluations; shared: of agents whom others scored too; severity: points by which this evaluator scores lower than
    the middle of the panel, likely between low and high, None where nothing can be said; probability: of a difference
    beyond `delta` to that side; agreement: alpha with the others on contacts that both scored.
    """

    key: bytes
    n: int
    shared: int
    severity: float | None
    low: float | None
    high: float | None
    probability: float | None
    flagged: bool
    agreement: Agreement


@dataclass(frozen=True)
class AgentFound:
    """An agent's mean score as it is and with severity, kinds of contact and chance taken out, in points; likely between low
    and high.
    """

    key: bytes
    n: int
    raw: float
    adjusted: float
    low: float
    high: float
    reliability: float


@dataclass(frozen=True)
class Differing:
    """How far agents, evaluators and contacts differ. is_own: told by the centre's own evaluations, not by what is usual."""

    variances: Variances
    is_own: bool

    def needed(self, reliability: float) -> int | None:
        """Evaluations of one agent until so much of what differs is hers; None where agents hardly differ."""
        needed = evaluations_needed(reliability, self.variances)
        return needed if needed is not None and needed < MOST_NEEDED else None


USUALLY = Differing(USUAL, is_own=False)


@dataclass(frozen=True)
class Panel:
    """All evaluators of some days. agreement: over all contacts that several scored; delta: points that matter.

    elsewhere: the share of evaluations of agents whom another evaluator scored too.
    """

    evaluators: tuple[EvaluatorFound, ...]
    agents: tuple[AgentFound, ...]
    agreement: Agreement
    variances: Variances
    elsewhere: float
    delta: float

    @property
    def is_telling(self) -> bool:
        """Whether there are enough evaluations to say how far these agents and evaluators differ."""
        return sum(one.n for one in self.evaluators) >= TELLING

    @property
    def needed(self) -> int | None:
        """Evaluations of one agent until she may be compared with others; None where agents do not differ."""
        return self.differing.needed(LEAST_RELIABILITY)

    @property
    def differing(self) -> Differing:
        """How far agents, evaluators and contacts differ here; before that can be told, what is usual."""
        return Differing(self.variances, is_own=True) if self.is_telling else USUALLY

    @property
    def flagged(self) -> tuple[EvaluatorFound, ...]:
        """Those who are named."""
        return tuple(one for one in self.evaluators if one.flagged)


def judge_evaluators(
    facts: Facts, period: Period, where: Where, *, delta: float = DELTA, shown: bool = False
) -> Panel | None:
    """Everybody who evaluated in these days; None where nobody did. shown: by what agents were shown alone."""
    query = evaluated_query(facts, period, where, shown=shown)
    return recall(
        facts, ("panel", query, delta), lambda: _judge(read_evaluated(facts, query), delta), lambda _panel: PANEL_BYTES
    )


def _judge(rows: Evaluated, delta: float) -> Panel | None:
    if not len(rows.score):
        return None
    judged = many_facet(rows.scores)
    shared = _shared(rows)
    severity = _from_the_middle(judged.severity)
    probability = _beyond(severity, delta)
    told = shared >= LEAST_SHARED
    flagged = _named(np.where(told, probability, 0.0))
    low, high = (severity.quantile(bound) for bound in BOUNDS)

    def known(values: Array, number: int) -> float | None:
        return float(values[number]) if told[number] else None

    evaluators = tuple(
        EvaluatorFound(
            key,
            int(judged.evaluations[number]),
            int(shared[number]),
            severity=known(severity.centre, number),
            low=known(low, number),
            high=known(high, number),
            probability=known(probability, number),
            flagged=bool(flagged[number]),
            agreement=_agreement(rows, number),
        )
        for number, key in enumerate(rows.evaluators)
    )
    elsewhere = float(shared.sum() / len(rows.score))
    found = _agents(rows, judged.agent, judged.mean, judged.reliability)
    return Panel(evaluators, found, _agreement(rows), judged.variances, elsewhere, delta)


def _from_the_middle(severity: Believed) -> Believed:
    """Severity against the middle of the panel, so that one who is harsh does not make all others look mild."""
    return Believed(severity.weight, severity.mean - float(trim_mean(severity.centre, TRIMMED)), severity.sd)


def _beyond(severity: Believed, delta: float) -> Array:
    """The probability of more than delta points, to the side on which it is likelier."""
    return np.asarray(np.maximum(severity.beyond(delta), 1 - severity.beyond(-delta)))


def _named(probability: Array) -> Array:
    return np.asarray(discover(probability, 1 - SURE) & (probability >= SURE))


def _agents(rows: Evaluated, believed: Believed, mean: float, reliability: Array) -> tuple[AgentFound, ...]:
    n = np.bincount(rows.agent, minlength=len(rows.agents))
    raw = np.bincount(rows.agent, rows.score, minlength=len(rows.agents)) / n
    low, high = (np.clip(mean + believed.quantile(bound), 0, POINTS) for bound in BOUNDS)
    adjusted = np.clip(mean + believed.centre, 0, POINTS)
    return tuple(
        AgentFound(
            key, int(n[i]), float(raw[i]), float(adjusted[i]), float(low[i]), float(high[i]), float(reliability[i])
        )
        for i, key in enumerate(rows.agents)
    )


def _shared(rows: Evaluated) -> Array:
    """By evaluator how many evaluations are of agents whom somebody else scored too."""
    pairs = np.unique(np.stack([rows.agent, rows.evaluator]), axis=1)
    scored_by = np.bincount(pairs[0], minlength=len(rows.agents))
    return np.bincount(rows.evaluator[scored_by[rows.agent] > 1], minlength=len(rows.evaluators)).astype(np.float64)


def _agreement(rows: Evaluated, evaluator: int | None = None) -> Agreement:
    """Alpha on contacts that several scored; of one evaluator: on those that she scored."""
    table = rows.together
    if evaluator is not None:
        table = table[np.isfinite(table[:, evaluator])]
    return agree(table, Level.INTERVAL, seed=len(table))
