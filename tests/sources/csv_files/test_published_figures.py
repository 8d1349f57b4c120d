"""Do the reference files, through a mapping that nobody touched, give the figures published for them?"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from floorwalker.errors import SourceError
from floorwalker.sources.csv_files.guess import guess_mapping
from tests.shared_data import shared
from tests.sources.csv_files.loading import Loaded, load

WORKBOOK = "data/pwc_call_center/01 Call-Center-Dataset.xlsx"
SURVEYS = "data/csat_2000/csat_2000.csv"
TICKETS = "data/support_tickets_synthetic/customer_support_tickets.csv"


@cache
def guessed(relative: str) -> Loaded:
    """What becomes of a file, read once for all tests here."""
    path = shared(relative)
    return load(path, guess_mapping(path))


def test_workbook_gives_its_published_figures() -> None:
    loaded = guessed(WORKBOOK)
    contacts = pd.DataFrame(loaded.contacts)
    segments = pd.DataFrame(loaded.rows("segment"))
    surveys = pd.DataFrame(loaded.rows("survey"))
    assert (len(contacts), len(segments), int((contacts.resolved == True).sum())) == (5000, 4054, 3646)  # noqa: E712
    assert round(contacts[contacts.outcome == "answered"].wait_seconds.mean(), 2) == 67.52
    assert round(surveys.score.mean(), 2) == 3.40
    assert (segments.agent == "Becky").sum() == 517
    assert surveys.invited_at.isna().all()
    assert loaded.rejects == [] and loaded.flags == []


def test_workbook_agrees_with_another_reader_of_it() -> None:
    """By agent, topic, month and hour, against openpyxl."""
    raw = pd.read_excel(shared(WORKBOOK), engine="openpyxl")
    raw["at"] = pd.to_datetime(raw["Date"] + " " + raw["Time"].astype(str)).dt.tz_localize("Europe/London")
    loaded = guessed(WORKBOOK)
    contacts = pd.DataFrame(loaded.contacts)
    segments = pd.DataFrame(loaded.rows("segment"))
    answered = raw[raw["Answered (Y/N)"] == "Y"]
    assert segments.groupby("agent").size().to_dict() == answered.groupby("Agent").size().to_dict()
    assert contacts.groupby("reason").size().to_dict() == raw.groupby("Topic").size().to_dict()
    local = contacts.entered_at.dt.tz_convert("Europe/London")
    assert local.dt.month.value_counts().to_dict() == raw["at"].dt.month.value_counts().to_dict()
    assert local.dt.hour.value_counts().to_dict() == raw["at"].dt.hour.value_counts().to_dict()
    talk = answered["AvgTalkDuration"].map(lambda at: at.hour * 3600 + at.minute * 60 + at.second)
    assert segments.talk_seconds.tolist() == talk.tolist()


def test_abandoned_calls_with_an_agents_name_are_nobodys() -> None:
    loaded = guessed(WORKBOOK)
    abandoned = [row for row in loaded.contacts if row["outcome"] == "abandoned"]
    assert len(abandoned) == 946
    assert all(
        row["answered_by"] is None and row["last_agent"] is None and row["handled"] is False for row in abandoned
    )
    handled = {row["contact_id"] for row in loaded.rows("segment")}
    assert handled.isdisjoint(row["contact_id"] for row in abandoned)


def test_surveys_give_their_published_figures() -> None:
    loaded = guessed(SURVEYS)
    assert set(loaded.pages[0].rows) == {"survey"}, "the file lists answers, not contacts"
    surveys = pd.DataFrame(loaded.rows("survey"))
    shift = surveys.attributes.map(lambda held: held["shift"])
    assert len(surveys) == 2000
    assert (surveys.score.mean(), (surveys.score >= 4).mean()) == (4.2565, 0.8355)
    assert surveys.groupby(shift).score.mean().round(4).to_dict() == {
        "Morning": 4.2435,
        "Afternoon": 4.2742,
        "Evening": 4.2748,
        "Night": 4.0303,
        "Split": 4.3108,
    }
    raw = pd.read_csv(shared(SURVEYS))
    assert surveys.groupby("team").score.mean().to_dict() == raw.groupby("Supervisor")["CSAT Score"].mean().to_dict()
    assert surveys.groupby("reason").size().to_dict() == raw.groupby("category").size().to_dict()


def test_surveys_answered_before_they_were_asked_are_flagged_by_line() -> None:
    raw = pd.read_csv(shared(SURVEYS))
    asked, answered = (
        pd.to_datetime(raw[column], format="%d/%m/%Y %H:%M") for column in ("Issue_reported at", "issue_responded")
    )
    loaded = guessed(SURVEYS)
    assert [flag.line for flag in loaded.flags] == [place + 2 for place in raw.index[answered < asked]]
    assert len(loaded.flags) == 74


def test_managers_do_not_become_an_attribute() -> None:
    text = guess_mapping(shared(SURVEYS))
    assert "Manager: ? names a person" in text
    assert all("Manager 0" not in str(row) for row in guessed(SURVEYS).rows("survey"))


def test_tickets_solved_before_they_were_answered_are_flagged() -> None:
    raw = pd.read_csv(shared(TICKETS))
    first, solved = (
        pd.to_datetime(raw[column], format="%Y-%m-%d %H:%M") for column in ("First_Response_Time", "Time_to_Resolution")
    )
    loaded = guessed(TICKETS)
    assert len(loaded.flags) == int((solved < first).sum()) == 1365
    contacts = loaded.contacts
    assert sum(row["ended_at"] is None for row in contacts) == 1365
    assert len(contacts) == len(raw)


@pytest.mark.parametrize(
    "relative",
    [
        "data/daily_callcenter_kaggle/call_center_daily.csv",
        "data/bank_calls/bank_calls.csv",
        "data/bank_calls/calls.csv",
    ],
)
def test_totals_are_refused_in_words(relative: str) -> None:
    with pytest.raises(SourceError, match="adds up many contacts") as caught:
        guess_mapping(shared(relative))
    assert "one row for each contact" in str(caught.value)


@pytest.mark.parametrize(
    "relative",
    ["data/pbxware_first200/cdr.csv", "data/cdr_master_simularent/Master.csv", "data/cdr_master_kelysaina/Master.csv"],
)
def test_call_detail_records_load_through_a_guess(relative: str) -> None:
    loaded = guessed(relative)
    assert loaded.used == loaded.read > 10
    assert {row["outcome"] for row in loaded.contacts} >= {"answered", "abandoned"}


def test_a_guess_is_the_same_twice_and_names_no_customer(tmp_path: Path) -> None:
    path = shared(TICKETS)
    assert guess_mapping(path) == guess_mapping(path)
    assert "@" not in guess_mapping(path)
