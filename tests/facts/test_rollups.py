"""Are days rolled up in one pass and in one commit, and months in the order of their cells?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from floorwalker.facts.current import Current
from floorwalker.facts.rollups import PART, rebuild
from floorwalker.facts.snapshot import Snapshot
from floorwalker.facts.tables import CONTACT, Table
from tests.ingest.row_source import load_rows
from tests.ingest.test_rows import START, contact
from tests.installation import Installation, new_installation


@dataclass
class Counted:
    """How many contacts a queue had on a day."""

    key: str = "rollup_counted"
    table: Table = CONTACT
    cells: tuple[str, ...] = ("queue_key", "local_day")
    asked: list[tuple[date, date]] = field(default_factory=list)

    def select(self, facts: Snapshot, first: date, last: date, /) -> str:
        self.asked.append((first, last))
        rows = facts.relation(CONTACT.name, first, last)
        return f"select queue_key, local_day, count(*) as n from {rows} as t group by all"


DAYS = [START.date() + timedelta(days=n) for n in range(60)]


@pytest.fixture
def home(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Installation:
    home = new_installation(tmp_path / "home")
    rows = [contact(n, START + timedelta(days=n % 60), queue=f"queue {n % 7}") for n in range(840)]
    load_rows(monkeypatch, home, {"contact": rows})
    return home


@dataclass
class Kept:
    """A roll-up beside the facts, as a load keeps it until it commits."""

    home: Installation
    counted: Counted
    current: Current

    def renew(self, days: Collection[date]) -> Snapshot:
        self.counted.asked.clear()
        self.current = rebuild(self.home.lake, self.counted, days, self.current)
        return Snapshot(self.home.lake, self.current)


@pytest.fixture
def kept(home: Installation) -> Kept:
    return Kept(home, Counted(), home.snapshot.current)


def figures(snapshot: Snapshot, key: str) -> list[dict[str, Any]]:
    files = snapshot.files_relation(snapshot.day_files(key))
    return snapshot.sql(f"select local_day, sum(n)::int as n from {files} group by 1 order by 1").to_pylist()


def test_days_apart_are_rolled_up_in_one_pass(kept: Kept) -> None:
    counted = kept.counted
    some = [DAYS[1], DAYS[2], DAYS[40], DAYS[58], DAYS[59]]
    snapshot = kept.renew(some)
    assert counted.asked == [(DAYS[1], DAYS[59])]
    assert figures(snapshot, counted.key) == [{"local_day": day, "n": 14} for day in some]
    again = kept.renew(some[2:])
    assert again.current.tables[counted.key] == snapshot.current.tables[counted.key] + 1
    assert figures(again, counted.key) == figures(snapshot, counted.key)


def test_a_month_that_is_over_becomes_one_sorted_file(kept: Kept) -> None:
    counted = kept.counted
    kept.renew(DAYS[:2])
    snapshot = kept.renew(DAYS)
    assert figures(snapshot, counted.key) == [{"local_day": day, "n": 14} for day in DAYS]
    months = [file for file in snapshot.day_files(counted.key) if len(file.partition) == len("2026-03")]
    assert [file.partition for file in months] == ["2026-03"]
    rows = snapshot.sql(f"select queue_key, local_day from {snapshot.files_relation(months)}").to_pylist()
    assert rows == sorted(rows, key=lambda row: (row["queue_key"], row["local_day"]))
    assert all(PART in path.path for path in months)
