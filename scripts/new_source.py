"""How does a new source begin? As a folder that already keeps the contract, to be changed to the new format: docs/add-a-source.md."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[1] / "floorwalker" / "sources"

INIT = '''\
"""What can be read from {title}?"""

from __future__ import annotations

from floorwalker.ingest.source import Source
from floorwalker.sources.{name}.fetch import fetch, size
from floorwalker.sources.{name}.map import map_page

SOURCE = Source(
    name="{name}",
    title="{title}",
    tables=("contact", "segment"),
    fetch=fetch,
    map_page=map_page,
    size=size,
)
'''

FETCH = '''\
"""How are the lines of {title} read, in pages of bounded size? Nothing else is opened here."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from floorwalker.errors import SourceError
from floorwalker.ingest.source import Page, Request

LINES_PER_PAGE = 50_000


def fetch(request: Request) -> Iterator[Page]:
    """The lines of every file, in order."""
    for path in request.paths:
        try:
            with path.open(encoding="utf-8", errors="replace") as file:
                first = 1
                while lines := [line.rstrip("\\r\\n") for line in islice(file, LINES_PER_PAGE)]:
                    yield Page(path.name, first, lines, size=sum(len(line) + 1 for line in lines))
                    first += len(lines)
        except OSError as error:
            raise SourceError(
                "the file cannot be read",
                where=str(path),
                found=error.strerror or str(error),
                expected="a file that this user may read",
            ) from error


def size(request: Request) -> int:
    """Bytes to read, for the progress bar."""
    return sum(path.stat().st_size for path in request.paths if path.exists())
'''

MAP = '''\
"""What does one line of {title} become? Pure: `id;queue;entered;answered;ended;agent`, local times, empty where unknown."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from floorwalker.facts.tables import TABLES
from floorwalker.ingest.source import Mapped, Page, Reject, Request, Site

COLUMNS = "id;queue;entered;answered;ended;agent"

Row = dict[str, Any]


def map_page(page: Page, request: Request) -> Mapped:
    """The rows of one page; every line is used, ignored or rejected."""
    contacts: list[Row] = []
    segments: list[Row] = []
    rejects: list[Reject] = []
    blank = heading = 0
    for number, line in enumerate(page.records, start=page.first_line):
        if not line.strip():
            blank += 1
        elif line == COLUMNS:
            heading += 1
        else:
            try:
                contact, segment = _rows(line, request.site)
            except ValueError as error:
                rejects.append(_reject(number, line, error))
            else:
                contacts.append(contact)
                segments += segment
    return Mapped(
        read=len(page.records),
        used=len(contacts),
        rows={{"contact": _table("contact", contacts), "segment": _table("segment", segments)}},
        rejects=tuple(rejects),
        ignored={{name: count for name, count in (("blank line", blank), ("heading", heading)) if count}},
    )


def _rows(line: str, site: Site) -> tuple[Row, list[Row]]:
    native_id, queue, *times, agent = line.split(";")
    entered, answered, ended = (_instant(text, site) for text in times)
    if not native_id or entered is None:
        raise ValueError("no id or no time of entry")
    left = answered or ended
    shared = {{"site": site.code, "queue": queue, "channel": "voice", "direction": "inbound", "entered_at": entered}}
    contact = {{
        **shared,
        "contact_id": native_id,
        "first_in_chain": True,
        "answered_at": answered,
        "ended_at": ended,
        "wait_seconds": (left - entered).total_seconds() if left else None,
        "outcome": "answered" if answered else "abandoned" if ended else None,
        "answered_by": agent if answered else None,
        "handled": bool(answered and ended),
    }}
    if not (answered and agent):
        return contact, []
    segment = {{
        **shared,
        "segment_id": native_id,
        "contact_id": native_id,
        "agent": agent,
        "answered_at": answered,
        "ended_at": ended,
        "talk_seconds": (ended - answered).total_seconds() if ended else None,
        "handled": ended is not None,
    }}
    return contact, [segment]


def _instant(text: str, site: Site) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=site.zone).astimezone(UTC) if text else None


def _reject(number: int, line: str, error: ValueError) -> Reject:
    return Reject(number, "not a call", str(error), COLUMNS, "compare the line with the format in the README", line)


def _table(name: str, rows: list[Row]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=TABLES[name].named_schema)
'''

README = """\
# {title}

One call a line, `id;queue;entered;answered;ended;agent`, with the site's local times.
Say here what your system writes, and where to find it.

## Rights it needs

Reading the file. Nothing is changed.

## Known gaps

The hour that the clocks repeat in autumn is taken as the first; hold and wrap-up are not in this format, so both stay empty.
"""

CALLS = """\
id;queue;entered;answered;ended;agent
17;sales;2026-03-02T09:00:00;2026-03-02T09:00:12;2026-03-02T09:03:12;Wren Tallow
18;sales;2026-03-02T09:01:00;;2026-03-02T09:02:00;

19;sales;some time;;;
"""

SHARED = {"queue": "sales", "channel": "voice", "direction": "inbound", "site": "Main"}
EXPECTED = {
    "receipt": {
        "read": 5,
        "used": 2,
        "ignored": {"blank line": 1, "heading": 1},
        "rejected": {"not a call": 1},
        "flags": {},
    },
    "contact": [
        {
            "contact_id": "17",
            "first_in_chain": True,
            "entered_at": "2026-03-02T09:00:00+00:00",
            "answered_at": "2026-03-02T09:00:12+00:00",
            "ended_at": "2026-03-02T09:03:12+00:00",
            "wait_seconds": 12.0,
            "outcome": "answered",
            "answered_by": "Wren Tallow",
            "handled": True,
            **SHARED,
        },
        {
            "contact_id": "18",
            "first_in_chain": True,
            "entered_at": "2026-03-02T09:01:00+00:00",
            "ended_at": "2026-03-02T09:02:00+00:00",
            "wait_seconds": 60.0,
            "outcome": "abandoned",
            "handled": False,
            **SHARED,
        },
    ],
    "segment": [
        {
            "segment_id": "17",
            "contact_id": "17",
            "agent": "Wren Tallow",
            "entered_at": "2026-03-02T09:00:00+00:00",
            "answered_at": "2026-03-02T09:00:12+00:00",
            "ended_at": "2026-03-02T09:03:12+00:00",
            "talk_seconds": 180.0,
            "handled": True,
            **SHARED,
        }
    ],
}


def main(name: str) -> None:
    """Write the folder, unless there is one."""
    if not re.fullmatch(r"[a-z][a-z0-9_]+", name):
        sys.exit(f"new-source: found {name!r}, expected a name such as my_pbx: make new-source NAME=my_pbx")
    folder = SOURCES / name
    if folder.exists():
        sys.exit(f"new-source: floorwalker/sources/{name} is there already")
    case = folder / "samples" / "three_calls"
    case.mkdir(parents=True)
    title = name.replace("_", " ").capitalize()
    for file, text in {"__init__.py": INIT, "fetch.py": FETCH, "map.py": MAP, "README.md": README}.items():
        (folder / file).write_text(text.format(name=name, title=title), encoding="utf-8")
    (case / "calls.txt").write_text(CALLS, encoding="utf-8")
    (case / "expected.json").write_text(json.dumps(EXPECTED, indent=1) + "\n", encoding="utf-8")
    print(
        f"floorwalker/sources/{name}: it reads an invented format; change it to yours (docs/add-a-source.md), then make docs, make test"
    )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
