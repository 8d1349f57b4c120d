"""To which contacts are figures cut: of which queue, channel and reason, by agents how long in the job?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from floorwalker.apps.people.models import KEY_BYTES, Agent, Queue
from floorwalker.facts.tables import Channel
from floorwalker.insight.scorecard import Where
from floorwalker.ui.whole_numbers import whole_number
from floorwalker.ui.words import channel_names

LONGEST_REASON = 200
# By band of tenure, from how many months on and below how many; whoever has no start date is in none of them.
BANDS: Mapping[str, tuple[float, float]] = {"under_3": (0, 3), "3_to_12": (3, 12), "over_12": (12, float("inf"))}
UNKNOWN = "unknown"
NOBODY = bytes(KEY_BYTES)


@dataclass(frozen=True)
class Filters:
    """What was chosen. agents: the keys of those of the band."""

    queue: Queue | None = None
    channel: str = ""
    reason: str = ""
    tenure: str = ""
    agents: tuple[bytes, ...] = ()
    unknown_queue: bool = False
    unread: bool = False

    @property
    def where(self) -> Where:
        """The filter as queries take it."""
        found: dict[str, tuple[bytes | str | int | date | None, ...]] = {}
        if self.queue is not None:
            found["queue"] = (bytes(self.queue.key),)
        if self.channel:
            found["channel"] = (self.channel,)
        if self.reason:
            found["reason"] = (self.reason,)
        if self.tenure:
            found["agent"] = self.agents or (NOBODY,)
        return found

    @property
    def parts(self) -> dict[str, str]:
        """The filter as parts of an address."""
        queue = "" if self.queue is None else str(self.queue.pk)
        chosen = {"queue": queue, "channel": self.channel, "reason": self.reason, "tenure": self.tenure}
        return {name: value for name, value in chosen.items() if value}

    @property
    def said(self) -> tuple[str, ...]:
        """What was chosen, in words."""
        return tuple(self._said())

    def _said(self) -> Iterator[str]:
        if self.queue is not None:
            yield _("queue %(name)s") % {"name": self.queue.name}
        if self.channel:
            yield channel_names()[self.channel]
        if self.reason:
            yield _("reason %(name)s") % {"name": self.reason}
        if self.tenure:
            yield _("in the job: %(band)s") % {"band": band_names()[self.tenure]}


def read_filters(asked: QueryDict, on: date, *, on_teams: bool) -> Filters:
    """The filters in an address; tenure is judged on the last day of the period, and only on pages about groups."""
    queue, channel, tenure = (asked.get(name, "") for name in ("queue", "channel", "tenure"))
    found = Queue.objects.filter(pk=number).first() if (number := whole_number(queue)) else None
    known_channel = channel in {str(one) for one in Channel}
    known_tenure = tenure in band_names()
    by_tenure = on_teams and known_tenure
    return Filters(
        queue=found,
        channel=channel if known_channel else "",
        reason=asked.get("reason", "")[:LONGEST_REASON],
        tenure=tenure if by_tenure else "",
        agents=_of_band(tenure, on) if by_tenure else (),
        unknown_queue=bool(queue) and found is None,
        unread=(bool(channel) and not known_channel) or (bool(tenure) and not known_tenure),
    )


def band_names() -> dict[str, str]:
    """By band of tenure, what it is called."""
    return {
        "under_3": _("under 3 months"),
        "3_to_12": _("3 to 12 months"),
        "over_12": _("over a year"),
        UNKNOWN: _("not known since when"),
    }


def bands() -> dict[str, str]:
    """The bands that can be chosen; none where nobody's start is known."""
    return band_names() if Agent.objects.exclude(started_on=None).exists() else {}


def band_of(agent: Agent, on: date) -> str:
    """The band of an agent on a day."""
    months = agent.tenure_months(on)
    if months is None:
        return UNKNOWN
    return next(name for name, (least, below) in BANDS.items() if least <= months < below)


def agents_by_band(on: date) -> dict[str, tuple[bytes, ...]]:
    """By band the keys of its agents, of those bands that have any; nothing where nobody's start is known."""
    names = bands()
    found: dict[str, list[bytes]] = {name: [] for name in names}
    for agent in Agent.objects.on_the_floor() if names else ():
        found[band_of(agent, on)].append(bytes(agent.key))
    return {name: tuple(keys) for name, keys in found.items() if keys}


def _of_band(band: str, on: date) -> tuple[bytes, ...]:
    return tuple(bytes(agent.key) for agent in Agent.objects.on_the_floor() if band_of(agent, on) == band)
