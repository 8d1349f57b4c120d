"""Which rejected rows does an address ask for?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from floorwalker.ingest.remembered import Repair, Where
from floorwalker.ingest.store import IntakeStore

ASKED = ("load", "source", "reason")
LONGEST = 300


@dataclass(frozen=True)
class Filter:
    """What the address asks for, the repairs of which it asks, and what else can be chosen."""

    where: Where
    repairs: tuple[Repair, ...]
    sources: tuple[str, ...]
    reasons: tuple[str, ...]

    @property
    def address(self) -> str:
        """The same question, for a link."""
        return urlencode({name: value for name, value in asdict(self.where).items() if value is not None})

    @property
    def rows(self) -> int:
        """How many rows those are."""
        return sum(repair.rows for repair in self.repairs)

    @property
    def is_cut(self) -> bool:
        """Whether anything is left out on purpose."""
        return self.where != Where()


def read_where(given: Mapping[str, str]) -> Where:
    """The rows that an address asks for; an empty field asks for all."""
    return Where(**{name: value[:LONGEST] for name in ASKED if (value := given.get(name, "").strip())})


def read_filter(given: Mapping[str, str], store: IntakeStore) -> Filter:
    """The same, with the sources and reasons of rows that there are; one that is asked for in vain stays a choice."""
    where = read_where(given)
    waiting = store.repairs(Where(load=where.load))
    wanted = [r for r in waiting if where.source in (None, r.source) and where.reason in (None, r.reason)]
    sources = {repair.source for repair in waiting} | ({where.source} if where.source else set())
    reasons = {repair.reason for repair in waiting} | ({where.reason} if where.reason else set())
    return Filter(where, tuple(wanted), tuple(sorted(sources)), tuple(sorted(reasons)))
