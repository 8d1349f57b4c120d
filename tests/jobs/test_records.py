"""Are records of work brought into the lake once, corrected where they change, and taken out where they are no more?"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from floorwalker.apps.people.models import Site
from floorwalker.errors import LakeError
from floorwalker.facts.current import RECORDS
from floorwalker.facts.keys import fact_key, site_key
from floorwalker.facts.merge import Counts
from floorwalker.facts.tables import SURVEY
from floorwalker.ingest.customers import open_customer_keys, remember_erased
from floorwalker.jobs import records
from floorwalker.jobs.rolling import roll_up_load
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.run import run_kpis
from tests.installation import Installation, new_installation

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
LONDON = site_key("London")
Row = dict[str, Any]


def key(name: str) -> bytes:
    return fact_key(RECORDS, "surveys", "survey", name)


def survey(name: str, **given: Any) -> Row:
    row = {"survey_key": key(name), "site_key": LONDON, "contact_at": AT - timedelta(days=2), "invited_at": AT}
    return row | {"scale_least": 1.0, "scale_most": 5.0, "closes_at": AT + timedelta(days=7)} | given


@pytest.fixture
def home(db: None, tmp_path: Path) -> Installation:
    Site.objects.create(code="London", name="London", timezone="Europe/London", country="GB", key=LONDON)
    return new_installation(tmp_path / "home")


@pytest.fixture
def publish(home: Installation, monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Counts]]:
    """Publish these rows as all the records that there are."""

    def run(*rows: Row, at: datetime = AT) -> dict[str, Counts]:
        names = dict.fromkeys(name for row in rows for name in row)
        schema = pa.schema([SURVEY.schema.field(name) for name in names])
        parts = [pa.Table.from_pylist([row], schema=schema) for row in rows]
        given = {"surveys": lambda: {"survey": parts}}
        monkeypatch.setattr(records, "offers", lambda function: given if function == "records" else {})
        return records.publish_records(home.config, home.lake, at=at)

    return run


def answered(home: Installation) -> tuple[int, int]:
    """How many surveys were answered of those that are closed or answered, and how many are waiting."""
    row = run_kpis(KpiQuery(("survey_response_rate",)), home.snapshot)[0]
    return row.answer.n, row.pending


def test_the_same_twice_changes_nothing_and_what_changed_replaces_what_was(
    home: Installation, publish: Callable[..., dict[str, Counts]]
) -> None:
    first = [survey("a"), survey("b", answered_at=AT, score=4.0), survey("c", contact_at=AT)]
    assert publish(*first) == {"survey": Counts(produced=3, new=3)}
    version = home.snapshot.current.tables["survey"]
    assert publish(*first, at=AT + timedelta(hours=1)) == {"survey": Counts(produced=3, unchanged=3)}
    assert home.snapshot.current.tables["survey"] == version

    later = AT + timedelta(hours=2)
    changed = [survey("a"), survey("b", answered_at=AT, score=2.0)]
    assert publish(*changed, at=later) == {"survey": Counts(produced=2, changed=1, unchanged=1, gone=1)}
    assert {row["survey_key"]: row["score"] for row in home.rows("survey")} == {key("a"): None, key("b"): 2.0}
    kept = home.rows("survey_superseded", "survey_key, score, known_to")
    assert {(row["survey_key"], row["score"]) for row in kept} == {(key("b"), 4.0), (key("c"), None)}
    assert {row["known_to"] for row in kept} == {later}


def test_the_last_record_leaves_as_the_others_do(home: Installation, publish: Callable[..., dict[str, Counts]]) -> None:
    publish(survey("a"))
    assert publish() == {"survey": Counts(gone=1)}
    assert home.rows("survey") == []
    assert publish() == {}


def test_rows_of_other_sources_stay_as_they_are(
    home: Installation, publish: Callable[..., dict[str, Counts]], tmp_path: Path
) -> None:
    answers = tmp_path / "answers.csv"
    answers.write_text("id,answered,score\n1,2026-11-01 10:00,4\n2,2026-11-01 11:00,5\n")
    columns = "{id: id, survey_answered: answered, score: {column: score, scale: [1, 5]}}"
    mapping = f"rows: surveys\ntimezone: UTC\ncolumns: {columns}\n"
    home.load("csv_files", answers, mapping=mapping, after_merge=roll_up_load)
    before = home.rows("survey")
    assert len(before) == 2
    publish(survey("a"))
    assert len(home.rows("survey")) == len(before) + 1
    publish()
    assert home.rows("survey") == before


def test_the_day_is_the_sites_and_waiting_surveys_settle_as_time_goes_by(
    home: Installation, publish: Callable[..., dict[str, Counts]]
) -> None:
    waiting = [survey(f"w{n}", contact_at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) for n in range(6)]
    publish(*waiting)
    assert {row["local_day"] for row in home.rows("survey")} == {date(2026, 7, 2)}
    assert answered(home) == (0, 6)
    publish(*waiting, at=AT + timedelta(days=8))
    assert answered(home) == (6, 0)


def test_nobody_who_was_forgotten_comes_back(home: Installation, publish: Callable[..., dict[str, Counts]]) -> None:
    known = open_customer_keys(home.config.keys, lake_has_rows=False).key("ann@example.org", None)
    assert known is not None
    publish(survey("a", customer_key=known))
    assert home.rows("survey")[0]["customer_key"] == known
    remember_erased(home.config.keys, [known])
    publish(survey("a", customer_key=known))
    assert home.rows("survey")[0]["customer_key"] is None


def test_what_people_do_here_says_nothing_of_how_far_sources_were_read(
    home: Installation, publish: Callable[..., dict[str, Counts]]
) -> None:
    publish(survey("a"))
    assert home.snapshot.current.completeness == {(RECORDS, "surveys"): AT}
    assert home.snapshot.current.read_through is None


@pytest.mark.parametrize(
    "rows",
    [
        (survey("a"), survey("a")),
        ({"survey_key": key("a"), "contact_at": AT},),
        (survey("a", local_day=date(2026, 1, 1)),),
    ],
    ids=["twice", "no site", "stamped already"],
)
def test_rows_that_do_not_fit_change_nothing(
    home: Installation, publish: Callable[..., dict[str, Counts]], rows: tuple[Row, ...]
) -> None:
    with pytest.raises(LakeError):
        publish(*rows)
    assert home.snapshot.current.tables == {}


def test_a_night_begins_at_two_where_the_centre_is() -> None:
    sydney = ZoneInfo("Australia/Sydney")
    assert records.night_of(datetime(2026, 11, 20, 14, 59, tzinfo=UTC), sydney) == date(2026, 11, 20)
    assert records.night_of(datetime(2026, 11, 20, 15, 0, tzinfo=UTC), sydney) == date(2026, 11, 21)


def test_the_worker_publishes_when_it_starts_and_tries_again_what_failed(
    home: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, tried = threading.Event(), []

    def publish(*_given: object, at: datetime) -> dict[str, Counts]:
        tried.append(at)
        if len(tried) == 1:
            raise LakeError("somebody else is writing")
        stop.set()
        return {}

    monkeypatch.setattr(records, "publish_records", publish)
    monkeypatch.setattr(records, "LOOK_SECONDS", 0.0)
    monkeypatch.setattr(records, "connection", SimpleNamespace(close=lambda: None))
    records.publish_each_night(home.config, home.lake, stop)
    assert len(tried) == 2
