"""What can be done about targets? Each function is one transaction: check, change, audit entry."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import SYSTEM, record
from floorwalker.apps.people.dating import make_room
from floorwalker.apps.people.models import Queue, Site, Team, User
from floorwalker.apps.standards.access import reach_of
from floorwalker.apps.standards.models import LONGEST_REASON, Target
from floorwalker.errors import Refused
from floorwalker.facts.tables import Channel
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.kpis.definition import Better, Kpi


@action
def set_target(
    measure: str,
    value: float | None = None,
    *,
    low: float | None = None,
    high: float | None = None,
    site: Site | None = None,
    team: Team | None = None,
    queue: Queue | None = None,
    channel: str = "",
    from_day: date,
    to_day: date | None = None,
    reason: str = "",
    by: User | None,
    at: datetime,
) -> Target:
    """Aim for a value, or for a band, at one place (none named: the centre) from a day on.

    It holds up to the next target set there already, or to `to_day`, the first day on which it no longer counts. The
    days before keep theirs. by: who sets it, only where her roles reach; None: the program itself.
    """
    kpi = find_kpi(measure, catalogue())
    check_bounds(kpi, value, low, high)
    _check_reason(reason)
    if to_day is not None and to_day <= from_day:
        raise Refused("a target ends after it begins", found=f"{from_day} to {to_day}")
    target = Target(measure=measure, value=value, low=low, high=high, from_day=from_day, to_day=to_day)
    target.site, target.team, target.queue, target.channel = site, team, queue, _known_channel(channel)
    if sum(bool(one) for one in (site, team, queue, channel)) > 1:
        raise Refused("a target is for one place", expected="a site, a team, a queue or a channel; none: the centre")
    _check_reach(target, by, at)
    follows = make_room(Target.objects.of_place(measure, target.place), from_day)
    target.to_day = min((day for day in (follows, to_day) if day is not None), default=None)
    target.reason, target.set_by, target.set_at = reason.strip(), by, at
    target.save(force_insert=True)
    record(_named(by), "set_target", target, at, measure=measure, **_told(target))
    return target


@action
def end_target(target: Target, *, on: date, by: User | None, at: datetime) -> Target:
    """Let a target no longer count from a day on: then that of the wider place holds. One that has not begun is withdrawn."""
    _check_reach(target, by, at)
    if target.to_day == on:
        return target
    if target.to_day is not None and target.to_day < on:
        raise Refused("this target has ended already", found=f"its last day was {target.to_day - timedelta(days=1)}")
    record(_named(by), "end_target", target, at, measure=target.measure, on=on.isoformat(), **_place_told(target))
    if target.from_day is not None and target.from_day >= on:
        withdrawn = target.pk
        target.delete()
        target.pk, target.to_day = withdrawn, on
        return target
    target.to_day = on
    target.save(update_fields=["to_day"])
    return target


def check_bounds(kpi: Kpi, value: float | None, low: float | None, high: float | None) -> None:
    """Refuse what this measure cannot be held against."""
    given = [bound for bound in (value, low, high) if bound is not None]
    if kpi.better is Better.CONTEXT:
        raise Refused(
            f"{kpi.name} has no better side", mend="it says how much there was, not how well: aim for another measure"
        )
    if value is not None and kpi.better is Better.BAND:
        raise Refused(
            f"{kpi.name} has no better side", mend="it may be too low as well as too high: give a band, low and high"
        )
    if (value is None) == (low is None) or (low is None) != (high is None):
        raise Refused("a target is one value, or a band with both its ends", expected="value, or low and high")
    if low is not None and high is not None and low >= high:
        raise Refused("the lower end of a band lies below its upper end", found=f"{low:g} to {high:g}")
    if kpi.unit == "share" and not all(0 <= bound <= 1 for bound in given):
        raise Refused("a share lies between 0 and 100 %", found=", ".join(f"{100 * bound:g} %" for bound in given))


def _check_reason(reason: str) -> None:
    if len(reason) > LONGEST_REASON:
        raise Refused(
            "this reason is too long", found=f"{len(reason)} characters", expected=f"{LONGEST_REASON} at most"
        )


def _check_reach(target: Target, by: User | None, at: datetime) -> None:
    if by is not None and target.place not in reach_of(by, at.date()).places:
        raise Refused(
            "you may not set targets there", expected="a place for which your role of that day lets you set targets"
        )


def _known_channel(channel: str) -> str:
    if channel and channel not in {str(one) for one in Channel}:
        raise Refused("there is no such channel", found=channel[:40], expected=", ".join(str(one) for one in Channel))
    return channel


def _named(by: User | None) -> str:
    return SYSTEM if by is None else by.username


def _told(target: Target) -> dict[str, Any]:
    """What the trail keeps of it: not the reason, which may name somebody and must stay correctable."""
    told: dict[str, Any] = {"value": target.value, "low": target.low, "high": target.high}
    told["from"] = None if target.from_day is None else target.from_day.isoformat()
    told["to"] = None if target.to_day is None else target.to_day.isoformat()
    return {name: said for name, said in told.items() if said is not None} | _place_told(target)


def _place_told(target: Target) -> dict[str, Any]:
    kind, which = target.place
    return {} if kind == "centre" else {str(kind): which}
