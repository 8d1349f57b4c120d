"""How does an objective stand on its way, and how did it end? Looks are kept with the figure and the chance of their day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from floorwalker.apps.coaching.access import may_coach
from floorwalker.apps.coaching.agreeing import find_now
from floorwalker.apps.coaching.models import CheckIn, Objective, ObjectiveState
from floorwalker.apps.coaching.models.objectives import LONGEST_WORDS
from floorwalker.apps.coaching.reaching import SHOWN_WEEKS, facts_stamp, read_counter
from floorwalker.apps.coaching.seeing import is_oneself
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import SYSTEM, record
from floorwalker.apps.people.models import User
from floorwalker.errors import Refused
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.ended import fell_beyond, how_it_ended
from floorwalker.insight.following import follow_all
from floorwalker.insight.frozen import Frozen, as_json, freeze_figure
from floorwalker.insight.frozen import from_json as figure_from_json
from floorwalker.insight.kept_objective import Kept, followed_as_json, from_json, promised
from floorwalker.insight.known import known_days
from floorwalker.insight.objective import Followed, Promised
from floorwalker.insight.scorecard import Period
from floorwalker.kpis.catalogue import catalogue

BETWEEN_LOOKS = timedelta(days=7)
# Within so long the same words of the same person are one form, sent twice.
BETWEEN_SAME = timedelta(minutes=10)
# So long after its day an objective waits for facts that are still missing.
PATIENCE = timedelta(days=28)
# Of old objectives and new ones, what was seen is drawn from so long before they were proposed: what everybody is shown.
SHOWN = timedelta(weeks=SHOWN_WEEKS)


def latest(objective: Objective) -> Kept:
    """How it stood when somebody, or the program, last looked; from the beginning where nobody has yet."""
    return from_json(_found_last(objective) or objective.baseline)


def cost_found(objective: Objective) -> Frozen | None:
    """What must not get worse, as it was read when it ended."""
    kept = (_found_last(objective) or {}).get("counter")
    return None if kept is None else figure_from_json(kept)


def _found_last(objective: Objective) -> dict[str, Any] | None:
    seen = [one for one in objective.check_ins.all() if one.found is not None and one.at is not None]
    return max(seen, key=lambda one: (one.at, one.pk)).found if seen else None


def check_in(objective: Objective, said: str, facts: Snapshot, *, by: User, at: datetime) -> CheckIn:
    """Somebody looks at it and says something; the figure and the chance of the day are kept with that."""
    _check_may(objective, said, by, at)
    followed = next(iter(_follow([objective], facts, at)), (objective, None))[1]
    return _keep_check_in(objective, said, followed, facts_stamp(facts), by=by, at=at)


@action
def _keep_check_in(
    objective: Objective, said: str, followed: Followed | None, facts: str, *, by: User, at: datetime
) -> CheckIn:
    """What was read before the transaction, kept with the objective as it is now."""
    objective = find_now(objective)
    _check_may(objective, said, by, at)
    words = said.strip()[:LONGEST_WORDS]
    twice = objective.check_ins.filter(by=by, said=words, at__gt=at - BETWEEN_SAME).first()
    if twice is not None:  # a form that was sent twice says one thing
        return twice
    planned = objective.check_ins.filter(at=None).order_by("due_on").first()
    is_early = planned is None or planned.due_on > at.date() + BETWEEN_LOOKS
    made = CheckIn(objective=objective, due_on=at.date()) if is_early or planned is None else planned
    made.by, made.at, made.said = by, at, words
    _note(made, followed, at, facts)
    made.save()
    record(by.username, "check_in_objective", objective, at, chance=made.chance)
    return made


def _check_may(objective: Objective, said: str, by: User, at: datetime) -> None:
    if not (is_oneself(by, objective.agent) or may_coach(by, objective.agent, at.date())):
        raise Refused("you may not check in there", expected="the person herself, or who coaches her")
    if objective.state != ObjectiveState.AGREED:
        raise Refused("only what both agreed to is checked", found=str(objective.get_state_display()))
    if not said.strip():
        raise Refused("a check-in says something", mend="write what was tried, and what comes next")


def look_at_open(facts: Snapshot, at: datetime) -> int:
    """Look at every objective that nobody has looked at for a week, and end those whose day has come; how many.

    Each is kept by itself: where this is cut short, what was kept stays, and the next night goes on with the rest.
    """
    known = known_days(facts)
    if known is None:
        return 0
    agreed = Objective.objects.filter(state=ObjectiveState.AGREED).select_related("agent")
    waiting = [one for one in agreed.prefetch_related("check_ins") if _is_to_look(one, known[1], at)]
    count = 0
    for objective, followed in _follow(waiting, facts, at):
        ends = _day_has_come(objective, known[1], at)
        cost = _read_cost(objective, facts, at) if ends else None
        count += _keep_look(objective, followed, cost, facts_stamp(facts), ends=ends, at=at)
    return count


def _read_cost(objective: Objective, facts: Snapshot, at: datetime) -> Frozen | None:
    """What must not get worse, of the same days of which the objective is read; None where nothing was named."""
    counter = catalogue().get(objective.counter_measure)
    if counter is None:
        return None
    days = timedelta(days=int(objective.forecast["reading_days"]) - 1)
    period = Period(objective.due_on - days, objective.due_on)
    cell = read_counter(facts, counter, objective.agent, period)
    return None if cell is None else freeze_figure(counter, period, cell, None, at=at, facts=facts_stamp(facts))


@action
def _keep_look(
    objective: Objective, followed: Followed | None, cost: Frozen | None, facts: str, *, ends: bool, at: datetime
) -> bool:
    """Keep a look at it, and end it where its day has come; not what somebody ended or replaced since it was read."""
    objective = find_now(objective)
    if objective.state != ObjectiveState.AGREED:
        return False
    made = CheckIn(objective=objective, due_on=at.date(), at=at)
    _note(made, followed, at, facts)
    if made.found is not None:
        made.found |= {"counter": as_json(cost)} if cost is not None else {}
        made.save()
    if ends:
        _finish(objective, followed, cost, at)
    return True


def _finish(objective: Objective, followed: Followed | None, cost: Frozen | None, at: datetime) -> None:
    objective.state = ended_as(objective, followed, cost)
    objective.closed_at = at
    objective.save(update_fields=["state", "closed_at"])
    record(SYSTEM, "finish_objective", objective, at, state=str(objective.state))


def ended_as(objective: Objective, followed: Followed | None, cost: Frozen | None) -> ObjectiveState:
    """By the reading of which its chance was told, and by whether what must not get worse did (insight/ended.py)."""
    counter = catalogue().get(objective.counter_measure)
    fell = None if counter is None or cost is None else fell_beyond(counter, objective.counter_limit, cost.answer)
    return ObjectiveState(how_it_ended(objective.target, followed, fell).value)


def _is_to_look(objective: Objective, last: date, at: datetime) -> bool:
    looked = [one.at for one in objective.check_ins.all() if one.at is not None]
    if _day_has_come(objective, last, at):
        return True
    return max([*looked, objective.proposed_at]) <= at - BETWEEN_LOOKS


def _day_has_come(objective: Objective, last: date, at: datetime) -> bool:
    return objective.due_on <= min(last, at.date()) or at.date() > objective.due_on + PATIENCE


def _follow(
    objectives: Iterable[Objective], facts: Snapshot, at: datetime
) -> Iterator[tuple[Objective, Followed | None]]:
    """How they stand on the last known day, at most on their own last one."""
    known = known_days(facts)
    by_day: dict[date, list[Objective]] = {}
    for one in objectives:
        last = at.date() if known is None else min(known[1], at.date())
        by_day.setdefault(min(last, one.due_on), []).append(one)
    for on, some in by_day.items():
        wanted = [(one, _promised(one)) for one in some]
        found = {id(promise): how for promise, how in follow_all(facts, [two for _one, two in wanted], on, {})}
        for one, promise in wanted:
            how = found.get(id(promise))
            yield one, how if isinstance(how, Followed) else None


def _promised(objective: Objective) -> Promised:
    kpi = catalogue()[objective.measure]
    return promised(kpi, bytes(objective.agent.person.key), objective.due_on, objective.target, objective.forecast)


def _note(made: CheckIn, followed: Followed | None, at: datetime, facts: str) -> None:
    if followed is not None:
        made.found = followed_as_json(followed, at=at, facts=facts)
        made.chance = followed.standing.probability
