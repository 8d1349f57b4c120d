"""What can be done about targets? Each function is one transaction: check, change, audit entry."""

from __future__ import annotations

from datetime import date, datetime

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.dating import make_room
from floorwalker.apps.people.models import User
from floorwalker.apps.standards.models import Target
from floorwalker.errors import Refused
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.kpis.definition import Better


@action
def set_target(measure: str, value: float, *, from_day: date, by: User | None, at: datetime) -> Target:
    """Aim for a value from a day on, up to the next target that is set already; the days before keep theirs."""
    kpi = find_kpi(measure, catalogue())
    if kpi.better not in (Better.UP, Better.DOWN):
        raise Refused(
            f"{kpi.name} has no better side", mend="a target needs a measure of which more, or less, is better"
        )
    if kpi.unit == "share" and not 0 <= value <= 1:
        raise Refused("a share lies between 0 and 100 %", found=f"{100 * value:g} %")
    ends = make_room(Target.objects.filter(measure=measure), from_day)
    created = Target.objects.create(measure=measure, value=value, from_day=from_day, to_day=ends, set_by=by)
    record(by.username if by else "floorwalker", "set_target", created, at, measure=measure, value=value)
    return created


@action
def end_target(target: Target, *, on: date, by: User, at: datetime) -> Target:
    """Aim for nothing more from a day on; the days before keep the target."""
    if (target.from_day is not None and on <= target.from_day) or (target.to_day is not None and on > target.to_day):
        raise Refused(
            "a target ends after it begins, and no later than it does already",
            found=f"{on:%Y-%m-%d}",
            expected=f"a day after {target.from_day}" + (f", up to {target.to_day}" if target.to_day else ""),
        )
    if target.to_day != on:
        target.to_day = on
        target.save(update_fields=["to_day"])
        record(by.username, "end_target", target, at, measure=target.measure, on=on.isoformat())
    return target
