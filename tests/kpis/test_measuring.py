"""Does the command print what scripts rely on?"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.conf import settings

from floorwalker.cli import measuring
from floorwalker.config import Config
from floorwalker.errors import KpiError
from tests.kpis.memory_facts import MemoryFacts, key

AGENTS = {key("b"): "Becky Plover", key("a"): "=Ash Lapwing"}


class Names:
    """The names of the agents above."""

    def name(self, kind: str, key: bytes | None) -> str | None:
        return None if key is None else AGENTS[key]

    def keys(self, kind: str, name: str) -> tuple[bytes, ...]:
        found = tuple(key for key, known in AGENTS.items() if known == name)
        if not found:
            raise KpiError(f"there is no {kind} called {name!r}")
        return found


@pytest.fixture(autouse=True)
def home(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Facts in memory, names of the agents above, and a home whose audit trail notes who asked about people."""
    config = Config.from_environment({"FLOORWALKER_HOME": str(tmp_path)}).prepare()
    monkeypatch.setattr(settings, "FLOORWALKER", config)
    work = {"direction": "inbound", "handled": True, "talk_seconds": 60.0, "transferred_out": False}
    rows = [{**work, "identity_key": "b", "times": 6}, {**work, "identity_key": "a", "local_day": "2026-01-13"}, work]
    facts = MemoryFacts({"segment": rows})
    monkeypatch.setattr(measuring, "open_home", lambda: SimpleNamespace(snapshot=facts, names=Names()))


def kpi(*arguments: str) -> Result:
    return CliRunner().invoke(measuring.kpi, arguments)


def rows(*arguments: str) -> list[dict[str, Any]]:
    result = kpi("run", *arguments, "--json")
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.output)
    return found


def test_json_has_the_promised_shape() -> None:
    found = rows("transfer_rate", "contacts_handled", "--by", "agent", "--from", "2026-01-01", "--to", "2026-01-31")
    assert [row["kpi"] for row in found] == ["transfer_rate"] * 3 + ["contacts_handled"] * 3
    by_agent = {row["group"]["agent"]: row for row in found[:3]}
    assert by_agent["Becky Plover"] == {
        "kpi": "transfer_rate", "definition": "transfer_rate@1", "group": {"agent": "Becky Plover"},
        "period": {"from": "2026-01-01", "to": "2026-01-31"}, "value": 0.0, "observed": 0.0, "low": 0.0,
        "high": pytest.approx(0.3903, abs=1e-4), "n": 6, "unit": "share", "pending": 0, "reason": None,
        "reason_text": None,
    }  # fmt: skip
    few = by_agent["=Ash Lapwing"]
    assert (few["value"], few["observed"], few["n"], few["reason"]) == (None, 0.0, 1, "too_few")
    assert "too few" in few["reason_text"]
    assert by_agent[None]["n"] == 1


def test_without_dates_the_period_is_that_of_the_data() -> None:
    (row,) = rows("contacts_handled")
    assert row["period"] == {"from": "2026-01-05", "to": "2026-01-13"}
    assert (row["value"], row["low"], row["high"]) == (8, None, None)


def test_filters_take_names_and_repeat_as_either() -> None:
    (both,) = rows("contacts_handled", "--where", "agent=Becky Plover", "--where", "agent==Ash Lapwing")
    assert both["value"] == 7
    assert rows("contacts_handled", "--where", "week=2026-W03")[0]["value"] == 1
    assert isinstance(kpi("run", "contacts_handled", "--where", "agent=Nobody").exception, KpiError)


def test_csv_is_safe_in_a_spreadsheet() -> None:
    found = list(csv.DictReader(io.StringIO(kpi("run", "contacts_handled", "--by", "agent", "--csv").output)))
    assert {row["agent"]: row["value"] for row in found} == {"'=Ash Lapwing": "1.0", "Becky Plover": "6.0", "": "1.0"}


def test_the_table_says_why_there_is_no_figure() -> None:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(measuring.kpi, ["run", "average_hold_time", "average_talk_time"])
    shown = result.output
    assert "does not tell" in shown
    assert "60.0 s" in shown


@pytest.mark.parametrize(
    "arguments",
    [("--from", "yesterday"), ("--where", "agent"), ("--param", "=3")],
)
def test_wrong_use_exits_with_two(arguments: tuple[str, ...]) -> None:
    assert kpi("run", "contacts_handled", *arguments).exit_code == 2


def test_a_parameter_that_is_no_number_is_named() -> None:
    result = kpi("run", "contacts_handled", "--param", "window_seconds=long")
    assert result.exit_code != 0
    assert "window_seconds" in str(result.exception or result.output)


def test_list_and_show_tell_what_there_is() -> None:
    assert len(json.loads(kpi("list", "--json").output)) == 67
    assert "service_level_removed" in kpi("list").output
    assert "threshold_seconds = 20" in kpi("show", "service_level").output
    assert "did you mean 'service_level'" in kpi("show", "servicelevel").output
