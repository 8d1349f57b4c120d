"""Do reference files give their published figures on the command line: guessed mapping, load, and figures as JSON?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.cli.conftest import Terminal

SHIFTS = {"Morning": 4.2435, "Afternoon": 4.2742, "Evening": 4.2748, "Night": 4.0303, "Split": 4.3108}


def receipts(terminal: Terminal) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What the first load and the second said."""
    once, twice = (json.loads((terminal.home / f"{name}.json").read_text()) for name in ("once", "twice"))
    return once, twice


def figures(terminal: Terminal, *asked: str) -> list[dict[str, Any]]:
    """The rows of `kpi run`."""
    rows: list[dict[str, Any]] = json.loads(terminal.run("kpi", "run", *asked, "--json").stdout)
    return rows


def by_group(rows: list[dict[str, Any]]) -> dict[Any, Any]:
    """The values of one measure by the one group that it was split by."""
    return {next(iter(row["group"].values())): row["value"] for row in rows}


def test_the_workbook_of_calls(workbook: Terminal) -> None:
    _, twice = receipts(workbook)
    assert all(counts["new"] == counts["changed"] == 0 for counts in twice["facts"].values())
    counted = ("contacts_offered", "contacts_handled", "contacts_resolved")
    averaged = ("average_speed_of_answer", "csat_mean", "abandonment_rate", "first_contact_resolution")
    found = {row["kpi"]: row for row in figures(workbook, *counted, *averaged)}
    assert [found[name]["value"] for name in counted] == [5000, 4054, 3646]
    assert [round(found[name]["value"], 2) for name in averaged[:2]] == [67.52, 3.40]
    assert (found["abandonment_rate"]["n"], found["abandonment_rate"]["value"]) == (5000, pytest.approx(946 / 5000))
    assert (found["first_contact_resolution"]["value"], found["first_contact_resolution"]["reason"]) == (
        None,
        "not_measurable",
    )
    agents = by_group(figures(workbook, "contacts_handled", "--by", "agent"))
    assert (agents["Becky"], len(agents), sum(agents.values())) == (517, 8, 4054)
    for split in ("reason", "month", "hour"):
        assert sum(by_group(figures(workbook, "contacts_offered", "--by", split)).values()) == 5000
    assert set(by_group(figures(workbook, "contacts_offered", "--by", "hour"))) == set(range(9, 19))


def test_the_table_of_surveys(surveys: Terminal) -> None:
    receipt, twice = receipts(surveys)
    assert all(counts["new"] == counts["changed"] == 0 for counts in twice["facts"].values())
    assert receipt["facts"]["survey"]["new"] == 2000
    assert sum(receipt["flags"].values()) == 74
    mean, top = figures(surveys, "csat_mean", "csat_top_box")
    assert (mean["n"], round(mean["value"], 4), round(top["value"], 4)) == (2000, 4.2565, 0.8355)
    shifts = by_group(figures(surveys, "csat_mean", "--by", "attribute:shift"))
    assert {shift: round(value, 4) for shift, value in shifts.items()} == SHIFTS
    supervisors = figures(surveys, "csat_mean", "--by", "team")
    assert len(supervisors) == 40
    assert sum(row["n"] * row["observed"] for row in supervisors) == pytest.approx(2000 * 4.2565)
