"""Do real tables give the published figures through a guessed mapping with nothing changed?"""

from __future__ import annotations

from pathlib import Path

import pandas
import pytest
from click.testing import CliRunner

from floorwalker.cli.mapping import mapping
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.run import KpiRow, run_kpis
from tests.installation import Installation, new_installation
from tests.shared_data import shared


def load_guessed(folder: Path, file: Path) -> Installation:
    """Guess a mapping on the command line, change nothing, load."""
    written = folder / "mapping.yaml"
    answer = CliRunner().invoke(mapping, ["guess", str(file), "--out", str(written)])
    assert answer.exit_code == 0, answer.output
    home = new_installation(folder / "home")
    receipt = home.load("csv_files", file, mapping=written.read_text(encoding="utf-8"), mapping_path=str(written))
    assert receipt.records.rejected.total() == 0
    return home


def ask(home: Installation, *kpis: str, by: tuple[str, ...] = ()) -> list[KpiRow]:
    return run_kpis(KpiQuery(kpis, by=by), home.snapshot)


@pytest.fixture(scope="module")
def calls_file() -> Path:
    return shared("data/pwc_call_center/01 Call-Center-Dataset.xlsx")


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory, calls_file: Path) -> Installation:
    return load_guessed(tmp_path_factory.mktemp("calls"), calls_file)


def test_calls_give_the_published_figures(calls: Installation) -> None:
    said = {
        row.kpi: row.answer
        for row in ask(
            calls,
            "contacts_offered",
            "contacts_handled",
            "contacts_resolved",
            "average_speed_of_answer",
            "csat_mean",
            "first_contact_resolution",
        )
    }
    observed = {name: answer.observed for name, answer in said.items()}
    assert (observed["contacts_offered"], observed["contacts_handled"], observed["contacts_resolved"]) == (
        5000,
        4054,
        3646,
    )
    assert observed["average_speed_of_answer"] == pytest.approx(67.52, abs=0.005)
    assert observed["csat_mean"] == pytest.approx(3.40, abs=0.005)
    assert str(said["first_contact_resolution"].reason) == "not_measurable"  # type: ignore[union-attr]


def test_calls_by_topic_month_hour_and_agent_as_in_the_file(calls: Installation, calls_file: Path) -> None:
    frame = pandas.read_excel(calls_file, engine="openpyxl")
    hours = frame["Time"].map(lambda time: time.hour)
    by_hour = {row.group["hour"]: row.answer.observed for row in ask(calls, "contacts_offered", by=("hour",))}
    assert by_hour == frame.groupby(hours).size().to_dict()
    by_month = {row.group["month"]: row.answer.observed for row in ask(calls, "contacts_offered", by=("month",))}
    assert by_month == frame.groupby(frame["Date"].astype(str).str[:7]).size().to_dict()
    by_topic = {row.group["reason"]: row.answer.observed for row in ask(calls, "contacts_offered", by=("reason",))}
    assert by_topic == frame.groupby("Topic").size().to_dict()
    handled = frame[frame["Answered (Y/N)"] == "Y"].groupby("Agent").size()
    by_agent = [row.answer.observed for row in ask(calls, "contacts_handled", by=("agent",)) if row.group["agent"]]
    assert handled["Becky"] == 517
    assert sorted(value for value in by_agent if value is not None) == sorted(handled)


def test_survey_answers_give_the_published_figures(tmp_path: Path) -> None:
    file = shared("data/csat_2000/csat_2000.csv")
    home = load_guessed(tmp_path, file)
    mean, top = (row.answer for row in ask(home, "csat_mean", "csat_top_box"))
    assert mean.n == 2000
    assert mean.observed == pytest.approx(4.2565, abs=1e-9)
    assert top.observed == pytest.approx(0.8355, abs=1e-9)
    by_shift = {
        row.group["attribute:shift"]: row.answer.observed for row in ask(home, "csat_mean", by=("attribute:shift",))
    }
    published = {"Morning": 4.2435, "Afternoon": 4.2742, "Evening": 4.2748, "Night": 4.0303, "Split": 4.3108}
    assert by_shift == pytest.approx(published, abs=5e-5)
    assert len(home.store.flags()) == 74
    frame = pandas.read_csv(file)
    in_file = sorted(round(value, 6) for value in frame.groupby("Supervisor")["CSAT Score"].mean())
    rows = [row.answer.observed for row in ask(home, "csat_mean", by=("team",)) if row.group["team"]]
    assert sorted(round(value, 6) for value in rows if value is not None) == in_file
