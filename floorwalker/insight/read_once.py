"""How are many asked after the same weeks without reading them for each? What was read last is kept for who asks for the same.

A night holds the looks of some hundred actions, of which many began on one day to move one measure: whoever asks in that order
reads the cells of everybody once for all of them, and never holds more than one such reading.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeAlias

from floorwalker.insight.cells import Made, read_together
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.query import Facts

# As `read_together` reads people's cells.
Read: TypeAlias = Callable[[Facts, Sequence[str], Period, Where], dict[str, Made]]


def read_once() -> Read:
    """A reading for one run, which forgets what it read as soon as something else is asked for."""
    kept: list[tuple[Facts, object, dict[str, Made]]] = []

    def read(facts: Facts, kpi_ids: Sequence[str], period: Period, where: Where) -> dict[str, Made]:
        asked = tuple(kpi_ids), period, dict(where)
        for of, same, found in kept:
            if of is facts and same == asked:
                return found
        kept.clear()
        made: dict[str, Made] = {name: cache(one) for name, one in read_together(facts, kpi_ids, period, where).items()}
        kept.append((facts, asked, made))
        return made

    return read
