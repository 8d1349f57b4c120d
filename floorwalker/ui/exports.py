"""How do figures leave as a file for spreadsheets? Values as numbers, text that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

import xlsxwriter

# What a spreadsheet takes for the beginning of a formula; in East Asian settings the wide signs too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
WIDEST = 50


@dataclass(frozen=True)
class Sheet:
    """A table to be handed out: its title, headings and rows, and below them what it is: who, when, which filter, how."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    about: tuple[tuple[str, str], ...]


def guarded(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
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


def as_csv(sheet: Sheet) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it; an empty line before what the table is."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(sheet.columns)
    writer.writerows(_cells(row) for row in sheet.rows)
    writer.writerow([])
    writer.writerows(_cells(pair) for pair in sheet.about)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(sheet: Sheet) -> bytes:
    """One worksheet with the figures, its head fixed, and what it is below; no cell can become a formula or a link."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        page = book.add_worksheet("Figures")
        bold, quiet = book.add_format({"bold": True}), book.add_format({"font_color": "#55606E"})
        page.write_row(0, 0, sheet.columns, bold)
        for number, row in enumerate(sheet.rows, start=1):
            page.write_row(number, 0, _cells(row))
        for number, pair in enumerate(sheet.about, start=len(sheet.rows) + 2):
            page.write_row(number, 0, _cells(pair), quiet)
        for column, width in enumerate(_widths(sheet)):
            page.set_column(column, column, width)
        page.freeze_panes(1, 1)
        book.set_properties({"title": sheet.title})
    return content.getvalue()


def _cells(row: Iterable[Any]) -> list[Any]:
    return [value.isoformat() if isinstance(value, date) else guarded(value) for value in row]


def _widths(sheet: Sheet) -> Sequence[int]:
    rows = (sheet.columns, *sheet.rows)
    return [min(WIDEST, 2 + max(len(str(row[place])) for row in rows)) for place in range(len(sheet.columns))]
