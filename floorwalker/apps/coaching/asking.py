"""How is an intervention asked about: who was treated from when, how chosen, and who had other actions meanwhile?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from floorwalker.apps.coaching.models import Intervention, Treated
from floorwalker.insight.planned import SHOWN_WEEKS, WEEKS, Asked, review_day


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
    found = Treated.objects.filter(from_day__gte=first, from_day__lt=last, intervention__cancelled_at=None).exclude(
        intervention__in=besides
    )
    return frozenset(bytes(key) for key in found.values_list("agent__key", flat=True))
