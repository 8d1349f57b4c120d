"""Which columns does a file have, and which of its records are rows of them?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from floorwalker.errors import SourceError
from floorwalker.sources.csv_files.mapping import NO_HEADING
from floorwalker.sources.csv_files.text import Broken, Record

BLANK = "blank line"
REPEATED = "repeated heading"
HEADING_WITHIN = 1000


@dataclass(frozen=True)
class Layout:
    """The columns of a file. header_line: where the headings stand, 0 where there are none; first: records read in vain."""

    names: tuple[str, ...]
    heading: tuple[str, ...]
    header_line: int
    first: tuple[Record, ...] = ()

    @property
    def width(self) -> int:
        """How many fields a row has."""
        return len(self.names)


@dataclass
class Batch:
    """Some rows of a file, in order, every one as wide as the layout; and what was found between them."""

    lines: list[int] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)
    size: int = 0


def find_layout(records: Iterator[Record], file: str, header_row: int | None) -> Layout:
    """Read up to the headings. header_row: their line, 0 for none, None for the first record that is not empty."""
    for line, row in islice(records, HEADING_WITHIN):
        cells = tuple(cell.strip() for cell in row)
        if not any(cells) or (header_row and line < header_row):
            continue
        while cells and not cells[-1]:
            cells = cells[:-1]
        if header_row == NO_HEADING:
            names = tuple(f"column {place}" for place in range(1, len(cells) + 1))
            return Layout(names, (), 0, ((line, row),))
        return Layout(_column_names(cells), cells, line)
    raise SourceError(
        "the file holds no rows" if not header_row else f"there is no heading in line {header_row}",
        where=file,
        found="nothing but blank lines" if not header_row else "fewer lines, or nothing but blank ones",
        expected="a line of headings and rows below it",
    )


def _column_names(cells: tuple[str, ...]) -> tuple[str, ...]:
    """A name of its own for every column: nameless ones by their place, repeated ones numbered."""
    names: list[str] = []
    for place, cell in enumerate(cells, 1):
        plain = " ".join(cell.split()) or f"column {place}"
        name, count = plain, 1
        while name in names:
            count += 1
            name = f"{plain} ({count})"
        names.append(name)
    return tuple(names)


def batches(records: Iterator[Record], layout: Layout, rows_each: int) -> Iterator[Batch]:
    """The rows below the headings, so many at a time; what is no row is counted or said to be broken."""
    batch = Batch()
    width, heading = layout.width, list(layout.heading)
    for line, row in _chained(layout.first, records):
        if len(row) != width:
            row = _fitted(row, width)
            if len(row) != width:
                _put_aside(batch, line, row, width)
                continue
        if not row[0] and not any(cell.strip() for cell in row):
            batch.ignored[BLANK] += 1
        elif heading and row[0].strip() == heading[0] and [cell.strip() for cell in row] == heading:
            batch.ignored[REPEATED] += 1
        else:
            batch.lines.append(line)
            batch.rows.append(row)
            if len(batch.rows) >= rows_each:
                yield batch
                batch = Batch()
    yield batch


def _chained(first: tuple[Record, ...], records: Iterator[Record]) -> Iterator[Record]:
    yield from first
    yield from records


def _fitted(row: list[str], width: int) -> list[str]:
    """The row without the empty cells that trailing delimiters make beyond the last column."""
    while len(row) > width and not row[-1].strip():
        row = row[:-1]
    return row


def _put_aside(batch: Batch, line: int, row: list[str], width: int) -> None:
    if not any(cell.strip() for cell in row):
        batch.ignored[BLANK] += 1
        return
    batch.broken.append(
        Broken(
            line,
            "too many fields" if len(row) > width else "too few fields",
            f"{width} fields, as in the headings",
            " | ".join(row)[:200],
        )
    )
