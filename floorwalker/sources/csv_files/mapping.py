"""What does a mapping say: which column holds what, in which form, and what it means?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from floorwalker.sources.csv_files.fields import RowKind

EMPTY_WORDS = ("", "null", "n/a", "#n/a", "nan", "\\n", "-", "--")
DATE_ORDERS = ("day-month-year", "month-day-year", "year-month-day")
FORMATS = (*DATE_ORDERS, "excel", "epoch-seconds", "epoch-milliseconds")
UNITS = ("seconds", "milliseconds", "minutes", "hours", "days", "hh:mm", "mm:ss")
ATTRIBUTES_AT_MOST = 8
NO_HEADING = 0


@dataclass(frozen=True)
class MappedField:
    """One thing of ours and where it stands in the file.

    columns: usually one; an instant may stand in two (date and time). values: the file's words and ours, by the file's
    word in lower case; empty and other: what an empty cell and any word not listed mean. scale: worst and best score.
    """

    name: str
    columns: tuple[str, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    empty: str | None = None
    other: str | None = None
    format: str | None = None
    unit: str | None = None
    scale: tuple[float, float] | None = None


@dataclass(frozen=True)
class FileMapping:
    """A whole mapping. sheets: those of a workbook to read, the first where none is named.

    header_row: the line of the headings, 0 where there are none, None for the first that is not empty.
    """

    name: str
    rows: RowKind
    fields: Mapping[str, MappedField]
    attributes: Mapping[str, MappedField] = field(default_factory=dict)
    criteria: Mapping[str, MappedField] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    header_row: int | None = None
    delimiter: str | None = None
    encoding: str | None = None
    decimal: str | None = None
    timezone: str | None = None
    dates: str | None = None
    empty: frozenset[str] = frozenset(EMPTY_WORDS)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the mapping uses, each once, in the mapping's order."""
        parts = (*self.fields.values(), *self.attributes.values(), *self.criteria.values())
        used = (column for part in parts for column in part.columns)
        return tuple(dict.fromkeys(used))

    @property
    def begins(self) -> str:
        """The field that sets a row's day."""
        return "started" if self.rows is RowKind.STATES else "entered"
