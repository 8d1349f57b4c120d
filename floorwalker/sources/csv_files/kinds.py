"""Is a file what can be read here at all, or a picture, an archive, a web page?"""

from __future__ import annotations

from floorwalker.errors import SourceError
from floorwalker.sources.csv_files.text import sniff

_BEGINS = {
    b"\xd0\xcf\x11\xe0": "an old Excel file (.xls), or a workbook with a password",
    b"\x1f\x8b": "a gzip archive",
    b"%PDF": "a PDF document",
    b"7z\xbc\xaf": "a 7z archive",
    b"PAR1": "a Parquet file",
    b"SQLi": "a database",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}
# By the first signs of a text, blanks and case aside.
_TEXTS = {
    b"<!doctype": "a web page",
    b"<html": "a web page",
    b"<table": "a web page",
    b"<?xml": "XML",
    b'{"': "JSON",
    b"[{": "JSON",
}
# Bytes that no text holds; NUL is left out, since a single line with it is no reason to refuse a file.
_CONTROLS = bytes([*range(1, 8), *range(14, 27), *range(28, 32)])
MOST_CONTROLS = 0.05


def refuse_other_kinds(start: bytes, path: str, encoding: str | None) -> None:
    """SourceError that names what the file is, where its first bytes show that it is no table."""
    kind = next((kind for begin, kind in _BEGINS.items() if start.startswith(begin)), None)
    plain = b"".join(start.removeprefix(b"\xef\xbb\xbf")[:400].split()).lower()
    kind = kind or next((kind for begin, kind in _TEXTS.items() if plain.startswith(begin)), None)
    if kind is None and encoding is None and _is_no_text(start):
        kind = "bytes that are no text"
    if kind is not None:
        raise SourceError(
            "the file is of a kind that cannot be read here",
            where=path,
            found=kind,
            expected="CSV, TSV or an Excel workbook (.xlsx)",
            mend="unpack it, or save it as .xlsx or CSV",
        )


def _is_no_text(start: bytes) -> bool:
    controls = len(start) - len(start.translate(None, _CONTROLS))
    return controls > MOST_CONTROLS * len(start) and sniff(start).encoding == "utf-8"
