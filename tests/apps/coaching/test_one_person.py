"""Is what was written down of two agents, who were found to be one person, hers alone and all of hers?"""

from __future__ import annotations

import pytest

from floorwalker.apps.coaching.access import may_decide
from floorwalker.apps.coaching.agreeing import agree
from floorwalker.apps.coaching.inbox import inbox_of_agent
from floorwalker.apps.coaching.models import Matter, Objective, ObjectiveState
from floorwalker.apps.coaching.proposing import ask_for_coaching
from floorwalker.apps.coaching.reflecting import readable_reflections, write_reflection
from floorwalker.apps.people.merging import merge_agents
from floorwalker.apps.people.models import Agent, User
from floorwalker.errors import Refused
from tests.apps.coaching.kept import objective_of
from tests.apps.coaching.said import feedback_of
from tests.apps.conftest import NOW, Floor


@pytest.fixture
def merged(floor: Floor) -> Agent:
    """Somebody of the first team, of whom things were said, and who was then found to be the first agent."""
    was = floor.agents[6]
    feedback_of(floor, was)
    objective_of(was, floor.users["leader"])
    merge_agents(floor.agents[0], was, reason="Two names", by="boss", at=NOW)
    return Agent.objects.get(pk=was.pk)


def test_what_was_said_and_agreed_under_the_other_name_is_hers(floor: Floor, merged: Agent) -> None:
    user, own = User.objects.get(username="agent"), Agent.objects.get(pk=floor.agents[0].pk)
    matter = Matter.objects.get(agent=merged)
    assert [one.matter for one in inbox_of_agent(own, user, NOW.date()).mine] == [matter]
    assert may_decide(user, matter, NOW.date())
    assert not may_decide(User.objects.get(username="leader"), matter, NOW.date()), "she has a log-in by now"
    objective = merged.objectives.get()
    client = floor.client("agent")
    assert objective.wording in client.get("/objectives/").content.decode()
    assert f"/feedback/matters/{matter.pk}/" in client.get("/feedback/").content.decode()
    assert agree(objective, by=user, at=NOW).agent_agreed_at == NOW


def test_whose_goals_are_open_is_told_of_the_person_once(floor: Floor, merged: Agent) -> None:
    objective_of(floor.agents[0], floor.users["leader"])
    objective_of(floor.agents[1], floor.users["leader"])
    people = {bytes(floor.agents[number].key) for number in (0, 1)}
    assert Objective.objects.open().keys_of_people() == people
    Objective.objects.filter(agent=floor.agents[1]).update(state=ObjectiveState.REACHED)
    assert Objective.objects.open().keys_of_people() == people - {bytes(floor.agents[1].key)}


def test_she_writes_and_asks_under_either_name(floor: Floor, merged: Agent) -> None:
    user, own = User.objects.get(username="agent"), Agent.objects.get(pk=floor.agents[0].pk)
    write_reflection(merged, "A customer cried", "", "", by=user, at=NOW)
    assert readable_reflections(own, user).count() == 1
    ask_for_coaching(own, "Angry callers", "", by=user, at=NOW)
    with pytest.raises(Refused, match="you have asked already"):
        ask_for_coaching(merged, "Angry callers", "", by=user, at=NOW)
