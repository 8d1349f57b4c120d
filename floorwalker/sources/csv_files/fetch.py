"""How does a file of any system become pages of rows? Opening and reading, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from floorwalker.errors import SourceError
from floorwalker.ingest.source import Page, Request, file_size
from floorwalker.sources.csv_files.identity import RowNames
from floorwalker.sources.csv_files.kinds import refuse_other_kinds
from floorwalker.sources.csv_files.layout import Batch, Layout, batches, find_layout
from floorwalker.sources.csv_files.mapping import FileMapping
from floorwalker.sources.csv_files.mapping_text import parse_mapping
from floorwalker.sources.csv_files.rows import Rows
from floorwalker.sources.csv_files.study import FileFacts, Study, clean
from floorwalker.sources.csv_files.text import SNIFFED, Lines, Records, sniff
from floorwalker.sources.csv_files.workbook import open_sheet
from floorwalker.sources.csv_files.yaml_text import nearest

PAGE_ROWS = 20_000
SUFFIXES = (".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xlsm")
_WORKBOOK = b"PK\x03\x04"


@dataclass(frozen=True)
class Reading:
    """How a file is to be read; what is None is found out."""

    sheet: str | None = None
    header_row: int | None = None
    delimiter: str | None = None
    encoding: str | None = None


@dataclass(frozen=True)
class OpenFile:
    """A file whose columns are known. rows() begins from the top each time."""

    layout: Layout
    rows: Callable[[int], Iterator[Batch]]
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    visible_sheets: tuple[str, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    notes: Callable[[], tuple[str, ...]] = tuple


def fetch(request: Request) -> Iterator[Page]:
    """The pages of every file that is asked for, in the order of their names."""
    mapping = mapping_of(request)
    for path in find_files(request.paths):
        yield from _pages(path, mapping, mapping.timezone or request.site.timezone)


def mapping_of(request: Request) -> FileMapping:
    """The mapping of a load; SourceError when there is none."""
    if request.mapping is None:
        raise SourceError(
            "csv_files needs a mapping",
            expected="--mapping FILE",
            mend="`floorwalker mapping guess FILE --out mapping.yaml` writes a first one",
        )
    return parse_mapping(request.mapping, request.mapping_path or "mapping")


def total_size(request: Request) -> int:
    """Bytes of all files that are asked for."""
    return sum(file_size(path) for path in find_files(request.paths))


def find_files(paths: tuple[Path, ...]) -> list[Path]:
    """The files themselves, and those of a kind that can be read in each folder."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(file for file in path.iterdir() if file.suffix.lower() in SUFFIXES and file.is_file())
        elif path.exists():
            found.append(path)
        else:
            raise SourceError(
                "there is no such file", where=str(path), expected="a CSV, TSV or XLSX file, or a folder of them"
            )
    if not found:
        raise SourceError(
            "there is nothing to read",
            where=", ".join(map(str, paths)) or "no path",
            expected=f"files that end in {', '.join(SUFFIXES)}",
        )
    return found


@contextmanager
def open_file(path: Path, reading: Reading) -> Iterator[OpenFile]:
    """Open one file and find its columns."""
    try:
        stream = path.open("rb")
    except OSError as error:
        raise SourceError(
            "the file cannot be opened", where=str(path), found=error.strerror, expected="a file that may be read"
        ) from error
    with stream:
        start = stream.read(SNIFFED)
        if not start.strip(b"\0 \r\n\t\xef\xbb\xbf"):
            raise SourceError(
                "the file is empty", where=str(path), found=f"{len(start)} bytes", expected="headings and rows"
            )
        if start.startswith(_WORKBOOK):
            yield _open_workbook(stream, str(path), reading)
        else:
            refuse_other_kinds(start, str(path), reading.encoding)
            yield _open_text(stream, start, str(path), reading)


def _open_workbook(stream: BinaryIO, path: str, reading: Reading) -> OpenFile:
    sheet = open_sheet(stream, path, reading.sheet)
    where = f"{path}, sheet {sheet.name!r}"

    layout = find_layout(sheet.rows(), where, reading.header_row)

    def rows(each: int) -> Iterator[Batch]:
        return batches(sheet.rows(), layout, each)

    return OpenFile(layout, rows, sheet.name, sheet.names, sheet.visible)


def _open_text(stream: BinaryIO, start: bytes, path: str, reading: Reading) -> OpenFile:
    dialect = sniff(start, encoding=reading.encoding, delimiter=reading.delimiter)
    layout = find_layout(iter(Records(Lines(stream, dialect))), path, reading.header_row)
    current: list[Lines] = []

    def rows(each: int) -> Iterator[Batch]:
        lines = Lines(stream, dialect)
        current[:] = [lines]
        size = 0
        for batch in batches(iter(Records(lines, layout.width if layout.header_line else None)), layout, each):
            batch.broken = sorted([*batch.broken, *lines.broken], key=lambda broken: broken.line)
            batch.size, size = lines.bytes_read - size, lines.bytes_read
            lines.broken = []
            yield batch

    def notes() -> tuple[str, ...]:
        recovered = sum(lines.recovered for lines in current)
        return (f"{recovered} lines are not {dialect.encoding}; they were read as cp1252",) if recovered else ()

    return OpenFile(layout, rows, encoding=dialect.encoding, delimiter=dialect.delimiter, notes=notes)


def _pages(path: Path, mapping: FileMapping, zone: str) -> Iterator[Page]:
    """The pages of one file, sheet by sheet; equal rows without ids are numbered through all its sheets."""
    names = RowNames() if "id" not in mapping.fields else None
    for sheet in mapping.sheets or (None,):
        reading = Reading(sheet, mapping.header_row, mapping.delimiter, mapping.encoding)
        with open_file(path, reading) as file:
            yield from _pages_of(path, file, mapping, zone, names)


def _pages_of(path: Path, file: OpenFile, mapping: FileMapping, zone: str, names: RowNames | None) -> Iterator[Page]:
    label = f"{path}, sheet {file.sheet!r}" if len(file.sheets) > 1 else str(path)
    places = find_columns(mapping, file.layout, label)
    facts = _study(file, mapping, places, zone)
    notes = (*facts.notes, *_sheets_left(file, mapping), *([] if names is None else [_NO_ID]))
    done = 0
    size = file_size(path) // max(1, len(mapping.sheets))
    for batch in file.rows(PAGE_ROWS):
        yield Page(
            file=label,
            first_line=batch.lines[0] if batch.lines else file.layout.header_line + 1,
            records=_rows(batch, mapping, places, names, facts, (*notes, *file.notes()) if batch.last else ()),
            size=batch.size if batch.size or not batch.last else max(0, size - done),
        )
        done += batch.size


def _sheets_left(file: OpenFile, mapping: FileMapping) -> tuple[str, ...]:
    """What the receipt says of sheets that nobody reads."""
    left = [name for name in file.visible_sheets if name != file.sheet and name not in mapping.sheets]
    return (f"sheet {file.sheet!r} was read; not read: {', '.join(left)}",) if left else ()


def _naming(columns: dict[str, list[str]], mapping: FileMapping) -> list[tuple[str, ...]]:
    """The cells that name each row; a customer's number is not among them, or it could be found by trying."""
    customer = mapping.fields["customer"].columns if "customer" in mapping.fields else ()
    return list(zip(*(cells for name, cells in columns.items() if name not in customer), strict=True))


def _rows(
    batch: Batch,
    mapping: FileMapping,
    places: dict[str, int],
    names: RowNames | None,
    facts: FileFacts,
    notes: tuple[str, ...],
) -> Rows:
    columns = _columns(batch, places)
    return Rows(
        lines=np.array(batch.lines, np.int64),
        cells={name: clean(cells, mapping.empty) for name, cells in columns.items()},
        raw=batch.rows,
        names=None if names is None else names.names(_naming(columns, mapping)),
        facts=facts,
        broken=tuple(batch.broken),
        ignored=dict(batch.ignored),
        notes=notes,
    )


def _columns(batch: Batch, places: dict[str, int]) -> dict[str, list[str]]:
    return {name: [row[place] for row in batch.rows] for name, place in places.items()}


def _study(file: OpenFile, mapping: FileMapping, places: dict[str, int], zone: str) -> FileFacts:
    study = Study(mapping, zone)
    needed = {name: places[name] for name in study.columns}
    for batch in file.rows(PAGE_ROWS):
        cells = {name: clean(values, mapping.empty) for name, values in _columns(batch, needed).items()}
        study.watch(np.array(batch.lines, np.int64), cells)
    return study.facts()


def find_columns(mapping: FileMapping, layout: Layout, path: str) -> dict[str, int]:
    """Where each column of the mapping stands; SourceError lists the columns that are there, and the nearest name."""
    exact = {name: place for place, name in reversed(list(enumerate(layout.names)))}
    loose = {name.casefold(): place for name, place in exact.items()}
    places = {}
    for name in mapping.columns:
        plain = " ".join(name.split())
        place = exact.get(plain, loose.get(plain.casefold()))
        if place is None:
            hint = nearest(name, layout.names)
            raise SourceError(
                f"the file has no column {name!r}, which {mapping.name} names",
                where=path,
                found=", ".join(layout.names),
                expected=f"a column {name!r} among the headings in line {layout.header_line}",
                mend=f"write {hint!r} in the mapping" if hint else "name one of the columns found in the mapping",
            )
        places[name] = place
    return places


_NO_ID = (
    "the mapping names no `id`: a row is named by its own cells and its place among equal rows of its file; "
    "whether two files overlap cannot be recognised"
)
