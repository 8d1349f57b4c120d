"""Is every opening of somebody's longer record noted, once a day, so that an effect is worked out as carefully as it must be?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from floorwalker.apps.coaching import records_shown
from floorwalker.apps.coaching.models import RecordShown
from floorwalker.apps.coaching.records_shown import note_record, weeks_back, weeks_seen
from floorwalker.apps.people.models import Agent, User
from floorwalker.facts.snapshot import Snapshot
from tests.apps.conftest import NOW, Floor

MEASURE = "transfer_rate"
KNOWN = date(2022, 11, 7), date(2023, 11, 19)


@pytest.fixture
def long_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if more than a year of facts were there."""
    monkeypatch.setattr(records_shown, "known_days", lambda _facts: KNOWN)


def noted(by: User | None) -> list[tuple[str, int | None, int]]:
    rows = RecordShown.objects.filter(by=by).order_by("measure", "agent", "weeks")
    return list(rows.values_list("measure", "agent", "weeks"))


@pytest.mark.usefixtures("long_known")
def test_how_far_back_a_question_reaches(floor: Floor) -> None:
    facts: Snapshot = floor.lake.snapshot()
    assert weeks_back(facts, date(2023, 8, 28)) == 12 and weeks_back(facts, date(2023, 8, 27)) == 13
    assert weeks_back(facts, date(2023, 10, 23), date(2022, 11, 21)) == 52
    assert weeks_back(facts, None) == weeks_back(facts, date(1990, 1, 1)) == 54


def test_it_is_noted_once_a_day_and_reader(floor: Floor) -> None:
    leader, one = floor.users["leader"], floor.agents[0]
    note_record((MEASURE,), 12, of=[one], by=leader, at=NOW)
    assert noted(leader) == []
    for _again in range(2):
        note_record((MEASURE, "csat_top_box"), 26, of=[one], by=leader, at=NOW)
    note_record((MEASURE,), 13, of=[one], by=leader, at=NOW)
    assert noted(leader) == [("csat_top_box", one.pk, 26), (MEASURE, one.pk, 26)]
    note_record((MEASURE,), 52, of=[one], by=leader, at=NOW + timedelta(hours=1))
    note_record((MEASURE,), 26, of=[one], by=leader, at=NOW + timedelta(days=1))
    assert noted(leader)[1:] == [(MEASURE, one.pk, 26), (MEASURE, one.pk, 26), (MEASURE, one.pk, 52)]


def test_what_was_seen_counts_for_whoever_saw_it_and_of_nobody_in_particular_for_everybody(floor: Floor) -> None:
    leader, boss, one, other = floor.users["leader"], floor.users["boss"], floor.agents[0], floor.agents[2]
    note_record((MEASURE,), 26, of=[one], by=leader, at=NOW)
    assert weeks_seen([leader], [one], MEASURE) == weeks_seen([boss, leader], [one], MEASURE) == 26
    assert weeks_seen([boss], [one], MEASURE) == weeks_seen([leader], [other], MEASURE) == 12
    note_record((MEASURE,), 30, of=[other], by=None, at=NOW)
    assert weeks_seen([boss], [other], MEASURE) == 30
    note_record((MEASURE,), 40, of=None, by=boss, at=NOW)
    assert weeks_seen([boss], [one], MEASURE) == 40 and weeks_seen([leader], [one], MEASURE) == 26
    Agent.objects.filter(pk=one.pk).update(merged_into=floor.agents[4])
    assert weeks_seen([leader], [floor.agents[4]], MEASURE) == 26, "it is her record, by whichever number"


@pytest.mark.usefixtures("long_known")
def test_a_board_of_people_over_a_longer_period_is_noted_for_each_of_them(floor: Floor) -> None:
    leader, client = floor.users["leader"], floor.client("leader")
    board = f"/teams/{floor.teams[0].pk}/"
    client.get(board)
    assert noted(leader) == [], "so many weeks everybody is shown"
    client.get(f"{board}?from=2023-05-01&to=2023-11-19")
    page = client.get(f"{board}?from=2023-05-01&to=2023-11-19").content.decode()
    named = {agent.pk for agent in floor.agents if f'href="/agents/{agent.pk}/' in page}
    rows = [row for row in noted(leader) if row[0] == MEASURE]
    assert len(named) > 3 and {(agent, weeks) for _measure, agent, weeks in rows} == {(one, 29) for one in named}
    assert len(rows) == len(named), "once a day"
    # A board of teams names nobody.
    floor.client("boss").get("/?from=2023-05-01&to=2023-11-19")
    floor.client("boss").get("/centre/?from=2023-05-01&to=2023-11-19")
    assert noted(floor.users["boss"]) == []


@pytest.mark.usefixtures("long_known")
def test_pages_files_and_programs_note_a_longer_record(floor: Floor) -> None:
    leader, one, client = floor.users["leader"], floor.agents[0], floor.client("leader")
    page = f"/agents/{one.pk}/"
    client.get(page)
    assert noted(leader) == []
    client.get(f"{page}?from=2023-05-01&to=2023-11-19")
    measures = {measure for measure, _agent, _weeks in noted(leader)}
    assert MEASURE in measures and len(measures) > 3 and {weeks for *_rest, weeks in noted(leader)} == {29}
    RecordShown.objects.all().delete()
    client.get(f"{page}trend/{MEASURE}/?from=2023-05-01&to=2023-11-19")
    client.get(f"{page}trend/{MEASURE}/?from=2023-05-01&to=2023-11-19")
    assert noted(leader) == [(MEASURE, one.pk, 29)]
    RecordShown.objects.all().delete()
    client.get(f"{page}trend/{MEASURE}/?compare=year")
    assert [weeks for *_rest, weeks in noted(leader)] == [54], "the figure of a year ago stands beside it"
    RecordShown.objects.all().delete()
    assert client.get(f"{page}figures.csv?from=2023-05-01&to=2023-11-19").status_code == 200
    assert MEASURE in {measure for measure, *_rest in noted(leader)}
