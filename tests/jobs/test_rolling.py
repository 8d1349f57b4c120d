"""Do roll-ups kept by loads answer as the facts do, after every load, correction and compaction?"""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest

from floorwalker.facts.rollups import UNNAMED
from floorwalker.facts.snapshot import Snapshot
from floorwalker.facts.upkeep import compact
from floorwalker.jobs.rolling import PREFIX, roll_up_all, roll_up_load
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.rollup import rollups
from floorwalker.kpis.run import KpiRow, run_kpis
from tests.ingest.test_order_does_not_matter import LINES, write
from tests.installation import Installation, new_installation
from tests.sources.asterisk_queue_log.lines import write_log

SPLITS: tuple[tuple[str, ...], ...] = ((), ("agent",), ("queue", "week"), ("day",), ("hour",))


def answers(snapshot: Snapshot, by: tuple[str, ...], *, use_rollups: bool) -> list[KpiRow]:
    return run_kpis(KpiQuery(tuple(catalogue()), by=by, use_rollups=use_rollups), snapshot)


def check_same(home: Installation, splits: tuple[tuple[str, ...], ...] = SPLITS) -> None:
    for by in splits:
        kept, counted = (answers(home.snapshot, by, use_rollups=use) for use in (True, False))
        assert [(row.kpi, row.group) for row in kept] == [(row.kpi, row.group) for row in counted]
        for one, other in zip(kept, counted, strict=True):
            assert one.answer.n == other.answer.n, one
            assert one.answer.observed == pytest.approx(other.answer.observed), one
            assert one.pending == other.pending, one


def all_fresh(home: Installation) -> bool:
    snapshot = home.snapshot
    return all(snapshot.rollup(rollup.key) for rollup in rollups() if snapshot.days(rollup.table.name))


@pytest.fixture
def home(tmp_path: Path) -> Installation:
    return new_installation(tmp_path / "home")


@pytest.mark.parametrize(
    "asked",
    [(SPLITS[::3], SPLITS[1::3], SPLITS[1:]), pytest.param((SPLITS,) * 3, marks=pytest.mark.slow)],
    ids=["in turn", "in every way"],
)
def test_every_load_leaves_fresh_rollups(
    home: Installation, tmp_path: Path, asked: tuple[tuple[tuple[str, ...], ...], ...]
) -> None:
    for number, (first, last) in enumerate([(0, 900), (1500, len(LINES)), (800, 1600)]):
        home.load("asterisk_queue_log", write(tmp_path / f"log{number}", LINES[first:last]), after_merge=roll_up_load)
        assert all_fresh(home)
        check_same(home, asked[number])


def test_days_between_those_of_a_load_are_counted_once(home: Installation, tmp_path: Path) -> None:
    """A load of scattered days makes their daily sums of finer ones that lie between others."""
    lines = write_log(200, seed=9, seconds_between=7200)
    held_back = [line for line in lines if int(line.split("|")[0]) // 86400 % 3 == 0]
    for number, some in enumerate(([line for line in lines if line not in held_back], held_back)):
        home.load("asterisk_queue_log", write(tmp_path / f"log{number}", some), after_merge=roll_up_load)
        assert all_fresh(home)
        check_same(home)


def test_sums_of_whole_days_are_made_of_the_finer_ones(home: Installation, tmp_path: Path) -> None:
    home.load("asterisk_queue_log", write(tmp_path / "log", LINES), after_merge=roll_up_load)
    daily = [one for one in rollups() if one.finer is not None and home.snapshot.days(one.table.name)]
    first, last = home.snapshot.days("contact") or (None, None)
    assert first is not None and last is not None and daily
    for one in daily:
        assert one.finer is not None
        assert one.finer.key in one.select(home.snapshot, first, last)
        assert one.finer.key not in replace(one, finer=None).select(home.snapshot, first, last)
        held, fine = (home.snapshot.day_files(key) for key in (one.key, one.finer.key))
        assert sum(file.rows for file in held) < sum(file.rows for file in fine)


def test_compaction_keeps_rollups_fresh(home: Installation, tmp_path: Path) -> None:
    home.load("asterisk_queue_log", write(tmp_path / "log", LINES[:1200]), after_merge=roll_up_load)
    home.load("asterisk_queue_log", write(tmp_path / "log2", LINES[1100:]), after_merge=roll_up_load)
    compact(home.lake, lambda share, stage: None)
    assert all_fresh(home)
    check_same(home)
    assert roll_up_all(home.lake) == 0


def test_facts_answer_until_rollups_are_made(home: Installation, tmp_path: Path) -> None:
    home.load("asterisk_queue_log", write(tmp_path / "log", LINES))
    assert not all_fresh(home)
    check_same(home)
    assert roll_up_all(home.lake) == len([r for r in rollups() if home.snapshot.days(r.table.name)])
    assert all_fresh(home)
    assert all(name.startswith(PREFIX) for name in home.snapshot.current.rollups)
    check_same(home)


def test_rollups_of_old_definitions_leave_the_disk_when_nobody_reads_them(home: Installation, tmp_path: Path) -> None:
    """A reader may have opened the lake just before: the first compaction that finds one unnamed leaves it."""
    home.load("asterisk_queue_log", write(tmp_path / "log", LINES[:300]), after_merge=roll_up_load)
    old = home.lake.table_path(f"{PREFIX}contact_half_hour_older")
    shutil.copytree(next(home.lake.path.glob(f"{PREFIX}contact_half_hour_*")), old)
    compact(home.lake, lambda share, stage: None)
    compact(home.lake, lambda share, stage: None)
    assert list(old.rglob("*.parquet"))
    an_hour_ago = time.time() - 3601
    os.utime(old / UNNAMED, (an_hour_ago, an_hour_ago))
    compact(home.lake, lambda share, stage: None)
    assert not old.exists()
    assert all_fresh(home)
