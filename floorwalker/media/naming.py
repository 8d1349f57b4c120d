"""What do a file's name, and the side file beside it, say of the contact that it holds?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from floorwalker.media.settings import EPOCH, StoreSettings

MOST_METADATA_BYTES = 1_000_000
LONGEST_SAID = 200


@dataclass(frozen=True)
class Said:
    """What is said of a recording: the contact's id and the agent as the recorder knows them, and when it began.

    trouble: the code of what could not be read of it; empty where nothing is wrong.
    """

    contact: str = ""
    agent: str = ""
    began_at: datetime | None = None
    trouble: str = ""


def side_file_name(name: str, ending: str) -> str:
    """Where the side file of a recording lies."""
    return str(PurePosixPath(name).with_suffix(ending))


def read_name(name: str, store: StoreSettings) -> Said:
    """What the name itself says."""
    if store.pattern is None:
        return Said()
    found = store.pattern.search(name)
    if found is None:
        return Said(trouble="pattern")
    return _said({group: text or "" for group, text in found.groupdict().items()}, store)


def read_metadata(file: BinaryIO, store: StoreSettings) -> Said:
    """What a side file says; trouble where it is no JSON, or too large for what it ought to be."""
    content = file.read(MOST_METADATA_BYTES + 1)
    if len(content) > MOST_METADATA_BYTES:
        return Said(trouble="metadata")
    try:
        known = json.loads(content)
    except (ValueError, RecursionError):
        return Said(trouble="metadata")
    return _said({group: _at(known, path) for group, path in store.fields.items()}, store)


def together(by_name: Said, by_metadata: Said) -> Said:
    """Both; where both say something, the side file was written by who knew."""
    return Said(
        contact=by_metadata.contact or by_name.contact,
        agent=by_metadata.agent or by_name.agent,
        began_at=by_metadata.began_at or by_name.began_at,
        trouble=by_metadata.trouble or by_name.trouble,
    )


def _at(known: Any, path: str) -> str:
    for part in path.split("."):
        known = known.get(part) if isinstance(known, dict) else None
    return "" if known is None or isinstance(known, dict | list | bool) else str(known)


def _said(found: Mapping[str, str], store: StoreSettings) -> Said:
    contact, agent = (found.get(group, "").strip() for group in ("contact", "agent"))
    if any(len(text) > LONGEST_SAID or "\x00" in text for text in (contact, agent)):
        return Said(trouble="pattern")
    written = found.get("time", "").strip()
    if not written:
        return Said(contact, agent)
    try:
        return Said(contact, agent, _read_time(written, store))
    except (ValueError, OverflowError, OSError):
        return Said(contact, agent, trouble="time")


def _read_time(written: str, store: StoreSettings) -> datetime:
    if store.time == EPOCH:
        return datetime.fromtimestamp(float(written), UTC)
    found = datetime.strptime(written, store.time) if store.time else datetime.fromisoformat(written)  # noqa: DTZ007 - below
    return (found if found.tzinfo else found.replace(tzinfo=store.zone)).astimezone(UTC)
