"""How is an intervention asked about: who was treated from when, how chosen, and who had other actions meanwhile?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from floorwalker.apps.coaching.models import Intervention, Treated
from floorwalker.insight.effect import estimate_effect
from floorwalker.insight.planned import SHOWN_WEEKS, WEEKS, Asked, review_day
from floorwalker.insight.reviewed import Reviewed
from floorwalker.insight.rollout import Changed, estimate_rollout
from floorwalker.kpis.query import Facts


def review(facts: Facts, intervention: Intervention, complete: date, week: int | None = None) -> Reviewed | None:
    """What its last planned review up to `complete`, or that of `week`, finds; None where nobody, no team and no site is named."""
    changed = _changed(intervention)
    if changed is not None:
        return estimate_rollout(facts, changed, complete, {}, week=week)
    asked = people_asked(intervention)
    return estimate_effect(facts, asked, complete, {}, week=week) if asked.treated else None


def planned_weeks(intervention: Intervention) -> tuple[int, ...]:
    """After how many weeks it is reviewed."""
    return WEEKS if intervention.lot is None else people_asked(intervention).weeks


def people_asked(intervention: Intervention) -> Asked:
    """The question about those whom it was given to."""
    treated = {bytes(one.agent.key): one.from_day for one in intervention.treated.select_related("agent")}
    lot = intervention.lot
    pool = None if lot is None else frozenset(bytes(one.agent.key) for one in lot.entries.select_related("agent"))
    return Asked(
        kpi=intervention.measure,
        treated=treated,
        begins=intervention.begins_on,
        guardrails=tuple(intervention.guardrails),
        decided=intervention.decided_at.date(),
        shown_weeks=intervention.weeks_shown,
        pool=pool,
        waits_until=None if lot is None else lot.waits_until,
        others=busy(intervention.begins_on, besides=(intervention.pk,)) - frozenset(treated),
    )


def busy(begins: date, besides: Collection[int] = ()) -> frozenset[bytes]:
    """Who was treated with something else in the weeks that were shown or up to the last review of what begins that day."""
    first, last = begins - timedelta(weeks=SHOWN_WEEKS), review_day(begins, WEEKS[-1])
    found = Treated.objects.filter(from_day__gte=first, from_day__lt=last, intervention__cancelled_at=None)
    return frozenset(bytes(key) for key in found.exclude(intervention__in=besides).values_list("agent__key", flat=True))


def _changed(intervention: Intervention) -> Changed | None:
    """The question about teams, or about a site; None of people, and of a queue, which has nothing to be held against."""
    rails = tuple(intervention.guardrails)
    teams = {bytes(one.team.key): one.from_day for one in intervention.rolled_out.select_related("team")}
    if teams:
        return Changed(intervention.measure, "team", teams, rails)
    if intervention.site is not None and not intervention.treated.exists():
        return Changed(intervention.measure, "site", {bytes(intervention.site.key): intervention.begins_on}, rails)
    return None
