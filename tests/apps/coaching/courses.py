"""What do tests of training stand on? Trainings that are planned and held by the same actions as on the pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from floorwalker.apps.coaching.models import Training
from floorwalker.apps.coaching.training import Course, hold_training, plan_training
from floorwalker.apps.people.models import Agent
from tests.apps.conftest import Floor

MEASURE = "transfer_rate"


def now() -> datetime:
    """As pages reckon it."""
    return datetime.now(UTC)


def a_course(floor: Floor, *agents: Agent, by: str = "leader", **more: Any) -> Course:
    """An hour, given by whoever plans it; with the first agent where nobody else is named."""
    given: dict[str, Any] = {
        "subject": "Passing calls on",
        "agents": agents or (floor.named["own"],),
        "planned_for": now() + timedelta(minutes=1),
        "minutes": 60,
        "trainer": floor.users[by],
    }
    return Course(**given | more)


def planned_training(floor: Floor, *agents: Agent, by: str = "leader", **more: Any) -> Training:
    """That hour, planned."""
    return plan_training(a_course(floor, *agents, by=by, **more), by=floor.users[by], at=now())


def held_training(floor: Floor, *agents: Agent, by: str = "leader", **more: Any) -> Training:
    """The same, held, with everybody there."""
    made = planned_training(floor, *agents, by=by, **more)
    there = list(made.attendees.values_list("agent", flat=True))
    return hold_training(made, there, by=floor.users[by], at=now() + timedelta(hours=2))


def trainings_of(floor: Floor) -> dict[str, dict[str, dict[str, Any]]]:
    """By route, trainings of the first team's leader with the first agent, and of the other's with somebody of hers."""
    own, other = floor.named["own"], floor.named["other"]
    led = {"own": (own, "leader"), "other": (other, "other_leader")}
    plans = {name: {"training_id": planned_training(floor, agent, by=by).pk} for name, (agent, by) in led.items()}
    held = {name: {"training_id": held_training(floor, agent, by=by).pk} for name, (agent, by) in led.items()}
    return {"training": plans, "hold_training": plans, "say_what_was_learned": held}
