"""What have a thousand people agreed to reach in a year? Objectives, looks on their way, and development plans.

One objective is proposed by the product from the facts of this home; the others are like it, of other people and other days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bench.kept_rows import WORDS, keep
from floorwalker.apps.coaching import agreeing
from floorwalker.apps.coaching.models import (
    ActionKind,
    CheckIn,
    DevelopmentPlan,
    ItemKind,
    Objective,
    ObjectiveState,
    PlanItem,
    Reflection,
)
from floorwalker.apps.coaching.reaching import Wanted, read_proposal

if TYPE_CHECKING:
    from floorwalker.apps.people.models import Agent, User
    from floorwalker.facts.snapshot import Snapshot

MEASURES = ("average_handle_time", "average_talk_time", "average_wrap_up_time", "transfer_rate")
# Of one agent: objectives one after the other, the newest still open; looks of each; lines of a plan; entries of her log.
OBJECTIVES, CHECK_INS, ITEMS, REFLECTIONS = 4, 3, 4, 6
LASTS = timedelta(weeks=12)


def fill_objectives(facts: Snapshot, agents: list[Agent], leader: User, now: datetime) -> None:
    """Objectives of the year with what was seen of each, a plan of each person, and what she noted for herself."""
    like = _proposed(facts, agents, leader, now)
    made = (_like(like, agent, number, now) for agent in agents for number in range(OBJECTIVES))
    objectives = keep(Objective, (one for one in made if one.agent_id != like.agent_id or one.state != like.state))
    keep(CheckIn, (one for objective in objectives for one in _check_ins(objective, leader, now)))
    first, last = (now - timedelta(days=182)).date(), (now + timedelta(days=182)).date()
    plans = keep(
        DevelopmentPlan,
        (DevelopmentPlan(agent=one, from_day=first, to_day=last, made_by=leader, made_at=now) for one in agents),
    )
    keep(PlanItem, (one for plan in plans for one in _items(plan, leader, now)))
    entries = (
        Reflection(agent=agent, happened=WORDS, thought=WORDS, written_at=now - timedelta(days=50 * number + 1))
        for agent in agents
        for number in range(REFLECTIONS)
    )
    keep(Reflection, entries)


def _proposed(facts: Snapshot, agents: list[Agent], leader: User, now: datetime) -> Objective:
    """The first that the figures allow."""
    refused = []
    for agent in agents[:20]:
        for measure in MEASURES:
            wanted = Wanted(measure, (now + LASTS).date(), "Listens to two calls a week.", ActionKind.PEER_SUPPORT)
            read = read_proposal(facts, agent, wanted, now.date())
            if read.proposal is not None:
                return agreeing.propose(agent, wanted, read, by=_coach_of(agent, leader, now), at=now)
            refused.append(f"{measure}: {read.barred or read.found}")
    raise SystemExit(f"bench: nobody can be proposed an objective on this floor: {refused[0]}")


def _coach_of(agent: Agent, leader: User, now: datetime) -> User:
    """Who may propose it: the leader where she leads that person, else the manager."""
    from floorwalker.apps.coaching.access import may_coach
    from floorwalker.apps.people.models import User

    manager = User.objects.get(username="manager")
    return leader if may_coach(leader, agent, now.date()) else manager


def _like(like: Objective, agent: Agent, number: int, now: datetime) -> Objective:
    """The same for somebody else: agreed, the newest under way and those before it over."""
    made = Objective()
    for field in Objective._meta.concrete_fields:
        if field.name not in ("id", "agent", "intervention", "replaces"):
            setattr(made, field.attname, getattr(like, field.attname))
    begun = now - timedelta(weeks=5) - number * LASTS
    made.agent, made.proposed_at, made.from_day = agent, begun, begun.date()
    made.due_on = (begun + LASTS).date()
    made.agent_agreed_at = made.leader_agreed_at = begun + timedelta(days=1)
    made.agreed_by = made.proposed_by
    made.state = ObjectiveState.REACHED if number else ObjectiveState.AGREED
    made.closed_at = begun + LASTS if number else None
    return made


def _check_ins(objective: Objective, leader: User, now: datetime) -> Iterator[CheckIn]:
    for number in range(1, CHECK_INS + 1):
        due = objective.from_day + timedelta(weeks=4 * number)
        made = CheckIn(objective=objective, due_on=due)
        if due < now.date():
            made.at, made.by, made.said = objective.proposed_at + timedelta(weeks=4 * number), leader, WORDS
            made.found, made.chance = objective.baseline, 0.6
        yield made


def _items(plan: DevelopmentPlan, leader: User, now: datetime) -> Iterator[PlanItem]:
    for number in range(ITEMS):
        due = plan.to_day - timedelta(weeks=6 * number)
        yield PlanItem(plan=plan, kind=ItemKind.LEARNING, words=WORDS, due_on=due, added_by=leader, added_at=now)
