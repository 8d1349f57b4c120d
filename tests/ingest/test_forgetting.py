"""Does forgetting a customer take her rows, and no others, whoever writes meanwhile?"""

from __future__ import annotations

import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from floorwalker.ingest import store as storing
from floorwalker.ingest.order import Order
from floorwalker.ingest.store import IntakeStore
from tests.installation import MAIN

ADD = "insert into reject values ('load', 'file', 1, 'reason', 'found', 'expected', 'mend', ?)"


def test_no_row_can_be_exchanged_between_finding_and_deleting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite gives the number of a deleted row to the next: what is found must still be there when it is deleted."""
    store = IntakeStore(tmp_path)
    store.begin("load", Order("source", (), MAIN, "origin"), datetime(2026, 1, 15, tzinfo=UTC))
    other = sqlite3.connect(tmp_path / "intake.sqlite3", timeout=0, isolation_level=None)
    other.execute(ADD, ["she: 01632960001"])
    refused = []

    def meanwhile(*given: object) -> object:
        found = original(*given)
        try:
            other.execute("delete from reject")
            other.execute(ADD, ["somebody else"])
        except sqlite3.OperationalError as error:
            refused.append(str(error))
        return found

    original = storing._mentioning
    monkeypatch.setattr(storing, "_mentioning", meanwhile)
    assert store.forget(re.compile("01632960001")) == 1
    assert refused == ["database is locked"]
    assert store.rejects() == []
    other.close()
