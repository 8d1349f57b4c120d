"""What was done about a gap, and what else happened meanwhile? Written down as it happens, and never changed."""

from __future__ import annotations

from datetime import date, datetime

from floorwalker.apps.improvement.models import Cycle, Doing, Stage
from floorwalker.apps.improvement.models.cycles import LONGEST_TEXT
from floorwalker.apps.improvement.options import check_carried
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import User
from floorwalker.errors import Refused


@action
def note_doing(cycle: Cycle, words: str, *, on: date, is_confounder: bool, by: User, at: datetime) -> Doing:
    """Write down what was done, or what else could have moved the measure."""
    check_carried(cycle, by, at)
    if cycle.stage in (Stage.PLAN, Stage.DECIDED):
        raise Refused(
            "only a cycle that is under way has a log", found=cycle.stage, expected="planned, and not decided"
        )
    if not 0 < len(words.strip()) <= LONGEST_TEXT:
        raise Refused("nothing was said", found=words[:60], expected=f"1 to {LONGEST_TEXT} characters")
    if on > at.date():
        raise Refused("what was done lies in the past", found=on.isoformat(), expected="today or an earlier day")
    made = Doing.objects.create(cycle=cycle, on=on, words=words.strip(), is_confounder=is_confounder, by=by, at=at)
    record(by.username, "note_doing", made, at, cycle=cycle.pk, on=on.isoformat(), is_confounder=is_confounder)
    return made
