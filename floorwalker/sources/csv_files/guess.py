"""What would a first mapping of a file look like? Guesses and open questions are comments in it; the same file gives the same text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from floorwalker.errors import SourceError
from floorwalker.sources.csv_files.assign import Assignment, assign, holds_bare_states, holds_other_scores, holds_totals
from floorwalker.sources.csv_files.bare_files import known_columns
from floorwalker.sources.csv_files.draft import Sample, write_mapping
from floorwalker.sources.csv_files.fetch import OpenFile, Reading, open_file
from floorwalker.sources.csv_files.instants import read_times
from floorwalker.sources.csv_files.layout import Layout
from floorwalker.sources.csv_files.mapping import NO_HEADING
from floorwalker.sources.csv_files.profile import ColumnProfile, profile_columns
from floorwalker.sources.csv_files.study import clean
from floorwalker.sources.csv_files.times import Read
from floorwalker.sources.csv_files.words import QUEUE_EVENTS

SAMPLE_ROWS = 50_000
HEADING_LOOKED_FOR = 60
MOST_TOTALS = 3
_TOTAL = re.compile(
    r"(?i)(?:(?:grand|sub)?[ -]?totals?|sum|summe|gesamt|average|mean|mittelwert|durchschnitt|moyenne)\b.{0,20}"
)


def guess_mapping(path: Path, sheet: str | None = None) -> str:
    """A first mapping of the file as YAML; SourceError where its rows are no contacts, surveys or states.

    Of a workbook the first visible sheet is taken that can be mapped, unless one is named.
    """
    with open_file(path, Reading(sheet=sheet)) as file:
        candidates = file.visible_sheets if sheet is None else (sheet,)
        hidden = [name for name in file.sheets if name not in file.visible_sheets] if sheet is None else []
    refusal: SourceError | None = None
    for candidate in candidates or (None,):
        try:
            return _guess(path, candidate)
        except SourceError as error:
            refusal = refusal or error
    assert refusal is not None
    if hidden:
        refusal.mend = f"hidden sheets were not looked at: {', '.join(hidden)}; name one with --sheet"
    raise refusal


def _guess(path: Path, sheet: str | None) -> str:
    with open_file(path, Reading(sheet=sheet)) as file:
        header_row = _header_row(file)
        sample, layout, rows = _look(path, file, header_row)
        if header_row == NO_HEADING:
            _refuse_broken_headings(path, file)
    if header_row is not None:
        with open_file(path, Reading(sheet=sheet, header_row=header_row)) as file:
            sample, layout, rows = _look(path, file, header_row)
    if not rows:
        raise SourceError(
            "there is nothing to guess from",
            where=str(path),
            found=f"headings ({', '.join(layout.names)}) and no rows",
            expected="some rows below the headings",
        )
    columns = profile_columns(layout.names, rows, () if layout.heading else known_columns(rows))
    _refuse_queue_log(path, columns)
    found = assign(columns)
    _refuse_totals(path, columns, found)
    _refuse_bare_states(path, columns, found)
    _refuse_other_scores(path, columns, found)
    _refuse_without_time(path, columns, found, layout)
    return write_mapping(sample, columns, found)


def _look(path: Path, file: OpenFile, header_row: int | None) -> tuple[Sample, Layout, list[list[str]]]:
    """The first rows of a file, and what must be said of it."""
    batch = next(iter(file.rows(SAMPLE_ROWS)))
    rows = _without_totals(batch.rows[:SAMPLE_ROWS])
    sheets = _sheets_alike(path, file)
    notes = (*file.notes(), *_sheets_note(file, sheets), *_broken_note(len(batch.broken)))
    return (
        Sample(path.name, sheets, header_row, len(rows), notes, file.delimiter),
        file.layout,
        rows,
    )


def _without_totals(rows: list[list[str]]) -> list[list[str]]:
    """The rows without those at the end that add up the others: they would blur what a column holds."""
    last = len(rows)
    while (
        last and len(rows) - last < MOST_TOTALS and any(_TOTAL.fullmatch(cell.strip()) for cell in rows[last - 1][:5])
    ):
        last -= 1
    return rows[:last]


def _header_row(file: OpenFile) -> int | None:
    """Where the headings stand, when it is not the first line that holds something."""
    batch = next(iter(file.rows(HEADING_LOOKED_FOR)))
    first = (file.layout.header_line, list(file.layout.heading))
    narrow = [(broken.line, broken.begins.split(" | ")) for broken in batch.broken]
    near = zip(batch.lines[:HEADING_LOOKED_FOR], batch.rows[:HEADING_LOOKED_FOR], strict=True)
    records = sorted([first, *narrow[:HEADING_LOOKED_FOR], *near])
    widths = Counter(_width(row) for _, row in records)
    usual = max(widths, key=lambda width: (widths[width], width))
    wide = [(line, row) for line, row in records if _width(row) >= 0.8 * usual] or records[:1]
    line, row = wide[0]
    if len(wide) > 1 and _is_band(row, wide[1][1]):
        line, row = wide[1]
    if _looks_like_data(row):
        return NO_HEADING
    return line if line != file.layout.header_line else None


def _width(row: Sequence[str]) -> int:
    return max((place for place, cell in enumerate(row, 1) if cell.strip()), default=0)


def _is_band(row: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a line only groups the headings below it: it leaves some out or says them twice, they are full and differ."""
    above, heads = ([cell.strip() for cell in cells if cell.strip()] for cells in (row, below))
    fuller = len(heads) > len(above) or len(set(above)) < len(above)
    return fuller and len(set(heads)) == len(heads) >= len(above) and len(heads) > 1 and not _looks_like_data(below)


def _looks_like_data(row: Sequence[str]) -> bool:
    """Whether a line is a row already: headings are no dates and hardly ever numbers."""
    cells = clean(row, frozenset({""})).drop_null()
    states = read_times(cells).state
    dates = int(sum(state in (Read.FINE, Read.AMBIGUOUS) for state in states.tolist()))
    numbers = sum(cell.replace(".", "", 1).replace(",", "", 1).isdigit() for cell in cells.to_pylist())
    return dates > 0 or numbers > len(cells) / 2


def _sheets_alike(path: Path, file: OpenFile) -> tuple[str, ...]:
    """The sheet that is mapped and those with the same headings: together they are the table."""
    others = [name for name in file.visible_sheets if name != file.sheet and _headings(path, name) == file.layout.names]
    return tuple(name for name in file.sheets if name == file.sheet or name in others) if len(file.sheets) > 1 else ()


def _sheets_note(file: OpenFile, sheets: tuple[str, ...]) -> tuple[str, ...]:
    left = [name for name in file.visible_sheets if name not in sheets] if sheets else []
    return (f"? Not read, since its headings differ: sheet {', '.join(left)}",) if left else ()


def _headings(path: Path, sheet: str) -> tuple[str, ...]:
    try:
        with open_file(path, Reading(sheet=sheet)) as file:
            header_row = _header_row(file)
        with open_file(path, Reading(sheet=sheet, header_row=header_row)) as file:
            return file.layout.names
    except SourceError:
        return ()


def _broken_note(count: int) -> tuple[str, ...]:
    return (f"{count} lines of the sample are no rows; a load rejects them and says why",) if count else ()


def _refuse_broken_headings(path: Path, file: OpenFile) -> None:
    """SourceError where the first line cannot be read and the next one is a row: the headings are lost, not missing."""
    batch = next(iter(file.rows(HEADING_LOOKED_FOR)))
    first = next((broken for broken in batch.broken if broken.line < file.layout.header_line), None)
    if first is not None:
        raise SourceError(
            "the line of headings cannot be read",
            where=f"{path}, line {first.line}",
            found=f"{first.reason}: {first.begins}",
            expected=first.expected,
            mend="correct that line, or write a mapping with `header_row: none`",
        )


def _refuse_totals(path: Path, columns: Sequence[ColumnProfile], found: Assignment) -> None:
    totals = holds_totals(columns, found)
    if totals:
        names = ", ".join(repr(column.name) for column in totals)
        raise SourceError(
            "each row of the file adds up many contacts; Floorwalker needs one row for each contact",
            where=str(path),
            found=f"numbers of contacts in {names}, and no column that names a single contact",
            expected="one row for each contact, survey or stretch of an agent's time",
            mend="export the single contacts (call detail, ticket list, survey answers); totals are then added up here",
        )


def _refuse_queue_log(path: Path, columns: Sequence[ColumnProfile]) -> None:
    events = next((column for column in columns if column.word_share(QUEUE_EVENTS) > 0.9), None)
    if events is not None and len(events.held) > 1 and events.name.lower() not in ("status", "outcome", "disposition"):
        raise SourceError(
            "the rows are events of an Asterisk queue log; a call is made of several of them",
            where=str(path),
            found=f"{', '.join(list(events.counts)[:3])} in {events.name!r}",
            expected="one row for each contact, survey or stretch of an agent's time",
            mend=f"floorwalker load asterisk_queue_log {path}",
        )


def _refuse_bare_states(path: Path, columns: Sequence[ColumnProfile], found: Assignment) -> None:
    state = holds_bare_states(columns, found)
    if state is not None:
        raise SourceError(
            "the rows are changes of agents' states, and nothing says how long a state lasted",
            where=str(path),
            found=f"states in {state.name!r}, and neither an end nor a duration",
            expected="one row for each stretch of an agent's time, with its end or its length",
            mend="export the states with their duration, or add the begin of the agent's next state as a column",
        )


def _refuse_other_scores(path: Path, columns: Sequence[ColumnProfile], found: Assignment) -> None:
    score = holds_other_scores(columns, found)
    if score is not None:
        raise SourceError(
            "no customer gave the scores of these rows, and nobody evaluated a contact",
            where=str(path),
            found=f"scores in {score.name!r}, and nothing that says how a contact went",
            expected="contacts, survey answers or stretches of agents' time",
            mend="where the scores are customers' answers, write a mapping with `rows: surveys`",
        )


def _refuse_without_time(path: Path, columns: Sequence[ColumnProfile], found: Assignment, layout: Layout) -> None:
    if not {"entered", "started", "survey_answered", "evaluated"} & set(found.columns):
        shares = ", ".join(
            f"{column.name} ({column.moment_share:.0%})" for column in columns if column.moment_share > 0
        )
        raise SourceError(
            "no column says when a row happened",
            where=str(path),
            found=f"columns {', '.join(layout.names)}; dates in: {shares or 'none'}",
            expected="a column with a date and time in nearly every row",
            mend="export the file with the time at which each contact began",
        )
