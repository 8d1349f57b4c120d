"""Would the benchmark notice if two engines gave different figures?"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bench.agreement import Figures, check_same, of_pandas, of_summaries
from bench.floor import Floor, copied, open_floor
from bench.fresh_days import load_rows, make_days
from bench.measures import TWELVE, page
from bench.page_contestants import AGENT_DAY
from bench.pandas_page import PandasPage
from floorwalker.facts.lake import Lake
from floorwalker.facts.snapshot import Snapshot
from floorwalker.kpis.gather import summarise

AGENTS, DAYS = 8, 15


@pytest.fixture(scope="module")
def floor(tmp_path_factory: pytest.TempPathFactory) -> Floor:
    """A centre of two weeks."""
    return open_floor(tmp_path_factory.mktemp("bench"), AGENTS, DAYS, lambda what: None)


def figures(floor: Floor, *, rollups: bool) -> Figures:
    """Our own figures of all its days."""
    query = page(floor.first_day, floor.last_day, AGENT_DAY, rollups=rollups)
    return of_summaries(summarise(query, floor.snapshot()))


def test_facts_roll_ups_and_pandas_agree(floor: Floor) -> None:
    ours = figures(floor, rollups=False)
    assert {measure for measure, _ in ours} == set(TWELVE)
    check_same(ours, figures(floor, rollups=True), "the roll-ups")
    pandas = PandasPage(floor.snapshot())
    check_same(ours, of_pandas(pandas.page(pandas.read(floor.first_day, floor.last_day))), "pandas")


def test_a_difference_is_not_let_through(floor: Floor) -> None:
    ours = figures(floor, rollups=False)
    key = next(iter(ours))
    with pytest.raises(AssertionError, match=f"pandas and Floorwalker differ in .*{key[0]}"):
        check_same(ours, {**ours, key: (*ours[key][:-1], ours[key][-1] + 1)}, "pandas")
    with pytest.raises(AssertionError, match="differ in 1 groups"):
        check_same(ours, {name: value for name, value in ours.items() if name != key}, "pandas")


def contacts(snapshot: Snapshot) -> int:
    """How many contacts there are, by counting them."""
    found = snapshot.sql(f"select count(*) as n from {snapshot.relation('contact')} as t").to_pylist()
    return int(found[0]["n"])


def test_a_kept_centre_is_used_again_and_a_copy_leaves_it_alone(floor: Floor, tmp_path: Path) -> None:
    again = open_floor(floor.config.home.parent, AGENTS, DAYS, lambda what: pytest.fail(what))
    before = contacts(again.snapshot())
    day = make_days(AGENTS, floor.last_day + timedelta(days=1), 1)[0]
    with copied(floor, tmp_path / "copy") as home:
        loaded = load_rows(home, day, AGENTS, rollups=True)
        assert loaded.rows == sum(table.num_rows for table in day.values())
        assert 0 < loaded.derive_seconds + loaded.rollup_seconds < loaded.seconds
        assert contacts(Lake(home).snapshot()) == before + day["contact"].num_rows
    assert contacts(floor.snapshot()) == before
    assert not home.home.exists()
