"""What does a load of a further day take, without the time to invent it? Days made beforehand, handed in as they are.

The rows come from the simulated source, under another system's name, so that none of them is known yet; from there on
the load is the product's own. Its parts are timed from outside: the derived columns and the roll-ups.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from unittest.mock import patch

import pyarrow as pa

from bench.floor import SITE
from floorwalker.config import Config
from floorwalker.facts.derive import derive_repeats
from floorwalker.facts.lake import Lake
from floorwalker.facts.merge import Merge
from floorwalker.ingest import load as loading
from floorwalker.ingest import merging
from floorwalker.ingest.order import Order
from floorwalker.ingest.receipt import Receipt
from floorwalker.ingest.source import Mapped, Page, Request, Source
from floorwalker.jobs.rolling import roll_up_load
from floorwalker.sources.simulated.day import SiteDay
from floorwalker.sources.simulated.floor import build_floor
from floorwalker.sources.simulated.map import tables_of
from floorwalker.sources.simulated.names import divide_among_sites
from floorwalker.sources.simulated.parameters import Parameters

ORIGIN = "bench, further days"
SEED = 2
Rows = dict[str, pa.Table]


@dataclass(frozen=True)
class Loaded:
    """One load: its receipt, its whole time, and what the derived columns and the roll-ups took of it."""

    receipt: Receipt
    seconds: float
    derive_seconds: float
    rollup_seconds: float

    @property
    def rows(self) -> int:
        """Fact rows produced."""
        return sum(counts.produced for counts in self.receipt.facts.values())

    @property
    def own_seconds(self) -> float:
        """Without derived columns and roll-ups."""
        return self.seconds - self.derive_seconds - self.rollup_seconds


def make_days(agents: int, first: date, days: int) -> list[Rows]:
    """The rows of so many days as a source would hand them in, day by day; days on which nobody calls are left out."""
    parameters = Parameters(agents=agents, days=days, seed=SEED, start=first)
    by_day: dict[date, list[SiteDay]] = {}
    for day in build_floor(parameters).run():
        by_day.setdefault(day.on, []).append(day)
    found = [tables_of(of_sites) for _, of_sites in sorted(by_day.items())]
    return [rows for rows in found if rows["contact"].num_rows]


def load_rows(config: Config, rows: Rows, agents: int, *, rollups: bool) -> Loaded:
    """Load rows by the product's own load, into the lake of that home."""
    spent = {"derive": 0.0, "rollup": 0.0}
    timed_derive = _timed(derive_repeats, spent, "derive")
    timed_rollup: Callable[[Merge], None] = _timed(roll_up_load, spent, "rollup")
    order = Order("rows", (), SITE, ORIGIN, after_merge=timed_rollup if rollups else None)
    lake = Lake(config)
    with _handing_in(rows, agents), patch.object(merging, "derive_repeats", timed_derive):
        began = time.perf_counter()
        receipt = loading.load(order, config, lake, now=lambda: datetime.now(UTC))
        seconds = time.perf_counter() - began
    assert receipt is not None
    return Loaded(receipt, seconds, spent["derive"], spent["rollup"])


def _timed(work: Callable[..., Any], spent: dict[str, float], name: str) -> Callable[..., Any]:
    def timed(*given: Any, **named: Any) -> Any:
        began = time.perf_counter()
        try:
            return work(*given, **named)
        finally:
            spent[name] += time.perf_counter() - began

    return timed


@contextmanager
def _handing_in(rows: Rows, agents: int) -> Iterator[None]:
    """A source that has these rows ready."""

    def fetch(request: Request) -> Iterator[Page]:
        yield Page("rows", 1, rows)

    def map_page(page: Page, request: Request) -> Mapped:
        count = sum(table.num_rows for table in rows.values())
        return Mapped(read=count, used=count, rows=rows)

    sites = tuple(share.site for share in divide_among_sites(agents))
    source = Source("rows", "rows made beforehand", tuple(rows), fetch, map_page, sites=lambda request: sites)
    with patch.object(loading, "find_source", lambda name: source):
        yield
