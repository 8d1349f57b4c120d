"""What do the cells of an Excel workbook say as text, and is the file safe to unpack at all?"""

from __future__ import annotations

import datetime
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, BinaryIO

import python_calamine

from floorwalker.errors import SourceError
from floorwalker.sources.csv_files.text import Chunk
from floorwalker.sources.csv_files.yaml_text import nearest

LARGEST_UNPACKED = 600_000_000
SUSPICIOUS_UNPACKED = 20_000_000
GREATEST_RATIO = 120
MOST_PARTS = 5_000
CHUNK_ROWS = 5_000
_BLOCK = 1 << 20
_LOCAL_HEADER = 30


@dataclass(frozen=True)
class Sheet:
    """One sheet that was chosen: its name, the names of all sheets and of the visible ones.

    rows() gives its rows, afresh at each call, with their numbers in Excel.
    """

    name: str
    names: tuple[str, ...]
    visible: tuple[str, ...]
    rows: Callable[[], Iterator[Chunk]]


def open_sheet(stream: BinaryIO, file: str, wanted: str | None) -> Sheet:
    """The sheet of that name, else the first visible one that is not empty; SourceError where there is none."""
    check_archive(stream, file)
    stream.seek(0)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(stream)
        names = tuple(book.sheet_names)
        visible = {
            meta.name for meta in book.sheets_metadata if meta.visible == python_calamine.SheetVisibleEnum.Visible
        }
        if wanted is not None and wanted not in names:
            raise _no_sheet(file, wanted, names)
        candidates = [wanted] if wanted is not None else [name for name in names if name in visible] or list(names)
        for name in candidates:
            sheet = book.get_sheet_by_name(name)
            if sheet.height or name == candidates[-1]:
                return Sheet(name, names, tuple(n for n in names if n in visible), partial(_rows, sheet))
    except (python_calamine.CalamineError, zipfile.BadZipFile) as error:
        raise _damaged(file, str(error)) from error
    raise _damaged(file, "no sheets")


def check_archive(stream: BinaryIO, file: str) -> None:
    """Refuse a workbook that would unpack to far more than a workbook of its size does, before anything unpacks it.

    The sizes that an archive states of itself are not believed: every part is inflated once, and thrown away.
    """
    try:
        archive = zipfile.ZipFile(stream)
        parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _damaged(file, str(error)) from error
    if len(parts) > MOST_PARTS:
        raise _bomb(file, f"{len(parts)} parts", f"at most {MOST_PARTS}")
    unpacked = packed = 0
    for part in parts:
        packed += part.compress_size
        for size in _inflated(stream, part, file):
            unpacked += size
            _check_size(file, unpacked, packed)


def _check_size(file: str, unpacked: int, packed: int) -> None:
    ratio = unpacked / max(1, packed)
    if unpacked > LARGEST_UNPACKED:
        raise _bomb(file, f"more than {unpacked // 1_000_000} MB", f"at most {LARGEST_UNPACKED // 1_000_000} MB")
    if unpacked > SUSPICIOUS_UNPACKED and ratio > GREATEST_RATIO:
        raise _bomb(file, f"{ratio:.0f} times its own size", f"at most {GREATEST_RATIO} times")


def _inflated(stream: BinaryIO, part: zipfile.ZipInfo, file: str) -> Iterator[int]:
    """Sizes of the pieces that one part unpacks to, a megabyte at a time."""
    if part.flag_bits & 1:
        raise _damaged(file, "parts that are encrypted")
    stream.seek(part.header_offset + _LOCAL_HEADER - 4)
    name, extra = (int.from_bytes(stream.read(2), "little") for _ in range(2))
    stream.seek(part.header_offset + _LOCAL_HEADER + name + extra)
    left = part.compress_size
    if part.compress_type != zipfile.ZIP_DEFLATED:
        yield left
        return
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    while left > 0 and not inflate.eof:
        block = stream.read(min(_BLOCK, left))
        if not block:
            raise _damaged(file, "a part that is cut off")
        left -= len(block)
        while block:
            try:
                yield len(inflate.decompress(block, _BLOCK))
            except zlib.error as error:
                raise _damaged(file, str(error)) from error
            block = inflate.unconsumed_tail


def _rows(sheet: Any) -> Iterator[Chunk]:
    rows = sheet.iter_rows()
    # Empty rows above the first filled one are given out too, so the count is the row number that Excel shows.
    first = 1
    while chunk := [[cell_text(value) for value in row] for row in islice(rows, CHUNK_ROWS)]:
        yield range(first, first + len(chunk)), chunk
        first += len(chunk)


def cell_text(value: Any) -> str:
    """A cell as a person would type it: dates as 2026-03-02, times and lengths as 9:05:00, whole numbers without a point."""
    kind = type(value)
    if kind is str:
        return str(value)
    if kind is float:
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if kind is datetime.datetime:
        return str(value)
    if kind is datetime.timedelta:
        return _length(value)
    return str(value).upper() if kind is bool else str(value)


def _length(value: datetime.timedelta) -> str:
    seconds, micros = divmod(abs(value) // datetime.timedelta(microseconds=1), 1_000_000)
    fraction = f".{micros:06d}" if micros else ""
    sign = "-" if value < datetime.timedelta() else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{fraction}"


def _no_sheet(file: str, wanted: str, names: tuple[str, ...]) -> SourceError:
    hint = nearest(wanted, names)
    return SourceError(
        f"the workbook has no sheet {wanted!r}",
        where=file,
        found=", ".join(names),
        expected="the sheet that the mapping names under `sheet`",
        mend=f"write `sheet: {hint}`" if hint else "name one of the sheets found, or leave `sheet` out for the first",
    )


def _damaged(file: str, found: str) -> SourceError:
    return SourceError(
        "the workbook cannot be read",
        where=file,
        found=found,
        expected="an Excel workbook (.xlsx) without a password",
        mend="open it in a spreadsheet program and save it again as .xlsx or CSV",
    )


def _bomb(file: str, found: str, expected: str) -> SourceError:
    return SourceError(
        "the workbook would unpack to far more than a workbook of its size",
        where=file,
        found=found,
        expected=expected,
        mend="if it is what it claims to be, save it as CSV and load that",
    )
