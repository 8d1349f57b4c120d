"""What could be done about a gap? Several things, written down before one of them is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from floorwalker.apps.coaching.models import ActionKind
from floorwalker.apps.improvement.access import may_improve
from floorwalker.apps.improvement.models import Cycle, Option, Stage
from floorwalker.apps.improvement.models.cycles import LONGEST_TITLE
from floorwalker.apps.improvement.models.doing import LONGEST_WORDS
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import User
from floorwalker.errors import Refused


@dataclass(frozen=True)
class Considered:
    """One thing that could be done: of which kind, in words, and what it takes."""

    kind: str
    words: str
    hours: float | None = None
    cost: str = ""


@action
def consider(cycle: Cycle, said: Considered, *, by: User, at: datetime) -> Option:
    """Write an option down; it stays, chosen or not."""
    check_carried(cycle, by, at)
    if cycle.stage != Stage.PLAN:
        raise Refused("this cycle is planned already", mend="open the next cycle from its decision")
    if said.kind not in ActionKind.values:
        raise Refused("there is no such kind of action", found=said.kind[:40])
    if not 0 < len(said.words.strip()) <= LONGEST_WORDS:
        raise Refused("nothing was said", found=said.words[:60], expected=f"1 to {LONGEST_WORDS} characters")
    known = {words.casefold() for words in cycle.options.filter(kind=said.kind).values_list("words", flat=True)}
    if said.words.strip().casefold() in known:
        raise Refused("this option is written down already", found=said.words.strip()[:60])
    if said.hours is not None and not 0 <= said.hours <= 100_000:
        raise Refused("these hours cannot be", found=f"{said.hours:g}", expected="0 to 100000")
    made = Option.objects.create(
        cycle=cycle,
        kind=said.kind,
        words=said.words.strip(),
        hours=said.hours,
        cost=said.cost.strip()[:LONGEST_TITLE],
        added_by=by,
        added_at=at,
    )
    record(by.username, "consider_option", made, at, cycle=cycle.pk, kind=said.kind)
    return made


def check_carried(cycle: Cycle, by: User, at: datetime) -> None:
    """Whoever changes a cycle may carry it on; it is looked at as it is now, whatever the page had shown."""
    cycle.refresh_from_db(from_queryset=Cycle.objects.select_for_update())
    if not may_improve(by, cycle.about, at.date()):
        raise Refused("you may not carry this cycle on", expected="a role that improves work there")
