"""How much of people's records was opened on the command line? Noted as what nobody in particular has seen.

Of those who were named. A list of the whole floor is mostly a report, or a program's: as nobody knows who reads it, it would
count for everybody about everybody, and after the first yearly report no effect in the centre would be judged by what was seen.
Whoever reads a board or asks as a person is noted by name (dashboards/opened.py, dashboards/programs.py).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from floorwalker.cli.terminal import now

if TYPE_CHECKING:
    from floorwalker.facts.snapshot import Snapshot
    from floorwalker.kpis.dimensions import Value


def note_opened(facts: Snapshot, measures: Collection[str], first: date | None, keys: Collection[Value] | None) -> None:
    """Note how far back it reached for those who were named by key; a list of the whole floor is no look at anybody's record."""
    from floorwalker.apps.coaching.records_shown import note_record, weeks_back
    from floorwalker.apps.people.models import Agent

    named = [key for key in keys or () if isinstance(key, bytes)]
    people = list(Agent.objects.filter(key__in=named))
    note_record(measures, weeks_back(facts, first), of=people, by=None, at=now())
