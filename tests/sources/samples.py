"""What does a source make of one of its samples, written the way `expected.json` writes it?

`python -m tests.sources.samples FOLDER` prints it, to be read against the input before it is saved.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from floorwalker.facts.engine import Engine
from floorwalker.ingest.source import Mapped, Request, Site, Source
from tests.shared_data import ROOT

SOURCES = ROOT / "floorwalker" / "sources"
NOT_INPUT = {"settings.json", "expected.json"}
MAIN = {"code": "Main", "timezone": "Europe/London", "country": "GB"}


@dataclass(frozen=True)
class Case:
    """One folder of samples: its source, and what the load is told."""

    source: str
    folder: Path

    @property
    def settings(self) -> dict[str, Any]:
        """What settings.json says, or nothing."""
        path = self.folder / "settings.json"
        read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return read

    @property
    def expected(self) -> dict[str, Any]:
        """The rows that the input must become."""
        read: dict[str, Any] = json.loads((self.folder / "expected.json").read_text(encoding="utf-8"))
        return read

    @property
    def inputs(self) -> tuple[Path, ...]:
        """The input files, by name."""
        aside = NOT_INPUT | {self.settings.get("mapping", "")}
        return tuple(path for path in sorted(self.folder.iterdir()) if path.name not in aside)


def source_names() -> list[str]:
    """Every folder that is a source."""
    return sorted(path.parent.name for path in SOURCES.glob("*/__init__.py"))


def cases() -> list[Case]:
    """Every case of every source."""
    return [
        Case(name, folder)
        for name in source_names()
        for folder in sorted((SOURCES / name / "samples").glob("*/"))
        if folder.name != "__pycache__"
    ]


def load_source(name: str) -> Source:
    """The SOURCE of one folder."""
    source: Source = importlib.import_module(f"floorwalker.sources.{name}").SOURCE
    return source


def request_of(case: Case, source: Source, engine: Engine) -> Request:
    """The load that the case describes."""
    told = case.settings
    site = Site(**{**MAIN, **told.get("site", {})})
    mapping = told.get("mapping")
    return Request(
        paths=case.inputs,
        site=site,
        origin=told.get("origin", site.code),
        settings=source.settle(told.get("settings", {})),
        sql=engine.sql,
        mapping=(case.folder / mapping).read_text(encoding="utf-8") if mapping else None,
        mapping_path=mapping,
    )


def read_case(case: Case) -> list[Mapped]:
    """What every page of the case became, in order."""
    source = load_source(case.source)
    engine = Engine(memory_megabytes=200, threads=1)
    try:
        request = request_of(case, source, engine)
        return [source.map_page(page, request) for page in source.fetch(request)]
    finally:
        engine.close()


def as_expected(pages: list[Mapped]) -> dict[str, Any]:
    """The receipt and the rows of all pages, as expected.json writes them."""
    ignored: Counter[str] = Counter()
    for page in pages:
        ignored.update(page.ignored)
    receipt = {
        "read": sum(page.read for page in pages),
        "used": sum(page.used for page in pages),
        "ignored": dict(sorted(ignored.items())),
        "rejected": dict(sorted(Counter(reject.reason for page in pages for reject in page.rejects).items())),
        "flags": dict(sorted(Counter(flag.code for page in pages for flag in page.flags).items())),
    }
    rows: dict[str, Any] = {"receipt": receipt}
    for page in pages:
        for table, arrow in page.rows.items():
            rows.setdefault(table, []).extend(plain_rows(arrow))
    return rows


def plain_rows(table: pa.Table) -> list[dict[str, Any]]:
    """The rows with only their non-null columns, as JSON writes values."""
    return [
        {name: plain(value) for name, value in row.items() if value is not None and value != []}
        for row in table.to_pylist(maps_as_pydicts="strict")
    ]


def plain(value: Any) -> Any:
    """One value as JSON writes it; durations to the microsecond."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, float):
        return round(value, 6)
    return value


def main(folder: str) -> None:
    """Print what the source makes of the case."""
    path = Path(folder).resolve()
    print(json.dumps(as_expected(read_case(Case(path.parents[1].name, path))), indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1])
