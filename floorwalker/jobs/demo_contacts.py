"""What does the simulated source call its contacts? The facts hold keys alone; the demo hands names in, as a centre's own systems do."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from floorwalker.facts.keys import fact_key
from floorwalker.facts.lake import Lake
from floorwalker.facts.tables import Refers
from floorwalker.kpis.dimensions import literal

SOURCE, ORIGIN, SITE_CODE = "simulated", "demo", "Cardiff"
# Numbers are given to all who call, and some of them fall into the days before the first.
NUMBERS_A_CONTACT, NUMBERS_BESIDES = 1.2, 1000


@dataclass(frozen=True)
class Named:
    """A contact as its source names it, and when it was."""

    name: str
    contact_key: bytes
    entered_at: datetime
    ended_at: datetime | None


def named_contacts(lake: Lake, keys: Collection[bytes]) -> list[Named]:
    """These contacts with their names, in the order of the keys; who has none known is left out."""
    facts = lake.snapshot()
    if not keys:
        return []
    wanted = ", ".join(literal(key) for key in keys)
    relation = facts.relation("contact", None, None)
    rows = facts.sql(
        f"select contact_key, entered_at, ended_at from {relation} where contact_key in ({wanted})"
    ).to_pylist()
    times = {row["contact_key"]: (row["entered_at"], row["ended_at"]) for row in rows}
    names = dict(_names(set(times), facts.sql(f"select count(*) as n from {relation}")["n"][0].as_py()))
    return [Named(names[key], key, *times[key]) for key in keys if key in names]


def handled_between(lake: Lake, first: date, last: date, count: int) -> list[bytes]:
    """The keys of so many contacts that an agent dealt with on these days, spread over them."""
    facts = lake.snapshot()
    query = (
        f"select contact_key from {facts.relation('contact', first, last)}"
        f" where local_day between {literal(first)} and {literal(last)} and handled and ended_at is not null"
        f" and direction = 'inbound' and customer_key is not null order by hash(hex(contact_key)) limit {count}"
    )
    return [row["contact_key"] for row in facts.sql(query).to_pylist()]


def _names(keys: Collection[bytes], contacts: int) -> Iterator[tuple[bytes, str]]:
    """The newest numbers first: what was asked for is mostly of the last days."""
    missing = set(keys)
    for number in range(int(contacts * NUMBERS_A_CONTACT) + NUMBERS_BESIDES, -1, -1):
        if not missing:
            return
        name = f"{SITE_CODE}-{number}"
        key = fact_key(SOURCE, ORIGIN, Refers.CONTACT, name)
        if key in missing:
            missing.discard(key)
            yield key, name
