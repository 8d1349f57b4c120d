"""How does a team stand with its goals, and which have come to their end?"""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta

from floorwalker.apps.coaching.reaching import facts_stamp
from floorwalker.apps.huddles.models import GoalEnd, TeamGoal
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import SYSTEM, record
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.frozen import from_json
from floorwalker.insight.kept_team_goal import stands_as_json, stands_from_json
from floorwalker.insight.team_goal import Goal, Stands, Verdict, read_stands
from floorwalker.insight.team_moved import Unknown
from floorwalker.kpis.catalogue import catalogue

logger = logging.getLogger(__name__)

# So long after its day a goal waits for facts that are still missing.
PATIENCE = timedelta(days=28)


def follow(goal: TeamGoal, facts: Snapshot, at: datetime) -> Stands | None:
    """How it stands: as it was judged once it was, else as far as the facts go.

    None before any, of a measure that is gone, and of what ended without a verdict: nothing is judged after its end.
    """
    kpi = catalogue().get(goal.measure)
    if goal.found is not None:
        return None if kpi is None else stands_from_json(goal.found, kpi)
    if not goal.is_open:
        return None
    return read_stands(facts, _asked(goal), at)


def _asked(goal: TeamGoal) -> Goal:
    before = from_json(goal.baseline).period
    return Goal(
        *(goal.measure, goal.measure_version, tuple(bytes.fromhex(key) for key in goal.branch), goal.target),
        *(before, goal.first_on, goal.due_on, goal.counter_measure),
    )


def end_due_goals(facts: Snapshot, at: datetime) -> int:
    """Judge every goal whose day has come, once its facts are there or were waited for long enough; how many were ended.

    Each is kept by itself: where this is cut short, what was kept stays, and the next night goes on with the rest; one that cannot
    be read keeps no other from its verdict.
    """
    due = TeamGoal.objects.open().filter(due_on__lt=at.date()).select_related("team")
    return sum(_judged(goal, facts, at) for goal in due)


def _judged(goal: TeamGoal, facts: Snapshot, at: datetime) -> bool:
    try:
        return _judge(goal, facts, at)
    except Exception:
        logger.exception("goal %s of a team is not judged this night", goal.pk)
        return False


def _judge(goal: TeamGoal, facts: Snapshot, at: datetime) -> bool:
    stands = follow(goal, facts, at)
    late = at.date() > goal.due_on + PATIENCE
    if not late and _may_still_tell(stands):
        return False
    return _keep(goal, stands, facts_stamp(facts), at)


def _may_still_tell(stands: Stands | None) -> bool:
    """Whether its last weeks are not there, or not settled, or have so little that more may come."""
    if stands is None or stands.verdict is Verdict.ON_THE_WAY:
        return True
    return stands.verdict is Verdict.CANNOT_TELL and stands.unknown in (Unknown.FEW_CONTACTS, Unknown.LITTLE_WORK)


@action
def _keep(goal: TeamGoal, stands: Stands | None, facts: str, at: datetime) -> bool:
    """The verdict, of a goal that nobody has ended since it was read."""
    goal.refresh_from_db(from_queryset=TeamGoal.objects.select_for_update(of=("self",)))
    if not goal.is_open:
        return False
    goal.ended_at, goal.ended_as = at, ended_as(stands)
    goal.found = None if stands is None else stands_as_json(stands, at=at, facts=facts)
    goal.save(update_fields=["ended_at", "ended_as", "found"])
    record(SYSTEM, "finish_team_goal", goal, at, team=goal.team.name, ended_as=str(goal.ended_as))
    return True


def ended_as(stands: Stands | None) -> GoalEnd:
    """The end that a verdict is; what never came cannot be told."""
    if stands is None or stands.verdict is Verdict.ON_THE_WAY:
        return GoalEnd.CANNOT_TELL
    return GoalEnd(stands.verdict.value)


def next_monday(day: date) -> date:
    """The Monday with which a goal of that day begins: the day itself, or the one after."""
    return day + timedelta(days=-day.weekday() % 7)
