"""How is a list of contacts read that somebody hands in? A small table: which contact, where the customer reads, in which language."""

from __future__ import annotations

import csv
import io

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from floorwalker.apps.surveys.inviting import Invitable
from floorwalker.errors import Refused

HEADINGS = {
    "contact": ("contact", "contact_id", "contact id", "id", "call id", "ticket"),
    "address": ("email", "e-mail", "address", "mail"),
    "language": ("language", "lang"),
}
SHOWN = 5


def read_list(content: bytes, name: str) -> list[Invitable]:
    """The contacts of a CSV file; Refused with the first lines that cannot be used, and then none of it is taken."""
    rows = csv.DictReader(io.StringIO(_text(content, name)))
    columns = _columns([heading or "" for heading in rows.fieldnames or ()], name)
    found, problems = [], []
    for row in rows:
        said = {field: (row.get(heading) or "").strip() for field, heading in columns.items()}
        if not any(said.values()):
            continue
        problem = _problem(said)
        if problem:
            problems.append(_("line %(n)d: %(what)s") % {"n": rows.line_num, "what": problem})
        else:
            found.append(Invitable(said["contact"], said["address"], said.get("language", "")))
    if problems:
        raise Refused(
            _("some lines of this list cannot be used"),
            where=name,
            found="; ".join(problems[:SHOWN]),
            mend=_("mend these lines and hand the list in again: nothing was taken"),
        )
    if not found:
        raise Refused(_("this list names no contact"), where=name)
    return found


def check_address(address: str) -> bool:
    """Whether a mail could be sent there."""
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


def _problem(said: dict[str, str]) -> str:
    if not said["contact"]:
        return _("no contact")
    return "" if check_address(said["address"]) else _("no e-mail address")


def _text(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(_("this file is no text in UTF-8"), where=name, mend=_("save it as CSV in UTF-8")) from error


def _columns(headings: list[str], name: str) -> dict[str, str]:
    plain = {heading.strip().casefold(): heading for heading in headings}
    found = {
        field: next((plain[known] for known in names if known in plain), None) for field, names in HEADINGS.items()
    }
    missing = [HEADINGS[field][0] for field in ("contact", "address") if found[field] is None]
    if missing:
        raise Refused(
            _("a column is missing in this list"),
            where=name,
            found=", ".join(headings)[:200],
            expected=", ".join(missing),
        )
    return {field: heading for field, heading in found.items() if heading is not None}
