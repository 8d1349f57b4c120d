"""Which days are known, and which week was the last to be complete? One rule for every page, whatever measure it shows."""

from __future__ import annotations

from datetime import date, timedelta

from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.scorecard import Period

WEEK = 7
# Not each measure's own table: two pages would then tell the same measure by different weeks.
SHOWN = ("contact", "segment", "survey", "state_interval")


def known_days(facts: Snapshot) -> tuple[date, date] | None:
    """First and last day of any fact that pages show; None before any."""
    days = [found for name in SHOWN if (found := facts.days(name))]
    return (min(first for first, _last in days), max(last for _first, last in days)) if days else None


def last_complete_week(known: Period) -> date:
    """The last Sunday up to which there are facts; the last day of the facts when they end before any Sunday."""
    sunday = known.last - timedelta(days=(known.last.weekday() + 1) % WEEK)
    return sunday if sunday >= known.first else known.last
