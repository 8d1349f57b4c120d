"""What did one load do with everything that it was given? A receipt with two balances that add up.

Records: read = used + ignored + rejected. Facts, per table: produced = new + changed + unchanged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from floorwalker.facts.merge import Counts


@dataclass
class Records:
    """The balance of what was read; `ignored` and `rejected` by reason."""

    read: int = 0
    used: int = 0
    ignored: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)

    @property
    def balanced(self) -> bool:
        """Whether nothing was lost and nothing counted twice."""
        return self.read == self.used + self.ignored.total() + self.rejected.total()


@dataclass(frozen=True)
class Receipt:
    """What one load read and what it changed; kept for ever, without any name or number of a person."""

    load_id: str
    source: str
    origin: str
    site: str
    started_at: datetime
    ended_at: datetime
    records: Records
    facts: Mapping[str, Counts]
    flags: Mapping[str, int]
    notes: tuple[str, ...]
    complete_through: datetime | None
    stopped: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The receipt as plain data, for JSON."""
        return {
            "load": self.load_id,
            "source": self.source,
            "origin": self.origin,
            "site": self.site,
            "started_at": self.started_at.isoformat(),
            "ended_at": self.ended_at.isoformat(),
            "stopped": self.stopped,
            "records": {
                "read": self.records.read,
                "used": self.records.used,
                "ignored": dict(sorted(self.records.ignored.items())),
                "rejected": dict(sorted(self.records.rejected.items())),
            },
            "facts": {
                name: {
                    "produced": counts.produced,
                    "new": counts.new,
                    "changed": counts.changed,
                    "unchanged": counts.unchanged,
                    "gone": counts.gone,
                }
                for name, counts in self.facts.items()
            },
            "flags": dict(sorted(self.flags.items())),
            "notes": list(self.notes),
            "complete_through": None if self.complete_through is None else self.complete_through.isoformat(),
        }
