"""How is an intervention asked about: who was treated from when, how chosen, and who had other actions meanwhile?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from floorwalker.apps.coaching.meanwhile import PERSON, joint_with, key_of, meanwhile, moving, with_below
from floorwalker.apps.coaching.models import Intervention
from floorwalker.insight.effect import estimate_effect
from floorwalker.insight.planned import WEEKS, Asked, review_day
from floorwalker.insight.read_once import Read
from floorwalker.insight.reviewed import Reviewed
from floorwalker.insight.rollout import Changed, estimate_rollout
from floorwalker.insight.scorecard import Where
from floorwalker.kpis.query import Facts


def review(
    facts: Facts, intervention: Intervention, complete: date, week: int | None = None, read: Read | None = None
) -> Reviewed | None:
    """What its last planned review up to `complete`, or that of `week`, finds; None where it names nobody and no place.

    read: how people's cells are read, where a run that asks for many has a reading of its own.
    """
    until = review_day(intervention.begins_on, WEEKS[-1] if week is None else week)
    changed = _changed(intervention, until)
    if changed is not None:
        return estimate_rollout(facts, changed, complete, _where(intervention), week=week)
    asked = people_asked(intervention, until)
    return estimate_effect(facts, asked, complete, {}, week=week, read=read) if asked.treated else None


def planned_weeks(intervention: Intervention) -> tuple[int, ...]:
    """After how many weeks it is reviewed."""
    lot = intervention.lot
    if lot is None:
        return WEEKS
    return Asked(intervention.measure, {}, intervention.begins_on, pool=frozenset(), waits_until=lot.waits_until).weeks


def people_asked(intervention: Intervention, until: date) -> Asked:
    """The question about those whom it was given to; until: the day after the last that is looked at."""
    treated = {key_of(one.agent): one.from_day for one in intervention.treated.select_related(PERSON)}
    lot = intervention.lot
    pool = None if lot is None else frozenset(key_of(one.agent) for one in lot.entries.select_related(PERSON))
    guardrails = tuple(intervention.guardrails)
    others = meanwhile(moving(intervention.measure, guardrails), intervention.begins_on, (intervention.pk,))
    return Asked(
        kpi=intervention.measure,
        treated=treated,
        begins=intervention.begins_on,
        guardrails=guardrails,
        decided=intervention.decided_at.date(),
        shown_weeks=intervention.weeks_shown,
        pool=pool,
        waits_until=None if lot is None else lot.waits_until,
        others=others.people - frozenset(treated),
        other_teams=others.teams,
        joint=joint_with(intervention, until),
    )


def unit_of(intervention: Intervention) -> str:
    """Of whom or what it is asked: "agent", "team", "queue" or "site"; of people where it names nothing else."""
    if intervention.rolled_out.exists():
        return "team"
    if intervention.treated.exists():
        return "agent"
    if intervention.queue_id is not None:
        return "queue"
    return "agent" if intervention.site_id is None else "site"


def _changed(intervention: Intervention, until: date) -> Changed | None:
    """The question about teams, a queue or a site; None of people."""
    unit = unit_of(intervention)
    if unit == "agent":
        return None
    rails, first = tuple(intervention.guardrails), _first_days(intervention, unit)
    if unit == "queue":
        return Changed(intervention.measure, unit, first, rails, joint=joint_with(intervention, until))
    others = meanwhile(moving(intervention.measure, rails), intervention.begins_on, (intervention.pk,))
    return Changed(
        *(intervention.measure, unit, first, rails),
        others=others.teams - frozenset(first) if unit == "team" else frozenset(),
        without=others.people,
        joint=joint_with(intervention, until),
    )


def _first_days(intervention: Intervention, unit: str) -> Mapping[bytes, date]:
    if unit == "team":
        rows = intervention.rolled_out.select_related("team")
        return {bytes(team.key): day for team, day in with_below(rows).items()}
    place = intervention.queue if unit == "queue" else intervention.site
    assert place is not None, "a unit that is no team is the place of the change"
    return {bytes(place.key): intervention.begins_on}


def _where(intervention: Intervention) -> Where:
    """Of which contacts: those of the reason that the changed process is about, where it names one."""
    process = intervention.process
    return {"reason": (process.reason,)} if process is not None and process.reason else {}
