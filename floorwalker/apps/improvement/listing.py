"""Which cycles are there: what waits in them, which are under way, and what was decided, whether it had worked or not?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from floorwalker.apps.improvement.access import carried_by, visible_cycles
from floorwalker.apps.improvement.looks import known_said
from floorwalker.apps.improvement.models import Cycle, Stage
from floorwalker.apps.improvement.saying import measure_said, next_said
from floorwalker.apps.people.models import User

# So many decided ones stand on the page, the newest first.
MOST = 100


@dataclass(frozen=True)
class Row:
    """One cycle as the list shows it."""

    cycle: Cycle
    measure: str
    next: str
    found: str = ""


@dataclass(frozen=True)
class Cycles:
    """Everything that a reader may see, by what it asks of her; more: how many decided ones are left out."""

    waiting: tuple[Row, ...]
    under_way: tuple[Row, ...]
    decided: tuple[Row, ...]
    more: int = 0

    @property
    def count(self) -> int:
        """How many there are in all."""
        return len({row.cycle.pk for row in (*self.waiting, *self.under_way, *self.decided)}) + self.more


def waits(cycle: Cycle, on: date) -> bool:
    """Whether somebody is to do something in it now: plan it, hold a review, decide, or open the next."""
    if cycle.is_decided:
        return cycle.awaits_next
    if cycle.stage == Stage.PLAN:
        return True
    return bool(cycle.reviews_due(on)) or cycle.next_review(on) is None


def list_cycles(user: User, on: date, standard: int | None = None) -> Cycles:
    """All that the reader may see, or those about one standard or that changed it; what waits is what she may carry on."""
    every = list(visible_cycles(user, on) if standard is None else visible_cycles(user, on).about_standard(standard))
    waiting = carried_by(user, [one for one in every if waits(one, on)], on)
    under_way = [one for one in every if not one.is_decided and one not in waiting]
    decided = sorted((one for one in every if one.is_decided), key=lambda one: one.decision.at, reverse=True)
    first, then, last = (tuple(row_of(one, on) for one in some) for some in (waiting, under_way, decided[:MOST]))
    return Cycles(first, then, last, more=max(0, len(decided) - MOST))


def row_of(cycle: Cycle, on: date) -> Row:
    """One cycle with its words; what was found when it was decided, as it stood."""
    found = known_said(cycle.decision.found) if cycle.is_decided else ""
    return Row(cycle, measure_said(cycle.measure), next_said(cycle, on), found)
