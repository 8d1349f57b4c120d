"""As what does something that was to be done about somebody's work come into the facts? One row each, of keys, days and codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any

import pyarrow as pa

from floorwalker.apps.people.access import teams_of, today
from floorwalker.apps.people.models import Agent, Identity, IdentityKind, Site, Team
from floorwalker.facts.current import RECORDS
from floorwalker.facts.keys import fact_key
from floorwalker.facts.tables import COMMITMENT

ONE_DAY = timedelta(days=1)
COLUMNS = (
    *("commitment_key", "identity_key", "kind", "detail", "measure", "begun_at", "due_at", "done_at", "outcome"),
    *("minutes", "site_key"),
)
SCHEMA = pa.schema([COMMITMENT.schema.field(name) for name in COLUMNS])


@dataclass(frozen=True)
class Commitment:
    """One row, named by what it is and its number; agent, or else team or site, say whose it is."""

    kind: str
    number: str
    begun_at: datetime
    agent: int | None = None
    team: int | None = None
    site: int | None = None
    detail: str = ""
    measure: str = ""
    due_at: datetime | None = None
    done_at: datetime | None = None
    outcome: str = ""
    minutes: float | None = None


class Places:
    """By which keys the facts know agents and sites; what is nobody's lies at the first site."""

    @cached_property
    def sites(self) -> dict[int, bytes]:
        """By number, the key of each site."""
        return {pk: bytes(key) for pk, key in Site.objects.order_by("pk").values_list("pk", "key")}

    @cached_property
    def identities(self) -> dict[int, bytes]:
        """By agent, one of her keys: whichever it is, she and her team follow."""
        known = Identity.objects.filter(kind=IdentityKind.AGENT).exclude(agent=None).order_by("-pk")
        found = {agent: bytes(key) for agent, key in known.values_list("agent", "key") if agent is not None}
        # Who was found to be somebody else has no key of her own left: what was to be done with her is that person's.
        merged = Agent.objects.exclude(merged_into=None).select_related("merged_into__merged_into")
        persons = {one.pk: one.person.pk for one in merged}
        return {pk: found[person] for pk, person in persons.items() if person in found} | found

    @cached_property
    def _homes(self) -> dict[int, int | None]:
        agents = {agent.pk: agent for agent in Agent.objects.on_the_floor()}
        teams = teams_of(list(agents.values()), today())
        found = {pk: agent.site_id for pk, agent in agents.items()}
        return found | {pk: self._of_team(team.pk) for pk, team in teams.items()}

    @cached_property
    def _parents(self) -> dict[int, tuple[int | None, int | None]]:
        return {pk: (site, parent) for pk, site, parent in Team.objects.values_list("pk", "site", "parent")}

    def _of_team(self, team: int | None) -> int | None:
        """The site of a team, else of the one above it."""
        while team is not None:
            site, team = self._parents.get(team, (None, None))
            if site is not None:
                return site
        return None

    def site_of(self, one: Commitment) -> bytes:
        """Where it is counted."""
        found = one.site or self._homes.get(one.agent or 0) or self._of_team(one.team)
        return self.sites.get(found or 0, next(iter(self.sites.values())))


def as_tables(origin: str, found: Iterable[Commitment]) -> Iterator[pa.Table]:
    """The rows of one context; none where there is no site yet: then nothing was loaded."""
    places = Places()
    if places.sites:
        rows = [_row(origin, one, places) for one in found]
        yield pa.Table.from_pylist(rows, schema=SCHEMA)


def end_of(day: date) -> datetime:
    """The instant at which a day is over, as far as what was to be done by it goes."""
    return datetime.combine(day + ONE_DAY, time(), UTC)


def _row(origin: str, one: Commitment, places: Places) -> dict[str, Any]:
    return {
        "commitment_key": fact_key(RECORDS, origin, COMMITMENT.name, f"{one.kind}:{one.number}"),
        "identity_key": places.identities.get(one.agent or 0),
        "kind": one.kind,
        "detail": one.detail or None,
        "measure": one.measure or None,
        "begun_at": one.begun_at,
        "due_at": one.due_at,
        "done_at": one.done_at,
        "outcome": one.outcome or None,
        "minutes": one.minutes,
        "site_key": places.site_of(one),
    }
