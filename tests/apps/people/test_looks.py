"""Is who looked at somebody's figures kept, once a day, and shown to that person?"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from floorwalker.apps.people.audit import record
from floorwalker.apps.people.looks import note_look
from floorwalker.apps.people.models import Look, LookAt
from floorwalker.apps.people.watched import Watched, looks_of_week
from tests.apps.conftest import NOW, Floor


def test_a_leaders_look_is_shown_to_the_agent(floor: Floor) -> None:
    agent = floor.named["own"]
    floor.client("leader").get(f"/agents/{agent.pk}/")
    floor.client("agent").get(f"/agents/{agent.pk}/")
    floor.client("other_leader").get(f"/agents/{agent.pk}/")
    looks = Look.objects.filter(agent=agent)
    assert [(look.user.username, look.what, look.day) for look in looks] == [("leader", "page", timezone.now().date())]
    page = floor.client("agent").get(f"/agents/{agent.pk}/looks/").content.decode()
    assert "leader" in page and "page of figures" in page


def test_looks_of_a_day_are_one_with_a_last_time(floor: Floor) -> None:
    agent, leader = floor.named["own"], floor.users["leader"]
    for minutes in (0, 5, 30, 24 * 60):
        note_look(agent, LookAt.PAGE, by=leader, at=NOW + timedelta(minutes=minutes))
    first, second = Look.objects.filter(agent=agent).order_by("day")
    assert (first.first_at, first.last_at) == (NOW, NOW + timedelta(minutes=30))
    assert second.day == (NOW + timedelta(days=1)).date()


def test_whoever_watches_over_privacy_begins_with_the_looks_of_the_week(floor: Floor) -> None:
    now, leader, analyst = timezone.now(), floor.users["leader"], floor.users["analyst"]
    first, second = floor.agents[:2]
    assert "Nobody has looked" in floor.client("privacy").get("/").content.decode()
    for agent, what, by, days in (
        (first, LookAt.PAGE, leader, 0),
        (second, LookAt.PAGE, leader, 6),
        (first, LookAt.PAGE, analyst, 1),
        (first, LookAt.RECORDING, analyst, 1),
        (second, LookAt.EXPORT, floor.users["boss"], 7),  # a day too long ago
    ):
        note_look(agent, what, by=by, at=now - timedelta(days=days))
    found = looks_of_week(now.date())
    assert found.readers == 2 and found.ways == (Watched(LookAt.PAGE, 2, 2), Watched(LookAt.RECORDING, 1, 1))
    page = floor.client("privacy").get("/").content.decode()
    assert "In the last seven days 2 people looked" in page and 'href="/privacy/"' in page and 'href="/audit/"' in page
    assert (
        "not tied to an agent" not in page
        and "what is kept of others" not in floor.client("boss").get("/").content.decode()
    )
    assert (
        f'href="/agents/{first.pk}/looks/"'
        in floor.client("privacy").get("/privacy/", {"q": first.name}).content.decode()
    )


def test_the_trail_is_read_and_searched_in_words(floor: Floor) -> None:
    record("boss", "end_sampling_plan", "samplingplan:7", NOW, last_day=None)
    page = floor.client("privacy").get("/audit/", {"q": "End sampling"}).content.decode()
    assert "<td>end sampling plan</td><td>samplingplan:7</td><td>last day: –</td>" in page
    assert "samplingplan:7" in floor.client("privacy").get("/audit/", {"q": "end_sampling"}).content.decode()
