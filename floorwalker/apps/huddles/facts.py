"""What do huddles contribute to the lake? Who was to be there and was, which actions were done by their day, and goals of teams."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import pyarrow as pa

from floorwalker.apps.coaching.committing import Commitment, as_tables, end_of
from floorwalker.apps.huddles.models import ActionPoint, Attendance, TeamGoal
from floorwalker.facts.tables import COMMITMENT

ORIGIN = "huddles"


def records() -> dict[str, Iterable[pa.Table]]:
    """By table, everything of this context that was to be done."""
    return {COMMITMENT.name: as_tables(ORIGIN, chain(_attendances(), _actions(), _goals()))}


def _attendances() -> Iterator[Commitment]:
    """Of meetings that were held."""
    held = Attendance.objects.exclude(meeting__ended_at=None).select_related("meeting").order_by("pk")
    for one in held:
        meeting = one.meeting
        begun = meeting.started_at or meeting.planned_for
        yield Commitment(
            kind="attendance",
            number=str(one.pk),
            begun_at=begun,
            agent=one.agent_id,
            detail=meeting.kind,
            done_at=meeting.ended_at if one.there else None,
            outcome="there" if one.there else "away",
            minutes=meeting.minutes if one.there else None,
        )


def _actions() -> Iterator[Commitment]:
    """What was dropped with a word was not to be done any more."""
    for one in ActionPoint.objects.filter(dropped_at=None).select_related("meeting", "owner").order_by("pk"):
        yield Commitment(
            kind="action",
            number=str(one.pk),
            begun_at=one.made_at,
            agent=one.owner.agent_id,
            team=one.meeting.team_id,
            detail=one.meeting.kind,
            due_at=end_of(one.due_on),
            done_at=one.done_at,
        )


def _goals() -> Iterator[Commitment]:
    """Every goal of a team, and what came of it."""
    for one in TeamGoal.objects.order_by("pk"):
        yield Commitment(
            kind="team_goal",
            number=str(one.pk),
            begun_at=one.set_at,
            team=one.team_id,
            measure=one.measure,
            due_at=end_of(one.due_on),
            done_at=one.ended_at,
            outcome=one.ended_as,
        )
