"""Can a lake that an older program wrote be read and written, and is one that a newer wrote refused?"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from deltalake import DeltaTable, Field, write_deltalake

from floorwalker.errors import LakeError
from floorwalker.facts.current import FORMAT, commit_current
from floorwalker.facts.erasure import erase
from floorwalker.facts.lake import Lake
from floorwalker.facts.upgrade import derive_again
from floorwalker.facts.upkeep import compact, verify
from floorwalker.facts.writing import add_columns
from tests.ingest.row_source import load_rows
from tests.ingest.test_rows import START, contact
from tests.installation import Installation, new_installation

NEW_GIVEN, NEW_DERIVED = "disposition", "first_handled_in_chain"
WHO = {"customer": "+441632960001", "reason": "bill"}


def chain(first: int, day: int) -> list[dict[str, Any]]:
    """A call that flows out of its first queue and is handled in the next."""
    at = START + timedelta(days=day)
    return [
        contact(first, at, chain_id=f"c{day}", handled=False, **WHO),
        contact(first + 1, at + timedelta(minutes=3), chain_id=f"c{day}", handled=True, **WHO),
    ]


def quiet(share: float, stage: str) -> None:
    pass


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installation:
    """A lake of a program that did not know two columns of contacts, with a correction and two loads."""
    home = new_installation(tmp_path / "home")
    load_rows(monkeypatch, home, {"contact": chain(1, 0)})
    load_rows(monkeypatch, home, {"contact": [*chain(3, 60), contact(1, chain_id="c0", wait_seconds=7.0, **WHO)]})
    for name in ("contact", "contact_superseded"):
        write_without(home, name, (NEW_GIVEN, NEW_DERIVED))
    return replace(home, lake=Lake(home.config))


def write_without(home: Installation, name: str, columns: tuple[str, ...]) -> None:
    rows = home.snapshot.sql(f"from {home.snapshot.relation(name)}").drop_columns(list(columns))
    write_deltalake(
        home.lake.table_path(name), rows, partition_by=["local_day"], mode="overwrite", schema_mode="overwrite"
    )
    version = DeltaTable(home.lake.table_path(name)).version()
    commit_current(home.lake.path, home.snapshot.current.with_table(name, version))


def of_contacts(home: Installation, columns: str = f"{NEW_GIVEN}, {NEW_DERIVED}") -> list[tuple[Any, ...]]:
    relation = home.snapshot.relation("contact")
    rows = home.snapshot.sql(f"select {columns} from {relation} as t order by entered_at").to_pylist()
    return [tuple(row.values()) for row in rows]


def test_readers_see_columns_that_are_not_there_yet_as_null(old: Installation) -> None:
    before = old.snapshot.current
    assert of_contacts(old) == [(None, None)] * 4
    assert len(old.rows("contact_superseded", NEW_DERIVED)) == 1
    assert verify(old.lake, quiet) == []
    assert old.snapshot.current == before


def test_the_next_load_adds_the_columns(old: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    load_rows(monkeypatch, old, {"contact": [contact(5, START + timedelta(days=61), disposition="sold", **WHO)]})
    assert of_contacts(old, NEW_GIVEN) == [(None,)] * 4 + [("sold",)]
    # The customer came again: what is derived of her contacts within reach is derived anew.
    assert of_contacts(old, NEW_DERIVED) == [(None,), (None,), (False,), (True,), (None,)]
    load_rows(monkeypatch, old, {"contact": [contact(3, START + timedelta(days=60), chain_id="c60", **WHO)]})
    assert len(old.rows("contact_superseded")) == 2
    assert verify(old.lake, quiet) == []


def test_compaction_derives_what_is_new_for_all(old: Installation) -> None:
    loads = of_contacts(old, "load_id")
    compact(old.lake, quiet)
    assert of_contacts(old, NEW_DERIVED) == [(False,), (True,)] * 2
    assert of_contacts(old, "load_id") == loads
    assert len(old.rows("contact_superseded")) == 1
    before = old.snapshot.current.tables["contact"]
    derive_again(old.lake, quiet)
    assert old.snapshot.current.tables["contact"] == before


def test_a_killed_load_leaves_the_older_columns(old: Installation) -> None:
    """What it added was never committed: the next writer begins from what was."""
    with old.lake.writing():
        add_columns(old.lake, "contact", old.snapshot.current)
    assert of_contacts(old) == [(None, None)] * 4
    compact(old.lake, quiet)
    assert of_contacts(old, NEW_DERIVED) == [(False,), (True,)] * 2


def test_a_customer_in_an_older_lake_can_be_erased(old: Installation) -> None:
    keys = {row["customer_key"] for row in old.rows("contact", "customer_key")}
    assert erase(old.lake, keys, lambda lake, touched, current: current)["contact"] == 4
    assert of_contacts(old, "customer_key") == [(None,)] * 4


def test_a_lake_of_a_newer_format_is_refused(old: Installation) -> None:
    path = old.lake.path / "current.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": FORMAT + 1}))
    with pytest.raises(LakeError, match="written by a newer floorwalker"):
        old.lake.snapshot()


def test_a_table_with_columns_that_nobody_here_knows_is_refused(old: Installation) -> None:
    table = DeltaTable(old.lake.table_path("contact"))
    table.alter.add_columns([Field("mood", "string")])
    version = DeltaTable(old.lake.table_path("contact")).version()
    commit_current(old.lake.path, old.snapshot.current.with_table("contact", version))
    with pytest.raises(LakeError, match=r"written by a newer floorwalker(?s:.*)mood"):
        old.snapshot.relation("contact")
