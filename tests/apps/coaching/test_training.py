"""Is it kept who was invited, who was there and what they take from it, and does an effect follow only from what was held?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from floorwalker.apps.coaching.listing_training import list_trainings
from floorwalker.apps.coaching.models import ActionKind, Intervention
from floorwalker.apps.coaching.reminders import due
from floorwalker.apps.coaching.training import cancel_training, hold_training, plan_training, say_what_was_learned
from floorwalker.apps.coaching.training_due import training_parts
from floorwalker.apps.notices.models import About
from floorwalker.apps.people.models import AuditEntry
from floorwalker.errors import Refused
from floorwalker.ui.notice_words import sentence
from tests.apps.coaching.courses import MEASURE, a_course, held_training, now, planned_training
from tests.apps.conftest import Floor


def test_from_an_invitation_to_what_was_learned(floor: Floor) -> None:
    own, mate = floor.named["own"], floor.named["mate"]
    leader, agent = floor.client("leader"), floor.client("agent")
    day = now().date() + timedelta(days=1)
    given = {"subject": "Passing calls on", "people": [own.pk, mate.pk], "day": day.isoformat(), "clock": "10:00"}
    answer = leader.post("/trainings/plan/", given | {"minutes": "90", "measure": MEASURE})
    assert answer.status_code == 302, answer.content.decode()
    address = answer.headers["Location"]
    assert "Passing calls on" in agent.get("/trainings/").content.decode(), "she finds what she is invited to"
    page = agent.get(address).content.decode()
    assert str(own) in page and 'name="there"' not in page
    assert str(mate) not in page, "not who else is invited"
    assert f'value="{own.pk}"' in leader.get(address).content.decode()
    assert AuditEntry.objects.filter(verb="plan_training").count() == 1


def test_the_effect_is_worked_out_of_those_who_were_there(floor: Floor) -> None:
    own, mate = floor.named["own"], floor.named["mate"]
    made = planned_training(floor, own, mate, measure=MEASURE)
    found = hold_training(made, [own.pk], by=floor.users["leader"], at=now() + timedelta(hours=2))
    assert found.intervention is not None
    assert found.intervention.kind == ActionKind.TRAINING and found.intervention.decided_at == made.planned_at
    assert [one.agent for one in found.intervention.treated.all()] == [own]
    assert found.intervention.begins_on == made.planned_for.date()
    held_training(floor, own)
    assert Intervention.objects.count() == 1, "no measure, no effect"


def test_who_was_there_says_what_she_takes_from_it(floor: Floor) -> None:
    made = held_training(floor)
    agent = floor.client("agent")
    address = f"/trainings/{made.pk}/"
    assert 'name="learned"' in agent.get(address).content.decode()
    answer = agent.post(f"{address}learned/", {"learned": "Name who will answer", "rating": "4"})
    assert answer.status_code == 302
    assert "Name who will answer" in floor.client("leader").get(address).content.decode()
    assert agent.post(f"{address}learned/", {"learned": "", "rating": "9"}).status_code == 422
    mate = floor.client("mate").post(f"{address}learned/", {"learned": "Hers", "rating": "5"})
    assert mate.status_code == 404


def test_a_refresher_is_due_until_it_is_planned_and_hours_are_told_by_team(floor: Floor) -> None:
    leader = floor.users["leader"]
    made = held_training(floor, refresh_on=now().date() + timedelta(days=20))
    found = list_trainings(leader, now() + timedelta(hours=3))
    assert found.due == (made,) and [hours for _team, hours in found.hours] == [1.0]
    page = floor.client("leader").get(f"/trainings/plan/?again={made.pk}").content.decode()
    assert 'value="Passing calls on"' in page
    planned_training(floor, refreshes=made)
    assert list_trainings(leader, now() + timedelta(hours=3)).due == ()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"subject": " "}, "say what it is to be about"),
        ({"trainer": None}, "one trainer"),
        ({"outside_trainer": "Training House"}, "one trainer"),
        ({"minutes": 0}, "no training takes so long"),
        ({"measure": "no_such_measure"}, "there is no such measure"),
        ({"planned_for": now() - timedelta(days=1)}, "this time is over"),
        ({"refresh_on": now().date() - timedelta(days=1)}, "a refresher comes after"),
    ],
)
def test_what_cannot_be_planned_is_refused(floor: Floor, more: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        plan_training(a_course(floor, **more), by=floor.users["leader"], at=now())


def test_people_of_others_are_not_invited_and_what_is_over_stays(floor: Floor) -> None:
    leader, own = floor.users["leader"], floor.named["own"]
    with pytest.raises(Refused, match="no role of yours"):
        planned_training(floor, floor.named["other"])
    later = planned_training(floor, planned_for=now() + timedelta(days=3))
    with pytest.raises(Refused, match="its day has not come"):
        hold_training(later, [own.pk], by=leader, at=now())
    made = planned_training(floor)
    at = now() + timedelta(hours=2)
    for there, said in (([floor.named["mate"].pk], "not been invited"), ([], "nobody came")):
        with pytest.raises(Refused, match=said):
            hold_training(made, there, by=leader, at=at)
    with pytest.raises(Refused, match="whoever planned"):
        hold_training(made, [own.pk], by=floor.users["boss"], at=at)
    with pytest.raises(Refused, match="whoever was there"):
        say_what_was_learned(made, "Much", 5, by=floor.users["agent"], at=at)
    cancel_training(made, by=leader, at=at)
    with pytest.raises(Refused, match="called off"):
        hold_training(made, [own.pk], by=leader, at=at)


def test_a_refresher_that_is_due_is_told_to_who_planned_it_and_who_was_there(floor: Floor) -> None:
    made = held_training(floor, refresh_on=now().date() + timedelta(days=40))
    leader, own = floor.users["leader"], floor.users["agent"]
    assert not [one for one in due(now()) if one.about is About.REFRESH_TRAINING]
    later = now() + timedelta(days=15)
    found = [one for one in due(later) if one.about is About.REFRESH_TRAINING]
    assert [one.user for one in found] == sorted([leader.pk, own.pk])
    assert "Passing calls on" in sentence(str(found[0].about), found[0].params)
    for user, told in ((leader, True), (own, True), (floor.users["mate"], False)):
        assert bool(list(training_parts(user, later))) is told, user
    assert "is due again" in next(iter(training_parts(own, later))).context["said"]
    planned_training(floor, refreshes=made)
    assert not [one for one in due(later) if one.about is About.REFRESH_TRAINING]
    assert not list(training_parts(leader, later))
