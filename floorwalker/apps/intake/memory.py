"""Where do the pages ask what `ingest` remembers, and how does each source stand?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import overload

from django.conf import settings
from django.db.models import Q
from django.http import Http404

from floorwalker.apps.intake.rhythm import LOADS_LOOKED_AT, Silence, last_ended, rejects_too_much, silence
from floorwalker.apps.people.access import require
from floorwalker.apps.people.models import Right, Site, Team, User
from floorwalker.errors import SourceError
from floorwalker.facts.current import read_current
from floorwalker.ingest.load import find_source
from floorwalker.ingest.remembered import DIED, FAILED, LoadRow
from floorwalker.ingest.store import IntakeStore


@dataclass(frozen=True)
class Standing:
    """How one source of one origin stands: its last load, the last that is over, and up to when everything is known."""

    source: str
    title: str
    origin: str
    last: LoadRow
    ended: LoadRow | None
    is_followed: bool
    complete_through: datetime | None
    silence: Silence | None

    @property
    def subject(self) -> str:
        """What notices about it are about."""
        return f"{self.source}:{self.origin}"

    @property
    def failed(self) -> bool:
        """Whether the last load that is over left nothing behind, and nothing has made up for it."""
        return self.ended is not None and self.ended.state in (FAILED, DIED) and self.ended.settled_by is None

    @property
    def rejects_too_much(self) -> bool:
        """Whether the last load that is over left out too many rows, which nobody has read again since."""
        return self.ended is not None and self.ended.settled_by is None and rejects_too_much(self.ended)

    @property
    def is_well(self) -> bool:
        """Whether nothing about it needs anybody."""
        return not (self.failed or self.silence or self.rejects_too_much)


class LoadList(Sequence[LoadRow]):
    """All loads, newest first, of which a page reads only its own."""

    def __init__(self, store: IntakeStore) -> None:
        self._store = store

    @cached_property
    def _count(self) -> int:
        return self._store.count_loads()

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, wanted: int) -> LoadRow: ...

    @overload
    def __getitem__(self, wanted: slice) -> list[LoadRow]: ...

    def __getitem__(self, wanted: int | slice) -> LoadRow | list[LoadRow]:
        if isinstance(wanted, slice):
            start, stop, _step = wanted.indices(len(self))
            return self._store.loads(limit=max(0, stop - start), offset=start)
        return self._store.loads(limit=1, offset=wanted)[0]


def open_store(sites: frozenset[str] | None = None) -> IntakeStore:
    """The memory of `ingest`; sites: by their codes, those to whose loads it is cut."""
    return IntakeStore(settings.FLOORWALKER.intake, sites)


def require_loads(user: User, on: date) -> IntakeStore:
    """The memory of `ingest`, for those who may see loads, as far as they may; else there is no such page."""
    require(user, Right.SEE_LOADS, on)
    return open_store(sites_of_loads(user, on))


def sites_of_loads(user: User, on: date) -> frozenset[str] | None:
    """The sites whose loads the user may see, by their codes; None: all. A role for a team reaches its site's."""
    reach = user.scope_on(on).loads
    if reach.everywhere:
        return None
    of_teams = Team.objects.filter(pk__in=reach.teams).values("site")
    return frozenset(Site.objects.filter(Q(pk__in=reach.sites) | Q(pk__in=of_teams)).values_list("code", flat=True))


def find_load(store: IntakeStore, load_id: str) -> LoadRow:
    """The load, where it is known; else it is not there."""
    row = store.find_load(load_id)
    if row is None:
        raise Http404
    return row


def standings(store: IntakeStore, at: datetime) -> list[Standing]:
    """How each source stands, those that need somebody first."""
    complete = read_current(settings.FLOORWALKER.lake).completeness
    found = [
        Standing(
            source=source,
            title=title_of(source),
            origin=origin,
            last=loads[0],
            ended=last_ended(loads),
            is_followed=next((row.follows for row in loads if row.again_of is None), False),
            complete_through=complete.get((source, origin)),
            silence=silence(loads, at),
        )
        for (source, origin), loads in store.latest_by_source(LOADS_LOOKED_AT).items()
    ]
    return sorted(found, key=lambda standing: (standing.is_well, standing.title, standing.origin))


def title_of(source: str) -> str:
    """A source as people call it, up to the colon behind which its title explains it; its bare name where it is gone."""
    try:
        return find_source(source).title.partition(":")[0]
    except SourceError:
        return source
