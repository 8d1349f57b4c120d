"""Is who looked at somebody's figures kept, once a day, and shown to that person?"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from floorwalker.apps.people.looks import note_look
from floorwalker.apps.people.models import Look, LookAt
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
