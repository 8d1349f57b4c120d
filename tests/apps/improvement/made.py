"""What is there to test cycles with? One that was taken on, one that is planned, and one whose first review is due."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from floorwalker.apps.coaching.models import Look
from floorwalker.apps.improvement.finding import Sought, take
from floorwalker.apps.improvement.models import Cycle
from floorwalker.apps.improvement.models.cycles import Subject
from floorwalker.apps.improvement.opening import Opening, open_cycle
from floorwalker.apps.improvement.options import Considered, consider
from floorwalker.apps.improvement.planning import Plan, plan_cycle
from floorwalker.apps.people.models import Agent
from floorwalker.insight.known import known_days, last_complete_week
from floorwalker.insight.reviewed import Change, Guarded, OfGuardrail, Reviewed, Verdict, as_json
from floorwalker.insight.scorecard import Period
from floorwalker.insight.standing import window
from floorwalker.insight.statements import Method
from floorwalker.kpis.catalogue import catalogue
from tests.apps.conftest import NOW, Floor

DAY, WEEK = NOW.date(), timedelta(weeks=1)
# As `insight effect --json` tells of it: plus is better.
FOUND: dict[str, Any] = as_json(
    Reviewed(
        *("transfer_rate", 1, 1, "share", Verdict.NO_PROVEN_EFFECT, "recent", 4),
        due_on=DAY - WEEK,
        review_on=None,
        first=DAY - 52 * WEEK,
        last=DAY - WEEK,
        asked=12,
        treated=12,
        others=90,
        change=Change(0.021, -0.012, 0.054, 0.015, 0.084, 0.051, 0.012, 0.047),
        guardrails=(OfGuardrail("average_handle_time", 1, "ratio", Guarded.CLEAR, 0.05, 0.01, -0.02, 0.04),),
    )
)


def sought_of(floor: Floor, about: Subject, measure: str = "transfer_rate") -> Sought:
    """A measure of the last four complete weeks."""
    known = known_days(floor.lake.snapshot())
    assert known is not None
    return Sought(about, catalogue()[measure], window(Method.CAUSE, last_complete_week(Period(*known))))


def measure_for(about: Subject) -> str:
    """Of single people one whose gap is not everybody's: so many miss the target for transfers that it is."""
    return "first_contact_resolution" if isinstance(about, Agent) else "transfer_rate"


def a_cycle(
    floor: Floor, about: Subject, measure: str | None = None, *, by: str = "boss", at: datetime = NOW, **more: Any
) -> Cycle:
    """A gap that was taken on."""
    user, sought = floor.users[by], sought_of(floor, about, measure or measure_for(about))
    opening = Opening(**{"title": "Fewer transfers", "owner": user, "cause_words": "The menu misleads."} | more)
    return open_cycle(sought, take(floor.lake.snapshot(), sought, at=at), opening, by=user, at=at)


def with_options(floor: Floor, cycle: Cycle, *, by: str = "boss", at: datetime = NOW) -> Cycle:
    """The same with two things that could be done."""
    user = floor.users[by]
    consider(cycle, Considered("coaching", "Listen to three calls together", 2.0), by=user, at=at)
    consider(cycle, Considered("process", "Another menu", 10.0, "a change of the telephone system"), by=user, at=at)
    return cycle


def a_plan(floor: Floor, cycle: Cycle, *, begins_on: date = DAY, **more: Any) -> Plan:
    """The first option, with a reason, and why not the other."""
    first, second = cycle.options.all()
    given = {"owner": floor.users["boss"], "why_not": {second.pk: "Too dear for now"}, "begins_on": begins_on}
    return Plan(**{"chosen": first, "because": "It is said to have helped", "guardrails": ()} | given | more)


def planned(floor: Floor, about: Subject, *, weeks_ago: int = 5, at: datetime = NOW, **more: Any) -> Cycle:
    """A cycle that was planned so long before `at`, so that reviews have come due since."""
    began = at - weeks_ago * WEEK
    cycle = with_options(floor, a_cycle(floor, about, at=began, **more), at=began)
    plan_cycle(cycle, a_plan(floor, cycle, begins_on=began.date()), by=floor.users["boss"], at=began)
    return cycle


def looked_at(cycle: Cycle, week: int = 4, *, at: datetime = NOW, **more: Any) -> Look:
    """What the night worked out."""
    assert cycle.intervention is not None
    found = FOUND | more
    due = cycle.reviews.get(week=week).due_on
    given = {"verdict": found["verdict"], "found": found, "due_on": due, "at": at}
    return Look.objects.create(intervention=cycle.intervention, week=week, **given)
