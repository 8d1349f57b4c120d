"""What is said of people, teams and kinds of contact in a period? Worked out once for each state of the facts."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.cause import Causes, read_causes
from floorwalker.insight.comparison import Comparison, compare_agents
from floorwalker.insight.process import Processes, read_processes
from floorwalker.insight.scorecard import Period, Where
from floorwalker.insight.trend import ALARMS_A_MONTH, Trends, read_trends

# So many answers are kept for whoever asks next; an answer about 10,000 agents takes some megabytes.
MOST_KEPT = 64

Said = TypeVar("Said")


def comparison(
    facts: Snapshot, kpi_id: str, period: Period, where: Where, *, standard: float | None = None
) -> Comparison | None:
    """`compare_agents`, once for each question and state of the facts."""
    return _once(
        facts,
        ("comparison", kpi_id, period, _frozen(where), standard),
        lambda: compare_agents(facts, kpi_id, period, where, standard=standard),
    )


def causes(
    facts: Snapshot, kpi_id: str, period: Period, where: Where, *, standard: float | None = None
) -> Causes | None:
    """`read_causes`, once for each question and state of the facts."""
    return _once(
        facts,
        ("causes", kpi_id, period, _frozen(where), standard),
        lambda: read_causes(facts, kpi_id, period, where, standard=standard),
    )


def trends(
    facts: Snapshot, kpi_id: str, period: Period, where: Where, *, alarms_a_month: float = ALARMS_A_MONTH
) -> Trends | None:
    """`read_trends`, once for each question and state of the facts."""
    return _once(
        facts,
        ("trends", kpi_id, period, _frozen(where), alarms_a_month),
        lambda: read_trends(facts, kpi_id, period, where, alarms_a_month=alarms_a_month),
    )


def processes(facts: Snapshot, kpi_id: str, period: Period, where: Where) -> Processes | None:
    """`read_processes`, once for each question and state of the facts."""
    return _once(
        facts, ("processes", kpi_id, period, _frozen(where)), lambda: read_processes(facts, kpi_id, period, where)
    )


_kept: OrderedDict[Hashable, object] = OrderedDict()
_lock = threading.Lock()


def _once(facts: Snapshot, question: Hashable, answer: Callable[[], Said]) -> Said:
    """The answer that was kept for this state of the facts, or a new one; two who ask at once may both work it out."""
    key = (_state(facts), question)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return cast(Said, _kept[key])
    found = answer()
    with _lock:
        _kept[key] = found
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return found


def _state(facts: Snapshot) -> Hashable:
    """The facts that an answer may rest on: the versions of all tables, and up to when each source was read."""
    current = facts.current
    return facts.lake.path, frozenset(current.tables.items()), frozenset(current.completeness.items())


def _frozen(where: Where) -> Hashable:
    return frozenset((name, frozenset(values)) for name, values in where.items())
