"""Which contacts did an agent have part in? The latest of a stretch of days, each with what is known of it; no customer.

A contact that several agents handled has one part for each: it is the part that is an agent's own work.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from floorwalker.kpis.dimensions import literal
from floorwalker.kpis.query import Facts

SHOWN = 40
_TOLD = (
    "segment_key, contact_key, identity_key, site_key, queue_key, channel, reason, disposition, entered_at, answered_at,"
    " talk_seconds, hold_seconds, wrap_up_seconds, transferred_out, local_day"
)


@dataclass(frozen=True)
class Part:
    """One agent's part of a contact; place, places: which part of how many, in the order in which they were answered."""

    segment_key: bytes
    contact_key: bytes
    identity_key: bytes
    site_key: bytes | None
    queue_key: bytes | None
    channel: str
    reason: str
    entered_at: datetime
    talk_seconds: float | None
    hold_seconds: float | None
    wrap_up_seconds: float | None
    transferred_out: bool
    local_day: date
    place: int
    places: int


def parts_of_agent(facts: Facts, identities: Collection[bytes], first: date, last: date) -> list[Part]:
    """The agent's latest handled parts of these days, newest first; identities: by which sources know her or him."""
    if not identities:
        return []
    mine = " or ".join(f"identity_key = {literal(key)}" for key in sorted(identities))
    relation = facts.relation("segment", first, last)
    among = f"local_day between {literal(first)} and {literal(last)} and handled and ({mine})"
    return _read(
        facts, relation, f"select {_TOLD} from {relation} where {among} order by entered_at desc limit {SHOWN}"
    )


def find_part(facts: Facts, segment_key: bytes, day: date) -> Part | None:
    """One part by its key, and the day on which it lies."""
    relation = facts.relation("segment", day, day)
    query = f"select {_TOLD} from {relation} where local_day = {literal(day)} and segment_key = {literal(segment_key)}"
    return next(iter(_read(facts, relation, query)), None)


def parts_of_contact(
    facts: Facts, contacts: Collection[bytes], identities: Collection[bytes], first: date, last: date
) -> list[Part]:
    """The handled parts that an agent had in some contacts of these days, newest first."""
    if not identities or not contacts:
        return []
    mine = ", ".join(literal(key) for key in sorted(identities))
    keys = ", ".join(literal(key) for key in sorted(contacts))
    relation = facts.relation("segment", first, last)
    among = f"local_day between {literal(first)} and {literal(last)} and handled"
    among += f" and contact_key in ({keys}) and identity_key in ({mine})"
    return _read(facts, relation, f"select {_TOLD} from {relation} where {among}")


def _read(facts: Facts, relation: str, query: str) -> list[Part]:
    rows = facts.sql(
        f"with found as materialized ({query}), numbered as (select segment_key,"
        " row_number() over (partition by contact_key order by answered_at, segment_key) as place,"
        f" count(*) over (partition by contact_key) as places from {relation}"
        " where contact_key in (select contact_key from found))"
        " select found.*, numbered.place, numbered.places from found join numbered using (segment_key)"
        " order by found.entered_at desc, found.segment_key"
    ).to_pylist()
    return [_part(row) for row in rows]


def _part(row: dict[str, Any]) -> Part:
    return Part(
        row["segment_key"],
        row["contact_key"],
        row["identity_key"],
        row["site_key"],
        row["queue_key"],
        row["channel"] or "",
        row["reason"] or row["disposition"] or "",
        row["entered_at"].astimezone(UTC),
        row["talk_seconds"],
        row["hold_seconds"],
        row["wrap_up_seconds"],
        bool(row["transferred_out"]),
        row["local_day"],
        row["place"],
        row["places"],
    )
