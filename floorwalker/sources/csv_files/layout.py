"""Which columns does a file have, and which of its records are rows of them?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter

from floorwalker.errors import SourceError
from floorwalker.sources.csv_files.mapping import NO_HEADING
from floorwalker.sources.csv_files.text import Broken, Chunk

BLANK = "blank line"
REPEATED = "repeated heading"
ABOVE = "line above the headings"
HEADING_WITHIN = 1000


@dataclass(frozen=True)
class Layout:
    """The columns of a file. header_line: where the headings stand, 0 where there are none."""

    names: tuple[str, ...]
    heading: tuple[str, ...]
    header_line: int

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
    last: bool = False


def find_layout(chunks: Iterator[Chunk], file: str, header_row: int | None) -> Layout:
    """Read up to the headings. header_row: their line, 0 for none, None for the first record that is not empty."""
    for line, row in _first_records(chunks):
        cells = tuple(cell.strip() for cell in row)
        if not any(cells) or (header_row and line < header_row):
            continue
        while not cells[-1]:
            cells = cells[:-1]
        if header_row == NO_HEADING:
            return Layout(tuple(f"column {place}" for place in range(1, len(cells) + 1)), (), 0)
        return Layout(_column_names(cells), cells, line)
    raise SourceError(
        "the file holds no rows" if not header_row else f"there is no heading in line {header_row}",
        where=file,
        found="nothing but blank lines" if not header_row else "fewer lines, or nothing but blank ones",
        expected="a line of headings and rows below it",
    )


def _first_records(chunks: Iterator[Chunk]) -> Iterator[tuple[int, list[str]]]:
    count = 0
    for lines, rows in chunks:
        yield from zip(lines, rows, strict=True)
        count += len(rows)
        if count >= HEADING_WITHIN:
            return


def _column_names(cells: tuple[str, ...]) -> tuple[str, ...]:
    """A name of its own for every column: nameless ones by their place, repeated ones numbered."""
    names: list[str] = []
    taken: set[str] = set()
    for place, cell in enumerate(cells, 1):
        plain = " ".join(cell.split()) or f"column {place}"
        name, count = plain, 1
        while name in taken:
            count += 1
            name = f"{plain} ({count})"
        names.append(name)
        taken.add(name)
    return tuple(names)


def batches(chunks: Iterator[Chunk], layout: Layout, rows_each: int) -> Iterator[Batch]:
    """The rows below the headings, at least so many at a time but the last; what is no row is counted or set aside."""
    batch = Batch()
    for lines, rows in chunks:
        if lines[0] <= layout.header_line:
            above = sum(line <= layout.header_line for line in lines)
            for line, row in zip(lines[:above], rows[:above], strict=True):
                _count_above(batch, line, row, layout)
            lines, rows = lines[above:], rows[above:]
        if _all_are_rows(rows, layout):
            batch.lines += lines
            batch.rows += rows
        else:
            for line, row in zip(lines, rows, strict=True):
                _sort_in(batch, line, row, layout)
        if len(batch.rows) >= rows_each:
            yield batch
            batch = Batch()
    batch.last = True
    yield batch


def _all_are_rows(rows: list[list[str]], layout: Layout) -> bool:
    """Whether nothing in a chunk needs a closer look: the usual case, and the quick one."""
    if set(map(len, rows)) != {layout.width}:
        return False
    firsts = set(map(str.strip, map(itemgetter(0), rows)))
    return firsts.isdisjoint({"", *layout.heading[:1]})


def _count_above(batch: Batch, line: int, row: list[str], layout: Layout) -> None:
    if line < layout.header_line:
        batch.ignored[ABOVE if any(cell.strip() for cell in row) else BLANK] += 1


def _sort_in(batch: Batch, line: int, row: list[str], layout: Layout) -> None:
    row = _fitted(row, layout.width)
    if not any(cell.strip() for cell in row):
        batch.ignored[BLANK] += 1
    elif len(row) != layout.width:
        reason = "too many fields" if len(row) > layout.width else "too few fields"
        expected = f"{layout.width} fields, as in the headings"
        batch.broken.append(Broken(line, reason, expected, " | ".join(row)[:200]))
    elif layout.heading and row[0].strip() == layout.heading[0] and tuple(map(str.strip, row)) == layout.heading:
        batch.ignored[REPEATED] += 1
    else:
        batch.lines.append(line)
        batch.rows.append(row)


def _fitted(row: list[str], width: int) -> list[str]:
    """The row without the empty cells that trailing delimiters make beyond the last column."""
    while len(row) > width and not row[-1].strip():
        row = row[:-1]
    return row
