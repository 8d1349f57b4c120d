"""What do surveys say of the customers who did not answer?

Of a measure that counts answers: how many of those who were asked answered, and between what the figure of all of them lies
(see `stats.nonresponse`). Nobody knows anything of customers who were not asked; who asks them decides that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from floorwalker.errors import KpiError
from floorwalker.estimate import Answer, Estimate
from floorwalker.insight.rows import counted_rows, of_scope
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.kpis.definition import Kind, Kpi
from floorwalker.kpis.query import Facts, KpiQuery
from floorwalker.kpis.recalling import recall
from floorwalker.kpis.resolve import Resolver, read_dated
from floorwalker.kpis.run import run_together
from floorwalker.stats import nonresponse
from floorwalker.stats.intervals import Interval

RESPONSE = "survey_response_rate"
# What a remembered list of scores takes in memory, roughly.
SCORE_BYTES = 200


@dataclass(frozen=True)
class Sent:
    """How many customers were asked; answered: of them; waiting: of those who did not yet, how many still can.

    is_whole: whether every answer belongs to an invitation that is known; only then is known who did not answer.
    """

    asked: int
    answered: int
    waiting: int
    is_whole: bool

    @property
    def rate(self) -> float:
        """The share that answered so far."""
        return self.answered / self.asked


@dataclass(frozen=True)
class Heard:
    """A figure of those who answered, and its range among all who were asked.

    sent: None where no invitation is known; by_mood: if happy customers answer up to twice as often; at_worst: whatever the
    silent ones think, where it is known how many they are.
    """

    kpi: Kpi
    seen: Estimate
    sent: Sent | None
    by_mood: Interval
    at_worst: Interval | None

    @property
    def of_all(self) -> Interval:
        """Between what the figure of all who were asked lies: what both ways of looking at it allow."""
        return self.by_mood if self.at_worst is None else nonresponse.narrower(self.by_mood, self.at_worst)

    @property
    def is_assumed(self) -> bool:
        """Whether the range rests on how often the unhappy answer; where nearly all answer it need not."""
        return self.at_worst is None or self.of_all.low != self.at_worst.low


def listens(kpi: Kpi) -> bool:
    """Whether a measure is a figure of those customers alone who answered a survey."""
    return kpi.counter_measure == RESPONSE and kpi.kind in (Kind.PROPORTION, Kind.MEAN)


def read_heard(facts: Facts, kpis: Sequence[str], period: Period, where: Where) -> dict[str, Heard]:
    """By measure what its answers say; nothing of a measure that has no figure in these days and this scope."""
    asked = [find_kpi(name, catalogue()) for name in kpis]
    for kpi in asked:
        if not listens(kpi):
            expected = ", ".join(one.id for one in catalogue().values() if listens(one))
            raise KpiError(f"{kpi.name} does not count answers to surveys", found=kpi.id, expected=expected)
    if not asked:
        return {}
    query = KpiQuery((*kpis, RESPONSE), period.first, period.last, (), where)
    answers = {row.kpi: row.answer for row in run_together([query], facts)[0]}
    heard = {kpi.id: _heard(facts, kpi, answers[kpi.id], answers[RESPONSE], period, where) for kpi in asked}
    return {name: one for name, one in heard.items() if one is not None}


def _heard(facts: Facts, kpi: Kpi, seen: Answer, response: Answer, period: Period, where: Where) -> Heard | None:
    if not isinstance(seen, Estimate):
        return None
    sent = _sent(seen, response)
    silent = sent is not None and sent.is_whole
    if kpi.kind is Kind.PROPORTION:
        happy = round(seen.value * seen.n)
        at_worst = nonresponse.share_at_worst(seen.n, happy, sent.asked) if sent and silent else None
        return Heard(kpi, seen, sent, nonresponse.share_by_mood(seen.n, happy), at_worst)
    scores = _scores(facts, kpi, period, where)
    values, counts = (np.array(column, dtype=float) for column in (scores.values, scores.counts))
    of_answers = Interval(seen.low, seen.high)
    at_worst = (
        nonresponse.mean_at_worst(of_answers, seen.n, sent.asked, scores.scale)
        if sent and silent and scores.scale
        else None
    )
    return Heard(kpi, seen, sent, nonresponse.mean_by_mood(values, counts), at_worst)


def _sent(seen: Estimate, response: Answer) -> Sent | None:
    """How many were asked; a survey that came back without a score was answered and says nothing all the same."""
    if not isinstance(response, Estimate):
        return None
    is_whole = round(response.value * response.n) >= seen.n
    return Sent(response.n + response.pending, round(response.value * response.n), response.pending, is_whole)


@dataclass(frozen=True)
class _Scores:
    """The different scores, rising, how often each was given, and the scale; None where it is unknown or there are several."""

    values: tuple[float, ...]
    counts: tuple[int, ...]
    scale: tuple[float, float] | None


def _scores(facts: Facts, kpi: Kpi, period: Period, where: Where) -> _Scores:
    resolver = Resolver(facts, read_dated(facts), kpi.attribution.column)
    joins, conditions = of_scope(kpi, where, resolver)
    query = (
        f"select c.told, c.told = c.score as is_score, c.scale_least, c.scale_most, count(*) as times"
        f" from ({counted_rows(facts, kpi, period, resolver)}) c {joins} where {conditions} group by all order by all"
    )
    return recall(facts, ("scores", query), lambda: _read(facts, query), lambda found: SCORE_BYTES * len(found.values))


def _read(facts: Facts, query: str) -> _Scores:
    times: dict[float, int] = {}
    scales: set[tuple[float, float] | None] = set()
    for row in facts.sql(query).to_pylist():
        times[row["told"]] = times.get(row["told"], 0) + row["times"]
        scale = row["scale_least"], row["scale_most"]
        scales.add(scale if row["is_score"] and None not in scale else None)
    return _Scores(tuple(times), tuple(times.values()), scales.pop() if len(scales) == 1 else None)
