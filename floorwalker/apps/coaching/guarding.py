"""What must not get worse while a measure is to be moved? Its counter-measure, where people can be judged by that."""

from __future__ import annotations

from floorwalker.insight.cells import compares_people
from floorwalker.kpis.catalogue import catalogue


def guardrails_of(measure: str) -> list[str]:
    """The counter-measure of a measure; none where it belongs to nobody, for then no review could ever look at it."""
    known = catalogue()
    counter = known.get(known[measure].counter_measure or "") if measure in known else None
    return [counter.id] if counter is not None and compares_people(counter) else []
