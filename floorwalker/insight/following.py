"""How does it stand with many objectives at once? Where everybody stands in a measure is worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from floorwalker.insight.objective import Followed, NoObjective, Promised, follow_in
from floorwalker.insight.people_levels import read_people_levels
from floorwalker.insight.scorecard import Where
from floorwalker.kpis.query import Facts


def follow_all(
    facts: Facts, agreed: Iterable[Promised], on: date, where: Where
) -> Iterator[tuple[Promised, Followed | NoObjective | None]]:
    """Each with how it stands on that day; None where nothing is known of the person's work of the last year."""
    by_measure: dict[str, list[Promised]] = {}
    for one in agreed:
        by_measure.setdefault(one.kpi.id, []).append(one)
    for measure, some in by_measure.items():
        known = read_people_levels(facts, measure, on, where)
        for one in some:
            person = known.get(one.agent)
            yield one, None if person is None else follow_in(person, one, on)
