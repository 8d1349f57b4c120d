"""Can a table that leaves for a spreadsheet do anything there but be read?"""

from __future__ import annotations

import csv
import io
import zipfile

import openpyxl
import pytest

from floorwalker.ui.exports import Sheet, as_csv, as_xlsx, guarded

NASTY = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://192.0.2.1")')
SHEET = Sheet(
    "Board", ("subject", "value"), tuple((name, -1.5) for name in NASTY), (("Taken by", "=boss"), ("Filter", "-"))
)


@pytest.mark.parametrize("text", NASTY)
def test_text_that_a_spreadsheet_would_run_is_guarded(text: str) -> None:
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("value", ["plain", "a=b", "", -1, 2.5, None])
def test_numbers_and_plain_text_stay(value: object) -> None:
    assert guarded(value) == value


def test_csv_is_guarded_everywhere() -> None:
    text = as_csv(SHEET).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert [row[0] for row in rows[1 : 1 + len(NASTY)]] == ["'" + name for name in NASTY]
    assert rows[1][1] == "-1.5" and rows[-2:] == [["Taken by", "'=boss"], ["Filter", "'-"]]


def test_xlsx_holds_numbers_and_neither_formulas_nor_links() -> None:
    content = as_xlsx(SHEET)
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    assert page is not None
    assert page["B2"].value == -1.5 and page["A2"].value == "'=1+1"
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet and b"hyperlink" not in sheet
