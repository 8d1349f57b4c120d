"""What becomes of files that are odd: is each read whole, line by line accounted for, or refused in words?"""

from __future__ import annotations

import gzip
import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from floorwalker.errors import SourceError
from floorwalker.sources.csv_files.guess import guess_mapping
from tests.sources.csv_files.loading import Loaded, load, write

HEAD = ["Id", "Start", "Agent", "Queue", "Status", "Talk"]
BEGIN = datetime(2026, 3, 2, 10)
NOISE = random.Random(7).randbytes(5000)


def row(number: int, start: str | None = None, talk: str | None = None) -> list[str]:
    at = BEGIN + timedelta(hours=11 * number, seconds=5)
    outcome = "answered" if number % 4 else "abandoned"
    return [str(1000 + number), start or f"{at:%Y-%m-%d %H:%M:%S}", ("Wren", "Kite", "Dove")[number % 3],
            ("sales", "help")[number % 2], outcome, talk or str(30 + 7 * number)]  # fmt: skip


def text(rows: list[list[str]], delimiter: str = ",") -> str:
    return "".join(delimiter.join(cells) + "\n" for cells in [HEAD, *rows])


ROWS = [row(number) for number in range(32)]
PLAIN = text(ROWS)
WIDE = "".join(
    line + "".join(f",{'c' * (number == 0)}{place}" for place in range(54)) + "\n"
    for number, line in enumerate(PLAIN.splitlines())
)
MIXED = [
    "{at:%Y-%m-%d %H:%M}",
    "{at:%d}/{at:%m}/{at:%Y} {at:%H:%M}",
    "{at:%d}.{at:%m}.{at:%Y} {at:%H:%M}",
    "{at:%d %B %Y %H:%M}",
]
LATE = BEGIN + timedelta(days=13)  # a day that can be no month
ADDED = "2000,2026-03-03 10:00:00,Zo\N{LATIN SMALL LETTER E WITH DIAERESIS},sales,answered,44\n"

# Every row of these is read.
WHOLE = {
    "byte order mark": PLAIN.encode("utf-8-sig"),
    "UTF-16": PLAIN.encode("utf-16"),
    "UTF-16 without a mark": PLAIN.encode("utf-16-le"),
    "UTF-32": PLAIN.encode("utf-32"),
    "semicolons": text(ROWS, ";").encode(),
    "decimal commas": text([row(n, talk=f"{n},5") for n in range(32)], ";").encode(),
    "several forms of date": text(
        [row(n, MIXED[n % 4].format(at=LATE + timedelta(minutes=n))) for n in range(32)]
    ).encode(),
    "Excel's days": text([row(n, f"{46083 + n / 10:.6f}", f"{(30 + n) / 86400:.8f}") for n in range(32)]).encode(),
    "returns alone": PLAIN.replace("\n", "\r").encode(),
    "a separator line of Excel": ("sep=;\n" + text(ROWS, ";")).encode(),
    "headings twice": PLAIN.replace("Queue", "Agent", 1).encode(),
    "a quote in a heading": PLAIN.replace("Start", '"Start: #1 {x}"').encode(),
    "60 columns": WIDE.encode(),
    "a workbook's name": PLAIN.encode(),
}


def guessed(path: Path) -> Loaded:
    return load(path, guess_mapping(path))


@pytest.mark.parametrize("kind", WHOLE)
def test_every_row_is_read(kind: str, tmp_path: Path) -> None:
    content = WHOLE[kind]
    loaded = guessed(write(tmp_path, content, "calls.xlsx" if kind == "a workbook's name" else "calls.csv"))
    assert (loaded.used, loaded.reasons) == (32, [])
    assert sum(contact["outcome"] == "answered" for contact in loaded.contacts) == 24
    assert {contact["answered_by"] for contact in loaded.contacts} == {"Wren", "Kite", "Dove", None}


@pytest.mark.parametrize(
    ("added", "reasons"),
    [
        (ADDED.encode("cp1252") + ADDED.replace("2000", "2001").encode(), []),
        (b'2000,2026-03-03 10:00:00,"Wren,sales,answered,44\n', ["quote that is never closed"]),
        (b"2000,2026-03-03 10:00:00,Wr\0en,sales,answered,44\n", ["NUL bytes"]),
        (b"2000,2026-03-03 10:00:00,Wren,sales,answered,44,more\n", ["too many fields"]),
        (b"2000,2026-03-03 10:00:00," + b"x" * 200_000 + b",sales,answered,44\n", ["not readable as fields"]),
        (b"Total,,,,24,9999\n", ["unknown word for outcome"]),
        (b",,,,,\nGrand Total,32,,,,9999\n", ["entered is no time"]),
    ],
    ids=["two encodings", "open quote", "NUL", "too wide", "too long", "totals", "totals below a gap"],
)
def test_a_bad_line_costs_itself_and_nothing_else(added: bytes, reasons: list[str], tmp_path: Path) -> None:
    loaded = guessed(write(tmp_path, PLAIN.encode() + added))
    assert [reason.split(":")[0] for _, reason in loaded.reasons] == reasons
    assert loaded.used == (32 if reasons else 34)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf\n\n", "the file is empty"),
        (PLAIN.splitlines()[0].encode(), "there is nothing to guess from"),
        (b"hello\nworld\nthere\n", "no column says when"),
        (NOISE, "bytes that are no text"),
        (b"\x89PNG\r\n\x1a\n" + NOISE, "a picture"),
        (b"%PDF-1.4\n" + NOISE, "a PDF document"),
        (gzip.compress(PLAIN.encode()), "a gzip archive"),
        (b"\xd0\xcf\x11\xe0" + NOISE, "an old Excel file"),
        (b'[\n {"id": 1, "start": "2026-03-01 10:00"}]\n', "JSON"),
        (b"\n<HTML><body><table><tr><td>Id</td></tr></table>\n", "a web page"),
        (PLAIN.replace("Agent", '"Agent', 1).encode(), "the line of headings cannot be read"),
        (PLAIN.replace("Agent", "Ag\0ent", 1).encode(), "the line of headings cannot be read"),
        (b"PK\x03\x04" + NOISE, "the workbook cannot be read"),
    ],
)
def test_what_is_no_table_is_refused_in_words(content: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as error:
        guess_mapping(write(tmp_path, content))
    assert said in str(error.value)


def fill(book: Any, name: str, top: int = 0, left: int = 0, days_as: str = "yyyy-mm-dd hh:mm") -> Any:
    """A sheet with the table, its days and lengths as Excel keeps them."""
    sheet, day, length = (
        book.add_worksheet(name),
        book.add_format({"num_format": days_as}),
        book.add_format({"num_format": "[h]:mm:ss"}),
    )
    sheet.write_row(top, left, HEAD)
    for number, cells in enumerate(ROWS, top + 1):
        sheet.write_number(number, left, int(cells[0]))
        sheet.write_datetime(number, left + 1, datetime.fromisoformat(cells[1]), day)
        sheet.write_row(number, left + 2, cells[2:5])
        sheet.write_number(number, left + 5, int(cells[5]) / 86400, length)
    return sheet


def _cover(book: Any) -> None:
    book.add_worksheet("Cover").write(0, 0, "Calls of March")
    fill(book, "Data", top=3, left=2)


def _bands(book: Any) -> None:
    sheet = fill(book, "Data", top=1)
    sheet.merge_range(0, 0, 0, 2, "Call")
    sheet.merge_range(0, 3, 0, 5, "Result")


def _title(book: Any) -> None:
    fill(book, "Data", top=2).merge_range(0, 0, 0, 5, "Calls of March")


def _formulas(book: Any) -> None:
    sheet = fill(book, "Data")
    sheet.write(0, 6, "Check")
    for number in range(1, 33):
        sheet.write_formula(number, 6, f"=F{number + 1}*86400", None, number)


BOOKS = {"cover": _cover, "merged bands": _bands, "merged title": _title, "formulas": _formulas,
         "days as bare numbers": lambda book: fill(book, "Data", days_as="0.00000")}  # fmt: skip


@pytest.mark.parametrize("kind", BOOKS)
def test_a_workbook_is_read_whole(kind: str, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "calls.xlsx") as book:
        BOOKS[kind](book)
    loaded = guessed(tmp_path / "calls.xlsx")
    assert (loaded.used, loaded.reasons) == (32, [])
    assert loaded.rows("segment")[0]["talk_seconds"] == pytest.approx(37)
    assert loaded.contacts[0]["entered_at"].isoformat(timespec="minutes") == "2026-03-02T10:00+00:00"


def test_months_on_several_sheets_are_read_and_others_named(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "calls.xlsx") as book:
        fill(book, "March")
        fill(book, "April")
        book.add_worksheet("Sum").write_row(0, 0, ["Month", "Calls"])
    loaded = guessed(tmp_path / "calls.xlsx")
    assert loaded.used == 64 and "not read: Sum" in loaded.notes


def test_hidden_sheets_are_named_where_no_other_can_be_mapped(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "calls.xlsx") as book:
        book.add_worksheet("Cover").write(0, 0, "see Data")
        fill(book, "Data").hide()
    with pytest.raises(SourceError) as error:
        guess_mapping(tmp_path / "calls.xlsx")
    assert error.value.mend == "hidden sheets were not looked at: Data; name one with --sheet"
