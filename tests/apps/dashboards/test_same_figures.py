"""Do page, CSV, XLSX, PDF and command line give the same figures to the same question?"""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import openpyxl
import pypdf
import pytest
from click.testing import CliRunner

from floorwalker.apps.people.models import Agent
from floorwalker.cli import main as cli
from floorwalker.estimate import Answer, Estimate
from floorwalker.facts.memory import Memory
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.run import run_kpis
from floorwalker.ui import words
from tests.apps.conftest import Floor

FIRST, LAST = "2023-11-20", "2023-11-26"
QUESTION = f"?from={FIRST}&to={LAST}"
MEASURES = ("transfer_rate", "average_handle_time", "ring_no_answer_rate", "contacts_handled")
NUMBERS = ("value", "low", "high", "n", "unit", "reason")


def pages(floor: Floor) -> dict[str, tuple[str, dict[str, Any], list[str]]]:
    """By page: its address, the filter of its figures as the engine takes it, and as the command line is asked."""
    team, agent = floor.teams[0], floor.agents[0]
    return {
        "centre": ("/centre/", {}, []),
        "team": (f"/teams/{team.pk}/", {"team": (bytes(team.key),)}, ["--where", f"team={team.name}"]),
        "agent": (f"/agents/{agent.pk}/", {"agent": (bytes(agent.key),)}, ["--where", f"agent={agent.name}"]),
        "measure": ("/measures/transfer_rate/", {}, []),
    }


def asked_of_engine(floor: Floor, where: dict[str, Any]) -> dict[str, Answer]:
    floor.lake.memory = Memory()  # pages do not answer from what is counted here, nor this from what they have counted
    query = KpiQuery(MEASURES, date.fromisoformat(FIRST), date.fromisoformat(LAST), (), where)
    return {row.kpi: row.answer for row in run_kpis(query, floor.lake.snapshot())}


def asked_of_command(monkeypatch: pytest.MonkeyPatch, floor: Floor, where: list[str]) -> dict[str, dict[str, Any]]:
    monkeypatch.setenv("FLOORWALKER_HOME", str(floor.lake.path.parent))
    monkeypatch.setattr("floorwalker.cli.measuring.open_home", lambda: Home(floor))
    done = CliRunner().invoke(cli, ["kpi", "run", *MEASURES, "--from", FIRST, "--to", LAST, *where, "--json"])
    assert done.exit_code == 0, done.output
    return {row["kpi"]: row for row in json.loads(done.stdout)}


class Home:
    """The test's own lake and names, as the command line opens them."""

    def __init__(self, floor: Floor) -> None:
        from floorwalker.apps.people.names import Names

        self.snapshot, self.names = floor.lake.snapshot(), Names()


def from_csv(content: bytes, subject: str) -> dict[str, dict[str, Any]]:
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    found = [row for row in rows if row["subject"] == subject and row["from"] == FIRST and row["to"] == LAST]
    return {row["kpi"]: {name: number(row[name]) for name in NUMBERS} for row in found[::-1]}


def from_xlsx(content: bytes, subject: str) -> dict[str, dict[str, Any]]:
    head, *rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)  # type: ignore[union-attr]
    told = [dict(zip(head, row, strict=True)) for row in rows]
    found = [row for row in told if row["subject"] == subject and (row["from"], row["to"]) == (FIRST, LAST)]
    return {row["kpi"]: {name: row[name] for name in NUMBERS} for row in found[::-1]}


def number(text: str | None) -> Any:
    try:
        return float(text) if text else None
    except ValueError:
        return text


def close(value: Any) -> Any:
    """A number as workbooks keep it: to 16 digits."""
    return pytest.approx(value, rel=1e-14) if isinstance(value, float) else value


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).split())


@pytest.mark.parametrize("name", ["centre", "team", "agent", "measure"])
def test_all_ways_say_the_same(floor: Floor, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    address, where, options = pages(floor)[name]
    boss = floor.client("boss")
    subject = {"team": floor.teams[0].name, "agent": floor.agents[0].name}.get(name, "The centre")
    engine, command = asked_of_engine(floor, where), asked_of_command(monkeypatch, floor, options)
    files = {form: boss.get(f"{address}figures.{form}{QUESTION}") for form in ("csv", "xlsx", "pdf")}
    assert {answer.status_code for answer in files.values()} == {200}
    tables = [from_csv(files["csv"].content, subject), from_xlsx(files["xlsx"].content, subject)]
    page, printed = boss.get(address + QUESTION).content.decode(), text_of(files["pdf"].content)
    shown = [measure for measure in MEASURES if measure in tables[0]]
    assert shown == (["transfer_rate"] if name == "measure" else list(MEASURES))
    for measure in shown:
        answer = engine[measure]
        expected = {field: command[measure][field] for field in NUMBERS}
        for table in tables:
            assert {field: close(value) for field, value in table[measure].items()} == expected, measure
        assert isinstance(answer, Estimate)
        assert (answer.value, answer.low, answer.high) == tuple(expected[field] for field in NUMBERS[:3])
        for said in (words.value(answer), words.interval(answer)):
            assert said in page and said in printed, (measure, said)


def test_a_name_that_looks_like_a_formula_or_like_typst_is_only_text(floor: Floor) -> None:
    agent = floor.agents[0]
    for nasty in ('=HYPERLINK("x")', '#panic("x") *bold* $1$ <label> @ref', ']#read("/etc/passwd")['):
        Agent.objects.filter(pk=agent.pk).update(name=nasty)
        boss = floor.client("boss")
        table = boss.get(f"/agents/{agent.pk}/figures.csv{QUESTION}").content.decode("utf-8-sig")
        subjects = {row["subject"] for row in csv.DictReader(io.StringIO(table)) if row["kpi"]}
        assert not any(subject.startswith("=") for subject in subjects)
        pdf = boss.get(f"/agents/{agent.pk}/figures.pdf{QUESTION}")
        assert pdf.status_code == 200
        assert nasty.replace(" ", "") in text_of(pdf.content).replace(" ", "")
