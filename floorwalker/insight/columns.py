"""What do all rows of table `statement` have in common, whichever answer they hold? Columns that grow, and how they are read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from floorwalker.insight.capped import Capped
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.kpis.definition import Kpi

FLOOR, TEAM, AGENT, KIND = "floor", "team", "agent", "kind"
# What is said of charts and kinds of contact, as codes.
CHANGED, STEADY, UNKNOWN = "changed", "steady", "not_enough_data"

Row: TypeAlias = Mapping[str, Any]


@dataclass
class Columns:
    """Rows that grow, column by column; what a part of them does not name is null in it."""

    size: int = 0
    values: dict[str, list[Any]] = field(default_factory=dict)

    def add(self, size: int, **columns: Sequence[Any]) -> None:
        """Add so many rows."""
        for name, some in columns.items():
            held = self.values.setdefault(name, [])
            held.extend([None] * (self.size - len(held)))
            held.extend(some)
        self.size += size

    def fill(self, **row: Any) -> None:
        """The same value in every row."""
        for name, value in row.items():
            self.values[name] = [value] * self.size

    def column(self, name: str) -> list[Any] | None:
        """All values of a column; None where no row has any."""
        held = self.values.get(name)
        return None if held is None else held + [None] * (self.size - len(held))


def capped_of(floor: Row) -> Capped | None:
    """What very long contacts counted as; None where none did, and of statements from before there were caps."""
    seconds = floor.get("cap_seconds")
    return None if seconds is None else Capped(floor["capped"], floor["capped_of"], seconds)


def definition(kpi_id: str, version: int) -> Kpi:
    """The measure in the version that was judged: of an older one the stamp is kept, the words are the present ones."""
    kpi = find_kpi(kpi_id, catalogue())
    return kpi if kpi.version == version else replace(kpi, version=version)


def kpi_of(row: Row) -> Kpi:
    """The measure that a row is about."""
    return definition(row["kpi"], row["kpi_version"])
