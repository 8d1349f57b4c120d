"""Is a file that was given for a queue_log plainly something else? Then it is refused as a whole, in words, not line by line."""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from typing import BinaryIO

from floorwalker.errors import SourceError
from floorwalker.ingest.bookmarks import open_maybe_zipped

LOOKED_AT = 64 * 1024
_EVENT = re.compile(rb"(?m)^\0*(?:\xef\xbb\xbf)?\d{9,10}\|[^|\n]*\|[^|\n]*\|[^|\n]*\|\w")
_TABLE = "the log as a table of a database"
_MEND_TABLE = "load the file queue_log itself (its folder is in asterisk.conf; `queue_log_to_file = yes` in logger.conf writes it)"
_MEND_SPREADSHEET = "`floorwalker load csv_files` reads spreadsheets and call lists"
_MEND_OTHER = "name the file queue_log, or the folder that it lies in"
_KINDS: tuple[tuple[re.Pattern[bytes], str, str], ...] = (
    (
        re.compile(rb"\A(?:\xff\xfe|\xfe\xff)"),
        "text in UTF-16",
        "save it as UTF-8, with the lines as Asterisk wrote them",
    ),
    (re.compile(rb"(?i)\A[^\n|]*\bcallid\b[^\n|]*[,;\t][^\n|]*\bevent\b"), _TABLE, _MEND_TABLE),
    (re.compile(rb"(?i)\A(?:-- |/\*|PGDMP|SQLite format)|\bINSERT INTO\b"), _TABLE, _MEND_TABLE),
    (re.compile(rb"\APK\x03\x04"), "a zip archive or a workbook", _MEND_SPREADSHEET),
    (
        re.compile(rb"\A(?:BZh|\xfd7zXZ|7z\xbc\xaf|\x28\xb5\x2f\xfd)"),
        "a compressed file that is not gzip",
        "unpack it first",
    ),
    (
        re.compile(rb"\A(?:\x89PNG|%PDF|\xff\xd8\xff|RIFF|\x7fELF)"),
        "a picture, document, recording or program",
        _MEND_OTHER,
    ),
    (
        re.compile(rb"\A(?:\"[^\"\n]*\",|[^,\n|]*,){9,}"),
        "a table with commas, such as call detail records",
        _MEND_SPREADSHEET,
    ),
)


def refuse_strangers(path: Path, file: BinaryIO) -> None:
    """SourceError where the first bytes hold no event and are known as something else; the file stands at its begin again."""
    try:
        head = file.read(LOOKED_AT)
        file.seek(0)
    except (OSError, EOFError, zlib.error) as error:
        raise unreadable(str(path), error) from error
    if _has_events(head):
        return
    for pattern, kind, mend in _KINDS:
        if pattern.search(head):
            raise SourceError(
                "this is no queue_log",
                where=str(path),
                found=kind,
                expected="lines of the form time|call|queue|agent|event|...",
                mend=mend,
            )


def holds_events(path: Path) -> bool:
    """Whether a file lying beside the log is one that was rotated away, and no copy of another kind."""
    try:
        with open_maybe_zipped(path) as file:
            return _has_events(file.read(LOOKED_AT))
    except (OSError, EOFError, zlib.error):
        return False


def _has_events(head: bytes) -> bool:
    return _EVENT.search(head) is not None or head.startswith(b"uid,date_time,")


def unreadable(where: str, error: Exception) -> SourceError:
    """What is said of a file that breaks off, or an archive that is damaged."""
    return SourceError(
        "the file cannot be read to its end",
        where=where,
        found=str(error),
        expected="a file, or a gzip archive, that is whole",
        mend="copy it again; of a damaged archive, load what `zcat` still gets out of it",
    )
