"""How much was looked at in the last days, for whoever watches over privacy: by how many people, at how many others, in which way?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from floorwalker.apps.people.models import Look, LookAt

DAYS = 7


@dataclass(frozen=True)
class Watched:
    """One way of looking at people: by how many, and at how many."""

    what: LookAt
    readers: int
    people: int


@dataclass(frozen=True)
class WeekOfLooks:
    """The looks of the last days: by how many people in any way, and each way."""

    readers: int
    ways: tuple[Watched, ...]


def looks_of_week(on: date) -> WeekOfLooks:
    """Of the seven days up to this one; looks at oneself are nobody's business and not kept."""
    looks = Look.objects.filter(day__gt=on - timedelta(days=DAYS), day__lte=on).order_by()
    readers, people = Count("user", distinct=True), Count("agent", distinct=True)
    counted = looks.values("what").annotate(readers=readers, people=people)
    ways = {what: Watched(LookAt(what), *counts) for what, *counts in counted.values_list("what", "readers", "people")}
    found = looks.aggregate(readers=readers)
    return WeekOfLooks(found["readers"], tuple(ways[what] for what in LookAt if what in ways))
