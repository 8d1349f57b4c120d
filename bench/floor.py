"""Whose figures are asked? A simulated centre, loaded once by the product's own load and kept for the next run.

A kept centre is used again when it is whole and of the same parameters; make a new one by deleting its folder.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bench.rounds import Say
from floorwalker.config import Config
from floorwalker.facts.lake import Lake
from floorwalker.facts.snapshot import Snapshot
from floorwalker.ingest.load import load
from floorwalker.ingest.order import Order
from floorwalker.ingest.source import Site
from floorwalker.jobs.rolling import roll_up_load

FIRST_DAY = date(2025, 1, 6)
SITE = Site("Cardiff", "Europe/London", "GB")
ORIGIN = "bench"
WHOLE = "whole.json"
# One load of a whole year is more than the usual limit allows; pages and later loads keep the usual one.
MEMORY_SHARE = 0.4


@dataclass(frozen=True)
class Floor:
    """One centre: its home, its size and its days (both included)."""

    config: Config
    agents: int
    days: int
    load_seconds: float
    rows: dict[str, int]

    @property
    def first_day(self) -> date:
        """The first day of the year."""
        return FIRST_DAY

    @property
    def last_day(self) -> date:
        """The last day of the year."""
        return FIRST_DAY + timedelta(days=self.days - 1)

    @property
    def quarter(self) -> tuple[date, date]:
        """The last ninety days."""
        return max(FIRST_DAY, self.last_day - timedelta(days=89)), self.last_day

    def snapshot(self) -> Snapshot:
        """The facts, through an engine of its own."""
        return Lake(self.config).snapshot()


def open_floor(folder: Path, agents: int, days: int, say: Say) -> Floor:
    """The centre of that size, made when it is not there yet."""
    home = folder / f"floor-{agents}-agents-{days}-days"
    config = Config.from_environment({"FLOORWALKER_HOME": str(home)})
    if not (home / WHOLE).exists():
        shutil.rmtree(home, ignore_errors=True)
        _make(replace(config, memory_limit_megabytes=much_memory()).prepare(), agents, days, say)
    known = json.loads((home / WHOLE).read_text())
    return Floor(config, agents, days, known["load_seconds"], known["rows"])


def much_memory() -> int:
    """What the engine may use for the one load of a whole centre, in megabytes."""
    return int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * MEMORY_SHARE / 2**20)


def _make(config: Config, agents: int, days: int, say: Say) -> None:
    settings = {"agents": str(agents), "days": str(days), "seed": "1", "start": FIRST_DAY.isoformat()}
    order = Order("simulated", (), SITE, ORIGIN, settings, after_merge=roll_up_load)
    lake = Lake(config)
    began = time.perf_counter()

    def progress(share: float, stage: str) -> None:
        say(f"making a centre of {agents} agents and {days} days: {stage} {share:.0%}")

    receipt = load(order, config, lake, now=lambda: datetime.now(UTC), progress=progress)
    assert receipt is not None
    rows = {name: counts.new for name, counts in receipt.facts.items()}
    known = {"load_seconds": time.perf_counter() - began, "rows": rows}
    (config.home / WHOLE).write_text(json.dumps(known))


@contextmanager
def copied(floor: Floor, folder: Path) -> Iterator[Config]:
    """A home of the same facts that may be loaded into, gone afterwards; files of facts never change, so they are linked."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(floor.config.home, folder, copy_function=_link_or_copy)
    try:
        yield Config.from_environment({"FLOORWALKER_HOME": str(folder)})
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _link_or_copy(source: str, target: str) -> str:
    if source.endswith(".parquet"):
        os.link(source, target)
        return target
    return shutil.copy2(source, target)
