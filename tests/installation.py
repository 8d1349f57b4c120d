"""How do tests set up an installation of their own and load files into it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from floorwalker.config import Config
from floorwalker.facts.lake import Lake
from floorwalker.facts.snapshot import Snapshot
from floorwalker.ingest.load import load
from floorwalker.ingest.order import Order
from floorwalker.ingest.receipt import Receipt
from floorwalker.ingest.source import Site
from floorwalker.ingest.store import IntakeStore

NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)
MAIN = Site("Main", "UTC", "GB")


@dataclass(frozen=True)
class Installation:
    """One home with its lake, without names or pages."""

    config: Config
    lake: Lake

    @property
    def snapshot(self) -> Snapshot:
        """The facts as committed last."""
        return self.lake.snapshot()

    @property
    def store(self) -> IntakeStore:
        """The memory of loads."""
        return IntakeStore(self.config.intake)

    def load(self, source: str, *paths: Path, site: Site = MAIN, at: datetime = NOON, **order: Any) -> Receipt:
        """Load files at that instant and check both balances of the receipt."""
        receipt = load(Order(source, paths, site, site.code, **order), self.config, self.lake, now=lambda: at)
        assert receipt is not None
        check_balances(receipt)
        return receipt

    def rows(self, table: str, columns: str = "*", where: str = "true") -> list[dict[str, Any]]:
        """Rows of a table in a stable order, without what only tells which load wrote them."""
        query = f"select {columns} from {self.snapshot.relation(table)} as t where {where} order by all"
        dropped = {"load_id", "line"}
        return [{k: v for k, v in row.items() if k not in dropped} for row in self.snapshot.sql(query).to_pylist()]


def new_installation(folder: Path, **settings: str) -> Installation:
    """An empty home in that folder."""
    environment: Mapping[str, str] = {"FLOORWALKER_HOME": str(folder), **settings}
    config = Config.from_environment(environment).prepare()
    return Installation(config, Lake(config))


def check_balances(receipt: Receipt) -> None:
    """read = used + ignored + rejected, and produced = new + changed + unchanged for every table."""
    assert receipt.records.balanced, receipt
    for name, counts in receipt.facts.items():
        assert counts.produced == counts.new + counts.changed + counts.unchanged, (name, counts)
