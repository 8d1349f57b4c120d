"""What do tests of draws stand on? A plan over the week that the calls of the floor fill, and its draw."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from floorwalker.apps.evaluations.drawing import draw_plan
from floorwalker.apps.evaluations.models import Draw, EvaluationForm, SamplingPlan
from floorwalker.apps.evaluations.planning import Asked, make_plan
from floorwalker.apps.evaluations.populations import last_known_day
from tests.apps.evaluations.made import People

QUOTA = 3


def drawn_at() -> datetime:
    """The noon after the last whole week that the floor's calls fill."""
    last = last_known_day()
    assert last is not None
    monday = last + timedelta(days=1) - timedelta(days=(last + timedelta(days=1)).weekday())
    return datetime.combine(monday, time(12), UTC)


def plan_of(floor: People, form: EvaluationForm, name: str = "Every week", **asked: Any) -> SamplingPlan:
    """A plan by which the analysts mark three contacts of everybody in a week."""
    evaluators = [floor.users[name] for name in ("analyst", "team_analyst") if name in floor.users]
    given = {"quota": QUOTA, "evaluators": evaluators} | asked
    return make_plan(Asked(name, form, **given), by=floor.users["analyst"], at=datetime(2026, 1, 5, tzinfo=UTC))


def draw_of(floor: People, plan: SamplingPlan) -> Draw:
    """Its draw of that week."""
    return draw_plan(plan, by=floor.users["analyst"], at=drawn_at())
