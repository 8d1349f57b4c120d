"""Which targets are there, past, present and coming, who set them, when and why?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from floorwalker.apps.people.models import User
from floorwalker.apps.standards.access import readable
from floorwalker.apps.standards.models import Target
from floorwalker.apps.standards.saying import aim_said, days_said, place_said
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Kpi
from floorwalker.ui import words


class When(StrEnum):
    """Where a target lies in time."""

    PRESENT = "present"
    COMING = "coming"
    PAST = "past"


@dataclass(frozen=True)
class Listed:
    """One target as a list prints it."""

    target: Target
    kpi: Kpi
    when: When

    @property
    def place(self) -> str:
        """What it is for."""
        return place_said(self.target)

    @property
    def aim(self) -> str:
        """What it aims for."""
        return aim_said(self.target, self.kpi)

    @property
    def days(self) -> str:
        """On which days it holds."""
        return days_said(self.target)

    @property
    def is_coming(self) -> bool:
        """Whether it has not begun."""
        return self.when is When.COMING


def listed(user: User, on: date, *, measure: str = "") -> list[Listed]:
    """The targets that the user may read, of one measure or of all; by measure and place, the newest first."""
    known = catalogue()
    rows = Target.objects.with_places().filter(readable(user, on), **({"measure": measure} if measure else {}))
    found = [
        Listed(row, known[row.measure], when(row, on))
        for row in rows.order_by("-from_day", "-pk")
        if row.measure in known
    ]
    return sorted(
        found, key=lambda one: (words.in_language(one.kpi.name), one.target.place != ("centre", 0), one.place)
    )


def when(target: Target, on: date) -> When:
    """Where a target lies, seen from a day."""
    if target.holds_on(on):
        return When.PRESENT
    return When.COMING if target.from_day is not None and target.from_day > on else When.PAST
