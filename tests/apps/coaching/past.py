"""What is there to learn from? Actions that were decided on a known gap, and reviewed to their end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from floorwalker.apps.coaching.models import Intervention, Look, Treated
from floorwalker.apps.people.models import Agent, User
from floorwalker.insight.learning import GapBefore, as_json
from floorwalker.insight.reviewed import Change, Reviewed, Verdict
from floorwalker.insight.reviewed import as_json as review_as_json
from tests.apps.conftest import NOW

WEEK = timedelta(weeks=1)
BEGAN = NOW.date() - 20 * WEEK
RANGE = 1.96
FOUND = Reviewed(
    *("first_contact_resolution", 1, 1, "share", Verdict.NO_PROVEN_EFFECT, "recent", 12),
    due_on=NOW.date() - 8 * WEEK,
    review_on=None,
    first=BEGAN - 52 * WEEK,
    last=NOW.date() - 8 * WEEK,
    asked=1,
    treated=1,
    others=90,
    change=None,
)


def reviewed(value: float, error: float = 0.01, *, treated: int = 1, **more: Any) -> Reviewed:
    """What a review found of an effect."""
    low, high = value - RANGE * error, value + RANGE * error
    change = Change(value, low, high, value, value + 0.02, 0.01, 0.01, 2.8 * error)
    return replace(FOUND, asked=treated, treated=treated, change=change, **more)


def past_action(
    people: Sequence[Agent], by: User, value: float, *, gap: float = 0.1, begins_on: date = BEGAN, **more: Any
) -> Intervention:
    """One that was given to these people on that day, and what its last review found; gap: None where none was known."""
    given: dict[str, Any] = {"kind": "coaching", "measure": "first_contact_resolution"} | more
    found = reviewed(value, treated=len(people))
    made = Intervention.objects.create(
        begins_on=begins_on,
        decided_at=NOW - 20 * WEEK,
        decided_by=by,
        before=as_json(GapBefore(gap, 0.7, 1, len(people))),
        **given,
    )
    Treated.objects.bulk_create(Treated(intervention=made, agent=one, from_day=begins_on) for one in people)
    look_at(made, found)
    return made


def look_at(made: Intervention, found: Reviewed, week: int = 12) -> Look:
    """What was found at a planned review."""
    kept = review_as_json(replace(found, week=week))
    due = made.begins_on + week * WEEK
    return Look.objects.create(intervention=made, week=week, due_on=due, verdict=str(found.verdict), found=kept, at=NOW)
