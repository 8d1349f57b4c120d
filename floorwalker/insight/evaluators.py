"""How severe is each evaluator, do evaluators agree, and what are agents' scores with severity taken out?

Official evaluations of contacts that chance chose, and those made for calibration, in points of 100 before a fatal miss
counts. An evaluator is named only where others scored agents of hers too, and where she is surely so far from the middle
of the panel that it matters.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy.stats import trim_mean

from floorwalker.insight.rows import of_scope
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.kpis.dimensions import literal
from floorwalker.kpis.query import Facts
from floorwalker.kpis.recalling import recall
from floorwalker.kpis.resolve import Resolver, read_dated
from floorwalker.stats.agreement import Agreement, Level, agree
from floorwalker.stats.believed import Believed
from floorwalker.stats.cells import Array, Index
from floorwalker.stats.discovery import discover
from floorwalker.stats.evaluators import Scores, Variances, many_facet
from floorwalker.stats.sampling import USUAL, evaluations_needed

QUALITY = "quality_score"
POINTS = 100.0
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
ROW_BYTES = 100


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
    """An agent's mean score as it is and with severity taken out, in points; likely between low and high."""

    key: bytes
    n: int
    raw: float
    adjusted: float
    low: float
    high: float
    reliability: float


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
        needed = evaluations_needed(LEAST_RELIABILITY, self.variances if self.is_telling else USUAL)
        return needed if needed is not None and needed < MOST_NEEDED else None

    @property
    def flagged(self) -> tuple[EvaluatorFound, ...]:
        """Those who are named."""
        return tuple(one for one in self.evaluators if one.flagged)


def judge_evaluators(facts: Facts, period: Period, where: Where, *, delta: float = DELTA) -> Panel | None:
    """Everybody who evaluated in these days; None where nobody did."""
    rows = read_evaluated(facts, period, where)
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


@dataclass(frozen=True)
class Evaluated:
    """Evaluations, numbered: score in points, day, agent, evaluator, form (of a version), contact (-1 unknown)."""

    score: Array
    day: NDArray[np.datetime64]
    agent: Index
    evaluator: Index
    form: Index
    contact: Index
    agents: tuple[bytes, ...]
    evaluators: tuple[bytes, ...]

    @property
    def scores(self) -> Scores:
        return Scores(self.score, self.agent, self.evaluator, self.form)

    @cached_property
    def together(self) -> Array:
        """Contacts that several evaluators scored, one row each: the mean of what each gave, nan where she did not."""
        known = self.contact >= 0
        # The same contact by another form is no second opinion on the same questions.
        group = self.contact[known] * (int(self.form.max()) + 1) + self.form[known]
        keys, place = np.unique(group, return_inverse=True)
        shape = (len(keys), len(self.evaluators))
        total, often = np.zeros(shape), np.zeros(shape)
        np.add.at(total, (place, self.evaluator[known]), self.score[known])
        np.add.at(often, (place, self.evaluator[known]), 1.0)
        several = (often > 0).sum(axis=1) > 1
        with np.errstate(invalid="ignore"):
            return np.asarray((total / np.where(often > 0, often, np.nan))[several])


def read_evaluated(facts: Facts, period: Period, where: Where) -> Evaluated:
    """Every evaluation of some days that says something of evaluators."""
    kpi = find_kpi(QUALITY, catalogue())
    resolver = Resolver(facts, read_dated(facts), kpi.attribution.column)
    joins, conditions = of_scope(kpi, where, resolver, told=("agent",))
    query = (
        f"select {resolver.expression('agent')} as agent, c.evaluator_key as evaluator, c.contact_key as contact,"
        f" {POINTS} * coalesce(c.score_before_fatal, c.score) as score, concat_ws(chr(31), c.form, c.form_version) as form,"
        " c.local_day as day"
        f" from (select * from {facts.relation(kpi.table.name, period.first, period.last)}"
        f" where local_day between {literal(period.first)} and {literal(period.last)} and score is not null"
        " and identity_key is not null and evaluator_key is not null and selection = 'random'"
        " and purpose in ('official', 'calibration')) c"
        f" {joins} where {conditions} order by c.evaluation_key"
    )
    return recall(
        facts, ("evaluations", query), lambda: _numbered(facts.sql(query)), lambda r: ROW_BYTES * len(r.score)
    )


def _numbered(table: pa.Table) -> Evaluated:
    agent, agents = _numbers(table["agent"])
    evaluator, evaluators = _numbers(table["evaluator"])
    contact, _ = _numbers(table["contact"])
    form, _ = _numbers(table["form"])
    day = np.asarray(table["day"]).astype("datetime64[D]")
    return Evaluated(np.asarray(table["score"]), day, agent, evaluator, form, contact, agents, evaluators)


def _numbers(column: pa.ChunkedArray) -> tuple[Index, tuple[bytes, ...]]:
    """The values numbered in their own order, so that the same rows always give the same figures; -1 for null."""
    values = sorted(pc.unique(column.drop_null()).to_pylist())
    found = pc.index_in(column, value_set=pa.array(values, column.type))
    return np.asarray(pc.fill_null(found, -1)).astype(np.int64), tuple(values)
