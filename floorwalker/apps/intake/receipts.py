"""What does a load's receipt say, in two balances that a reader can check?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from floorwalker.ingest.remembered import LoadRow


@dataclass(frozen=True)
class Table:
    """What a load made of one table: produced = new + changed + unchanged; gone: taken back, because newer facts say so."""

    name: str
    produced: int
    new: int
    changed: int
    unchanged: int
    gone: int

    @property
    def adds_up(self) -> bool:
        """Whether nothing was lost and nothing counted twice."""
        return self.produced == self.new + self.changed + self.unchanged


@dataclass(frozen=True)
class Flagged:
    """How many rows were used although part of them is impossible, and which part."""

    code: str
    meaning: str
    rows: int


@dataclass(frozen=True)
class Shown:
    """A receipt as its page shows it."""

    ignored: Mapping[str, int]
    rejected: Mapping[str, int]
    records_add_up: bool
    tables: tuple[Table, ...]
    flags: tuple[Flagged, ...]
    notes: tuple[str, ...]


def read_receipt(load: LoadRow, meanings: Mapping[str, str]) -> Shown | None:
    """The receipt of a load; None where it has none. meanings: by code of a flag, what is wrong with such a row."""
    if load.receipt is None:
        return None
    return Shown(
        ignored=load.records["ignored"],
        rejected=load.records["rejected"],
        records_add_up=load.read_count == load.used_count + load.ignored_count + load.rejected_count,
        tables=tuple(Table(name, **counts) for name, counts in load.receipt["facts"].items()),
        flags=tuple(
            Flagged(code, meanings.get(code, code.replace("_", " ")), rows)
            for code, rows in load.receipt["flags"].items()
        ),
        notes=tuple(load.receipt["notes"]),
    )
