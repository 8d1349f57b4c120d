"""At whose door is something laid that is not one person's? Of the process that the contact went through, else of her team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from floorwalker.apps.people.access import team_of
from floorwalker.apps.people.models import Agent, Team
from floorwalker.apps.standards.models import Process


@dataclass(frozen=True)
class Went:
    """Through where a contact, or a kind of contact, went: keys of site and queue as the lake knows them, and its reason."""

    site_key: bytes | None = None
    queue_key: bytes | None = None
    reason: str = ""


def processes_on(day: date) -> list[Process]:
    """Those that somebody answers for on that day, with where they run."""
    return list(Process.objects.on(day).select_related("site", "queue").prefetch_related("queue__identities"))


def process_of(went: Went, known: Sequence[Process]) -> Process | None:
    """The process whose contacts these are: the one that names most of where they went. One that is for everything is none."""
    found = [(count, -one.pk, one) for one in known if (count := _named(one, went)) > 0]
    return max(found, key=lambda each: each[:2])[2] if found else None


def _named(one: Process, went: Went) -> int:
    """How much of it the process names; 0 where it names something else, or nothing."""
    said: list[bool] = []
    if one.site is not None:
        said.append(went.site_key is not None and bytes(one.site.key) == went.site_key)
    if one.queue is not None:
        keys = {bytes(one.queue.key), *(bytes(identity.key) for identity in one.queue.identities.all())}
        said.append(went.queue_key in keys)
    if one.reason:
        said.append(one.reason.casefold() == went.reason.casefold())
    return len(said) if said and all(said) else 0


def door_of(agent: Agent, went: Went, known: Sequence[Process], on: date) -> Process | Team | None:
    """The process, else the team in which the agent was on that day; None where she was in none."""
    return process_of(went, known) or team_of(agent, on)
