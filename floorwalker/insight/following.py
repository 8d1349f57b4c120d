"""How does it stand with many objectives at once? Each measure is read once, and each group of colleagues judged once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from floorwalker.insight.blocks import BLOCK_DAYS
from floorwalker.insight.cells import AgentCells, read_cells
from floorwalker.insight.history import BLOCKS, history_of_read
from floorwalker.insight.objective import Followed, NoObjective, Promised, follow_in
from floorwalker.insight.person_level import PersonLevel, level_of
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.query import Facts


def follow_all(
    facts: Facts, agreed: Iterable[Promised], on: date, where: Where
) -> Iterator[tuple[Promised, Followed | NoObjective | None]]:
    """Each with how it stands on that day; None where nothing is known of the person's work of the last year."""
    by_measure: dict[str, list[Promised]] = {}
    for one in agreed:
        by_measure.setdefault(one.kpi.id, []).append(one)
    period = Period(on - timedelta(days=BLOCKS * BLOCK_DAYS - 1), on)
    for measure, some in by_measure.items():
        read = read_cells(facts, measure, period, where)
        known = _Levels(read, period)
        for one in some:
            person = known.of(one.agent)
            yield one, None if person is None else follow_in(person, one, on)


class _Levels:
    """The levels of those who were asked about, each group of colleagues worked out once."""

    def __init__(self, read: AgentCells | None, period: Period) -> None:
        self._read, self._period = read, period
        self._groups: list[PersonLevel] = []

    def of(self, agent: bytes) -> PersonLevel | None:
        """Of one agent; None where she has no such contact or no colleagues."""
        if self._read is None or agent not in self._read.agents:
            return None
        for group in self._groups:
            if agent in group.history.agents:
                return PersonLevel(group.history, group.levels, group.history.agents.index(agent))
        history = history_of_read(self._read, self._period, agent)
        if history is None or agent not in history.agents:
            return None
        made = level_of(history, agent)
        self._groups.append(made)
        return made
