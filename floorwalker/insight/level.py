"""Has everybody's level changed, or that of one kind of contact, and since when?

What a person's chart takes out as everybody's is followed here: the level of the floor, who worked and what they were given
taken out. Beside it every kind of contact, by reason where there are reasons and by queue else, beyond what moved all kinds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from floorwalker.insight.capped import Capped
from floorwalker.insight.cells import AgentCells, read_cells
from floorwalker.insight.process import LEAST_PEOPLE, by_reason, people_of_kinds
from floorwalker.insight.rare import is_rare
from floorwalker.insight.scorecard import Period, Where
from floorwalker.insight.trend import ALARMS_A_MONTH, MEASURES, DayCharted, Drift
from floorwalker.kpis.definition import Kpi
from floorwalker.kpis.query import Facts
from floorwalker.stats.case_mix import Scale, fit_effects
from floorwalker.stats.cells import Array, Index, total
from floorwalker.stats.control_charts import AGENTS_PER_LEADER, Signal, days_between_alarms
from floorwalker.stats.level_charts import (
    BASE_DAYS,
    LEAST_BASE_DAYS,
    WEEKDAYS,
    Levels,
    follow_floor,
    follow_kinds,
    kinds_that_are_followed,
)

# Of what happens more rarely than so often a day, a day's share says nothing.
LEAST_EVENTS_A_DAY = 10.0


@dataclass(frozen=True)
class LevelChart:
    """The chart of the floor or of one kind of contact (a reason, a queue's key, None without either), with its changes.

    n: contacts behind it.
    """

    kpi: Kpi
    is_floor: bool
    kind: object
    drifts: tuple[Drift, ...]
    days: tuple[DayCharted, ...]
    n: int


@dataclass(frozen=True)
class LevelCharts:
    """The floor's chart, None where its days are too few; those of kinds, none where kinds are too few; budget: false alarms a month.

    capped: what very long contacts counted as.
    """

    kpi: Kpi
    floor: LevelChart | None
    kinds: tuple[LevelChart, ...]
    budget: float
    capped: Capped | None = None


def read_levels(
    facts: Facts, kpi_id: str, period: Period, where: Where, *, alarms_a_month: float = ALARMS_A_MONTH
) -> LevelCharts | None:
    """Follow the floor and its kinds of contact through a period, of which the first ninety worked days say what is usual."""
    read = read_cells(facts, kpi_id, period, where)
    return None if read is None else levels_of_read(read, alarms_a_month=alarms_a_month)


def levels_of_read(read: AgentCells, *, alarms_a_month: float = ALARMS_A_MONTH) -> LevelCharts:
    """The same of cells that were read already."""
    cells = read.cells
    worked = np.flatnonzero(cells.by_day(cells.n) > 0)
    base = min(BASE_DAYS, len(worked) * 2 // 3)
    if base < LEAST_BASE_DAYS or cells.agents < LEAST_PEOPLE or _is_too_rare(read, len(worked)):
        return LevelCharts(read.kpi, None, (), alarms_a_month, read.capped)
    following = _Following(read, worked, base)
    names, kind = by_reason(read)
    mean, n = following.by_kind(kind, len(names))
    everybodys = np.flatnonzero(people_of_kinds(cells.sorted_by(kind, len(names))) >= LEAST_PEOPLE)
    steady = everybodys[:0] if is_rare(read) else everybodys[kinds_that_are_followed(n[everybodys], base)]
    apart = days_between_alarms(alarms_a_month, MEASURES, max(AGENTS_PER_LEADER, 1 + len(steady)))
    level, contacts = following.floor()
    weekday = following.weekday
    floor = following.charted(None, follow_floor(level, weekday, base, apart), contacts[None, :])
    kinds = (
        following.charted(
            [names[one] for one in steady], follow_kinds(mean[steady], n[steady], weekday, base, apart), n[steady]
        )
        if len(steady)
        else []
    )
    return LevelCharts(read.kpi, floor[0], tuple(kinds), alarms_a_month, read.capped)


def _is_too_rare(read: AgentCells, days: int) -> bool:
    happened = float(read.cells.s1.sum()) if read.sign > 0 else float((read.cells.n - read.cells.s1).sum())
    return is_rare(read) and happened / days < LEAST_EVENTS_A_DAY


@dataclass(frozen=True)
class _Following:
    """What is followed over which days, of which the first `base` say what is usual."""

    read: AgentCells
    worked: Index
    base: int

    @property
    def weekday(self) -> Index:
        """By worked day the day of the week."""
        return np.asarray((self.read.first.weekday() + self.worked) % WEEKDAYS)

    def floor(self) -> tuple[Array, Array]:
        """By worked day how far everybody was from the usual, and the contacts."""
        cells = self.read.cells
        return self._left(cells.day, cells.days)[0][self.worked], cells.by_day(cells.n)[self.worked]

    def by_kind(self, kind: Index, kinds: int) -> tuple[Array, Array]:
        """The same by kind of contact: (kinds, worked days)."""
        days = self.read.cells.days
        left, n = self._left(kind * days + self.read.cells.day, kinds * days)
        return left.reshape(kinds, days)[:, self.worked], n.reshape(kinds, days)[:, self.worked]

    def _left(self, index: Index, size: int) -> tuple[Array, Array]:
        """What agents and kinds of contact do not explain, by number, on the effect's scale; and contacts."""
        cells = self.read.cells
        agent, stratum, _day = fit_effects(cells, self.read.scale)
        expected = agent[cells.agent] + stratum[cells.stratum]
        ratio = self.read.scale is Scale.RATIO
        n = total(index, cells.n, size)
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = total(index, cells.s1 / np.exp(expected) if ratio else cells.s1 - cells.n * expected, size) / n
            return (np.log(np.where(mean > 0, mean, np.nan)) if ratio else mean), n

    def charted(self, kinds: list[object] | None, levels: Levels, n: Array) -> list[LevelChart]:
        """The charts of some kinds of contact; None: of the floor."""
        signals = levels.signals()
        return [
            LevelChart(
                self.read.kpi,
                kinds is None,
                kind,
                tuple(self._drift(signal) for signal in signals if signal.unit == unit),
                self._days(levels, unit),
                round(float(n[unit].sum())),
            )
            for unit, kind in enumerate([None] if kinds is None else kinds)
        ]

    def _days(self, levels: Levels, unit: int) -> tuple[DayCharted, ...]:
        """The days of one unit; its average as one of the days on which as much is done as usual."""
        usual = float(np.median(levels.scale[unit][np.isfinite(levels.z[unit])]))
        average, limit = (self._sized(values[unit] * usual) for values in (levels.chart.average, levels.chart.limit))
        everybody, known = self._sized(levels.everyone), np.isfinite(levels.z[unit])
        return tuple(
            DayCharted(
                self._date(place),
                float(average[place]) if known[place] else None,
                float(limit[place]),
                float(everybody[place]),
                place < self.base,
            )
            for place in range(len(self.worked))
        )

    def _drift(self, signal: Signal) -> Drift:
        size = float(self._sized(np.array(signal.size)))
        return Drift(
            self._date(signal.began), self._date(signal.detected), signal.up, signal.up == (self.read.sign > 0), size
        )

    def _sized(self, effect: Array) -> Array:
        """Effects as differences from the floor's level, in the measure's own unit."""
        return self.read.sized(effect)

    def _date(self, place: int) -> date:
        return self.read.first + timedelta(days=int(self.worked[place]))
