"""What does a centre's own list of its people say, row by row?

A CSV with a heading, in any order of columns: name (or first and last name), staff number, e-mail, extension, team,
started, left.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from floorwalker.errors import Refused

MOST_ROWS = 20_000
MOST_BYTES = 10 * 1024 * 1024
# By field, the headings that mean it, in lower case.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "agent", "full name", "employee", "employee name", "agent name", "display name"),
    "first": ("first name", "forename", "given name", "firstname"),
    "last": ("last name", "surname", "family name", "lastname"),
    "staff_number": ("staff number", "employee number", "employee id", "staff id", "personnel number", "id", "payroll"),
    "email": ("email", "e-mail", "mail", "email address"),
    "extension": ("extension", "ext", "phone", "agent id", "login", "user name", "username"),
    "team": ("team", "team name", "group"),
    "started_on": ("started", "start date", "started on", "hire date", "date of joining", "joined"),
    "left_on": ("left", "leave date", "left on", "end date", "leaving date", "termination date"),
}


def decode(content: bytes, name: str) -> str:
    """The text of an uploaded file; Refused where it is none."""
    if len(content) > MOST_BYTES:
        raise Refused(
            _("%(name)s is too large for a directory") % {"name": name},
            found=_("%(n)s bytes") % {"n": f"{len(content):,}"},
            expected=_("at most %(n)s bytes") % {"n": f"{MOST_BYTES:,}"},
        )
    encoding = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise Refused(
            _("%(name)s is not a text file") % {"name": name}, expected="CSV", mend=_("save the table as CSV first")
        )
    return text


def rows_of(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """By line, what a row says by field; Refused where it is no directory at all."""
    try:
        yield from _rows(text)
    except csv.Error as error:
        raise Refused(
            _("this is not a table that can be read"), found=str(error), mend=_("save the table as CSV again")
        ) from error


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:8192], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    reader = csv.reader(io.StringIO(text, newline=None), dialect)
    heading = next(reader, [])
    fields = _fields(heading)
    for number, values in enumerate(reader, start=2):
        if number > MOST_ROWS + 1:
            raise Refused(
                _("the directory is too long"),
                expected=_("at most %(n)s rows") % {"n": f"{MOST_ROWS:,}"},
                mend=_("cut it into parts"),
            )
        if any(value.strip() for value in values):
            yield number, {name: values[i].strip() for i, name in fields.items() if i < len(values)}


def _fields(heading: list[str]) -> dict[int, str]:
    meaning = {words: name for name, all_words in HEADINGS.items() for words in all_words}
    found: dict[int, str] = {}
    for index, words in enumerate(heading):
        name = meaning.get(words.strip().lower().replace("_", " "))
        if name is not None and name not in found.values():
            found[index] = name
    if "name" not in found.values() and not {"first", "last"} <= set(found.values()):
        raise Refused(
            _("no column says who it is about"),
            found=", ".join(heading)[:120] or _("an empty file"),
            expected=_("a heading with Name, or First name and Last name"),
        )
    return found
