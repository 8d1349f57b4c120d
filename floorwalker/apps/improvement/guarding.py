"""By what may the plan of a cycle be guarded? By what must not get worse for its measure, as far as a look can tell of it."""

from __future__ import annotations

from collections.abc import Iterator

from floorwalker.apps.coaching.guarding import guardrails_of
from floorwalker.apps.improvement.models import Cycle
from floorwalker.insight.effect import can_be_judged
from floorwalker.kpis.catalogue import catalogue


def proposed_guardrails(cycle: Cycle) -> tuple[str, ...]:
    """What must not get worse when this measure is moved."""
    return tuple(guardrails_of(cycle.measure))


def possible_guardrails(cycle: Cycle, *, in_parts: bool) -> frozenset[str]:
    """The measures that a plan would not be refused for; in_parts: people or teams can be chosen of a process."""
    units = tuple(_units_of(cycle, in_parts=in_parts))
    judged = (kpi.id for kpi in catalogue().values() if any(can_be_judged(kpi, unit) for unit in units))
    return frozenset(judged) - {cycle.measure}


def _units_of(cycle: Cycle, *, in_parts: bool) -> Iterator[str]:
    """Of whom or what an effect can be told, by whom the plan may be for."""
    process = cycle.process
    if process is not None:
        yield "site" if process.queue_id is None else "queue"
    if process is None or in_parts:
        yield "agent" if cycle.agent is not None else "team"
