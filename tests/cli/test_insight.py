"""Does the command judge fairly: nobody where nothing is known, the planted truth where there is one, and in whole sentences?"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import click
import numpy as np
import pytest

from floorwalker.cli.inquiring import delta_of
from floorwalker.cli.remembering import _read_until
from floorwalker.insight.cells import AgentCells, scale_of
from floorwalker.jobs.capping import renew_caps
from floorwalker.kpis.catalogue import catalogue
from floorwalker.stats.cells import Cells
from tests.cli.conftest import Terminal
from tests.installation import new_installation
from tests.shared_data import ROOT
from tests.warm import warm_parent


def asked(terminal: Terminal, *words: str) -> Any:
    """What `insight` answers, as JSON."""
    answer = terminal.run("insight", *words, "--json")
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


@pytest.mark.slow
def test_a_month_of_few_surveys_tells_nothing_of_anybody(surveys: Terminal) -> None:
    rows = asked(surveys, "compare", "csat_top_box")
    assert len(rows) == 964
    assert Counter(row["verdict"] for row in rows) == {"not_enough_data": 964}
    assert all("too little to tell it from chance" in row["sentence"] and not row["flagged"] for row in rows)
    assert all(row["sentence"].count(f"{row['n']} survey") == 1 for row in rows)
    causes = asked(surveys, "cause", "csat_top_box")
    assert {row["primary"] for row in causes["agents"]} == {"not_enough_data"}
    # Supervisors, of fifty surveys each, are told apart a little better than their people, and not well.
    supervisors = asked(surveys, "compare", "csat_top_box", "--by", "team")
    assert len(supervisors) >= 30 and all(row["agent"] is None and row["team"] for row in supervisors)
    assert max(row["reliability"] for row in supervisors) > max(row["reliability"] for row in rows)
    assert all(0 <= row["reliability"] < 0.7 and not row["flagged"] for row in supervisors)


def test_what_was_said_is_told_with_its_method_and_version(loaded: Terminal) -> None:
    """One call tells nothing of anybody: that is said, kept, and found again."""
    assert "nothing is capped yet" in loaded.ask("insight", "caps")
    assert "nothing was said" in loaded.ask("insight", "said", "--agent", "PJSIP/201")
    assert {row["outcome"] for row in asked(loaded, "run")} == {"said", "nobody"}
    assert {row["outcome"] for row in asked(loaded, "run")} == {"stands"}
    found = asked(loaded, "said", "--agent", "PJSIP/201", "--kpi", "average_handle_time")
    assert [(row["method"], row["method_version"], row["kpi_version"]) for row in found] == [
        ("cause", 4, 1),
        ("comparison", 3, 1),
    ]
    compared = found[1]
    assert (compared["verdict"], compared["n"], compared["first_day"]) == ("not_enough_data", 1, "2023-10-18")
    assert "too little to tell it from chance" in compared["sentence"]
    early = "2023-11-20T00:00+00:00"
    assert "nothing was said" in loaded.ask("insight", "said", "--agent", "PJSIP/201", "--as-of", early)
    with sqlite3.connect(loaded.home / "floorwalker.sqlite3") as database:
        verbs = Counter(verb for (verb,) in database.execute("select verb from people_auditentry"))
    assert (verbs["read_statements"], verbs["judged_floor"]) == (3, 2)


def test_where_nothing_was_evaluated_nothing_is_said_of_behaviours(loaded: Terminal) -> None:
    assert asked(loaded, "behaviours") == [] and "nothing to say" in loaded.ask("insight", "behaviours")


def test_until_when_is_a_day_or_an_instant_with_its_offset() -> None:
    assert _read_until(None) is None
    assert _read_until("2026-03-09") == date(2026, 3, 9)
    assert _read_until("2026-03-09T14:00+01:00") == datetime(2026, 3, 9, 13, tzinfo=UTC)
    for text in ("2026-03-09T14:00", "yesterday", "9999-12-31T23:59+00:00", "2026-03-09T25:00Z"):
        with pytest.raises(click.BadParameter, match="such as 2026-03-09"):
            _read_until(text)


@pytest.mark.slow
def test_a_month_of_few_surveys_is_kept_as_such(surveys: Terminal) -> None:
    found = [row for row in asked(surveys, "run") if row["method"] == "comparison"]
    assert len(found) == 2 and all(row["outcome"] == "said" and row["subjects"] > 900 for row in found)
    facts = new_installation(surveys.home).snapshot
    kept = facts.sql(
        f"select verdict, count(*) as n from {facts.relation('statement')}"
        " where method = 'comparison' and subject = 'agent' group by all"
    )
    assert kept.to_pylist() == [{"verdict": "not_enough_data", "n": sum(row["subjects"] for row in found)}]


def test_nobody_of_the_workbook_is_named(workbook: Terminal) -> None:
    for measure in ("csat_mean", "first_contact_resolution_by_flag"):
        rows = asked(workbook, "compare", measure)
        assert len(rows) == 8
        assert not any(row["flagged"] for row in rows), measure
    assert not any(row["flagged"] for row in asked(workbook, "process", "csat_mean"))
    assert all(not row["signals"] for row in asked(workbook, "trend", "csat_mean"))


@pytest.fixture(scope="module")
def floor(initialised: Any, tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """A simulated centre of sixty people and twelve weeks, with the truths that it plants by itself."""
    import shutil

    home = tmp_path_factory.mktemp("judged") / "home"
    shutil.copytree(initialised, home)
    terminal = Terminal(home)
    terminal.ask("load", "simulated", "--set", "agents=60", "--set", "days=84", "--set", "seed=4")
    installed = new_installation(home)
    assert renew_caps(installed.lake, datetime.now(UTC))
    installed.lake.engine.close()
    return terminal


@pytest.fixture(scope="module")
def handle_times(floor: Terminal) -> Any:
    """What is said of everybody's handle times there: asked once, and read by several tests."""
    return asked(floor, "compare", "average_handle_time")


def test_caps_are_told_by_kind_of_contact(floor: Terminal, handle_times: Any) -> None:
    rows = asked(floor, "caps", "--kpi", "average_handle_time")
    assert rows and {(row["kpi"], row["from_day"], row["to_day"]) for row in rows} == {
        ("average_handle_time", None, None)
    }
    assert all(row["cap"] == round(row["cap"]) > 60 and row["contacts"] >= 40 and row["queue"] for row in rows)
    assert len({(row["queue"], row["channel"], row["reason"]) for row in rows}) == len(rows)
    assert {row["kpi"] for row in asked(floor, "caps")} > {"average_handle_time"}
    told = floor.ask("insight", "compare", "average_handle_time")
    capped = re.search(r"Very long contacts \(([\d.]+)% of all\) count here", " ".join(told.split()))
    assert capped is not None
    share = sum(row["beyond_cap"] for row in handle_times) / sum(row["n"] for row in handle_times)
    assert 0.002 < share < 0.01
    assert float(capped[1]) == round(100 * share, 1)


def test_gaps_are_told_with_their_range_and_how_sure_it_is(floor: Terminal, handle_times: Any) -> None:
    assert len(handle_times) >= 50
    for row in handle_times:
        assert row["verdict"] in ("worse", "watch", "as_agreed", "not_enough_data")
        if row["verdict"] != "not_enough_data":
            assert row["low"] <= row["adjusted"] <= row["high"]
            assert 0 <= row["probability_below"] <= 1
            said = f"{min(99, max(1, round(100 * row['probability_below'])))}%"
            assert said in row["sentence"]
        assert f"{row['n']:,} contact" in row["sentence"]
    named = [row for row in handle_times if row["flagged"]]
    assert sum(1 - row["probability_below"] for row in named) <= 0.1 * len(named) + 1e-9
    stricter = asked(floor, "compare", "average_handle_time", "--standard", "60")
    assert sum(row["flagged"] for row in stricter) > len(named)
    looser = asked(floor, "compare", "average_handle_time", "--delta", "0.95")
    assert not any(row["flagged"] for row in looser)


def test_a_gap_is_taken_apart_and_adds_up(floor: Terminal, handle_times: Any) -> None:
    found = asked(floor, "cause", "average_handle_time", "--standard", "400")
    assert found["standard"] == 400
    raw = {row["agent"]: row["raw"] for row in handle_times}
    for row in found["agents"]:
        steps = row["waterfall"]
        if steps is not None:
            parts = [steps[part] for part in ("mix", "system", "team", "personal", "noise")]
            assert sum(parts) == pytest.approx(steps["gap"])
            assert steps["gap"] == pytest.approx(raw[row["agent"]] - 400, rel=1e-6, abs=1e-6)
    assert {row["primary"] for row in found["agents"]} <= {"personal", "team", "systemic", "none", "not_enough_data"}


def test_how_long_starters_take_is_told_of_all_of_them_and_of_nobody_alone(floor: Terminal) -> None:
    found = asked(floor, "competence", "average_handle_time")
    assert found["began"] >= found["followed"] and found["established"] > 30 and found["held_weeks"] == 4
    assert (found["reason"] is None) == (len(found["weeks"]) > 0)
    assert found["sentence"].startswith(("Half of those who began", "Cannot tell yet"))
    assert found["sentence"] in " ".join(floor.ask("insight", "competence", "average_handle_time").split())
    refused = floor.run("insight", "competence", "average_handle_time", "--where", "agent=nobody")
    assert refused.returncode != 0


def aim(home: Terminal, measure: str, value: float, place: str = "") -> None:
    """Agree on a target for the centre, or for one place of it, as its page does."""
    code = (
        "from floorwalker.config import Config; from floorwalker.web.prepare import prepare\n"
        "prepare(Config.from_environment())\n"
        "from datetime import UTC, date, datetime\n"
        "from floorwalker.apps.standards.actions import set_target\n"
        "from floorwalker.apps.people.models import Queue, Team\n"
        f"set_target({measure!r}, {value}, {place} from_day=date(2000, 1, 1), by=None, at=datetime.now(UTC))"
    )
    environment = {**os.environ, "FLOORWALKER_HOME": str(home.home)}
    done = warm_parent().run([], ROOT, environment, code)
    assert done.returncode == 0, done.stderr


def test_without_a_standard_the_agreed_target_counts(floor: Terminal) -> None:
    before = asked(floor, "cause", "transfer_rate")
    aim(floor, "transfer_rate", 0.011)
    assert before["standard"] != 0.011
    assert asked(floor, "cause", "transfer_rate")["standard"] == 0.011
    given = asked(floor, "compare", "transfer_rate", "--standard", "0.011")
    for row, same in zip(asked(floor, "compare", "transfer_rate"), given, strict=True):
        # Sums are added up in no fixed order: the last digits may differ.
        figures = {name: value for name, value in row.items() if isinstance(value, float)}
        assert figures == pytest.approx({name: same[name] for name in figures})
        assert {**row, **figures} == {**same, **figures}


@pytest.mark.slow
def test_what_is_agreed_for_a_team_or_a_queue_counts_as_on_pages(floor: Terminal) -> None:
    measure, team, queue = "first_contact_resolution", asked(floor, "compare", "transfer_rate")[0]["team"], "Billing"
    aim(floor, measure, 0.5)
    aim(floor, measure, 0.999, f"team=Team.objects.get(name={team!r}),")
    aim(floor, measure, 0.6, f"queue=Queue.objects.get(name={queue!r}),")
    rows = asked(floor, "compare", measure)
    assert {(row["standard"], row["team"] == team) for row in rows} == {(0.999, True), (0.5, False)}
    likely = {at: [row["probability_below"] for row in rows if row["standard"] == at] for at in (0.5, 0.999)}
    assert min(filter(None, likely[0.999])) > 0.9 and max(filter(None, likely[0.5])) < 0.1
    assert {row["standard"] for row in asked(floor, "compare", measure, "--standard", "0.7")} == {0.7}
    assert asked(floor, "cause", measure, "--where", f"queue={queue}")["standard"] == 0.6


@pytest.mark.parametrize(
    ("measure", "given", "standard", "gap"),
    [
        ("average_handle_time", None, 400.0, None),
        ("average_handle_time", 0.05, 400.0, 0.05),
        ("average_handle_time", 20.0, 400.0, 0.05),
        ("average_handle_time", 1.0, None, 0.005),
        ("csat_mean", 1.5, 4.0, 1.5),
        ("transfer_rate", 0.02, None, 0.02),
    ],
)
def test_a_gap_in_seconds_is_a_share_of_the_standard_or_of_the_usual(
    measure: str, given: float | None, standard: float | None, gap: float | None
) -> None:
    """Two hundred seconds are usual here; below one it is a share already."""
    cells = Cells(*(np.zeros(1, dtype=np.int64),) * 3, np.ones(1), np.full(1, 200.0), np.full(1, 40_000.0), 1, 1, 1)
    kpi = catalogue()[measure]
    read = AgentCells(kpi, scale_of(kpi), cells, (b"a" * 16,), (None,), ((0,),), date(2026, 3, 2))
    assert delta_of(given, standard, read) == (None if gap is None else pytest.approx(gap))


def test_whoever_surely_misses_nothing_is_no_cause(floor: Terminal) -> None:
    """As on her page; and rows carry the keys by which names can be told apart."""
    # Seconds without a standard are a share of what is usual.
    measure = ("average_handle_time", "--delta", "15")
    judged = {row["agent_key"]: row for row in asked(floor, "compare", *measure)}
    found = asked(floor, "cause", *measure)
    assert {row["agent_key"] for row in found["agents"]} == set(judged)
    for row in found["agents"]:
        assert row["team_key"] in (judged[row["agent_key"]]["team_key"], None)
        probability = judged[row["agent_key"]]["probability_below"]
        if probability is not None and probability <= 0.2:
            assert row["primary"] not in ("personal", "team") and "Mostly the" not in row["sentence"]
    placed = {row["team_key"] for row in found["agents"] if row["waterfall"]}
    assert {row["team_key"] for row in found["teams"]} == placed


def test_trends_and_processes_answer_for_everybody(floor: Terminal) -> None:
    trends = asked(floor, "trend", "average_handle_time")
    assert {row["kind"] for row in trends} == {"agent", "team"}
    assert all(row["alarm_budget"] == 3.0 for row in trends)
    for row in trends:
        for signal in row["signals"]:
            assert signal["from"] <= signal["detected"]
            assert (signal["direction"] == "up") == (signal["size"] > 0)
    changes = asked(floor, "process", "average_handle_time")
    assert all(row["low"] <= row["change"] <= row["high"] for row in changes if row["change"] is not None)


def test_the_latest_first_contacts_are_included_by_estimate(floor: Terminal) -> None:
    found = asked(floor, "resolution", "first_contact_resolution")
    assert found["low"] < found["share"] < found["high"] and found["plain"] < found["share"]
    assert 0 < found["waiting"] < found["n"]
    assert f"{found['n']:,} first contacts" in found["sentence"]
    over = json.loads(floor.ask("kpi", "run", "first_contact_resolution", "--json"))[0]
    assert abs(over["value"] - found["plain"]) <= 0.03
    assert found["n"] == over["n"] + over["pending"]
    assert "cannot tell" in floor.ask("insight", "resolution", "first_contact_resolution", "--from", "2031-01-01")


def test_surveys_are_told_with_those_who_did_not_answer(floor: Terminal) -> None:
    found = asked(floor, "surveys", "csat_top_box")
    assert found["least"] < found["low"] < found["value"] < found["high"] < found["most"]
    assert 0.05 < found["response_rate"] < 0.4 and found["answers"] < found["asked"]
    said = floor.ask("insight", "surveys", "csat_mean")
    assert "of those who answered (likely" in said and f"{found['asked']:,} who were asked" in said
    assert "cannot tell" in floor.ask("insight", "surveys", "csat_mean", "--from", "2031-01-01")
    assert "does not count answers" in floor.ask("insight", "surveys", "transfer_rate", code=2)


def test_what_cannot_be_judged_is_refused_in_words(floor: Terminal) -> None:
    measure = "average_handle_time"
    assert "is not a measure by which people are compared" in floor.ask("insight", "compare", "occupancy", code=2)
    assert measure in floor.ask("insight", "compare", "average_handel_time", code=2)
    assert "above 0" in floor.ask("insight", "compare", measure, "--delta", "-1", code=2)
    assert "above 0" in floor.ask("insight", "cause", measure, "--delta", "nan", code=2)
    assert "nothing to say" in floor.ask("insight", "compare", measure, "--from", "2031-01-01")
