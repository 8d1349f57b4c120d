"""Which figures of a group may stand beside a member's own, so that no single colleague's follows from the two?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from floorwalker.estimate import Answer
from floorwalker.insight.scorecard import Period
from floorwalker.kpis.query import Facts, KpiQuery
from floorwalker.kpis.run import KpiRow, run_together

MONDAY, SUNDAY = 0, 6


def has_whole_weeks(period: Period) -> bool:
    """Whether the period begins on a Monday and ends on a Sunday."""
    return period.first.weekday() == MONDAY and period.last.weekday() == SUNDAY


def read_group_beside_own(
    facts: Facts, kpis: Sequence[str], period: Period, team: bytes, *, smallest: int
) -> Mapping[str, Answer]:
    """By measure, the team's figure, for those measures that at least `smallest` people stand behind in every week.

    Asking twice, for two periods, and taking the difference must not give away a colleague either: only whole weeks are
    answered, and each of them needs enough people, so that whatever the difference of two answers is made of has them too.
    """
    if not has_whole_weeks(period):
        return {}
    where = {"team": (team,)}
    both = [KpiQuery(tuple(kpis), period.first, period.last, by, where) for by in ((), ("agent", "week"))]
    whole, members = run_together(both, facts)
    enough = _measures_with_enough(members, smallest)
    return {row.kpi: row.answer for row in whole if row.kpi in enough}


def _measures_with_enough(members: Sequence[KpiRow], smallest: int) -> set[str]:
    behind: defaultdict[str, defaultdict[date | None, set[object]]] = defaultdict(lambda: defaultdict(set))
    for row in members:
        if row.group["agent"] is not None and (row.answer.n or row.answer.pending):
            behind[row.kpi][row.first_day].add(row.group["agent"])
    return {kpi for kpi, weeks in behind.items() if all(len(people) >= smallest for people in weeks.values())}
