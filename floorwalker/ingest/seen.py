"""Whom and what did a load see, on which days, and up to which instant?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from floorwalker.facts.engine import Engine
from floorwalker.facts.keys import site_key
from floorwalker.facts.tables import Table
from floorwalker.ingest.keying import SEEN
from floorwalker.ingest.outbox import Days

# The instants that say how far a source has been read, by table.
_SAYS_THROUGH = {
    "source_event": ("happened_at",),
    "contact": ("entered_at", "answered_at", "ended_at"),
    "segment": ("answered_at", "ended_at", "wrapped_at"),
    "state_interval": ("started_at", "ended_at"),
    "evaluation": ("evaluated_at", "contact_at"),
    "survey": ("answered_at", "contact_at", "invited_at"),
}
# Clocks of two machines may differ; nobody is told of that.
SKEW = timedelta(hours=1)


@dataclass
class Seen:
    """First and last day, and the site of the first, by key; gathered page by page.

    until: when the load began, since nobody knows what comes after; through: the last instant up to then of which the rows speak,
    None while there are none; ahead: the last one beyond it.
    """

    engine: Engine
    until: datetime
    through: datetime | None = None
    ahead: datetime | None = None
    _days: dict[bytes, tuple[date, date, bytes]] = field(default_factory=dict)

    def note(self, table: Table, rows: pa.Table) -> None:
        """Take one page of keyed rows into account."""
        for name in _SAYS_THROUGH.get(table.name, ()):
            latest = pc.max(rows[name]).as_py()
            if latest is not None:
                self._reach(latest)
        columns = [column.name for column in table.given if column.refers_to in SEEN]
        parts = [f"select {name} as k, local_day as d, site_key as s from rows" for name in columns]
        found = self.engine.rows(
            "select k, min(d) as a, max(d) as b, arg_min(s, d) as s "
            f"from ({' union all '.join(parts)}) where k is not null group by k",
            rows=rows,
        )
        for row in found:
            self._widen(row["k"], row["a"], row["b"], row["s"])

    def notes(self) -> Iterator[str]:
        """What the receipt says of rows from the days to come: a wrong year, or clocks of another zone."""
        if self.ahead is not None and self.ahead > self.until + SKEW:
            yield (
                f"rows speak of times after this load, up to {self.ahead:%Y-%m-%d %H:%M} UTC; the source counts as complete up to "
                "the load alone, and the time zone and the dates need a look"
            )

    def days(self, site_codes: Mapping[str, object]) -> Days:
        """By key: first day, last day, and the code of the site."""
        codes = {site_key(code): code for code in site_codes}
        return {key: (first, last, codes[site]) for key, (first, last, site) in self._days.items()}

    def _reach(self, latest: datetime) -> None:
        """One row of the year 2030 must not close the weeks in which customers may still call again."""
        if latest > self.until:
            self.ahead = max(latest, self.ahead or latest)
            latest = self.until
        self.through = max(latest, self.through or latest)

    def _widen(self, key: bytes, first: date, last: date, site: bytes) -> None:
        known = self._days.get(key)
        if known is not None:
            site = site if first < known[0] else known[2]
            first, last = min(first, known[0]), max(last, known[1])
        self._days[key] = (first, last, site)
