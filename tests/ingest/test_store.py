"""Does the memory of `ingest` tell what was loaded, what waits for repair, and how it can be read again?"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from floorwalker.errors import FloorwalkerError, Refused
from floorwalker.ingest.again import order_again, why_not_again
from floorwalker.ingest.load import load
from floorwalker.ingest.order import Order
from floorwalker.ingest.remembered import DIED, Where
from floorwalker.ingest.store import IntakeStore
from tests.installation import MAIN, NOON, Installation, check_balances, new_installation

GOOD = "1700000000|1699999999.1|sales|NONE|ENTERQUEUE||01632960123|1\n"
BAD = "1700000005|cut off\n"
OLD_SCHEMA = """
create table load (
  id text primary key, source text not null, origin text not null, site text not null, state text not null,
  started_at text not null, ended_at text, receipt text
) strict;
insert into load values ('old', 'asterisk_queue_log', 'Main', 'Main', 'running', '2025-01-01T00:00:00+00:00', null, null);
"""


@pytest.fixture
def home(tmp_path: Path) -> Installation:
    return new_installation(tmp_path / "home")


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_an_older_file_comes_to_have_what_is_new(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "intake.sqlite3") as connection:
        connection.executescript(OLD_SCHEMA)
    connection.close()
    for _ in range(2):
        (row,) = IntakeStore(tmp_path).loads()
    assert row.asked is None and row.paths == () and not row.follows
    assert row.state == DIED, "nothing shows that it lives"
    refused = why_not_again(row)
    assert refused is not None and "earlier version" in refused.what


def test_a_load_lives_as_long_as_its_lock(home: Installation) -> None:
    store = home.store
    with store.under_way("one"):
        store.begin("one", Order("rows", (), MAIN, "Main"), NOON)
        store.note_progress("one", 0.25, "reading")
        (row,) = store.loads()
        assert (row.state, row.share, row.stage) == ("running", 0.25, "reading")
    assert store.loads()[0].state == DIED


def test_rows_wait_until_their_files_are_read_again(home: Installation, tmp_path: Path) -> None:
    log = write(tmp_path / "queue_log", GOOD + BAD + BAD.replace("5|", "6|"))
    first = home.load("asterisk_queue_log", log)
    (repair,) = home.store.repairs(Where())
    assert (repair.reason, repair.rows, repair.files) == ("too few fields", 2, 1)
    assert [row["line"] for row in home.store.rejected(Where(reason="too few fields"))] == [2, 3]
    assert [row["line"] for row in home.store.examples(Where(reason="too few fields"), 1)] == [3]
    write(log, GOOD + BAD)
    second = home.load("asterisk_queue_log", tmp_path / "home" / ".." / "queue_log")
    assert home.store.count_rejects(Where()) == 1
    assert home.store.count_rejects(Where(load=first.load_id)) == 2, "what a load rejected is history"
    settled = home.store.find_load(first.load_id)
    assert settled is not None and settled.settled_by == second.load_id


def test_a_load_is_asked_for_again_with_the_present_mapping(home: Installation, tmp_path: Path) -> None:
    calls = write(tmp_path / "calls.csv", "Id,Start,Status\n1,2026-01-05 09:00,Taken\n2,2026-01-05 09:01,Lost\n")
    text = "columns:\n  id: Id\n  entered: Start\n  outcome: {column: Status, values: {Taken: answered}}\n"
    mapping = write(tmp_path / "calls.yaml", text + "defaults: {channel: voice}\n")
    order = {"mapping": mapping.read_text(), "mapping_path": str(mapping)}
    first = home.load("csv_files", calls, **order)
    assert first.records.rejected.total() == 1
    write(mapping, mapping.read_text().replace("Taken: answered", "Taken: answered, Lost: abandoned"))
    row = home.store.find_load(first.load_id)
    assert row is not None
    receipt = load(order_again(row), home.config, home.lake, now=lambda: NOON)
    assert receipt is not None
    check_balances(receipt)
    assert receipt.records.rejected.total() == 0 and receipt.facts["contact"].new == 1
    assert home.store.count_rejects(Where()) == 0
    assert [again.id for again in home.store.loads_again(first.load_id)] == [receipt.load_id]


def test_where_the_files_are_gone_it_says_so(home: Installation, tmp_path: Path) -> None:
    log = write(tmp_path / "queue_log", GOOD + BAD)
    receipt = home.load("asterisk_queue_log", log)
    log.unlink()
    row = home.store.find_load(receipt.load_id)
    assert row is not None
    with pytest.raises(Refused, match="gone") as refused:
        order_again(row)
    assert str(log) in str(refused.value.found)


def test_a_followed_log_is_found_after_its_rotation(home: Installation, tmp_path: Path) -> None:
    log = write(tmp_path / "queue_log", GOOD + BAD)
    receipt = home.load("asterisk_queue_log", log, follow=True)
    row = home.store.find_load(receipt.load_id)
    assert row is not None and row.follows
    rotated = log.rename(tmp_path / "queue_log.1")
    write(log, GOOD.replace("1700000000", "1700000100"))
    assert order_again(row).paths == (rotated,)
    rotated.unlink()
    assert why_not_again(row) is not None


def test_a_load_that_fails_keeps_why_and_not_what_was_found(home: Installation, tmp_path: Path) -> None:
    wrong = write(tmp_path / "calls.csv", "Id,Start\n1,01632 960123\n")
    mapping = "columns: {id: Id, entered: Nowhere}\ndefaults: {channel: voice}\n"
    with pytest.raises(FloorwalkerError):
        home.load("csv_files", wrong, mapping=mapping)
    for row in home.store.loads():
        assert row.state == "failed" and row.problem and "960123" not in row.problem


def test_the_latest_loads_of_each_source(home: Installation, tmp_path: Path) -> None:
    log = write(tmp_path / "queue_log", GOOD)
    for _ in range(3):
        home.load("asterisk_queue_log", log)
    (found,) = home.store.latest_by_source(2).items()
    assert found[0] == ("asterisk_queue_log", "Main") and len(found[1]) == 2
    assert home.store.count_loads() == 3 and len(home.store.loads(limit=2, offset=2)) == 1
