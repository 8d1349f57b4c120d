"""How does a table leave as CSV, so that no spreadsheet takes a cell of it for a formula? The one place for every exporter."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

# What a spreadsheet takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def guarded(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: such a text is preceded by an apostrophe; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def csv_lines(heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """A table as lines of CSV, one at a time, every cell guarded; None is an empty cell."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for row in chain([heading], rows):
        buffer.seek(0)
        buffer.truncate()
        writer.writerow(["" if cell is None else guarded(cell) for cell in row])
        yield buffer.getvalue()
