"""What does the guess take from the file as a whole, and what does it leave as a question?"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from floorwalker.errors import SourceError
from floorwalker.sources.csv_files.guess import guess_mapping
from tests.sources.csv_files.loading import load, write

FIRST = datetime(2024, 3, 4, 9)
FORMS = {
    "day-month-year": ["%d/%m/%Y %H:%M", "%d.%m.%Y %H:%M"],
    "month-day-year": ["%m/%d/%Y %I:%M %p", "%m-%d-%Y %H:%M"],
}


def call_list(form: str, step: timedelta, extra: str = "") -> str:
    """Twenty calls, so far apart, with an end written in ISO beside the begin."""
    lines = [f"Id,Start,Status,Talk{',' + extra if extra else ''}"]
    for number in range(20):
        at = FIRST + number * step
        end = f",{(at + timedelta(days=14)).strftime(form)}" if extra else ""
        lines.append(f"{number},{at.strftime(form)},Answered,60{end}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(("order", "form"), [(order, form) for order, forms in FORMS.items() for form in forms])
def test_days_close_together_tell_their_order(order: str, form: str, tmp_path: Path) -> None:
    path = write(tmp_path, call_list(form, timedelta(hours=9)))
    text = guess_mapping(path)
    assert f"dates: {order}" in text
    loaded = load(path, text)
    assert [row["entered_at"].replace(tzinfo=None) for row in loaded.contacts] == [
        FIRST + n * timedelta(hours=9) for n in range(20)
    ]


def test_a_single_day_stays_a_question(tmp_path: Path) -> None:
    path = write(tmp_path, call_list("%d/%m/%Y %H:%M", timedelta(minutes=9)))
    text = guess_mapping(path)
    assert "? Is 03/04 in Start" in text
    assert {reason for _, reason in load(path, text).reasons} == {"entered: day or month first?"}


def test_another_column_tells_the_order(tmp_path: Path) -> None:
    text = guess_mapping(write(tmp_path, call_list("%d/%m/%Y %H:%M", timedelta(minutes=9), extra="Closed")))
    assert "dates: day-month-year" in text
    assert "as in Closed" in text


def test_thousandths_are_no_thousands_in_a_file_with_decimal_commas(tmp_path: Path) -> None:
    rows = "".join(f"{n};2024-03-{n:02d} 10:00;beantwortet;6,45{n % 10};7,5\n" for n in range(1, 20))
    path = write(tmp_path, "Nr;Start;Status;Gesprächsdauer (Min);Wartezeit (Min)\n" + rows)
    loaded = load(path, guess_mapping(path))
    assert loaded.rows("segment")[0]["talk_seconds"] == pytest.approx(6.451 * 60)


def test_a_zone_in_the_heading_is_believed(tmp_path: Path) -> None:
    rows = "".join(f"{n},2024-07-{n:02d} 10:00,Answered,60\n" for n in range(1, 20))
    text = guess_mapping(write(tmp_path, "Id,Start (UTC),Status,Talk\n" + rows))
    assert "\ntimezone: UTC" in text


def test_steps_of_one_call_are_a_question(tmp_path: Path) -> None:
    legs = "".join(
        f"C{n},2024-03-{n:02d} 10:00,Queue,Transferred,20,0\nC{n},2024-03-{n:02d} 10:01,Agent,Answered,0,60\n"
        for n in range(1, 20)
    )
    path = write(tmp_path, "Call ID,Start,Leg,Status,Wait,Talk\n" + legs)
    text = guess_mapping(path)
    assert "chain: Call ID" in text
    assert "? are these rows visits or steps of one call?" in text
    assert len(load(path, text).rows("segment")) == 19, "a step without talk was answered by nobody"


def test_rows_that_stand_twice_keep_their_id(tmp_path: Path) -> None:
    once = [f"C{n},2024-03-{n:02d} 10:00,Answered,60\n" for n in range(1, 20)]
    text = guess_mapping(write(tmp_path, "Call ID,Start,Status,Talk\n" + "".join(once + once[-3:])))
    assert "  id: Call ID" in text
    assert "but in 3 that are the same throughout" in text


def test_answered_by_nobody_is_flagged_and_not_handled(tmp_path: Path) -> None:
    rows = "".join(f"{n},2024-03-{n:02d} 10:00,0,{'Wren' if n % 4 else ''},{60 * (n % 4 > 0)}\n" for n in range(1, 20))
    path = write(tmp_path, "Id,Start,Abandoned,Agent,Talk\n" + rows + "20,2024-03-20 10:00,1,,0\n")
    loaded = load(path, guess_mapping(path))
    assert [flag.code for flag in loaded.flags] == ["answered_by_nobody"] * 4
    assert len(loaded.rows("segment")) == 15
    assert [row["outcome"] for row in loaded.contacts].count("flowed_out") == 4


def months(path: Path, other_heading: bool = False) -> Path:
    book = openpyxl.Workbook()
    notes = book.active
    notes.title = "Notes"
    notes["A1"] = "Kept by the front desk"
    for month, name in ((1, "Jan"), (2, "Feb")):
        sheet = book.create_sheet(name)
        sheet.append(["Calls"])
        sheet.append([])
        sheet.append(["Start", "Agent", "Status", "Other" if other_heading and month == 2 else "Talk (s)"])
        for day in range(1, 11):
            sheet.append([datetime(2024, month, day, 10), "Wren", "Answered", 60])
        sheet.append([datetime(2024, 1, 1, 10), "Wren", "Answered", 60])
    book.save(path)
    return path


def test_sheets_with_the_same_headings_are_one_table(tmp_path: Path) -> None:
    path = months(tmp_path / "calls.xlsx")
    text = guess_mapping(path)
    assert 'sheet: ["Jan", "Feb"]' in text
    loaded = load(path, text)
    assert len({row["contact_id"] for row in loaded.contacts}) == 22, "equal rows of two sheets are two contacts"
    assert "not read: Notes" in loaded.notes


def test_a_sheet_with_other_headings_is_asked_for(tmp_path: Path) -> None:
    text = guess_mapping(months(tmp_path / "calls.xlsx", other_heading=True))
    assert "\nsheet: Jan" in text
    assert "? Not read, since its headings differ: sheet Notes, Feb" in text


def test_a_workbook_without_a_table_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Nothing here"
    book.active["A2"] = "nor here"
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(SourceError, match="no column says when a row happened"):
        guess_mapping(tmp_path / "x.xlsx")


def test_the_time_of_the_start_is_joined_to_a_day_at_midnight(tmp_path: Path) -> None:
    rows = "".join(f"{n},2024-03-{n:02d} 00:00:00,11:30,11:00,Answered,60\n" for n in range(1, 20))
    path = write(tmp_path, "Id,Date,End Time,Start Time,Status,Talk\n" + rows)
    loaded = load(path, guess_mapping(path))
    assert {row["entered_at"].hour for row in loaded.contacts} == {11}
    assert {row["entered_at"].minute for row in loaded.contacts} == {0}


def test_calls_known_by_their_times_alone(tmp_path: Path) -> None:
    rows = "".join(
        f"{n},2024-03-{n:02d} 10:00:00,{f'2024-03-{n:02d} 10:00:20' if n % 4 else ''},2024-03-{n:02d} 10:01:00\n"
        for n in range(1, 21)
    )
    path = write(tmp_path, "Call ID,Start,Answer,End\n" + rows)
    loaded = load(path, guess_mapping(path))
    assert [row["outcome"] for row in loaded.contacts].count("abandoned") == 5
    assert {row["talk_seconds"] for row in loaded.rows("segment")} == {40.0}
    assert {row["wait_seconds"] for row in loaded.contacts if row["outcome"] == "abandoned"} == {60.0}


def test_nought_beside_one_to_five_is_no_rating(tmp_path: Path) -> None:
    rows = "".join(f"{n},2024-03-{n:02d} 10:00,{n % 6}\n" for n in range(1, 19))
    path = write(tmp_path, "Chat ID,Started,Rating\n" + rows)
    text = guess_mapping(path)
    assert "? 0 is taken as not rated" in text
    assert sorted({row["score"] for row in load(path, text).rows("survey")}) == [1, 2, 3, 4, 5]


def _rows(head: str, row: str) -> str:
    """Nineteen rows; {n}, {day} and {state} differ."""
    states = ("Available", "Lunch", "On Call")
    return (
        head + "\n" + "".join(row.format(n=n, day=f"2024-03-{n:02d}", state=states[n % 3]) + "\n" for n in range(1, 20))
    )


@pytest.mark.parametrize(
    ("content", "finding"),
    [
        (_rows("Timestamp,Agent,Status", "{day} 08:00,Wren,{state}"), "changes of agents' states"),
        (_rows("Date,Employee Number,Agent,Contacts Handled", "{day},10{n},Wren,4{n}"), "adds up many contacts"),
        (
            _rows("Assessment ID,Date,Agent,Health Score", "{n},{day} 10:00,Wren,70"),
            "no customer gave the scores",
        ),
    ],
)
def test_what_is_no_contact_is_refused_in_words(content: str, finding: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=finding):
        guess_mapping(write(tmp_path, content))
