"""Which figures of a group may stand beside a member's own, so that no single colleague's follows from the two?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from floorwalker.estimate import Answer
from floorwalker.insight.scorecard import Asked, Line, Period, Targets, lines_from
from floorwalker.kpis.query import Facts, KpiQuery
from floorwalker.kpis.run import KpiRow, run_together

MONDAY, SUNDAY = 0, 6


def has_whole_weeks(period: Period) -> bool:
    """Whether the period begins on a Monday and ends on a Sunday."""
    return period.first.weekday() == MONDAY and period.last.weekday() == SUNDAY


def read_own_beside_group(
    facts: Facts, own: Asked, period: Period, team: bytes, *, targets: Targets, smallest: int
) -> tuple[Line, Mapping[str, Answer]]:
    """A member's own line; and by measure the team's figure, where at least `smallest` people stand behind every week.

    Asking twice, for two periods, and taking the difference must not give away a colleague either: only whole weeks are
    answered, and each of them needs enough people, so that whatever the difference of two answers is made of has them too.
    """
    mine = own.queries(period)
    group = _questions(own.kpis, period, team) if has_whole_weeks(period) else []
    found = run_together([*mine, *group], facts)
    line = lines_from(own, found[: len(mine)], targets=targets)[None]
    if not group:
        return line, {}
    whole, members = found[len(mine) :]
    enough = _measures_with_enough(members, smallest)
    return line, {row.kpi: row.answer for row in whole if row.kpi in enough}


def _questions(kpis: Sequence[str], period: Period, team: bytes) -> list[KpiQuery]:
    """The team's figures, and who stands behind them in which week."""
    splits: tuple[tuple[str, ...], ...] = ((), ("agent", "week"))
    return [KpiQuery(tuple(kpis), period.first, period.last, by, {"team": (team,)}) for by in splits]


def _measures_with_enough(members: Sequence[KpiRow], smallest: int) -> set[str]:
    behind: defaultdict[str, defaultdict[date | None, set[object]]] = defaultdict(lambda: defaultdict(set))
    for row in members:
        if row.group["agent"] is not None and (row.answer.n or row.answer.pending):
            behind[row.kpi][row.first_day].add(row.group["agent"])
    return {kpi for kpi, weeks in behind.items() if all(len(people) >= smallest for people in weeks.values())}
