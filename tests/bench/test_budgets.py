"""Does the page of budgets keep the floors of other sizes, and say what is missed? No test asserts a time."""

from __future__ import annotations

from pathlib import Path

from bench.budgets import Budget, section, write_section


def test_a_floor_measured_again_takes_its_own_place(tmp_path: Path) -> None:
    page = tmp_path / "budgets.md"
    for title, measured in (("60 agents, 7 days", 900), ("600 agents, 7 days", 1200), ("60 agents, 7 days", 1100)):
        write_section(page, title, section(title, "A machine.", {"Centre": (Budget("Ready", 1000, measured),)}))
    text = page.read_text()
    assert text.count("# Budgets of the pages") == 1
    assert text.count("\n## 60 agents, 7 days\n") == text.count("\n## 600 agents, 7 days\n") == 1
    assert "900 ms" not in text and "| 1,000 ms | 1,100 ms | **missed** |" in text and "1,200 ms" in text


def test_a_budget_is_kept_to_the_last_millisecond() -> None:
    text = section("A floor", "", {"Board": (Budget("Ready", 1000, 1000.0), Budget("PDF", 2000, 2000.4))})
    assert text.count("| kept |") == 1 and text.count("**missed**") == 1
