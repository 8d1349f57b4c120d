"""Objectives as they were kept, without asking facts anew: what is written is what insight/kept_objective.py writes."""

from __future__ import annotations

from datetime import datetime, timedelta

from floorwalker.apps.coaching.models import ActionKind, CheckIn, Objective, ObjectiveState
from floorwalker.apps.people.models import Agent, User
from floorwalker.estimate import Estimate
from floorwalker.insight.kept_objective import baseline_as_json, forecast_as_json
from floorwalker.insight.objective import Objective as Proposal
from floorwalker.insight.person_level import Dated, Seen, Standing
from floorwalker.kpis.catalogue import catalogue
from floorwalker.stats.targets import Gain, progress
from tests.apps.conftest import NOW

WEEKS = 12


def standing(at: datetime = NOW, chance: float = 0.6, alone: float = 0.3) -> Proposal:
    """From 412 s to 390 s within twelve weeks."""
    kpi, on = catalogue()["average_handle_time"], at.date()
    due = on + timedelta(weeks=WEEKS)
    now = Estimate(412.0, 396.0, 428.0, 900, "local_level", kpi.stamp, kpi.unit, 418.0)
    fan = tuple(
        Dated(on + timedelta(weeks=week), 412.0 - week, 400.0 - week, 424.0 - week, 390.0 - week, 434.0 - week)
        for week in range(WEEKS + 1)
    )
    seen = tuple(Seen(on - timedelta(days=28 * back), 415.0, 400.0, 430.0, 290) for back in (2, 1, 0))
    stands = Standing(390.0, chance, alone, progress(chance), fan)
    return Proposal(kpi, b"a" * 16, on, due, now, stands, 380.0, 370.0, 400.0, 28, 300, Gain(0.04, 0.0004), seen)


def objective_of(agent: Agent, by: User, *, at: datetime = NOW, agreed: bool = False, chance: float = 0.6) -> Objective:
    """One that is proposed, or agreed by both."""
    found = standing(at, chance)
    made = Objective.objects.create(
        agent=agent,
        wording="Average handle time: at most 390 s",
        measure=found.kpi.id,
        measure_version=found.kpi.version,
        baseline=baseline_as_json(found, at=at, facts="1"),
        forecast=forecast_as_json(found) | {"expects": "quarter"},
        target=found.target,
        stretch=found.stretch,
        chance_with=found.standing.probability,
        chance_without=found.standing.without_plan,
        volume=found.expected,
        counter_measure="first_contact_resolution",
        action="Two sessions on searching the notes",
        action_kind=ActionKind.COACHING,
        from_day=found.on,
        due_on=found.due,
        state=ObjectiveState.AGREED if agreed else ObjectiveState.PROPOSED,
        proposed_by=by,
        proposed_at=at,
        leader_agreed_at=at,
        agent_agreed_at=at if agreed else None,
        agreed_by=by,
    )
    CheckIn.objects.create(objective=made, due_on=found.due)
    return made
