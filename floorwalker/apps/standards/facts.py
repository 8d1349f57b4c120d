"""What do standards contribute to the lake? Who was asked to read which version, has read it, and understood it at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from floorwalker.apps.people.access import teams_of, today
from floorwalker.apps.people.models import Agent, Identity, IdentityKind, Site, User
from floorwalker.apps.standards.concerning import Whom, people_of, whom_of
from floorwalker.apps.standards.models import Asking, CheckAnswer, StandardVersion
from floorwalker.apps.standards.tree import Tree
from floorwalker.facts.current import RECORDS
from floorwalker.facts.keys import fact_key
from floorwalker.facts.tables import READING

ORIGIN = "standards"
COLUMNS = (
    *("reading_key", "identity_key", "standard", "standard_version", "asking", "asked_at", "due_at"),
    *("acknowledged_at", "checked_at", "answered", "answered_right", "site_key"),
)
SCHEMA = pa.schema([READING.schema.field(name) for name in COLUMNS])
ONE_DAY = timedelta(days=1)


def records() -> dict[str, Iterable[pa.Table]]:
    """By table, everybody who was asked to read a standard, at each asking."""
    return {READING.name: _parts()}


def _parts() -> Iterator[pa.Table]:
    everybody = _Everybody.read()
    if everybody is None:
        return
    told = Asking.objects.filter(version__in=StandardVersion.objects.published()).order_by("version", "number")
    askings = list(told.select_related("version__site", "version__queue__site", "version__team"))
    for number, asking in enumerate(askings):
        after = askings[number + 1] if number + 1 < len(askings) else None
        over = _over(asking, after if after is not None and after.version_id == asking.version_id else None)
        rows = list(_rows(asking, over, everybody))
        yield pa.Table.from_pylist(rows, schema=SCHEMA)


def _over(asking: Asking, after: Asking | None) -> date | None:
    """The first day on which nobody is asked any more: the next asking's, or the version's end; None while it goes on."""
    ends = (None if after is None else after.opened_at.date(), asking.version.to_day)
    return min((day for day in ends if day is not None), default=None)


def _rows(asking: Asking, over: date | None, everybody: _Everybody) -> Iterator[dict[str, Any]]:
    """Whoever is asked today, or was when it was over; and whoever answered, wherever she belongs by now."""
    on = today() if over is None else min(today(), max(over - ONE_DAY, asking.opened_at.date()))
    read = {one.user_id: one.at for one in asking.acknowledgements.all()}
    tried = _first_tries(asking)
    asked = {user.pk: user for user in everybody.asked(asking.version, on)}
    answered = User.objects.filter(pk__in={*read, *tried} - asked.keys()).select_related("agent")
    for user in (*asked.values(), *answered):
        site = everybody.site_of(user, asking.version, on)
        answers = tried.get(user.pk)
        yield {
            "reading_key": fact_key(RECORDS, ORIGIN, READING.name, f"{asking.pk}:{user.pk}"),
            "identity_key": everybody.identities.get(user.agent_id or 0),
            "standard": f"standard {asking.version.standard_id}",
            "standard_version": str(asking.version.number),
            "asking": asking.number,
            "asked_at": asking.opened_at,
            "due_at": _end_of(asking.due_on, site),
            "acknowledged_at": read.get(user.pk),
            "checked_at": None if answers is None else min(one.at for one in answers),
            "answered": None if answers is None else len(answers),
            "answered_right": None if answers is None else sum(one.is_right for one in answers),
            "site_key": bytes(site.key),
        }


def _first_tries(asking: Asking) -> dict[int, list[CheckAnswer]]:
    found: dict[int, list[CheckAnswer]] = {}
    for one in asking.answers.filter(try_number=1).select_related("question"):
        found.setdefault(one.user_id, []).append(one)
    return found


def _end_of(day: date, site: Site) -> datetime:
    return datetime.combine(day + ONE_DAY, time(), ZoneInfo(site.timezone)).astimezone(UTC)


@dataclass
class _Everybody:
    """Who belongs where; what was found for one standard's people is kept for the next of the same.

    identities: by agent, the one of her keys in the facts that stands for her here: whichever it is, she and her team follow.
    """

    tree: Tree
    sites: dict[int, Site]
    identities: dict[int, bytes]
    _asked: dict[tuple[Whom, date], tuple[User, ...]] = field(default_factory=dict)
    _homes: dict[date, dict[int, int | None]] = field(default_factory=dict)

    @classmethod
    def read(cls) -> _Everybody | None:
        """None where there is no site yet: then nothing was loaded, and nobody is known."""
        sites = {site.pk: site for site in Site.objects.order_by("pk")}
        known = Identity.objects.filter(kind=IdentityKind.AGENT).order_by("-pk")
        identities = {agent: bytes(key) for agent, key in known.values_list("agent", "key") if agent is not None}
        return cls(Tree.read(), sites, identities) if sites else None

    def asked(self, version: StandardVersion, on: date) -> tuple[User, ...]:
        """Who has a log-in of those whom it concerns."""
        of = whom_of(version, self.tree), on
        if of not in self._asked:
            self._asked[of] = people_of(of[0], self.tree, on).users
        return self._asked[of]

    def site_of(self, user: User, version: StandardVersion, on: date) -> Site:
        """Where she works that day; of whoever handles no contacts, where the standard holds; else the first."""
        of_place = version.site_id if version.queue is None else version.queue.site_id
        if version.team_id is not None:
            of_place = self.tree.site_of(version.team_id)
        home = None if user.agent is None else self._home(user.agent, on)
        found = home or of_place
        return self.sites[found] if found is not None else next(iter(self.sites.values()))

    def _home(self, agent: Agent, on: date) -> int | None:
        if on not in self._homes:
            teams = teams_of(list(Agent.objects.on_the_floor()), on)
            self._homes[on] = {one: self.tree.site_of(team.pk) for one, team in teams.items()}
        return self._homes[on].get(agent.pk) or agent.site_id
