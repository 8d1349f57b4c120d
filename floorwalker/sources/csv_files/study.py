"""What can only be known from a whole file: the order of day and month in a column, and which of two equal hours is meant?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from floorwalker.sources.csv_files.fields import FIELDS, FieldKind
from floorwalker.sources.csv_files.instants import read_clock, read_times
from floorwalker.sources.csv_files.mapping import DATE_ORDERS, FileMapping, MappedField
from floorwalker.sources.csv_files.times import OrderEvidence, Read, Times, join_day_and_clock
from floorwalker.sources.csv_files.zones import Fold, FoldTracker


@dataclass(frozen=True)
class FileFacts:
    """orders: by field, how its ambiguous dates are read, None where nothing says so; folds: second passes of hours."""

    orders: Mapping[str, str | None] = field(default_factory=dict)
    folds: tuple[Fold, ...] = ()
    notes: tuple[str, ...] = ()


def clean(cells: Sequence[str], empty: frozenset[str]) -> pa.Array:
    """A column of a page as text without blanks around it, null where the cell is empty or holds a word for nothing."""
    text = pc.utf8_trim_whitespace(pa.array(cells, pa.string()))
    nothing = pc.is_in(pc.utf8_lower(text), value_set=pa.array(sorted(empty)))
    return pc.if_else(nothing, pa.scalar(None, pa.string()), text)


def moments(part: MappedField, cells: Mapping[str, pa.Array], order: str | None) -> Times:
    """The moments of one field of a page, from its one or two columns."""
    form = part.format if part.format not in DATE_ORDERS else None
    day = read_times(cells[part.columns[0]], order=order, form=form)
    return day if len(part.columns) == 1 else join_day_and_clock(day, read_clock(cells[part.columns[1]]))


class Study:
    """Reads over a file once, page by page, before it is mapped."""

    def __init__(self, mapping: FileMapping, zone: str) -> None:
        self._mapping = mapping
        self._parts = [part for name, part in mapping.fields.items() if FIELDS[name].kind is FieldKind.INSTANT]
        self._evidence = {part.name: OrderEvidence() for part in self._parts}
        self._begins = mapping.fields.get(mapping.begins)
        self._trackers = {order: FoldTracker(zone) for order in DATE_ORDERS[:2]}

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it must be shown."""
        return tuple(dict.fromkeys(column for part in self._parts for column in part.columns))

    def watch(self, lines: np.ndarray, cells: Mapping[str, pa.Array]) -> None:
        """Take in the next rows."""
        for part in self._parts:
            said = self._said(part)
            times = moments(part, cells, said if said == "year-month-day" else None)
            self._evidence[part.name] += times.evidence
            if part is self._begins:
                ambiguous = bool((times.state == Read.AMBIGUOUS).any())
                self._trackers["month-day-year"].watch(times.settled(), lines)
                self._trackers["day-month-year"].watch(times.day_first() if ambiguous else times, lines)

    def _said(self, part: MappedField) -> str | None:
        return part.format if part.format in DATE_ORDERS else self._mapping.dates

    def facts(self) -> FileFacts:
        """What the file says as a whole."""
        orders = {part.name: self._evidence[part.name].order(self._said(part)) for part in self._parts}
        begin_order = orders.get(self._mapping.begins)
        tracker = self._trackers.get(begin_order or "", self._trackers[DATE_ORDERS[0]])
        folds = tracker.folds()
        notes = [*self._contradictions(), *_fold_notes(tracker, folds)]
        return FileFacts(orders, folds, tuple(notes))

    def _contradictions(self) -> list[str]:
        notes = []
        for part in self._parts:
            seen, said = self._evidence[part.name], self._said(part)
            if said in DATE_ORDERS[:2] and seen.order(None) not in (None, said):
                notes.append(
                    f"{part.columns[0]}: read as {seen.order(None)}, since its values allow nothing else; the mapping says {said}"
                )
            if seen.day_first and seen.month_first:
                notes.append(
                    f"{part.columns[0]}: {seen.day_first} dates can only have the day first and {seen.month_first} only the month; "
                    + (f"the others were read as {said}" if said else "those that allow both were rejected")
                )
        return notes


def _fold_notes(tracker: FoldTracker, folds: tuple[Fold, ...]) -> list[str]:
    if not tracker.repeated:
        return []
    apart = tracker.told_apart(folds)
    return [
        f"{tracker.repeated} rows begin in an hour that came twice when the clocks went back: "
        f"{apart} told apart by the order of the rows, {tracker.repeated - apart} taken as the first of the two"
    ]
