"""Is a customer who was erased gone from every file, for good, and is every other figure as it was?"""

from __future__ import annotations

import base64
import dataclasses
import json
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.conf import settings

from floorwalker.apps.people.models import AuditEntry
from floorwalker.errors import ConfigError, LakeError
from floorwalker.estimate import Estimate, NoEstimate
from floorwalker.facts import erasure
from floorwalker.facts.current import locked
from floorwalker.facts.upkeep import compact, verify
from floorwalker.ingest.customers import ERASED_FILE, open_customer_keys
from floorwalker.jobs import erasing
from floorwalker.jobs.erasing import Customer, find_customer
from floorwalker.jobs.rolling import roll_up_load
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.rollup import rollups
from floorwalker.kpis.run import run_kpis
from tests.installation import NOON, Installation, new_installation
from tests.shared_data import ROOT
from tests.sources.asterisk_queue_log.lines import write_log

NUMBER = "01632960123"
CALLS = 200
pytestmark = pytest.mark.django_db


def log_lines() -> list[str]:
    """A log in which every seventh caller is the one customer."""
    lines = write_log(CALLS, seed=9)
    entered = [n for n, line in enumerate(lines) if "|ENTERQUEUE|" in line]
    for n in entered[::7]:
        words = lines[n].split("|")
        words[6] = NUMBER
        lines[n] = "|".join(words)
    return lines


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a home that has read a log in parts, so that corrections and old versions hold the customer too."""
    folder = tmp_path_factory.mktemp("built")
    home = new_installation(folder / "home")
    lines = log_lines()
    for number, part in enumerate((lines[1::2], lines)):
        log = folder / f"log{number}"
        log.write_text("\n".join([*part, f"broken|{NUMBER}", "broken|+44 1632 960124"]) + "\n")
        home.load("asterisk_queue_log", log, after_merge=roll_up_load)
    home.lake.engine.close()
    return folder


@pytest.fixture
def home(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    """A copy of that home, for one test to erase in."""
    shutil.copytree(built / "home", tmp_path / "home")
    home = new_installation(tmp_path / "home")
    monkeypatch.setattr(settings, "FLOORWALKER", home.config)
    yield home
    home.lake.engine.close()


@pytest.fixture
def customer(home: Installation) -> Customer:
    return find_customer(home.config, home.lake, NUMBER, {"GB"})


def erase(home: Installation, customer: Customer) -> dict[str, int]:
    return erasing.erase(home.config, home.lake, customer, by="test", at=NOON)


def texts_of(key: bytes) -> list[bytes]:
    """The ways in which sixteen bytes may stand in a text."""
    escaped = json.dumps(key.decode("latin-1"))[1:-1]
    return [key, key.hex().encode(), key.hex().upper().encode(), base64.b64encode(key)[:20], escaped.encode()]


def columns_hold(path: Path, key: bytes) -> bool:
    """Whether a Parquet file, whose pages are compressed, holds the key in any column."""
    for column in pq.read_table(path, partitioning=None).flatten().columns:
        held = set(column.unique().to_pylist()) if pa.types.is_binary(column.type) else ascii(column.to_pylist())
        if key in held if isinstance(held, set) else key.hex() in held.lower():
            return True
    return False


def files_that_hold(folder: Path, key: bytes) -> list[str]:
    """Every file below the folder in which the key is found."""
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and (
            any(text in path.read_bytes() for text in texts_of(key))
            or (path.suffix == ".parquet" and columns_hold(path, key))
        )
    ]


SPLITS: tuple[tuple[str, ...], ...] = ((), ("agent",), ("day",))


def figures(home: Installation, *, of_customers: bool, splits: tuple[tuple[str, ...], ...] = SPLITS) -> list[object]:
    kpis = tuple(k.id for k in catalogue().values() if ("customer_key" in k.requires) is of_customers)
    assert kpis
    rows = [row for by in splits for row in run_kpis(KpiQuery(kpis, by=by), home.snapshot)]
    return [(row.kpi, row.group, plain(row.answer), row.pending) for row in rows]


def plain(answer: Estimate | NoEstimate) -> list[object]:
    """An answer up to the last digits of its numbers, which depend on the order in which rows were added."""
    told = dataclasses.asdict(answer).values()
    return [float(f"{value:.10g}") if isinstance(value, float) else value for value in told]


def test_no_file_of_the_lake_holds_an_erased_customer(home: Installation, customer: Customer) -> None:
    (key,) = customer.keys
    before = files_that_hold(home.config.lake, key)
    assert {name.split("/")[0] for name in before} >= {"contact", "contact_superseded", "source_event"}
    planned = erasing.count(home.config, home.lake, customer)
    assert planned["contact"] > 20 and planned["source_event"] > 20 and planned["rejects and flags"] == 2
    assert erase(home, customer) == planned
    assert files_that_hold(home.config.lake, key) == []
    assert verify(home.lake, lambda share, stage: None) == []
    assert erasing.count(home.config, home.lake, customer) == {}


def test_only_repeat_contacts_change(home: Installation, customer: Customer) -> None:
    before = figures(home, of_customers=False)
    repeats = figures(home, of_customers=True)
    erase(home, customer)
    assert figures(home, of_customers=False) == before
    assert figures(home, of_customers=True) != repeats
    assert all(home.snapshot.rollup(r.key) for r in rollups() if home.snapshot.days(r.table.name))
    unrolled = [
        run_kpis(KpiQuery(tuple(catalogue()), by=("day",), use_rollups=use), home.snapshot) for use in (True, False)
    ]
    for kept, counted in zip(*unrolled, strict=True):
        assert (kept.kpi, kept.group, kept.answer.n) == (counted.kpi, counted.group, counted.answer.n)
        assert kept.answer.observed == pytest.approx(counted.answer.observed)


def test_an_erased_customer_stays_erased(home: Installation, customer: Customer, built: Path, tmp_path: Path) -> None:
    erase(home, customer)
    again = home.load("asterisk_queue_log", built / "log1", after_merge=roll_up_load)
    assert again.facts["contact"].new == again.facts["contact"].changed == 0
    more = tmp_path / "more"
    more.write_text(f"1800000000|1799999999.1|sales|NONE|ENTERQUEUE||{NUMBER}|1\n")
    home.load("asterisk_queue_log", more, after_merge=roll_up_load)
    compact(home.lake, lambda share, stage: None)
    (key,) = customer.keys
    assert files_that_hold(home.config.lake, key) == []


def test_raw_text_goes_in_every_spelling_and_nothing_else(home: Installation, customer: Customer) -> None:
    erase(home, customer)
    left = [row["record"] for row in home.store.rejects()]
    assert left == ["broken|+44 1632 960124"] * 2
    store = (home.config.intake / "intake.sqlite3").read_bytes()
    assert NUMBER.encode() not in store


def test_spellings() -> None:
    recognised = erasing._recognise("01632 960123")
    for text in ("+441632960123", "a|0044 1632-960123|b", "(01632) 960 123", "tel:+44.1632.960.123"):
        assert recognised.search(text), text
    for text in ("016329601234", "01632960124", "1632|960123"):
        assert not recognised.search(text), text
    assert erasing._recognise("Wren@example.org").search("from wren@EXAMPLE.org;")
    assert not erasing._recognise("wren@example.org").search("awren@example.org")


def test_what_is_kept_by_the_contact_goes_before_the_lake_forgets_whose_it_was(
    home: Installation, customer: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    contacts = erasure.contacts_of(home.snapshot, customer.keys)
    assert len(contacts) > 20
    gone: list[object] = []

    def recordings(keys: frozenset[bytes], *, at: object) -> dict[str, int]:
        gone.append(keys)
        return {"recordings": len(keys)}

    real = erasing.offers
    monkeypatch.setattr(
        erasing, "offers", lambda name: {"recordings": recordings} if name == "forget_contacts" else real(name)
    )
    assert erase(home, customer)["recordings"] == len(contacts)
    assert gone == [contacts] and erasure.contacts_of(home.lake.snapshot(), customer.keys) == frozenset()


def test_the_trail_tells_how_much_and_not_whom(home: Installation, customer: Customer) -> None:
    rows = erase(home, customer)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.subject, entry.detail) == ("erase_customer", "customer", {"rows": rows})
    (key,) = customer.keys
    assert NUMBER not in str(entry.__dict__) and key.hex() not in str(entry.__dict__)


@pytest.mark.parametrize(
    ("step", "number"),
    [("rewrite", 2), ("commit_current", 1), ("_forget_versions", 3), ("same_rows", 1)],
)
def test_an_erasure_that_was_killed_is_finished_by_the_next(
    home: Installation, customer: Customer, step: str, number: int
) -> None:
    before = figures(home, of_customers=False, splits=((),))
    (key,) = customer.keys
    command = [sys.executable, "-m", "tests.jobs.killed_erasure", str(home.config.home), key.hex(), step, str(number)]
    killed = subprocess.run(command, cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert figures(home, of_customers=False, splits=((),)) == before
    erase(home, customer)
    assert files_that_hold(home.config.lake, key) == []
    assert figures(home, of_customers=False, splits=((),)) == before


def test_a_load_under_way_is_waited_for(home: Installation, customer: Customer) -> None:
    loading = home.config.intake / "staging" / "load"
    loading.mkdir(parents=True)
    with locked(loading / "lock"):
        waiting = threading.Thread(target=erasure.wait_for_loads, args=(home.config.intake / "staging",))
        waiting.start()
        waiting.join(0.3)
        assert waiting.is_alive()
    waiting.join(30)
    assert not waiting.is_alive() and not loading.exists()


def test_a_reader_who_began_before_is_told_to_ask_again(home: Installation, customer: Customer) -> None:
    old = home.snapshot
    erase(home, customer)
    home.lake._versions.clear()
    with pytest.raises(LakeError, match="a table of the lake cannot be opened") as error:
        old.days("contact")
    assert "ask again" in str(error.value)


def test_a_damaged_list_stops_loads(home: Installation, customer: Customer) -> None:
    erase(home, customer)
    path = home.config.keys / ERASED_FILE
    assert path.read_text() == next(iter(customer.keys)).hex() + "\n" and path.stat().st_mode & 0o077 == 0
    path.write_text("half a li")
    with pytest.raises(ConfigError, match="list of erased customers is damaged"):
        open_customer_keys(home.config.keys, lake_has_rows=True)


def test_a_lost_list_stops_loads_and_a_first_load_begins_one(home: Installation) -> None:
    path = home.config.keys / ERASED_FILE
    assert path.read_text() == "" and path.stat().st_mode & 0o077 == 0, "made with the secret"
    path.unlink()
    with pytest.raises(ConfigError, match="list of erased customers is missing"):
        open_customer_keys(home.config.keys, lake_has_rows=True)
    open_customer_keys(home.config.keys, lake_has_rows=False)
    assert path.read_text() == ""


@pytest.mark.parametrize(
    ("number", "text", "is_meant"),
    [
        ("10012", "1741510012|x|sales", False),
        ("10012", "extension 10012 called", True),
        ("01632960001", "caller +44 1632 960001", True),
        ("b@example.org", "from a.b@example.org", False),
        ("b@example.org", "from B@Example.org", True),
    ],
)
def test_raw_text_is_forgotten_where_it_is_this_customers(number: str, text: str, is_meant: bool) -> None:
    assert bool(erasing._recognise(number).search(text)) is is_meant


def test_what_a_killed_first_load_left_is_removed(home: Installation, customer: Customer) -> None:
    """A table that no commit names holds the customer's key in its files all the same."""
    left = home.lake.table_path("survey_superseded")
    left.mkdir()
    (left / "part-0.parquet").write_bytes(b"left by a load that died")
    assert "survey_superseded" not in home.snapshot.current.tables
    erase(home, customer)
    assert not left.exists()
