"""Has somebody come to evaluate more harshly or more mildly than she used to, beyond what everybody saw, and since when?

What an evaluator gives in a week is held against what the agents and forms of that week would have got from her as she was:
agents' levels, forms' levels and what kinds of contact are worth are taken out, then her own usual, then what moved the others
in that week. The rest is followed by the same chart as agents' days (`stats/control_charts.py`), week by week, within a budget
of false alarms.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from floorwalker.insight.evaluated import Evaluated, evaluated_query, read_evaluated
from floorwalker.insight.scorecard import Period, Where
from floorwalker.insight.trend import DayCharted, Drift
from floorwalker.kpis.query import Facts
from floorwalker.stats.cells import Array
from floorwalker.stats.control_charts import LEAST_CONTACTS, Chart, Series, Signal, chart, find_signals, standardise
from floorwalker.stats.evaluators import many_facet

WEEK = timedelta(days=7)
# The whole panel's charts together raise so many false alarms in a year, by design.
ALARMS_A_YEAR, WEEKS_A_YEAR = 1.0, 52
# The first weeks say what is usual; fewer weeks than that, and as many again, tell nothing.
BASE_WEEKS, LEAST_WEEKS = 13, 20
# With two, nobody could tell which of them has changed.
LEAST_EVALUATORS = 3
# An evaluator is followed who scored in so many of the base weeks.
LEAST_BASE_WEEKS = 8
# A week counts more than a day does: five weeks make the average, not ten days.
WEIGHT = 0.3
POINTS = 100.0


@dataclass(frozen=True)
class EvaluatorChart:
    """One evaluator's weeks, as shares of the whole score above nought where she was harsher than usual, with the changes.

    weeks: dated by their Monday; n: evaluations in each; budget: false alarms of the whole panel in a year; followed: how
    many evaluators there are to hold her against.
    """

    key: bytes
    weeks: tuple[DayCharted, ...]
    n: tuple[int, ...]
    drifts: tuple[Drift, ...]
    budget: float
    followed: int


def chart_evaluators(
    facts: Facts, period: Period, where: Where, *, alarms_a_year: float = ALARMS_A_YEAR
) -> tuple[EvaluatorChart, ...]:
    """Every evaluator who scored long enough, by key; nobody where fewer than three did, or too few weeks are known."""
    rows = read_evaluated(facts, evaluated_query(facts, period, where))
    if not len(rows.score):
        return ()
    first = period.first - timedelta(days=period.first.weekday())
    week = (rows.day - np.datetime64(first, "D")).astype(int) // 7
    weeks = int(week.max()) + 1
    if weeks < LEAST_WEEKS or len(rows.evaluators) < LEAST_EVALUATORS:
        return ()
    mean, n = _weekly(rows, week, weeks)
    steady = np.flatnonzero((n[:, :BASE_WEEKS] >= LEAST_CONTACTS).sum(axis=1) >= LEAST_BASE_WEEKS)
    if len(steady) < LEAST_EVALUATORS:
        return ()
    mean, n = mean[steady], n[steady]
    # So that all charts together alarm so often in a year, each alarms once in so many weeks.
    between = len(steady) * WEEKS_A_YEAR / alarms_a_year
    followed = _followed(mean, n, between)
    return tuple(
        _charted(rows.evaluators[place], followed[unit], n[unit], first, len(steady), alarms_a_year)
        for unit, place in enumerate(steady)
    )


@dataclass(frozen=True)
class _Followed:
    """One evaluator's line of a chart."""

    unit: int
    series: Series
    chart: Chart
    signals: tuple[Signal, ...]

    @property
    def sureness(self) -> float:
        """How far beyond its limit the average was at most."""
        beyond = np.abs(self.chart.average[self.unit]) / self.chart.limit[self.unit]
        return float(np.where(self.chart.outside[self.unit], beyond, 0.0).max())


def _followed(mean: Array, n: Array, between: float) -> dict[int, _Followed]:
    """Everybody's chart. Whoever drifts moves the middle of a small panel, and the others would seem to drift the other way: so
    of those who alarm the surest is taken first, her drift is taken out, and the others are charted anew. Nobody comes to
    alarm by that: who did not is left as she was."""
    left = mean.copy()
    found, waiting = _charts(left, n, between), set(range(len(mean)))
    while alarmed := [one for one in found.values() if one.unit in waiting and one.signals]:
        surest = max(alarmed, key=lambda one: one.sureness)
        waiting = {one.unit for one in alarmed} - {surest.unit}
        ends = [*(one.began for one in surest.signals[1:]), mean.shape[1]]
        for one, end in zip(surest.signals, ends, strict=True):
            left[surest.unit, one.began : end] -= one.size
        found |= {unit: one for unit, one in _charts(left, n, between).items() if unit in waiting}
    return found


def _charts(mean: Array, n: Array, between: float) -> dict[int, _Followed]:
    series = standardise(mean, n, BASE_WEEKS, few=True)
    charted = chart(series, between, BASE_WEEKS, WEIGHT)
    signals: dict[int, list[Signal]] = {unit: [] for unit in range(len(mean))}
    for one in find_signals(series, charted, n):
        signals[one.unit].append(one)
    return {unit: _Followed(unit, series, charted, tuple(hers)) for unit, hers in signals.items()}


def _weekly(rows: Evaluated, week: Array, weeks: int) -> tuple[Array, Array]:
    """By evaluator and week how much lower she scored than these agents on these forms would lead to expect, and evaluations."""
    judged = many_facet(rows.scores)
    severity, agents = judged.severity.centre, judged.agent.centre
    score = rows.scores.score
    left = score - agents[rows.agent] + severity[rows.evaluator]
    form = np.bincount(rows.form, left) / np.bincount(rows.form)
    harsher = (form[rows.form] + agents[rows.agent] - score) / POINTS
    place = rows.evaluator * weeks + week
    size = len(rows.evaluators) * weeks
    n = np.bincount(place, minlength=size).astype(float).reshape(-1, weeks)
    total = np.bincount(place, harsher, minlength=size).reshape(-1, weeks)
    with np.errstate(invalid="ignore"):
        return np.asarray(total / np.where(n > 0, n, np.nan)), n


def _charted(key: bytes, one: _Followed, n: Array, first: date, followed: int, alarms_a_year: float) -> EvaluatorChart:
    unit, series, charted = one.unit, one.series, one.chart
    # A week's deviation as one of the weeks in which she evaluates as much as usual.
    usual = float(np.median(n[n > 0]))
    scale = float(np.sqrt(series.per_contact / usual + series.per_day))
    known = np.isfinite(series.z[unit])
    monday = [first + number * WEEK for number in range(len(n))]
    weeks = tuple(
        DayCharted(
            monday[number],
            float(charted.average[unit, number] * scale) if known[number] else None,
            float(charted.limit[unit, number] * scale),
            float(series.everyone[unit, number]),
            number < BASE_WEEKS,
        )
        for number in range(len(n))
    )
    drifts = tuple(
        Drift(monday[change.began], monday[change.detected], change.up, change.up, change.size)
        for change in one.signals
    )
    return EvaluatorChart(key, weeks, tuple(int(many) for many in n), drifts, alarms_a_year, followed)
