"""Are caps learnt when it is time and at no other, and do daily sums follow them, however the facts came in?"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from floorwalker.facts.relations import DIMENSIONS
from floorwalker.facts.snapshot import Snapshot
from floorwalker.facts.upkeep import compact, verify
from floorwalker.ingest import load as loading
from floorwalker.insight.basis import Rules, basis_of
from floorwalker.insight.scorecard import Period
from floorwalker.insight.statements import Method
from floorwalker.jobs.capping import read_caps, renew_caps
from floorwalker.jobs.rolling import roll_up_all, roll_up_load
from floorwalker.kpis import capping
from floorwalker.kpis.caps import NAME
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.gather import summarise
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.rollup import rollups
from floorwalker.kpis.run import KpiRow, run_kpis
from tests.ingest.row_source import source_of
from tests.installation import Installation, new_installation

HANDLING = "average_handle_time"
# Over the day on which a quarter of the year begins: one whole week before it.
FIRST, WINTER, LAST = date(2023, 12, 24), date(2024, 1, 1), date(2024, 1, 5)
BEFORE, AFTER = datetime(2024, 1, 1, 3, tzinfo=UTC), datetime(2024, 1, 6, 3, tzinfo=UTC)
Rows = list[dict[str, Any]]


@pytest.fixture(autouse=True, scope="module")
def _a_week_is_enough() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        for name, value in {"LEAST_WEEKS": 1, "LEAST_OWN": 30, "LEAST_SHAPED": 5, "QUANTILE": 0.95}.items():
            patched.setattr(capping, name, value)
        yield


def calls(first: date, last: date, *, each: int = 12, seed: int = 1, times: float = 1.0, name: str = "") -> Rows:
    """Calls about faults and prices on these days; each day's are the same, whichever days are asked for."""
    rows = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        draw = random.Random(f"{seed} {day}")
        for call in range(each):
            at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC) + timedelta(minutes=10 * call)
            seconds = round(draw.lognormvariate(5.5, 0.6))
            key = f"{day} {call}{name}"
            row = {
                "segment_id": key,
                "contact_id": key,
                "agent": draw.choice("abc"),
                "queue": "help",
                "channel": "voice",
            }
            told = {"direction": "inbound", "reason": ("fault", "price")[call % 2], "entered_at": at, "handled": True}
            rows.append(row | told | {"answered_at": at, "talk_seconds": seconds * times})
    return rows


def load(home: Installation, rows: Rows) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(loading, "find_source", lambda name: source_of([{"segment": rows}]))
        home.load("rows", after_merge=roll_up_load)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Installation]:
    home = new_installation(tmp_path / "home")
    yield home
    home.lake.engine.close()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = new_installation(tmp_path_factory.mktemp("learnt") / "home")
    load(home, calls(FIRST, WINTER))
    assert renew_caps(home.lake, BEFORE)
    home.lake.engine.close()
    return home.config.home


@pytest.fixture
def learnt(built: Path, tmp_path: Path) -> Iterator[Installation]:
    """With the caps of the first week."""
    shutil.copytree(built, tmp_path / "learnt")
    home = new_installation(tmp_path / "learnt")
    yield home
    home.lake.engine.close()


def sums(snapshot: Snapshot, *, use_rollups: bool = True) -> dict[Any, Any]:
    """Every capped and plain sum, by agent, kind of contact and day."""
    kpis = tuple(measure.kpi.id for measure in capping.capped_measures())
    query = KpiQuery(kpis, by=("agent", "queue", "reason", "day"), use_rollups=use_rollups)
    found = summarise(query, snapshot, detail=True)
    return {(one.kpi.id, one.group): one.summary for one in found}


def raw(snapshot: Snapshot) -> list[KpiRow]:
    return [row for by in ((), ("agent",), ("day",)) for row in run_kpis(KpiQuery(tuple(catalogue()), by=by), snapshot)]


def caps(home: Installation) -> Rows:
    return [row for row in read_caps(home.snapshot) if row["kpi"] == HANDLING]


def parts(home: Installation) -> dict[str, set[str]]:
    """By roll-up its files."""
    return {one.key: {file.path for file in home.snapshot.day_files(one.key)} for one in rollups()}


def all_fresh(home: Installation) -> bool:
    return all(home.snapshot.rollup(one.key) for one in rollups() if home.snapshot.days(one.table.name))


def basis(home: Installation, first: date, last: date) -> str:
    return basis_of(home.snapshot, Method.TREND, catalogue()[HANDLING], Period(first, last), Rules())


def test_caps_are_learnt_from_the_weeks_before_and_hold_for_all_days(home: Installation) -> None:
    load(home, calls(FIRST, WINTER))
    before = raw(home.snapshot)
    assert not read_caps(home.snapshot)
    assert renew_caps(home.lake, BEFORE)
    found = caps(home)
    assert {(row["from_day"], row["to_day"]) for row in found} == {(None, None)}
    assert {(row["first_day"], row["last_day"]) for row in found} == {(date(2023, 12, 25), date(2023, 12, 31))}
    week = calls(date(2023, 12, 25), date(2023, 12, 31))
    for row in found:
        seconds = [call["talk_seconds"] for call in week if call["reason"] == row["reason"]]
        assert (row["value"], row["contacts"]) == (np.ceil(np.quantile(seconds, 0.95)), 42)
    assert all_fresh(home)
    kept = sums(home.snapshot)
    assert kept == sums(home.snapshot, use_rollups=False)
    handling = [one for (kpi, _group), one in kept.items() if kpi == HANDLING]
    assert sum(one.detail.beyond for one in handling) >= 4
    assert sum(one.detail.capped1 for one in handling) < sum(one.s1 for one in handling)
    assert raw(home.snapshot) == before
    assert not renew_caps(home.lake, BEFORE)
    compact(home.lake, lambda _share, _stage: None)
    assert verify(home.lake, lambda _share, _stage: None) == []
    assert all_fresh(home) and sums(home.snapshot) == kept


def test_too_few_weeks_teach_nothing(home: Installation) -> None:
    load(home, calls(FIRST, date(2023, 12, 31)))
    assert not renew_caps(home.lake, BEFORE)
    assert not read_caps(home.snapshot)


def test_caps_that_are_found_nearly_the_same_stay_and_nothing_is_summed_again(learnt: Installation) -> None:
    first = caps(learnt)
    load(learnt, calls(WINTER, LAST))
    files, figures, told = parts(learnt), sums(learnt.snapshot), basis(learnt, FIRST, LAST)
    assert renew_caps(learnt.lake, AFTER)
    assert [row["value"] for row in caps(learnt)] == [row["value"] for row in first]
    assert {row["looked_on"] for row in caps(learnt)} == {LAST - timedelta(days=1)}
    assert parts(learnt) == files and all_fresh(learnt)
    assert sums(learnt.snapshot) == figures
    assert basis(learnt, FIRST, LAST) == told
    assert not renew_caps(learnt.lake, AFTER)


def test_another_cap_begins_with_the_quarter_and_the_days_before_are_left_alone(learnt: Installation) -> None:
    load(learnt, calls(FIRST, LAST) + calls(FIRST, date(2023, 12, 31), times=4, name=" of a machine that was away"))
    before, files = sums(learnt.snapshot), parts(learnt)
    told = basis(learnt, FIRST, date(2023, 12, 31)), basis(learnt, FIRST, LAST)
    assert renew_caps(learnt.lake, AFTER)
    values = {(row["reason"], row["from_day"]): row["value"] for row in caps(learnt)}
    assert all(values[reason, WINTER] > 1.5 * values[reason, None] for reason in ("fault", "price"))
    assert {(row["from_day"], row["to_day"]) for row in caps(learnt)} == {(None, WINTER), (WINTER, None)}
    made_again = {path.split("part=")[1][:10] for key, kept in files.items() for path in kept - parts(learnt)[key]}
    assert made_again == {str(WINTER + timedelta(days=number)) for number in range(5)}
    assert all_fresh(learnt)
    after = sums(learnt.snapshot)
    assert after == sums(learnt.snapshot, use_rollups=False) != before
    assert {key: one for key, one in before.items() if key[1][3] < WINTER} == {
        key: one for key, one in after.items() if key[1][3] < WINTER
    }
    assert basis(learnt, FIRST, date(2023, 12, 31)) == told[0]
    assert basis(learnt, FIRST, LAST) != told[1]


def test_a_kind_that_had_no_cap_gets_one_for_the_weeks_it_was_learnt_from(learnt: Installation) -> None:
    new = [{**row, "reason": "return"} for row in calls(FIRST, LAST, name=" new")]
    load(learnt, calls(WINTER, LAST) + new)
    assert renew_caps(learnt.lake, AFTER)
    begins = {row["reason"]: row["from_day"] for row in caps(learnt)}
    assert begins == {"fault": None, "price": None, "return": date(2023, 12, 25)}
    assert sums(learnt.snapshot) == sums(learnt.snapshot, use_rollups=False)


def test_a_vacuum_of_former_versions_makes_the_sums_anew(learnt: Installation) -> None:
    former = learnt.snapshot.day_files(NAME)
    load(learnt, calls(FIRST, LAST) + calls(FIRST, date(2023, 12, 31), times=4, name=" late"))
    rows = [{**row, "value": row["value"] / 2} for row in read_caps(learnt.snapshot)]
    learnt.lake.publish(lambda: {NAME: pa.Table.from_pylist(rows, schema=DIMENSIONS[NAME])})
    for file in former:
        Path(file.path).unlink()
    assert not all_fresh(learnt)
    roll_up_all(learnt.lake)
    assert all_fresh(learnt)
    assert sums(learnt.snapshot) == sums(learnt.snapshot, use_rollups=False)


def check_same_sums(folder: Path, pieces: Sequence[Rows]) -> None:
    """Pieces loaded one after the other, with caps learnt on the way, against one load with the same caps."""
    home, one = (new_installation(folder / name) for name in ("pieces", "one"))
    load(home, calls(FIRST, WINTER, times=2))
    renew_caps(home.lake, BEFORE)
    for piece in pieces:
        load(home, piece)
    load(one, calls(FIRST, LAST))
    rows = read_caps(home.snapshot)
    assert rows
    one.lake.publish(lambda: {NAME: pa.Table.from_pylist(rows, schema=DIMENSIONS[NAME])})
    assert not all_fresh(one)
    counted = sums(one.snapshot)
    roll_up_all(one.lake)
    assert all_fresh(one) and all_fresh(home)
    assert sums(home.snapshot) == sums(one.snapshot) == counted
    for each in (home, one):
        each.lake.engine.close()


def in_pieces(seed: int, count: int) -> list[Rows]:
    """All calls, shuffled and in so many pieces; some of them come twice."""
    draw, rows = random.Random(seed), calls(FIRST, LAST)
    draw.shuffle(rows)
    size = -(-len(rows) // count)
    pieces = [rows[start : start + size] for start in range(0, len(rows), size)]
    return [piece + draw.sample(rows, 3) for piece in pieces]


def test_pieces_in_any_order_and_corrections_give_the_sums_of_one_load(tmp_path: Path) -> None:
    check_same_sums(tmp_path, in_pieces(seed=3, count=1))


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), count=st.integers(1, 5))
def test_so_do_any_pieces(tmp_path_factory: pytest.TempPathFactory, seed: int, count: int) -> None:
    check_same_sums(tmp_path_factory.mktemp("any"), in_pieces(seed, count))
