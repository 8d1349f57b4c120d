"""Does the page of benchmarks say what was measured: met and missed, and nothing of an earlier run?"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.drawing import drawn, of_limit
from bench.findings import Finding, Result, compare, hottest
from bench.machine import Machine
from bench.report import PAGE, PICTURE, Run, page, write
from bench.rounds import Timing, take_turns

MACHINE = Machine("A processor", 2, 24.0, "Linux 6.1", {"Python": "3.11.2", "duckdb": "2.0.0"}, 0.1)
SCAN = ("bare scan", Timing((0.5, 0.4, 0.6)))
KEPT = compare("1", "a page that keeps its target", ("page", Timing((1.0, 1.1, 0.9))), SCAN, 4.0)
MISSED = compare(
    "4", "a page that misses it", ("page", Timing((2.0,))), SCAN, 12.0, faster=True, profiled=lambda: sorted("abc")
)
TOLD = Finding("8", "a figure without limit", "12 ms", "", 12.0, None, unit=" ms")


def run_of(*findings: Finding) -> Run:
    """A run with these findings."""
    results = (Result("Pages", findings, {"bare scan": SCAN[1]}, ("A small centre.",)),)
    return Run(results, MACHINE, "python -m bench", datetime(2026, 1, 5, 12, tzinfo=UTC), 21.4, "usual")


def test_ratios_are_of_medians_and_run_both_ways() -> None:
    assert KEPT.value == pytest.approx(2.0)
    assert KEPT.met is True
    assert MISSED.value == pytest.approx(0.25)
    assert MISSED.met is False
    assert TOLD.met is None


def test_only_a_miss_is_profiled() -> None:
    assert KEPT.profile == ()
    assert any("sorted" in place for place in MISSED.profile)
    assert sum(int(place.split("%")[0]) for place in hottest(lambda: sorted(range(200_000), key=str))) > 90


def test_the_share_of_a_limit_reads_alike_whichever_way_it_runs() -> None:
    assert of_limit(KEPT) == pytest.approx(0.5)
    assert of_limit(MISSED) == pytest.approx(48.0)


def test_the_page_tells_targets_figures_machine_and_command() -> None:
    text = page(run_of(KEPT, MISSED, TOLD))
    assert "**1 of 2 figures keep their target.**" in text
    assert "| 1 | 1 | a page that keeps its target | 2x | at most 4x | met | page: 1.00 s / bare scan: 500 ms |" in text
    assert "| 2 | 4 | a page that misses it | 0.25x | at least 12x | **missed** |" in text
    assert "| 3 | 8 | a figure without limit | 12 ms |  |  | 12 ms |" in text
    assert "- line 2, a page that misses it:" in text
    assert "on 2 cores of A processor" in text
    assert "`python -m bench` (size `usual`)" in text
    assert "| Pages | bare scan | 400 ms | 500 ms | 3 |" in text
    assert "not measured in this run" in text


def test_the_drawing_shows_what_has_a_limit_and_says_so_in_words(tmp_path: Path) -> None:
    write(run_of(KEPT, MISSED, TOLD), tmp_path)
    svg = (tmp_path / PICTURE).read_text(encoding="utf-8")
    root = ElementTree.fromstring(svg)
    assert root.tag.endswith("svg")
    assert "a page that misses it" in svg
    assert "a figure without limit" not in svg
    assert f"![A dot for each of {len(drawn([KEPT, MISSED, TOLD]))} figures" in (tmp_path / PAGE).read_text()


def test_a_run_leaves_nothing_of_the_one_before(tmp_path: Path) -> None:
    write(run_of(KEPT, MISSED), tmp_path)
    write(run_of(KEPT), tmp_path)
    for name in (PAGE, PICTURE):
        assert "a page that misses it" not in (tmp_path / name).read_text(encoding="utf-8")


def test_contestants_take_turns() -> None:
    order: list[str] = []
    timings = take_turns({"a": lambda: order.append("a"), "b": lambda: order.append("b")}, 2, lambda what: None)
    assert order == ["a", "b", "a", "b", "a", "b"]
    assert [timing.rounds for timing in timings.values()] == [2, 2]
