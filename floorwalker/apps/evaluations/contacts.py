"""Which contacts of an agent can be evaluated, and what is known of one? Read from the facts, told with the centre's names."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

from floorwalker.apps.people.lake import lake
from floorwalker.apps.people.models import Agent, Identity, IdentityKind
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.parts import Part, find_part, parts_of_agent, parts_of_contact
from floorwalker.insight.recorded import BY_CONTACT, Sought, find_contacts

WEEKS = timedelta(weeks=4)
# A contact's day may be the one before or after the one that somebody names.
AROUND = timedelta(days=1)


def facts() -> Snapshot:
    """The facts as they are now."""
    return lake().snapshot()


def parts_of(agent: Agent, until: date | None) -> tuple[list[Part], date | None]:
    """The agent's latest parts of the four weeks up to a day (the last known one), and the day before them."""
    snapshot = facts()
    known = snapshot.days("segment")
    if known is None:
        return [], None
    last = min(until or known[1], known[1])
    found = parts_of_agent(snapshot, identities_of(agent), last - WEEKS, last)
    before = (found[-1].local_day if found else last - WEEKS) - timedelta(days=1)
    return found, before if before >= known[0] else None


def part_of(agent: Agent, segment_key: bytes, day: date) -> Part | None:
    """One part, where it is this agent's."""
    found = find_part(facts(), segment_key, day)
    return found if found is not None and found.identity_key in identities_of(agent) else None


def part_named(agent: Agent, key: str, day: date | None) -> Part | None:
    """The same, by its key in hexadecimal digits as an address names it; None where it names none."""
    try:
        return None if day is None else part_of(agent, bytes.fromhex(key), day)
    except ValueError:
        return None


def day_named(text: str) -> date | None:
    """The day that an address names; None where it names none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def parts_in_contact(agent: Agent, source: str, origin: str, contact: str, day: date) -> list[Part]:
    """The agent's parts of a contact that is named by its own id, or by its whole call's, in the source."""
    snapshot, begins = facts(), datetime.combine(day - AROUND, time.min, UTC)
    named = Sought(0, contact, began_at=begins)
    found = find_contacts(snapshot, [named], source=source, origin=origin, tolerance_seconds=0)[0]
    if isinstance(found, str) or found.found_by != BY_CONTACT:
        return []
    contacts = {part.contact_key for part in found.parts}
    return parts_of_contact(snapshot, contacts, identities_of(agent), day - AROUND, day + AROUND)


def identities_of(agent: Agent) -> set[bytes]:
    """The keys by which the facts know an agent."""
    return {bytes(key) for key in agent.identities.values_list("key", flat=True)}


def queue_names(keys: Collection[bytes | None]) -> dict[bytes, str]:
    """The names of queues by the keys of the facts."""
    found = Identity.objects.filter(kind=IdentityKind.QUEUE, key__in=[key for key in keys if key]).select_related(
        "queue"
    )
    return {bytes(one.key): str(one.queue) for one in found}
