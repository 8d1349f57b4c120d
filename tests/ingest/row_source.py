"""A source that hands in the rows a test gives it: for what is true of every source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pytest

from floorwalker.facts.tables import TABLES
from floorwalker.ingest import load as loading
from floorwalker.ingest.receipt import Receipt
from floorwalker.ingest.source import Mapped, Page, Request, Site, Source
from tests.installation import MAIN, Installation

Rows = dict[str, list[dict[str, Any]]]


def source_of(pages: Sequence[Rows], sites: tuple[Site, ...] = ()) -> Source:
    """A source whose pages are these rows."""

    def fetch(request: Request) -> Iterator[Page]:
        for number, rows in enumerate(pages):
            yield Page("rows", number + 1, rows)

    def map_page(page: Page, request: Request) -> Mapped:
        tables = {
            name: pa.Table.from_pylist(
                rows, schema=pa.schema([TABLES[name].named_schema.field(c) for c in _columns(name, rows)])
            )
            for name, rows in page.records.items()
        }
        count = sum(len(rows) for rows in page.records.values())
        return Mapped(read=count, used=count, rows=tables)

    return Source("rows", "rows of a test", tuple(TABLES), fetch, map_page, sites=lambda request: sites)


def _columns(name: str, rows: list[dict[str, Any]]) -> list[str]:
    used = {column for row in rows for column in row}
    return [column for column in TABLES[name].named_schema.names if column in used]


def load_rows(
    monkeypatch: pytest.MonkeyPatch, home: Installation, *pages: Rows, site: Site = MAIN, sites: tuple[Site, ...] = ()
) -> Receipt:
    """Load rows as if a source had read them."""
    monkeypatch.setattr(loading, "find_source", lambda name: source_of(pages, sites))
    return home.load("rows", site=site)
