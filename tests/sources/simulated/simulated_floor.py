"""What happened on a floor of these parameters, as tables to count in?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa

from floorwalker.facts.engine import Engine
from floorwalker.ingest.source import Mapped, Request, Site
from floorwalker.sources.simulated import SOURCE
from floorwalker.sources.simulated.fetch import fetch
from floorwalker.sources.simulated.floor import build_floor
from floorwalker.sources.simulated.map import map_page, tables_of
from floorwalker.sources.simulated.parameters import Parameters, read_parameters

ORDER = Site("Main", "Europe/London", "GB")


@dataclass(frozen=True)
class Ran:
    """A floor that has run: its tables by name, and its truth."""

    parameters: Parameters
    tables: dict[str, pa.Table]
    truth: dict[str, Any]

    def frame(self, name: str) -> pd.DataFrame:
        """One table for counting in."""
        return self.tables[name].to_pandas()

    def planted(self, kind: str) -> list[dict[str, Any]]:
        """The planted truths of one kind."""
        return [one for one in self.truth["planted"] if one["kind"] == kind]


def ask_for(**settings: str) -> Request:
    """A load of a simulated floor."""
    engine = Engine(memory_megabytes=100, threads=1)
    return Request(paths=(), site=ORDER, origin="Main", settings=SOURCE.settle(settings), sql=engine.sql)


def load_pages(**settings: str) -> list[Mapped]:
    """Every page of a load, mapped."""
    request = ask_for(**settings)
    return [map_page(page, request) for page in fetch(request)]


def join_pages(pages: list[Mapped]) -> dict[str, pa.Table]:
    """The tables of all pages."""
    return {name: pa.concat_tables(page.rows[name] for page in pages) for name in SOURCE.tables}


def run_floor(**settings: str) -> Ran:
    """Let a floor happen."""
    parameters = read_parameters(SOURCE.settle(settings))
    floor = build_floor(parameters)
    return Ran(parameters, tables_of(list(floor.run())), floor.truth())
