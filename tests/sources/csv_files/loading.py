"""How do these tests load a file through the whole source?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from floorwalker.ingest.source import Flag, Mapped, Reject, Request, Site
from floorwalker.sources.csv_files import SOURCE

LONDON = Site("Main", "Europe/London", "GB")

CALLS = """
rows: contacts
columns:
  id: Id
  entered: Start
  agent: Agent
  outcome: {column: Status, values: {answered: answered, abandoned: abandoned}}
  talk: Talk
defaults: {channel: voice, direction: inbound}
"""


@dataclass(frozen=True)
class Loaded:
    """What all pages of a load became."""

    pages: tuple[Mapped, ...]

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The rows of one table."""
        parts = [page.rows[table] for page in self.pages if table in page.rows]
        return pa.concat_tables(parts).to_pylist(maps_as_pydicts="strict") if parts else []

    @property
    def contacts(self) -> list[dict[str, Any]]:
        return self.rows("contact")

    @property
    def read(self) -> int:
        return sum(page.read for page in self.pages)

    @property
    def used(self) -> int:
        return sum(page.used for page in self.pages)

    @property
    def ignored(self) -> dict[str, int]:
        return {reason: count for page in self.pages for reason, count in page.ignored.items()}

    @property
    def rejects(self) -> list[Reject]:
        return [reject for page in self.pages for reject in page.rejects]

    @property
    def reasons(self) -> list[tuple[int, str]]:
        return [(reject.line, reject.reason) for reject in self.rejects]

    @property
    def flags(self) -> list[Flag]:
        return [flag for page in self.pages for flag in page.flags]

    @property
    def notes(self) -> str:
        return "\n".join(note for page in self.pages for note in page.notes)


def request(paths: Sequence[Path], mapping: str, site: Site = LONDON) -> Request:
    """A load of these files."""

    def no_sql(query: str, **relations: pa.Table) -> pa.Table:
        raise AssertionError("csv_files asks no engine")

    return Request(tuple(paths), site, site.code, {}, no_sql, mapping=mapping, mapping_path="mapping.yaml")


def load(path: Path, mapping: str, site: Site = LONDON) -> Loaded:
    """Everything that the file becomes; every page must balance."""
    order = request([path], mapping, site)
    pages = tuple(SOURCE.map_page(page, order) for page in SOURCE.fetch(order))
    for page in pages:
        assert page.read == page.used + sum(page.ignored.values()) + len(page.rejects)
    return Loaded(pages)


def write(folder: Path, content: str | bytes, name: str = "calls.csv") -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
