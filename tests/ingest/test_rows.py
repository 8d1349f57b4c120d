"""What is true of rows from every source: days, corrections, customers, repeats and names?"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from floorwalker.errors import ConfigError, SourceError
from floorwalker.facts.upkeep import compact, verify
from floorwalker.ingest.source import Site
from tests.ingest.row_source import load_rows
from tests.installation import NOON, Installation, new_installation

LONDON = Site("London", "Europe/London", "GB")
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Installation:
    return new_installation(tmp_path / "home")


def contact(number: int | str, at: datetime = START, **more: Any) -> dict[str, Any]:
    row = {
        "contact_id": str(number),
        "entered_at": at,
        "channel": "voice",
        "direction": "inbound",
        "outcome": "answered",
    }
    return {**row, **more}


def quiet(share: float, stage: str) -> None:
    pass


def test_the_site_decides_the_day(monkeypatch: pytest.MonkeyPatch, home: Installation) -> None:
    toronto = Site("Toronto", "America/Toronto", "CA")
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    rows = [contact(1, late, site="London"), contact(2, late, site="Toronto")]
    load_rows(monkeypatch, home, {"contact": rows}, site=LONDON, sites=(toronto,))
    found = home.rows("contact", "local_day, local_minute")
    assert found == [
        {"local_day": date(2026, 7, 1), "local_minute": 19 * 60 + 30},
        {"local_day": date(2026, 7, 2), "local_minute": 30},
    ]


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)])
def test_days_of_23_and_25_hours(monkeypatch: pytest.MonkeyPatch, home: Installation, day: date, hours: int) -> None:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    rows = [contact(n, noon + timedelta(minutes=30 * n)) for n in range(-60, 60)]
    load_rows(monkeypatch, home, {"contact": rows}, site=LONDON)
    found = home.rows("contact", "count(*) as n", f"local_day = '{day}'")
    assert found == [{"n": 2 * hours}]


def test_a_correction_keeps_what_it_replaces(monkeypatch: pytest.MonkeyPatch, home: Installation) -> None:
    load_rows(monkeypatch, home, {"contact": [contact(1, wait_seconds=5.0), contact(2)]})
    receipt = load_rows(monkeypatch, home, {"contact": [contact(1, wait_seconds=7.0), contact(2)]})
    counts = receipt.facts["contact"]
    assert (counts.new, counts.changed, counts.unchanged) == (0, 1, 1)
    assert [row["wait_seconds"] for row in home.rows("contact", "wait_seconds", "wait_seconds is not null")] == [7.0]
    table = home.snapshot.relation("contact_superseded")
    old = home.snapshot.sql(
        f"select wait_seconds, load_id, superseded_by, known_from, known_to from {table}"
    ).to_pylist()
    assert [row["wait_seconds"] for row in old] == [5.0]
    assert old[0]["load_id"] != old[0]["superseded_by"] == receipt.load_id
    assert old[0]["known_from"] <= old[0]["known_to"]


def test_a_key_that_moves_to_another_day_is_there_once(monkeypatch: pytest.MonkeyPatch, home: Installation) -> None:
    load_rows(monkeypatch, home, {"contact": [contact(1), contact(2)]})
    load_rows(monkeypatch, home, {"contact": [contact(1, START + timedelta(days=400))]})
    assert verify(home.lake, quiet) == []
    assert [row["local_day"] for row in home.rows("contact", "local_day")] == [date(2026, 3, 2), date(2027, 4, 6)]


def test_the_greater_version_wins_in_any_order(monkeypatch: pytest.MonkeyPatch, home: Installation) -> None:
    load_rows(monkeypatch, home, {"contact": [contact(1, version=2, wait_seconds=2.0)]})
    load_rows(monkeypatch, home, {"contact": [contact(1, version=1, wait_seconds=1.0)]})
    assert home.rows("contact", "wait_seconds") == [{"wait_seconds": 2.0}]
    load_rows(
        monkeypatch, home, {"contact": [contact(1, version=3, wait_seconds=3.0)]}, {"contact": [contact(1, version=1)]}
    )
    assert home.rows("contact", "wait_seconds") == [{"wait_seconds": 3.0}]


def test_an_older_version_changes_nothing_for_its_neighbours(
    monkeypatch: pytest.MonkeyPatch, home: Installation
) -> None:
    """Yesterday's export after today's: the ticket belonged to another customer then, who did not come again."""
    later = START + timedelta(days=1)
    ada, ben = {"customer": "ada@example.com"}, {"customer": "ben@example.com"}
    load_rows(
        monkeypatch,
        home,
        {"contact": [contact(1, version=2, **ada), contact(2, later, **ada), contact(3, later, **ben)]},
    )
    gaps = "contact_key, next_any_reason_seconds, previous_any_reason_seconds"
    before = home.rows("contact", gaps)
    receipt = load_rows(monkeypatch, home, {"contact": [contact(1, version=1, **ben)]})
    assert home.rows("contact", gaps) == before
    assert receipt.facts["contact"].unchanged == receipt.facts["contact"].produced == 1


def repeat_contacts() -> list[dict[str, Any]]:
    """The ten contacts of the published example: (customer, reason, day)."""
    told = "A bill 1,A bill 4,B bill 1,C tech 2,C tech 12,D tech 2,E bill 3,E tech 5,F bill 20,G bill 29"
    rows = []
    for number, (customer, reason, day) in enumerate((item.split() for item in told.split(",")), 1):
        at = START + timedelta(days=int(day) - 1)
        rows.append(contact(number, at, customer=f"{customer}@example.com", reason=reason, handled=True))
    return rows


@pytest.mark.parametrize("pieces", [1, 2, 5, 10])
def test_repeat_columns_do_not_depend_on_the_pieces(
    monkeypatch: pytest.MonkeyPatch, home: Installation, pieces: int
) -> None:
    rows = repeat_contacts()
    for piece in reversed(range(pieces)):
        load_rows(monkeypatch, home, {"contact": rows[piece::pieces]})
    day = 86_400
    columns = "next_same_reason_seconds as ns, previous_same_reason_seconds as ps, next_any_reason_seconds as na"
    found = home.snapshot.sql(
        f"select {columns} from {home.snapshot.relation('contact')} order by entered_at, reason, na"
    ).to_pylist()
    assert sorted(row["ns"] for row in found if row["ns"]) == [3 * day, 10 * day]
    assert sorted(row["na"] for row in found if row["na"]) == [2 * day, 3 * day, 10 * day]
    assert sum(row["ps"] is not None for row in found) == 2


def test_outbound_and_promised_callbacks_neither_repeat_nor_are_repeated(
    monkeypatch: pytest.MonkeyPatch, home: Installation
) -> None:
    who = {"customer": "+441632960001", "reason": "bill"}
    rows = [
        contact(1, **who),
        contact(2, START + timedelta(days=1), **{**who, "direction": "outbound"}),
        contact(3, START + timedelta(days=2), **who, promised_callback=True),
        contact(4, START + timedelta(days=40), **who),
    ]
    load_rows(monkeypatch, home, {"contact": rows})
    found = home.rows("contact", "next_any_reason_seconds as n, previous_any_reason_seconds as p")
    assert all(row == {"n": None, "p": None} for row in found)


def test_contacts_of_one_chain_are_one(monkeypatch: pytest.MonkeyPatch, home: Installation) -> None:
    who = {"customer": "a@example.com", "reason": "bill"}
    rows = [
        contact(1, chain_id="c1", **who),
        contact(2, START + timedelta(minutes=5), chain_id="c1", **who),
        contact(3, START + timedelta(days=1), chain_id="c2", **who),
    ]
    load_rows(monkeypatch, home, {"contact": rows})
    found = home.rows("contact", "next_any_reason_seconds as n, previous_any_reason_seconds as p")
    assert sorted((row["n"] or 0, row["p"] or 0) for row in found) == [(0, 86_400), (86_400, 0), (86_400, 0)]


def test_customers_are_keyed_alike_however_they_are_written(
    monkeypatch: pytest.MonkeyPatch, home: Installation
) -> None:
    spellings = ["01632 960001", "+441632960001", "+44 (0)1632 960001", "0044 1632 960001", "tel:+441632960001"]
    unknown = ["", "anonymous", "Withheld", "unavailable"]
    rows = [contact(n, customer=text) for n, text in enumerate(spellings + unknown)]
    load_rows(monkeypatch, home, {"contact": rows})
    keys = [row["customer_key"] for row in home.rows("contact", "customer_key")]
    assert len({key for key in keys if key}) == 1
    assert keys.count(None) == len(unknown)


def test_names_and_numbers_are_nowhere_in_the_lake(monkeypatch: pytest.MonkeyPatch, home: Installation) -> None:
    row = contact(1, customer="+441632960987", answered_by="Wren Tallow", queue="Warbler claims", team="Bittern")
    segment = {
        "segment_id": "1",
        "contact_id": "1",
        "agent": "Wren Tallow",
        "entered_at": START,
        "channel": "voice",
        "direction": "inbound",
    }
    load_rows(monkeypatch, home, {"contact": [row], "segment": [segment]})
    stored = b"".join(path.read_bytes() for path in home.config.lake.rglob("*") if path.is_file())
    text = " ".join(str(home.rows(name)) for name in ("contact", "segment"))
    for secret in ("Wren", "Tallow", "Bittern", "Warbler", "1632960987"):
        assert secret not in text
        assert secret.encode() not in stored
    seen = [json.loads(line) for path in home.config.outbox.glob("*.jsonl") for line in path.read_text().splitlines()]
    assert {(row["kind"], row["name"]) for row in seen} == {
        ("site", "Main"),
        ("agent", "Wren Tallow"),
        ("queue", "Warbler claims"),
        ("team", "Bittern"),
    }


def test_a_missing_secret_is_refused_when_there_are_facts(monkeypatch: pytest.MonkeyPatch, home: Installation) -> None:
    load_rows(monkeypatch, home, {"contact": [contact(1, customer="a@example.com")]})
    key = home.config.keys / "customers.key"
    assert key.stat().st_mode & 0o777 == 0o600
    key.unlink()
    with pytest.raises(ConfigError, match="secret that turns customers into keys is missing"):
        load_rows(monkeypatch, home, {"contact": [contact(2)]})


def test_observed_teams_become_dated_memberships(monkeypatch: pytest.MonkeyPatch, home: Installation) -> None:
    def segment(number: int, day: int, team: str) -> dict[str, Any]:
        at = START + timedelta(days=day)
        row = {"segment_id": str(number), "contact_id": str(number), "agent": "Wren", "team": team, "entered_at": at}
        return {**row, "channel": "voice", "direction": "inbound"}

    load_rows(
        monkeypatch, home, {"segment": [segment(1, 0, "Bittern"), segment(2, 5, "Curlew"), segment(3, 6, "Curlew")]}
    )
    load_rows(monkeypatch, home, {"segment": [segment(4, 2, "Bittern"), segment(5, 9, "Bittern")]})
    found = home.snapshot.sql(
        f"select from_day, to_day from {home.snapshot.relation('observed_membership')} order by from_day nulls first"
    ).to_pylist()
    first = START.date()
    assert [(row["from_day"], row["to_day"]) for row in found] == [
        (None, first + timedelta(days=5)),
        (first + timedelta(days=5), first + timedelta(days=9)),
        (first + timedelta(days=9), None),
    ]


def test_a_source_that_loses_a_record_is_refused(monkeypatch: pytest.MonkeyPatch, home: Installation) -> None:
    with pytest.raises(SourceError, match="holds words that it cannot hold"):
        load_rows(monkeypatch, home, {"contact": [contact(1, outcome="lost")]})
    assert home.snapshot.current.tables == {}
    assert [row.state for row in home.store.loads()] == ["failed"]


def test_compaction_changes_no_fact(monkeypatch: pytest.MonkeyPatch, home: Installation) -> None:
    for day in range(3):
        load_rows(monkeypatch, home, {"contact": [contact(n, START + timedelta(days=day)) for n in range(3)]})
    before = home.rows("contact")
    held = home.lake.snapshot()
    compact(home.lake, quiet)
    assert home.rows("contact") == before
    assert held.sql(f"select count(*) as n from {held.relation('contact')}")["n"][0].as_py() == len(before)
    assert verify(home.lake, quiet) == []


def test_a_row_of_a_year_to_come_closes_no_window(monkeypatch: pytest.MonkeyPatch, home: Installation) -> None:
    """Nobody knows what comes after a load: whoever may still call again would count as content."""
    before = load_rows(monkeypatch, home, {"contact": [contact(1, NOON - timedelta(days=9))]})
    assert (before.complete_through, before.notes) == (NOON - timedelta(days=9), ())
    near = load_rows(monkeypatch, home, {"contact": [contact(2, NOON + timedelta(minutes=9))]})
    assert (near.complete_through, near.notes) == (NOON, ())
    far = load_rows(monkeypatch, home, {"contact": [contact(3, datetime(2090, 1, 1, tzinfo=UTC))]})
    assert far.complete_through == NOON and ["up to 2090-01-01 00:00 UTC" in note for note in far.notes] == [True]
    assert [*home.snapshot.current.completeness.values()] == [NOON]
