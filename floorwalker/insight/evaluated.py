"""Which evaluations say anything of agents and evaluators? Official ones of contacts that chance chose, and those for calibration.

In points of 100 before a fatal miss counts: a nought for one fatal miss would drown everything else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from floorwalker.facts.tables import EVALUATION
from floorwalker.insight.rows import of_scope
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.kpis.dimensions import literal
from floorwalker.kpis.query import Facts
from floorwalker.kpis.recalling import recall
from floorwalker.kpis.resolve import Resolver, read_dated
from floorwalker.stats.cells import Array, Index
from floorwalker.stats.evaluated_mix import worth_of_kinds
from floorwalker.stats.evaluators import Scores

QUALITY = "quality_score"
POINTS = 100.0
ROW_BYTES = 120


@dataclass(frozen=True)
class Evaluated:
    """Evaluations, numbered: score in points, local day, agent, evaluator, form (of a version), contact (-1 unknown), kind of contact.

    channel: -1 unknown; minute: of the local day at which the contact began.
    """

    score: Array
    day: NDArray[np.datetime64]
    agent: Index
    evaluator: Index
    form: Index
    contact: Index
    kind: Index
    channel: Index
    minute: Index
    agents: tuple[bytes, ...]
    evaluators: tuple[bytes, ...]
    channels: tuple[str, ...]

    @cached_property
    def mix(self) -> Array:
        """Points that each contact's kind is worth: what is harder for everybody scores lower for everybody."""
        return worth_of_kinds(Scores(self.score, self.agent, self.evaluator, self.form), self.kind)

    @cached_property
    def scores(self) -> Scores:
        """With the kinds of contact taken out."""
        return Scores(self.score - self.mix, self.agent, self.evaluator, self.form)

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


def last_weeks(facts: Facts, weeks: int) -> Period | None:
    """So many weeks up to the last day of which an evaluation is known; None where none is."""
    days = facts.days(EVALUATION.name)
    return None if days is None else Period(days[1] - timedelta(weeks=weeks) + timedelta(days=1), days[1])


def evaluated_query(facts: Facts, period: Period, where: Where, *, shown: bool = False) -> str:
    """The statement that answers; it decides whatever is worked out from these rows.

    shown: what agents were shown alone, for figures that they read themselves.
    """
    kpi = find_kpi(QUALITY, catalogue())
    resolver = Resolver(facts, read_dated(facts), kpi.attribution.column)
    joins, conditions = of_scope(kpi, where, resolver, told=("agent",))
    official = "purpose = 'official' and released_at is not null"
    among = official if shown else "purpose in ('official', 'calibration')"
    return (
        f"select {resolver.expression('agent')} as agent, c.evaluator_key as evaluator, c.contact_key as contact,"
        f" {POINTS} * coalesce(c.score_before_fatal, c.score) as score, concat_ws(chr(31), c.form, c.form_version) as form,"
        " concat_ws(chr(31), hex(c.queue_key), c.channel, c.reason) as kind, c.channel, c.local_minute as minute,"
        " c.local_day as day"
        f" from (select * from {facts.relation(kpi.table.name, period.first, period.last)}"
        f" where local_day between {literal(period.first)} and {literal(period.last)} and score is not null"
        " and identity_key is not null and evaluator_key is not null and selection = 'random'"
        f" and {among}) c"
        f" {joins} where {conditions} order by c.evaluation_key"
    )


def read_evaluated(facts: Facts, query: str) -> Evaluated:
    """What `evaluated_query` asks for."""
    return recall(
        facts, ("evaluations", query), lambda: _numbered(facts.sql(query)), lambda r: ROW_BYTES * len(r.score)
    )


def _numbered(table: pa.Table) -> Evaluated:
    agent, agents = _numbers(table["agent"])
    evaluator, evaluators = _numbers(table["evaluator"])
    channel, channels = _numbers(table["channel"])
    contact, form, kind = (_numbers(table[name])[0] for name in ("contact", "form", "kind"))
    minute = np.asarray(pc.fill_null(table["minute"], -1)).astype(np.int64)
    day = np.asarray(table["day"]).astype("datetime64[D]")
    return Evaluated(
        np.asarray(table["score"]),
        day,
        agent,
        evaluator,
        form,
        contact,
        kind,
        channel,
        minute,
        agents,
        evaluators,
        channels,
    )


def _numbers(column: pa.ChunkedArray) -> tuple[Index, tuple[Any, ...]]:
    """The values numbered in their own order, so that the same rows always give the same figures; -1 for null."""
    values = sorted(pc.unique(column.drop_null()).to_pylist())
    found = pc.index_in(column, value_set=pa.array(values, column.type))
    return np.asarray(pc.fill_null(found, -1)).astype(np.int64), tuple(values)
