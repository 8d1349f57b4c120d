"""What does one page of a file become? Pure: rows and a mapping in, named rows, rejects, flags and counts out."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from floorwalker.ingest.source import Mapped, Page, Reject, Request
from floorwalker.sources.csv_files.contacts import contact_rows
from floorwalker.sources.csv_files.evaluations import evaluation_rows
from floorwalker.sources.csv_files.fields import RowKind
from floorwalker.sources.csv_files.mapping import FileMapping
from floorwalker.sources.csv_files.mapping_text import parse_mapping
from floorwalker.sources.csv_files.page import PageReader
from floorwalker.sources.csv_files.rows import Rows
from floorwalker.sources.csv_files.states import state_rows
from floorwalker.sources.csv_files.surveys import NO_ANSWER, survey_rows
from floorwalker.sources.csv_files.text import Broken


def map_page(page: Page, request: Request) -> Mapped:
    """Named rows of `contact`, `segment` and `survey`, or of one of `survey`, `evaluation`, `state_interval`, as the mapping says."""
    rows: Rows = page.records
    mapping = _parsed(request.mapping or "", request.mapping_path or "mapping")
    reader = PageReader(rows, mapping, mapping.timezone or request.site.timezone)
    ignored = Counter(rows.ignored)
    if mapping.rows is RowKind.CONTACTS:
        tables, used = contact_rows(reader)
    elif mapping.rows is RowKind.SURVEYS:
        tables, used, empty = survey_rows(reader)
        ignored.update({NO_ANSWER: int(empty.sum())} if empty.any() else {})
    elif mapping.rows is RowKind.EVALUATIONS:
        tables, used = evaluation_rows(reader)
    else:
        tables, used = state_rows(reader, request.site.zone)
    rejects = (*map(_as_reject, rows.broken), *reader.problems.rejects)
    return Mapped(
        read=reader.count + len(rows.broken) + rows_ignored(rows),
        used=int(used.sum()),
        rows={name: table for name, table in tables.items() if table.num_rows},
        rejects=tuple(sorted(rejects, key=lambda reject: reject.line)),
        flags=tuple(reader.problems.flags),
        ignored=dict(ignored),
        notes=rows.notes,
    )


def rows_ignored(rows: Rows) -> int:
    """Records of a page that carry nothing: blank lines and repeated headings."""
    return sum(rows.ignored.values())


@lru_cache(maxsize=8)
def _parsed(text: str, name: str) -> FileMapping:
    return parse_mapping(text, name)


def _as_reject(broken: Broken) -> Reject:
    return Reject(
        broken.line,
        broken.reason,
        broken.begins,
        broken.expected,
        "correct the line, or export the file again",
        broken.begins,
    )
