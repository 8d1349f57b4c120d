"""What is kept of one person? Everything, from every context, for a page and for one file (docs/decisions/0052).

Each context says in its module `kept` which of its tables hold something of somebody; `jobs` makes them known here. What others
wrote is in it word for word; their names are left out where the person herself asks, and where whoever watches over privacy
takes them out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise

from floorwalker.apps.people.models import Agent, Identity, User

# Secrets, and keys by which customers or contacts are found: of no use to anybody but the program.
LEFT_OUT = frozenset(
    {
        *("password", "digest", "salt", "sealed", "token_digest", "hash", "previous_hash", "keys", "content"),
        *("address", "address_key", "customer_key", "named_key", "chain_key"),
    }
)


@dataclass(frozen=True)
class Whose:
    """One person: her agents, log-ins and names in sources, by number, user name and key."""

    agents: frozenset[int]
    users: frozenset[int]
    usernames: tuple[str, ...]
    keys: tuple[bytes, ...]

    @classmethod
    def of(cls, *, agents: frozenset[int], users: frozenset[int]) -> Whose:
        """Together with the log-ins of these agents, and all of their names in sources."""
        found = User.objects.filter(Q(pk__in=users) | Q(agent__in=agents)).order_by("pk")
        keys = Identity.objects.filter(agent__in=agents).order_by("pk").values_list("key", flat=True)
        return cls(
            agents,
            frozenset(one.pk for one in found),
            tuple(one.username for one in found),
            tuple(bytes(key) for key in keys),
        )


@dataclass(frozen=True)
class Table:
    """Where something of a person lies. at, by, words: the attributes that say when, who else, and in which words.

    on_request: what is disclosed when she asks whoever watches over privacy, and not shown to her in the product: leaders' notes
    above all. own: what of it she reads herself, where that is not all.
    """

    code: str
    title: str | Promise
    rows: Callable[[Whose], QuerySet[Any]]
    at: str
    by: str = ""
    words: tuple[str, ...] = ()
    on_request: bool = False
    own: Q = field(default_factory=Q)

    @property
    def model(self) -> type[Model]:
        """Of which rows it is."""
        return self.rows(Whose(frozenset(), frozenset(), (), ())).model


@dataclass(frozen=True)
class Entry:
    """One row: when, by whom else, in which words; kept: all of its columns."""

    at: date | datetime | None
    by: str
    words: str
    kept: Mapping[str, Any]


@dataclass(frozen=True)
class Section:
    """Everything of one table."""

    code: str
    title: str
    entries: list[Entry]


# Filled at the start by `jobs`, in the order of the contexts: what is left of them must not import them.
tables: list[Table] = []


def gather(whose: Whose, *, own: bool, names: bool) -> list[Section]:
    """What is kept; own: as far as the person reads it herself; names: with those of others."""
    known = _Names.read(whose, names)
    found = [_section(one, whose, known, own) for one in tables if not (own and one.on_request)]
    return [section for section in found if section.entries]


def _section(table: Table, whose: Whose, names: _Names, own: bool) -> Section:
    rows = table.rows(whose).filter(table.own) if own else table.rows(whose)
    return Section(table.code, str(table.title), [_entry(one, table, names) for one in rows.distinct().order_by("pk")])


def _entry(row: Model, table: Table, names: _Names) -> Entry:
    said = [str(text) for one in table.words if (text := _said(row, one))]
    by = _follow(row, table.by) if table.by else None
    told = names.of(by) if isinstance(by, User | Agent) else str(by or "")
    return Entry(_follow(row, table.at), told, "\n".join(said), dict(_columns(row, names)))


def _follow(row: object, path: str) -> Any:
    for name in path.split("."):
        row = None if row is None else getattr(row, name)
    return row


def _said(row: object, path: str) -> Any:
    """What stands there, in the reader's words where it is one of several."""
    *way, last = path.split(".")
    found = _follow(row, ".".join(way)) if way else row
    shown = getattr(found, f"get_{last}_display", None)
    return _follow(found, last) if shown is None else shown()


def _columns(row: Model, names: _Names) -> Iterator[tuple[str, Any]]:
    for column in row._meta.concrete_fields:
        if column.name in LEFT_OUT:
            continue
        value = getattr(row, column.attname)
        if column.related_model in (User, Agent):
            yield column.name, None if value is None else names.of_number(column.related_model, value)
        else:
            yield column.name, _as_json(value)


def _as_json(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value.isoformat() if isinstance(value, date | datetime) else value


@dataclass(frozen=True)
class _Names:
    """Names of people by number; others' only where they are to be told."""

    whose: Whose
    users: Mapping[int, str]
    agents: Mapping[int, str]

    @classmethod
    def read(cls, whose: Whose, names: bool) -> _Names:
        users, agents = User.objects.select_related("agent"), Agent.objects.all()
        if not names:
            users, agents = users.filter(pk__in=whose.users), agents.filter(pk__in=whose.agents)
        return cls(whose, {one.pk: one.called for one in users}, dict(agents.values_list("pk", "name")))

    def of(self, person: User | Agent) -> str:
        return self.of_number(type(person), person.pk)

    def of_number(self, kind: object, number: int) -> str:
        return (self.users if kind is User else self.agents).get(number, "…")
