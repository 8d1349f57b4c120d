"""What have a thousand people agreed to reach in a year? Objectives, looks on their way, and development plans.

One objective is proposed by the product from the facts of this home; the others are like it, of other people and other days.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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

MEASURES = ("average_handle_time", "transfer_rate", "first_contact_resolution")
# Of one agent: objectives one after the other, the newest still open; looks of each; lines of a plan; entries of her log.
OBJECTIVES, CHECK_INS, ITEMS, REFLECTIONS = 4, 3, 4, 6
LASTS = timedelta(weeks=12)


def fill_objectives(facts: Snapshot, agents: list[Agent], coaches: Mapping[int, User], now: datetime) -> None:
    """Objectives of the year with what was seen of each, a plan of each person, and what she noted for herself."""
    like = _proposed(facts, agents, coaches, now)
    # Whose proposal the others are like has it open herself.
    wanted = [(one, n) for one in agents for n in range(OBJECTIVES) if n or one.pk != like.agent_id]
    objectives = keep(Objective, (_like(like, agent, coaches[agent.pk], number, now) for agent, number in wanted))
    keep(CheckIn, (one for objective in objectives for one in _check_ins(objective, now)))
    first, last = (now - timedelta(days=182)).date(), (now + timedelta(days=182)).date()
    plans = keep(
        DevelopmentPlan,
        (
            DevelopmentPlan(agent=one, from_day=first, to_day=last, made_by=coaches[one.pk], made_at=now)
            for one in agents
        ),
    )
    keep(PlanItem, (one for plan in plans for one in _items(plan)))
    entries = (
        Reflection(agent=agent, happened=WORDS, thought=WORDS, written_at=now - timedelta(days=50 * number + 1))
        for agent in agents
        for number in range(REFLECTIONS)
    )
    keep(Reflection, entries)


def _proposed(facts: Snapshot, agents: list[Agent], coaches: Mapping[int, User], now: datetime) -> Objective:
    """The first that the figures allow."""
    refused = []
    for agent in agents[:20]:
        for measure in MEASURES:
            wanted = Wanted(measure, (now + LASTS).date(), "Listens to two calls a week.", ActionKind.PEER_SUPPORT)
            read = read_proposal(facts, agent, wanted, now.date())
            if read.proposal is not None:
                return agreeing.propose(agent, wanted, read, by=coaches[agent.pk], at=now)
            refused.append(f"{measure}: {read.barred or read.found}")
    raise SystemExit(f"bench: nobody can be proposed an objective on this floor: {refused[0]}")


def _like(like: Objective, agent: Agent, coach: User, number: int, now: datetime) -> Objective:
    """The same for somebody else: agreed, the newest under way and those before it over."""
    made = Objective()
    for field in Objective._meta.concrete_fields:
        if field.name not in ("id", "agent", "intervention", "replaces"):
            setattr(made, field.attname, getattr(like, field.attname))
    begun = now - timedelta(weeks=5) - number * LASTS
    made.agent, made.proposed_at, made.from_day = agent, begun, begun.date()
    made.due_on = (begun + LASTS).date()
    made.agent_agreed_at = made.leader_agreed_at = begun + timedelta(days=1)
    made.agreed_by = made.proposed_by = coach
    made.state = ObjectiveState.REACHED if number else ObjectiveState.AGREED
    made.closed_at = begun + LASTS if number else None
    return made


def _check_ins(objective: Objective, now: datetime) -> Iterator[CheckIn]:
    for number in range(1, CHECK_INS + 1):
        due = objective.from_day + timedelta(weeks=4 * number)
        made = CheckIn(objective=objective, due_on=due)
        if due < now.date():
            made.at, made.by = objective.proposed_at + timedelta(weeks=4 * number), objective.proposed_by
            made.said = WORDS
            made.found, made.chance = objective.baseline, 0.6
        yield made


def _items(plan: DevelopmentPlan) -> Iterator[PlanItem]:
    for number in range(ITEMS):
        due = plan.to_day - timedelta(weeks=6 * number)
        yield PlanItem(
            plan=plan, kind=ItemKind.LEARNING, words=WORDS, due_on=due, added_by=plan.made_by, added_at=plan.made_at
        )
