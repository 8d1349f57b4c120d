"""Which channels and reasons are there to choose from? Those of the last quarter of the facts, the most frequent reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from floorwalker.kpis.dimensions import literal
from floorwalker.kpis.query import Facts

DAYS = timedelta(days=92)
MOST_REASONS = 40


@dataclass(frozen=True)
class Choices:
    """What figures can be cut to."""

    channels: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


def read_choices(facts: Facts) -> Choices:
    """By how often they occurred; a reason is the one that was known before, else the one that the agent set."""
    known = facts.days("contact")
    if known is None:
        return Choices()
    first = max(known[0], known[1] - DAYS)
    rows = facts.sql(
        "select channel, coalesce(reason, disposition) as reason, count(*) as n"
        f" from {facts.relation('contact', first, known[1])}"
        f" where local_day between {literal(first)} and {literal(known[1])} group by all"
    ).to_pylist()
    by_reason: dict[str, int] = {}
    for row in rows:
        if row["reason"]:
            by_reason[row["reason"]] = by_reason.get(row["reason"], 0) + row["n"]
    frequent = sorted(by_reason, key=lambda reason: (-by_reason[reason], reason))[:MOST_REASONS]
    channels = sorted({str(row["channel"]) for row in rows if row["channel"]})
    return Choices(tuple(channels), tuple(sorted(frequent, key=str.casefold)))
