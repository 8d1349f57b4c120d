"""How many of the telephone contacts of the last weeks have a recording, as the last look found?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from floorwalker.apps.recordings.models import Search


@dataclass(frozen=True)
class Covered:
    """One day's contacts, and those of them that can be heard."""

    day: date
    handled: int
    recorded: int

    @property
    def missing(self) -> int:
        """Those that nobody can hear."""
        return self.handled - self.recorded


def read_coverage(searches: Sequence[Search]) -> list[Covered]:
    """Day by day, the newest first; nothing before the first look, or where no contact was handled."""
    told = [search for search in searches if search.coverage]
    last = max(told, key=lambda search: search.began_at, default=None)
    rows = last.coverage if last is not None else []
    return [Covered(date.fromisoformat(row["day"]), row["handled"], row["recorded"]) for row in reversed(rows)]
