"""What do improvement cycles contribute to the lake? Their planned reviews, and what became of those that were decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import chain

import pyarrow as pa

from floorwalker.apps.coaching.committing import Commitment, as_tables, end_of
from floorwalker.apps.improvement.models import Cycle, CycleReview
from floorwalker.facts.tables import COMMITMENT

ORIGIN = "improvement"
# A review is held in time within so many days.
IN_TIME = timedelta(days=7)


def records() -> dict[str, Iterable[pa.Table]]:
    """By table, everything of this context that was to be done."""
    return {COMMITMENT.name: as_tables(ORIGIN, chain(_reviews(), _cycles()))}


def _reviews() -> Iterator[Commitment]:
    for one in CycleReview.objects.exclude(cycle__planned_at=None).select_related("cycle__process").order_by("pk"):
        cycle = one.cycle
        assert cycle.planned_at is not None
        yield Commitment(
            kind="review",
            number=str(one.pk),
            begun_at=cycle.planned_at,
            agent=cycle.agent_id,
            team=cycle.team_id,
            site=None if cycle.process is None else cycle.process.site_id,
            detail=f"week {one.week}",
            measure=cycle.measure,
            due_at=end_of(one.due_on + IN_TIME),
            done_at=one.held_at,
        )


def _cycles() -> Iterator[Commitment]:
    """The outcome is what the look found on which it was decided."""
    for one in Cycle.objects.select_related("intervention", "process", "decision__look").order_by("pk"):
        decision = getattr(one, "decision", None)
        look = None if decision is None else decision.look
        yield Commitment(
            kind="cycle",
            number=str(one.pk),
            begun_at=one.opened_at,
            agent=one.agent_id,
            team=one.team_id,
            site=None if one.process is None else one.process.site_id,
            detail="" if one.intervention is None else one.intervention.kind,
            measure=one.measure,
            done_at=None if decision is None else decision.at,
            outcome="" if look is None else look.verdict,
        )
