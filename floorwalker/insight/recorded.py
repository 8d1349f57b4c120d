"""Of which contact is a recording, and how many contacts have one?

By the id that its maker gave the contact, or the whole call: then it is of every visit that the call made. Where no id is
known, by agent and time. What fits two is given to neither: a recording beside the wrong agent is worse than none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa

from floorwalker.facts.tables import INSTANT, KEY, TEXT
from floorwalker.kpis.query import Facts

BY_CONTACT, BY_AGENT_AND_TIME = "contact", "agent_and_time"
# How far a contact's day may lie from the instant at which its recording began: a zone's difference, and a long call.
DAYS_AROUND = timedelta(days=2)


@dataclass(frozen=True)
class Sought:
    """What is known of a recording: the contact's id and the agent as the source knows them, and when it began.

    contact_key: by which the facts know the contact, where somebody says that.
    """

    number: int
    contact: str = ""
    identity_keys: tuple[bytes, ...] = ()
    began_at: datetime | None = None
    contact_key: bytes = b""


@dataclass(frozen=True)
class Part:
    """One agent's part of a contact."""

    contact_key: bytes
    segment_key: bytes
    identity_key: bytes
    answered_at: datetime | None
    ended_at: datetime | None
    queue_key: bytes | None = None


@dataclass(frozen=True)
class Contact:
    """The contact that a recording holds (of several visits of one call the first), with the parts of all who are heard in it."""

    contact_key: bytes
    entered_at: datetime
    channel: str
    parts: tuple[Part, ...]
    found_by: str = BY_CONTACT


@dataclass(frozen=True)
class Coverage:
    """Of the contacts that were handled on a day, on the telephone, how many have a recording?"""

    day: date
    handled: int
    recorded: int


def find_contacts(
    facts: Facts, sought: Sequence[Sought], *, source: str = "", origin: str = "", tolerance_seconds: int
) -> dict[int, Contact | str]:
    """By its number, the contact of each recording; or the code of the reason why there is none."""
    around = timedelta(seconds=tolerance_seconds)
    days = _days(sought)
    by_id = _candidates([*_by_id(facts, sought, source, origin, days), *_by_key(facts, sought, days)])
    by_time = _candidates(_by_time(facts, sought, source, origin, days, around))
    chosen = {one.number: _choose(one, by_id[one.number], by_time[one.number], around) for one in sought}
    keys = {row["contact_key"] for found in chosen.values() if not isinstance(found, str) for row in found[0]}
    parts = _parts(facts, keys, days)
    return {
        one.number: found if isinstance(found := chosen[one.number], str) else _contact(one, *found, parts)
        for one in sought
    }


def read_coverage(facts: Facts, recorded: Iterable[bytes], first: date, last: date) -> list[Coverage]:
    """Day by day, the handled voice contacts and those of them that have a recording."""
    keys = pa.table({"contact_key": pa.array(list(recorded), KEY)})
    rows = facts.sql(
        "select c.local_day as day, count(*) as handled, count(k.contact_key) as recorded"
        f" from {facts.relation('contact', first, last)} c"
        " left join (select distinct contact_key from keys) k using (contact_key)"
        " where c.handled and c.channel = 'voice' group by 1 order by 1",
        keys=keys,
    ).to_pylist()
    return [Coverage(row["day"], row["handled"], row["recorded"]) for row in rows]


def _days(sought: Sequence[Sought]) -> tuple[date | None, date | None]:
    """Between which days their contacts lie; open where some recording does not say when it began."""
    instants = [one.began_at for one in sought if one.began_at is not None]
    if len(instants) < len(sought) or not instants:
        return None, None
    return (min(instants) - DAYS_AROUND).date(), (max(instants) + DAYS_AROUND).date()


def _by_id(
    facts: Facts, sought: Sequence[Sought], source: str, origin: str, days: tuple[Any, Any]
) -> list[dict[str, Any]]:
    """The contact whose own id it is, and those of the call or conversation whose id it is."""
    named = [one for one in sought if one.contact]
    if not named:
        return []
    ids = pa.table({"number": [one.number for one in named], "id": pa.array([one.contact for one in named], TEXT)})
    relation = facts.relation("contact", *days)
    return list(
        facts.sql(
            f"with c as (select * from {relation} where ($source = '' or source = $source) and ($origin = '' or origin = $origin)),"
            " origins as (select distinct source, origin from c),"
            " k as (select number, fact_key(source, origin, 'contact', id) as own, fact_key(source, origin, 'chain', id) as whole"
            " from ids, origins)"
            " select k.number, c.contact_key, c.chain_key, c.entered_at, c.ended_at, c.channel, c.contact_key = k.own as is_own"
            " from c join k on c.contact_key = k.own or c.chain_key = k.whole",
            {"source": source, "origin": origin},
            ids=ids,
        ).to_pylist()
    )


def _by_key(facts: Facts, sought: Sequence[Sought], days: tuple[Any, Any]) -> list[dict[str, Any]]:
    """The contact whose key is said."""
    named = [one for one in sought if one.contact_key]
    if not named:
        return []
    keys = pa.table(
        {"number": [one.number for one in named], "contact_key": pa.array([one.contact_key for one in named], KEY)}
    )
    return list(
        facts.sql(
            "select k.number, c.contact_key, c.chain_key, c.entered_at, c.ended_at, c.channel, true as is_own"
            f" from {facts.relation('contact', *days)} c join keys k using (contact_key)",
            keys=keys,
        ).to_pylist()
    )


def _by_time(
    facts: Facts, sought: Sequence[Sought], source: str, origin: str, days: tuple[Any, Any], around: timedelta
) -> list[dict[str, Any]]:
    """Contacts in which the agent had a part that was answered about when the recording began."""
    told = [(one.number, key, one.began_at) for one in sought if one.began_at is not None for key in one.identity_keys]
    if not told:
        return []
    numbers, keys, instants = zip(*told, strict=True)
    wanted = pa.table(
        {"number": list(numbers), "identity_key": pa.array(keys, KEY), "began_at": pa.array(instants, INSTANT)}
    )
    segments, contacts = (facts.relation(table, *days) for table in ("segment", "contact"))
    return list(
        facts.sql(
            "select distinct w.number, c.contact_key, c.entered_at, c.channel"
            f" from {segments} s join wanted w on s.identity_key = w.identity_key"
            " and w.began_at between s.entered_at - to_seconds($around) and coalesce(s.answered_at, s.entered_at) + to_seconds($around)"
            f" join {contacts} c on c.contact_key = s.contact_key"
            " where ($source = '' or s.source = $source) and ($origin = '' or s.origin = $origin)",
            {"source": source, "origin": origin, "around": around.total_seconds()},
            wanted=wanted,
        ).to_pylist()
    )


def _candidates(rows: Iterable[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["number"]].append(row)
    return found


def _choose(
    one: Sought, by_id: list[dict[str, Any]], by_time: list[dict[str, Any]], around: timedelta
) -> tuple[list[dict[str, Any]], str] | str:
    """The contacts that it holds, and by what they were found; else the code of the reason."""
    rows = [row for row in by_id if row["is_own"]] or [row for row in by_id if not _is_over(row, one.began_at, around)]
    if rows:
        return (rows, BY_CONTACT) if len({row["chain_key"] for row in rows}) == 1 else "several"
    if (one.contact or one.contact_key) and not by_time:
        return "no_contact"
    if by_time:
        return (by_time, BY_AGENT_AND_TIME) if len(by_time) == 1 else "several"
    if one.began_at is None:
        return "no_time"
    return "nothing_then" if one.identity_keys else "no_agent"


def _is_over(row: Mapping[str, Any], began_at: datetime | None, around: timedelta) -> bool:
    """Whether a visit of the call had ended before the recording began."""
    return began_at is not None and row["ended_at"] is not None and row["ended_at"] + around < began_at


def _parts(facts: Facts, keys: set[bytes], days: tuple[Any, Any]) -> dict[bytes, list[Part]]:
    found: dict[bytes, list[Part]] = defaultdict(list)
    if keys:
        rows = facts.sql(
            f"select s.* from {facts.relation('segment', *days)} s semi join keys using (contact_key) order by s.answered_at",
            keys=pa.table({"contact_key": pa.array(sorted(keys), KEY)}),
        ).select(["contact_key", "segment_key", "identity_key", "answered_at", "ended_at", "queue_key"])
        for row in rows.to_pylist():
            found[row["contact_key"]].append(Part(**row))
    return found


def _contact(one: Sought, rows: Sequence[Mapping[str, Any]], by: str, parts: Mapping[bytes, list[Part]]) -> Contact:
    """With the named agent's parts alone, where the recording names one who had a part; else with everybody's."""
    first = min(rows, key=lambda row: (row["entered_at"], row["contact_key"]))
    every = [part for row in rows for part in parts.get(row["contact_key"], [])]
    chosen = [part for part in every if part.identity_key in one.identity_keys] or every
    if chosen:
        first = next(row for row in rows if row["contact_key"] == chosen[0].contact_key)
    return Contact(first["contact_key"], first["entered_at"], first["channel"] or "", tuple(chosen), by)
