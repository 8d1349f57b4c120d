"""Is what is known of people kept with its days, and refused in words where it cannot be?"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from floorwalker.apps.people import acting
from floorwalker.apps.people.describing import (
    Description,
    confirm_agent,
    describe_agent,
    ignore_agent,
    set_skills,
    set_working_pattern,
)
from floorwalker.apps.people.facts import dimensions
from floorwalker.apps.people.models import (
    Agent,
    AuditEntry,
    Queue,
    QueueParameter,
    Skill,
    Standing,
    Team,
    WorkingPattern,
)
from floorwalker.apps.people.queueing import set_queue_parameter
from floorwalker.apps.people.teaming import add_team, change_team
from floorwalker.errors import Refused
from tests.apps.conftest import NOW

pytestmark = pytest.mark.django_db
DAY = date
WEEK = [480, 480, 480, 480, 480, 0, 0]


@pytest.fixture
def agent() -> Agent:
    return Agent.objects.create(name="Wren", key=b"w" * 16)


def test_a_description_says_only_what_changed(agent: Agent) -> None:
    said = Description("Wren Tallow", "1204", "wren@example.org", DAY(2025, 3, 1))
    describe_agent(agent, said, by="test", at=NOW)
    assert AuditEntry.objects.last().detail["changed"] == ["name", "staff_number", "email", "started_on", "standing"]  # type: ignore[union-attr]
    before = AuditEntry.objects.count()
    describe_agent(agent, said, by="test", at=NOW)
    assert AuditEntry.objects.count() == before, "the same again is no act"


def test_days_of_starting_reach_the_lake_once_however_many_are_noted(
    agent: Agent, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    published: list[list[dict[str, Any]]] = []
    monkeypatch.setattr(acting, "publishers", [lambda: published.append(dimensions()["employment"].to_pylist())])
    other = Agent.objects.create(name="Rook", key=b"r" * 16)
    with django_capture_on_commit_callbacks(execute=True):
        describe_agent(agent, Description("Wren", started_on=DAY(2025, 3, 1)), by="test", at=NOW)
        describe_agent(other, Description("Rook", started_on=DAY(2026, 1, 5)), by="test", at=NOW)
    assert published == [
        [
            {"agent_key": b"r" * 16, "started_on": DAY(2026, 1, 5)},
            {"agent_key": b"w" * 16, "started_on": DAY(2025, 3, 1)},
        ]
    ]
    with django_capture_on_commit_callbacks(execute=True):
        describe_agent(other, Description("Rook Rill", started_on=DAY(2026, 1, 5)), by="test", at=NOW)
    assert len(published) == 1, "a name is nothing that the lake knows"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Description("  "), "needs a name"),
        (Description("Wren", started_on=DAY(2026, 2, 1), left_on=DAY(2026, 1, 1)), "leaves before starting"),
        (Description("Wren", staff_number="7"), "staff number 7 is Other's"),
    ],
)
def test_what_cannot_be_is_refused(agent: Agent, said: Description, words: str) -> None:
    Agent.objects.create(name="Other", key=b"o" * 16, staff_number="7")
    with pytest.raises(Refused, match=words):
        describe_agent(agent, said, by="test", at=NOW)


def test_tenure_ends_with_the_last_day(agent: Agent) -> None:
    agent.started_on, agent.left_on = DAY(2025, 1, 1), DAY(2026, 1, 1)
    assert round(agent.tenure_months(DAY(2025, 7, 2)) or 0) == 6
    assert round(agent.tenure_months(DAY(2027, 1, 1)) or 0) == 12
    assert agent.tenure_months(DAY(2024, 1, 1)) is None


def test_a_pattern_begins_in_the_past_and_keeps_what_is_planned(agent: Agent) -> None:
    set_working_pattern(agent, WEEK, on=DAY(2026, 1, 5), by="test", at=NOW)
    set_working_pattern(agent, [240] * 7, on=DAY(2026, 6, 1), by="test", at=NOW)
    set_working_pattern(agent, [300] * 5 + [0, 0], on=DAY(2026, 3, 2), by="test", at=NOW)
    rows = WorkingPattern.objects.order_by("from_day").values_list("from_day", "to_day")
    days = [DAY(2026, 1, 5), DAY(2026, 3, 2), DAY(2026, 6, 1), None]
    assert list(rows) == list(pairwise(days))
    assert WorkingPattern.objects.on(DAY(2026, 4, 1)).get().hours_per_week == 25
    with pytest.raises(Refused, match="seven days"):
        set_working_pattern(agent, [1500] * 7, on=DAY(2026, 1, 5), by="test", at=NOW)


def test_skills_end_and_begin_on_their_days(agent: Agent) -> None:
    set_skills(agent, ["Welsh", "Billing"], on=DAY(2026, 1, 1), by="test", at=NOW)
    set_skills(agent, ["Welsh", " Orders ", ""], on=DAY(2026, 3, 1), by="test", at=NOW)
    assert {skill.name for skill in Skill.objects.on(DAY(2026, 2, 1))} == {"Welsh", "Billing"}
    assert {skill.name for skill in Skill.objects.on(DAY(2026, 3, 1))} == {"Welsh", "Orders"}


def test_what_is_not_a_person_can_be_one_again(agent: Agent) -> None:
    ignore_agent(agent, by="test", at=NOW)
    assert list(Agent.objects.on_the_floor()) == []
    confirm_agent(agent, by="test", at=NOW)
    assert Agent.objects.on_the_floor().get().standing == Standing.KNOWN


def test_teams_lie_in_a_tree() -> None:
    sea, gulls = add_team("Sea", by="test", at=NOW), None
    gulls = add_team("Gulls", parent=sea, by="test", at=NOW)
    with pytest.raises(Refused, match="lies below Sea already"):
        change_team(sea, "Sea", parent=gulls, site=None, by="test", at=NOW)
    with pytest.raises(Refused, match="there is a team 'sea' already"):
        add_team("sea", by="test", at=NOW)
    assert [team.name for team in Team.objects.filter(pk=sea.pk).with_descendants()] == ["Gulls", "Sea"]


def test_a_queues_limit_counts_from_its_day() -> None:
    queue = Queue.objects.create(name="Email", key=b"q" * 16)
    set_queue_parameter(queue, "threshold_seconds", 3600, on=None, by="test", at=NOW)
    set_queue_parameter(queue, "threshold_seconds", 7200, on=DAY(2026, 3, 1), by="test", at=NOW)
    set_queue_parameter(queue, "threshold_seconds", 1800, on=None, by="test", at=NOW)
    rows = QueueParameter.objects.order_by("value").values_list("value", "from_day", "to_day")
    assert list(rows) == [(1800, None, DAY(2026, 3, 1)), (7200, DAY(2026, 3, 1), None)]
    with pytest.raises(Refused, match="no measure has a limit"):
        set_queue_parameter(queue, "colour", 1, on=None, by="test", at=NOW)
    with pytest.raises(Refused, match="cannot be 1e\\+09"):
        set_queue_parameter(queue, "threshold_seconds", 1e9, on=None, by="test", at=NOW)


def test_a_skill_that_began_earlier_than_was_known_is_one_skill(agent: Agent) -> None:
    set_skills(agent, ["Welsh"], on=DAY(2026, 3, 1), by="test", at=NOW)
    set_skills(agent, ["Welsh"], on=DAY(2026, 1, 1), by="test", at=NOW)
    assert [skill.name for skill in Skill.objects.on(DAY(2026, 4, 1)).filter(agent=agent)] == ["Welsh"]
    assert [skill.name for skill in Skill.objects.on(DAY(2026, 2, 1)).filter(agent=agent)] == ["Welsh"]
