"""Is a day that nobody can mean refused where it is written, and is one that is merely long ago shown?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from floorwalker.apps.dashboards.forms import EventForm
from floorwalker.apps.notices.forms import TokenForm
from floorwalker.apps.people import actions
from floorwalker.apps.people.forms import Details, Grant, Pattern, QueueLimit, Skills, TakeOver
from floorwalker.apps.standards.forms import EndForm
from floorwalker.errors import Refused
from floorwalker.ui.days import DayField
from tests.apps.conftest import NOW, Floor


def test_every_day_of_a_form_is_one_with_room_around_it() -> None:
    forms = (Details, Grant, Skills, TakeOver, EndForm, EventForm, TokenForm)
    days = [field for form in forms for field in form.base_fields.values() if hasattr(field, "input_formats")]
    assert len(days) >= 8 and all(isinstance(day, DayField) for day in days)
    for form in (Pattern, QueueLimit):
        assert isinstance(form.base_fields["on"], DayField)


@pytest.mark.parametrize("day", ["0001-01-01", "1900-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_without_room_around_it_is_refused_where_it_stands(floor: Floor, day: str) -> None:
    client, agent = floor.client("boss"), floor.agents[0]
    assert client.post(f"/people/{agent.pk}/move/", {"team": floor.teams[1].pk, "on": day}).status_code == 422
    answer = client.post(f"/people/{agent.pk}/details/", {"name": "Ada Reed", "started_on": day})
    assert answer.status_code == 422 and "is meant here." in answer.content.decode()
    given = {"place": "centre:0", "value": "20", "from_day": "2026-11-20", "last_day": day, "reason": "so"}
    assert client.post("/measures/transfer_rate/target/", given).status_code == 422


def test_whoever_began_a_century_ago_has_a_page(floor: Floor) -> None:
    client, agent = floor.client("boss"), floor.agents[0]
    assert client.post(f"/people/{agent.pk}/details/", {"name": "Ada", "started_on": "1903-01-01"}).status_code == 302
    assert client.get(f"/people/{agent.pk}/").status_code == 200
    today = timezone.now().date()
    for days, said in ((0, "0 months"), (31, "1 month<"), (366, "12 months")):
        agent.started_on = today - timedelta(days=days)
        agent.save()
        assert said in client.get(f"/people/{agent.pk}/").content.decode()


def test_one_person_has_one_log_in(floor: Floor) -> None:
    given = {"username": "again", "role": "agent", "agent": floor.agents[0].pk}
    assert floor.client("admin").post("/people/log-ins/", given).status_code == 422
    with pytest.raises(Refused, match="has a log-in already"):
        actions.add_user("again", "agent", agent=floor.agents[0], by="admin", at=NOW)
