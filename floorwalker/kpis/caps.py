"""As how long does a very long contact count in judgements? Caps by kind of contact, a dated table of the lake.

One call that got stuck for three hours moves a person's mean by more than she ever could. So durations are also summed
capped: no contact counts as longer than the cap of its kind (queue, channel and reason) on its day. Figures on pages stay
whole; only judgement of people reads the capped sums. How caps are learnt: `capping.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from floorwalker.facts.dated import span_sql, spans_of_row_sql
from floorwalker.kpis.dimensions import DIMENSIONS, text_literal
from floorwalker.kpis.measures import Measure
from floorwalker.kpis.query import Facts

NAME = "cap"
KIND = ("queue_key", "channel", "reason")


def kind_sql(alias: str, columns: Sequence[str]) -> dict[str, str]:
    """What tells a kind of contact, over fact rows with that alias; null where the table does not tell it."""
    reason = str(DIMENSIONS["reason"].sql).replace("c.", f"{alias}.")
    plain = {name: f"{alias}.{name}" if name in columns else "null" for name in ("queue_key", "channel")}
    return {**plain, "reason": reason if {"reason", "disposition"} <= set(columns) else "null"}


def join_sql(measures: Sequence[Measure], edges: Sequence[date], columns: Sequence[str], facts: Facts) -> str:
    """The LEFT JOIN, as `caps`, of fact rows `f` with their caps: a column for each measure, by its id.

    One join for all of them, on equal values alone: the days are told by the number of their span.
    """
    kind = kind_sql("f", columns)
    known = " or ".join(_is_of(measure) for measure in measures)
    rows = f"select *, unnest({spans_of_row_sql(edges)}) as span from {facts.relation(NAME, None, None)} where {known}"
    caps = ", ".join(f'max(value) filter (where {_is_of(m)}) as "{m.kpi.id}"' for m in measures)
    by = "queue_key, channel, reason, span"
    same = [f"caps.{name} is not distinct from {sql}" for name, sql in kind.items()]
    same.append(f"caps.span = {span_sql('f.local_day', edges)}")
    return f"left join (select {by}, {caps} from ({rows}) group by {by}) caps on {' and '.join(same)}"


def cap_sql(measure: Measure) -> str:
    """The cap of a fact row `f`; contacts in the direction that the measure does not mean have none."""
    cap, kpi = f'caps."{measure.kpi.id}"', measure.kpi
    return f"case when f.direction = {text_literal(kpi.direction)} then {cap} end" if kpi.direction else cap


def _is_of(measure: Measure) -> str:
    return f"(kpi = {text_literal(measure.kpi.id)} and kpi_version = {measure.kpi.version})"
