"""Which contacts can be drawn for evaluation, and which of them give a reason to be looked at? Facts of a stretch of days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum, auto
from typing import Any, Self

import numpy as np

from floorwalker.kpis.dimensions import literal
from floorwalker.kpis.query import Facts
from floorwalker.stats.sampling import Contacts

REPEAT_SECONDS = 7 * 86_400
# Long is what nineteen of twenty contacts of the same channel and reason are shorter than.
LONG_QUANTILE = 0.95
# Low is an answer in the lowest fifth of its scale.
LOW_SHARE = 0.2


class Cause(StrEnum):
    """Why a contact is looked at that chance did not choose; the first that holds is told."""

    COMPLAINT = auto()
    LOW_SURVEY = auto()
    REPEAT = auto()
    LONG = auto()


@dataclass(frozen=True)
class Filter:
    """From which contacts is drawn: handled parts of these days (inclusive), of these agents by the keys of their identities.

    channels, queues: all where none is named. complaints: reasons or dispositions that mean that the customer complained.
    It holds everything as it was when it was drawn: teams may change since.
    """

    first: date
    last: date
    agents: Mapping[bytes, int]
    channels: tuple[str, ...] = ()
    queues: tuple[bytes, ...] = ()
    complaints: tuple[str, ...] = ()

    def written(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "agents": {key.hex(): agent for key, agent in sorted(self.agents.items())},
            "channels": sorted(self.channels),
            "queues": sorted(key.hex() for key in self.queues),
            "complaints": sorted(self.complaints),
        }

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """As it was written."""
        return cls(
            date.fromisoformat(kept["first"]),
            date.fromisoformat(kept["last"]),
            {bytes.fromhex(key): agent for key, agent in kept["agents"].items()},
            tuple(kept["channels"]),
            tuple(bytes.fromhex(key) for key in kept["queues"]),
            tuple(kept["complaints"]),
        )


@dataclass(frozen=True)
class Drawable:
    """One agent's part of a contact that can be drawn."""

    segment_key: bytes
    contact_key: bytes
    identity_key: bytes
    agent: int
    site_key: bytes | None
    queue_key: bytes | None
    channel: str
    reason: str
    entered_at: datetime
    local_day: date
    cause: Cause | None


def read_drawable(facts: Facts, asked: Filter) -> list[Drawable]:
    """Every part that the filter lets through, in the order of their keys."""
    if not asked.agents:
        return []
    rows = facts.sql(_query(facts, asked)).to_pylist()
    return [
        Drawable(
            row["segment_key"],
            row["contact_key"],
            row["identity_key"],
            asked.agents[row["identity_key"]],
            row["site_key"],
            row["queue_key"],
            row["channel"],
            row["reason"],
            row["entered_at"].astimezone(UTC),
            row["local_day"],
            next((cause for cause in Cause if row[cause]), None),
        )
        for row in rows
    ]


def to_draw(found: list[Drawable]) -> Contacts:
    """The same as numbers and names from which is drawn."""
    return Contacts(
        key=np.array([one.segment_key.hex() for one in found], dtype=np.str_),
        agent=np.array([one.agent for one in found], dtype=np.int64),
        channel=np.array([one.channel for one in found], dtype=np.str_),
        reason=np.array([one.reason for one in found], dtype=np.str_),
        at=np.array([round(one.entered_at.timestamp() * 1e6) for one in found], dtype=np.int64),
    )


def _query(facts: Facts, asked: Filter) -> str:
    first, last = asked.first, asked.last
    segment, contact = facts.relation("segment", first, last), facts.relation("contact", first, last)
    survey = facts.relation("survey", first, last)
    days = f"local_day between {literal(first)} and {literal(last)}"
    low = f"scale_least + {LOW_SHARE} * (scale_most - scale_least)"
    return f"""
    with among as (
      select segment_key, contact_key, identity_key, site_key, queue_key, coalesce(channel, '') as channel,
        coalesce(nullif(reason, ''), disposition, '') as reason, disposition, entered_at, local_day,
        coalesce(talk_seconds, 0) + coalesce(hold_seconds, 0) as seconds
      from {segment} s
      where {days} and handled and {_in("identity_key", sorted(asked.agents))} and {_in("channel", asked.channels)}
        and {_in("queue_key", asked.queues)}
    ), told as (
      select *, quantile_cont(seconds, {LONG_QUANTILE}) over (partition by channel, reason) as usual from among
    ), again as (
      select contact_key from {contact} c
      where {days} and last_agent is not null and next_same_reason_seconds <= {REPEAT_SECONDS}
    ), low as (
      select contact_key from {survey} v
      where {days} and answered_at is not null and scale_most > scale_least and score <= {low}
    )
    select told.*, {_complaint(asked.complaints)} as {Cause.COMPLAINT}, seconds > usual as {Cause.LONG},
      contact_key in (select contact_key from again) as {Cause.REPEAT},
      contact_key in (select contact_key from low where contact_key is not null) as {Cause.LOW_SURVEY}
    from told order by segment_key"""


def _complaint(names: tuple[str, ...]) -> str:
    """A reason that means a complaint, set before the agent acted or by the agent."""
    if not names:
        return "false"
    return f"coalesce({_in('reason', names)}, false) or coalesce({_in('disposition', names)}, false)"


def _in(column: str, values: Any) -> str:
    """That the column is one of some values; any will do where none is named."""
    return f"{column} in ({', '.join(literal(value) for value in values)})" if values else "true"
