"""Are figures right at each step when two are found to be one, a move is dated back, and they are split again?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from floorwalker.apps.people import actions
from floorwalker.apps.people.merging import merge_agents, split_agents
from floorwalker.apps.people.models import Agent, AuditEntry, Membership, Merge, Standing, Team, User
from floorwalker.errors import Refused
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.run import run_kpis
from tests.apps.conftest import NOW, Commit, Floor

DAY = date
LAST = DAY(2024, 1, 1)


def handled(floor: Floor, by: str) -> dict[bytes | None, float]:
    """Contacts handled in the whole of the data, by agent or team."""
    rows = run_kpis(KpiQuery(("contacts_handled",), by=(by,)), floor.lake.snapshot())
    return {row.group[by]: row.answer.observed or 0.0 for row in rows}  # type: ignore[misc]


def fact_versions(floor: Floor) -> dict[str, int]:
    tables = floor.lake.snapshot().current.tables
    return {name: tables[name] for name in ("contact", "segment", "alert", "state_interval", "source_event")}


def key(one: Agent | Team) -> bytes:
    return bytes(one.key)


def test_merged_moved_back_in_time_and_split_again(floor: Floor, commit: Commit) -> None:
    boss, (avocet, kingfisher) = floor.users["boss"], floor.teams
    one, other = floor.agents[0], floor.agents[1]
    before, versions = handled(floor, "agent"), fact_versions(floor)
    teams_before = handled(floor, "team")

    with commit():
        merge = merge_agents(one, other, by="boss", at=NOW, reason="one chair, two telephones")
    merged = handled(floor, "agent")
    assert merged[key(one)] == before[key(one)] + before[key(other)]
    assert key(other) not in merged
    assert sum(merged.values()) == sum(before.values())
    teams = handled(floor, "team")
    assert teams[key(avocet)] == teams_before[key(avocet)] + before[key(other)], "the team of the one who stays"

    half = DAY(2023, 11, 20)
    with commit():
        actions.join_team(one, kingfisher, on=half, by=boss, at=NOW)
    halves = [
        handled_in(floor, one, kingfisher, half, LAST),
        handled_in(floor, one, avocet, DAY(2023, 1, 1), half - timedelta(1)),
    ]
    assert sum(halves) == merged[key(one)]
    assert all(halves), "some of both, or the test tells nothing"

    with commit():
        split_agents(merge, by="boss", at=NOW)
    assert handled(floor, "agent") == before
    assert handled_in(floor, other, kingfisher, DAY(2023, 1, 1), LAST) == before[key(other)], "back where it came from"
    assert fact_versions(floor) == versions, "no fact was rewritten"
    told = list(AuditEntry.objects.filter(subject=f"agent:{one.pk}").values_list("verb", flat=True))
    assert told[-3:] == ["merge_agents", "join_team", "split_agents"]


def handled_in(floor: Floor, agent: Agent, team: Team, first: date, last: date) -> float:
    query = KpiQuery(("contacts_handled",), first, last, (), {"agent": (key(agent),), "team": (key(team),)})
    return run_kpis(query, floor.lake.snapshot())[0].answer.observed or 0.0


@pytest.fixture
def pair(db: None) -> tuple[Agent, Agent]:
    return tuple(Agent.objects.create(name=name, key=name.encode().ljust(16)) for name in ("Wren", "Wren B"))  # type: ignore[return-value]


def team(name: str) -> Team:
    return Team.objects.create(name=name, key=name.encode().ljust(16))


def spans(agent: Agent) -> list[tuple[str, date | None, date | None]]:
    rows = Membership.objects.filter(agent=agent).order_by("from_day")
    return [(row.team.name, row.from_day, row.to_day) for row in rows]


def test_teams_come_over_for_the_days_on_which_there_was_none(pair: tuple[Agent, Agent]) -> None:
    agent, was = pair
    gulls, terns = team("Gulls"), team("Terns")
    Membership.objects.create(agent=agent, team=gulls, from_day=DAY(2026, 3, 1), to_day=DAY(2026, 4, 1))
    Membership.objects.create(agent=was, team=terns, from_day=DAY(2026, 2, 1), to_day=None)
    merge = merge_agents(agent, was, by="test", at=NOW)
    assert spans(agent) == [
        ("Terns", DAY(2026, 2, 1), DAY(2026, 3, 1)),
        ("Gulls", DAY(2026, 3, 1), DAY(2026, 4, 1)),
        ("Terns", DAY(2026, 4, 1), None),
    ]
    split_agents(merge, by="test", at=NOW)
    assert spans(agent) == [("Gulls", DAY(2026, 3, 1), DAY(2026, 4, 1))]
    assert spans(was) == [("Terns", DAY(2026, 2, 1), None)]


def test_a_log_in_moves_with_the_person_and_back(pair: tuple[Agent, Agent]) -> None:
    agent, was = pair
    user = User.objects.create(username="wren", agent=was)
    merge = merge_agents(agent, was, by="test", at=NOW)
    user.refresh_from_db()
    assert user.agent == agent
    split_agents(merge, by="test", at=NOW)
    user.refresh_from_db()
    assert user.agent == was


def test_what_cannot_be_merged_is_refused_in_words(pair: tuple[Agent, Agent]) -> None:
    agent, was = pair
    third = Agent.objects.create(name="Third", key=b"3" * 16)
    with pytest.raises(Refused, match="with her- or himself"):
        merge_agents(agent, agent, by="test", at=NOW)
    merge_agents(agent, was, by="test", at=NOW)
    with pytest.raises(Refused, match="was found to be Wren already"):
        merge_agents(third, was, by="test", at=NOW)
    User.objects.create(username="a", agent=agent)
    User.objects.create(username="b", agent=third)
    with pytest.raises(Refused, match="a log-in each"):
        merge_agents(agent, third, by="test", at=NOW)
    Agent.objects.filter(pk=third.pk).update(standing=Standing.IGNORED)
    with pytest.raises(Refused, match="not a person"):
        merge_agents(agent, Agent.objects.get(pk=third.pk), by="test", at=NOW)
    assert Merge.objects.count() == 1


def test_splits_go_back_in_the_order_of_the_merges(pair: tuple[Agent, Agent]) -> None:
    agent, was = pair
    third = Agent.objects.create(name="Third", key=b"3" * 16)
    first = merge_agents(agent, was, by="test", at=NOW)
    second = merge_agents(third, agent, by="test", at=NOW)
    with pytest.raises(Refused, match="somebody else since"):
        split_agents(Merge.objects.get(pk=first.pk), by="test", at=NOW)
    split_agents(second, by="test", at=NOW)
    split_agents(Merge.objects.get(pk=first.pk), by="test", at=NOW)
    with pytest.raises(Refused, match="split already"):
        split_agents(Merge.objects.get(pk=first.pk), by="test", at=NOW)
