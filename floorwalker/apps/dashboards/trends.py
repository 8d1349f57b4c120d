"""What has changed, of whom, and what is marked and noted beside it?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.dashboards.fairness import JUDGED
from floorwalker.apps.dashboards.models import FloorEvent, TrendNote
from floorwalker.apps.people.models import Agent, Team, User
from floorwalker.charts.control import Mark, control_chart
from floorwalker.charts.render import Drawing, draw
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight import said
from floorwalker.insight.known import known_days, last_complete_week
from floorwalker.insight.scorecard import Period
from floorwalker.insight.standing import window
from floorwalker.insight.statements import Method
from floorwalker.insight.trend import VERSION, ControlChart, DayCharted, Drift, Unit
from floorwalker.kpis.definition import Kpi
from floorwalker.ui import change_words, judging_words, words

# A change that was noticed longer ago is no news.
NEWS = timedelta(days=28)


@dataclass(frozen=True)
class Ends:
    """Up to which day is looked, and the ends before and after it that may be looked at instead."""

    last: date
    known: Period

    @property
    def earlier(self) -> str:
        """Four weeks earlier, as an address has it; nothing where there are no facts."""
        day = self.last - NEWS
        return day.isoformat() if day >= self.known.first else ""

    @property
    def later(self) -> str:
        """Four weeks later."""
        day = self.last + NEWS
        return day.isoformat() if day <= self.known.last else ""


def read_end(asked: QueryDict, facts: Snapshot) -> Ends:
    """The last day that is looked at: the one in the address, else the last Sunday of the facts."""
    days = known_days(facts)
    if days is None:
        raise Http404
    known = Period(*days)
    try:
        day = date.fromisoformat(asked.get("to", ""))
    except ValueError:
        day = last_complete_week(known)
    return Ends(min(max(day, known.first), known.last), known)


@dataclass(frozen=True)
class Changed:
    """One change that a chart noticed, with its unit and where the chart is; capped: as what very long contacts counted."""

    name: str
    kpi: Kpi
    drift: Drift
    address: str
    about: Agent | Team
    capped: str = ""

    @property
    def taken_on(self) -> str:
        """Of whom and what, as the address has it at which a gap is taken on; nothing where the change is for the better."""
        whose = "team" if isinstance(self.about, Team) else "agent"
        return f"measure={self.kpi.id}&{whose}={self.about.pk}" if self.drift.worse else ""

    @property
    def said(self) -> str:
        """The change in a sentence."""
        return change_words.drifted(self.drift, self.kpi.unit)


def read_changes(facts: Snapshot, user: User, on: date, last: date) -> list[Changed]:
    """What the charts of everybody whom the user may see noticed in the last four weeks, the latest first."""
    found = list(_changes(facts, user, on, last))
    return sorted(found, key=lambda one: (-one.drift.detected.toordinal(), one.name))


def _changes(facts: Snapshot, user: User, on: date, last: date) -> Iterator[Changed]:
    period = window(Method.TREND, last)
    followed = [found for measure in JUDGED if (found := said.trends(facts, measure, period, {})) is not None]
    noticed = [
        (found, unit.kind, unit.key, drift)
        for found in followed
        for unit in found.units
        for drift in unit.drifts
        if last - NEWS < drift.detected <= last
    ]
    agents = {
        bytes(agent.key): agent
        for agent in Agent.objects.visible_to(user, on).filter(
            key__in=[key for _found, kind, key, _drift in noticed if kind is Unit.AGENT]
        )
    }
    teams = {bytes(team.key): team for team in Team.objects.visible_to(user, on)}
    for found, kind, key, drift in noticed:
        about = agents.get(key) if kind is Unit.AGENT else teams.get(key)
        if about is not None:
            capped = judging_words.capped(found.capped)
            yield Changed(about.name, found.kpi, drift, address_of(about, found.kpi), about, capped)


def are_followed(facts: Snapshot, last: date) -> bool:
    """Whether enough days are known for any chart: else nothing tells whether anybody has changed."""
    period = window(Method.TREND, last)
    followed = (said.trends(facts, measure, period, {}) for measure in JUDGED)
    return any(found is not None and found.units for found in followed)


def address_of(about: Agent | Team, kpi: Kpi) -> str:
    """Where the chart of somebody is."""
    if isinstance(about, Agent):
        return reverse("agent_trend", args=[about.pk, kpi.id]) + "#changed"
    return reverse("team_trend", args=[about.pk, kpi.id])


def read_control(facts: Snapshot, kpi: Kpi, about: Agent | Team, last: date) -> dict[str, Any]:
    """What the chart section of a page holds: the chart, its changes, events and notes."""
    is_agent = isinstance(about, Agent)
    notes = TrendNote.objects.filter(measure=kpi.id, **({"agent": about} if is_agent else {"team": about}))
    route = "agent_trend_note" if is_agent else "team_trend_note"
    given: dict[str, Any] = {
        "notes": list(notes.select_related("by")),
        "note_address": reverse(route, args=[about.pk, kpi.id]),
        "back": address_of(about, kpi),
        "about": about,
        "kpi": kpi,
    }
    if kpi.id not in JUDGED:
        return given
    kind = Unit.AGENT if is_agent else Unit.TEAM
    charted = said.chart(facts, kpi.id, window(Method.TREND, last), kind, bytes(about.key))
    if charted is None:
        return given | {"judged": True}
    period = window(Method.TREND, last)
    events = events_between(period.first, period.last)
    return given | {
        "judged": True,
        "charted": charted,
        "control": draw_control(charted.days, kpi, charted.followed.drifts, events),
        # What happens rarely is followed contact by contact: its days have no limit.
        "rare": charted.days[-1].limit is None,
        "changes": [change_words.drifted(drift, kpi.unit) for drift in charted.followed.drifts],
        "events": events,
        "budget": change_words.budget(charted.budget),
        "capped": judging_words.capped(charted.capped),
    }


def events_between(first: date, last: date) -> list[FloorEvent]:
    """What happened in these days, the earliest first."""
    return list(FloorEvent.objects.filter(removed_at=None, first_day__range=(first, last)).order_by("first_day", "pk"))


def draw_control(
    days: Sequence[DayCharted], kpi: Kpi, drifts: Iterable[Drift], events: Iterable[FloorEvent]
) -> Drawing:
    """A chart of days within its limits, with its changes and what happened on the floor."""
    changes = [Mark(drift.began, words.day(drift.began)) for drift in drifts]
    happened = [Mark(event.first_day, event.title) for event in events]
    share = kpi.unit == "share"
    label = _("Points from the usual") if share else _("From the usual")
    return draw(
        lambda theme: control_chart(days, kpi, label=label, changes=changes, events=happened, theme=theme),
        words.clock(),
    )


def latest_drift(charted: ControlChart | None) -> Mapping[str, Any]:
    """The last change of a chart, as a note keeps it."""
    drifts = () if charted is None else charted.followed.drifts
    if not drifts:
        return {}
    drift = drifts[-1]
    return {
        "began": drift.began.isoformat(),
        "detected": drift.detected.isoformat(),
        "up": drift.up,
        "size": drift.size,
        "method": f"trend@{VERSION}",
    }
