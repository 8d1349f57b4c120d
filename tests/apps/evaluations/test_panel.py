"""Does the page on evaluators tell everybody what she may know, by name and never by figure?"""

from __future__ import annotations

import pytest
from django.test import Client

from floorwalker.apps.evaluations import drifting, panel, scored
from floorwalker.apps.people.evaluators import evaluator_key, know_evaluator
from floorwalker.apps.people.models import Agent, Evaluator, Look
from tests.apps.conftest import Floor
from tests.apps.evaluations.made import NOW
from tests.insight.test_evaluator_drift import world
from tests.kpis.memory_facts import MemoryFacts
from tests.worlds.evaluations import key_of

ADDRESS = "/evaluations/evaluators/"


@pytest.fixture
def evaluated(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> Floor:
    """Three evaluators and all agents of the floor, shared; the leader marks harshly."""
    rows = []
    for name, score in (("analyst", 0.85), ("team_analyst", 0.8), ("leader", 0.55)):
        know_evaluator(floor.users[name], NOW.date())
        for number, agent in enumerate(Agent.objects.order_by("pk")):
            told = {"identity_key": bytes(agent.key), "evaluator_key": evaluator_key(floor.users[name])}
            usual = {"purpose": "official", "selection": "random", "form": "calls", "local_day": NOW.date()}
            given = {"score": score + 0.01 * (number % 5), "released_at": NOW.isoformat()}
            rows.append({"times": 12, **given, **told, **usual})
    # Handed in, and not released to her yet.
    hers = {"identity_key": bytes(floor.agents[0].key)}
    rows.append({"times": 5, "score": 0.1, **told, **hers, **usual})
    facts = MemoryFacts({"evaluation": rows})
    for page in (panel, scored):
        monkeypatch.setattr(page, "facts", lambda: facts)
    return floor


def page(floor: Floor, name: str, address: str = ADDRESS, **asked: str) -> str:
    client = Client()
    client.force_login(floor.users[name])
    answer = client.get(address, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def row(floor: Floor, name: str) -> str:
    number = floor.users[name].evaluators.get().pk
    return f'<th scope="row"><a href="{ADDRESS}{number}/">{floor.users[name]}</a></th>'


def test_whoever_leads_evaluators_sees_all_of_them_by_name(evaluated: Floor) -> None:
    text = page(evaluated, "analyst")
    places = [text.index(row(evaluated, name)) for name in ("analyst", "leader", "team_analyst")]
    assert places == sorted(places)
    assert "harsher than the panel (likely" in text


def test_an_evaluator_sees_her_own_row(evaluated: Floor) -> None:
    text = page(evaluated, "leader", weeks="4")
    assert row(evaluated, "leader") in text and row(evaluated, "analyst") not in text


def test_scores_are_told_of_those_whom_one_may_see(evaluated: Floor) -> None:
    text = page(evaluated, "leader", "/evaluations/scores/")
    seen = set(Agent.objects.visible_to(evaluated.users["leader"], NOW.date()))
    for agent in Agent.objects.all():
        assert (f">{agent.name}</a>" in text) == (agent in seen)


def test_without_evaluations_the_page_says_what_to_do(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panel, "facts", lambda: MemoryFacts({}))
    assert "Nothing can be said yet" in page(floor, "analyst") and 'href="/sampling/"' in page(floor, "analyst")


def test_agent_and_leader_read_the_same_of_her_score_raw_and_adjusted(evaluated: Floor) -> None:
    agent = evaluated.users["agent"].agent
    assert agent is not None
    address = f"/evaluations/scores/{agent.pk}/"
    own, leaders = page(evaluated, "agent", address), page(evaluated, "leader", address)
    assert "36 evaluations, mean " in own and "with evaluators, work and chance taken out" in own
    assert own[own.index('<div class="scored">') :][:400] == leaders[leaders.index('<div class="scored">') :][:400]
    assert Look.objects.filter(agent=agent).count() == 1, "the leader's look is kept, one's own is nobody's business"
    assert "Plain mean" in own and f'hx-get="{address}"' in page(evaluated, "agent", f"/agents/{agent.pk}/")


def test_who_has_come_to_mark_more_harshly_is_told_to_herself_and_to_whoever_leads(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {"source": "quality", "origin": "Main", "first_day": NOW.date(), "last_day": NOW.date()}
    for number, name in enumerate(("Quinn", "Sam")):
        Evaluator.objects.create(key=key_of("q", number), name=name, **known)
    quinn, sam = Evaluator.objects.order_by("name")
    facts = world(1, since=24)
    monkeypatch.setattr(drifting, "facts", lambda: facts)
    text = floor.client("boss").get(f"{ADDRESS}{quinn.pk}/").content.decode()
    assert "points harsher since about the week of" in text and "once in 12 months" in text
    assert "Week by week" in text and "beyond the limit" in text and "<svg" in text
    know_evaluator(floor.users["leader"], NOW.date())
    own = floor.users["leader"].evaluators.get()
    assert floor.client("leader").get(f"{ADDRESS}{own.pk}/").status_code == 200
    assert floor.client("leader").get(f"{ADDRESS}{sam.pk}/").status_code == 404
    monkeypatch.setattr(drifting, "facts", lambda: MemoryFacts({}))
    assert (
        "Cannot tell yet: a chart needs twenty weeks"
        in floor.client("boss").get(f"{ADDRESS}{sam.pk}/").content.decode()
    )
