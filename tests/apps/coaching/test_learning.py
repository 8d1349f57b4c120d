"""Does every finished action count once, on the gap that was known when it was decided, whatever its review said?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from floorwalker.apps.coaching.learning import learn_from_past
from floorwalker.apps.coaching.models import Intervention
from floorwalker.apps.people.models import Agent
from floorwalker.insight.learning import Tried
from tests.apps.coaching.past import BEGAN, WEEK, look_at, past_action, reviewed
from tests.apps.conftest import NOW, Floor

ON = NOW.date()


def people(count: int) -> list[Agent]:
    Agent.objects.bulk_create(Agent(name=f"Person {n}", key=(1000 + n).to_bytes(16, "big")) for n in range(count))
    return list(Agent.objects.filter(name__startswith="Person ").order_by("pk"))


def test_what_worked_and_what_did_not_count_alike(floor: Floor) -> None:
    boss = floor.users["boss"]
    for place, one in enumerate(people(24)):
        past_action([one], boss, 0.06 if place % 2 else 0.0)
    found = learn_from_past(ON).of(Tried.COACHING, "first_contact_resolution")
    assert (found.reviews, found.coached, found.is_learnt) == (24, 24, True)
    assert found.share == pytest.approx(0.3, abs=0.03)


def test_an_action_counts_once_however_it_was_written_down(floor: Floor) -> None:
    boss, (one, other) = floor.users["boss"], people(2)
    first = past_action([one], boss, 0.02)
    look_at(first, reviewed(0.03))
    past_action([one], boss, 0.09, begins_on=BEGAN + WEEK, kind="training")
    past_action([other], boss, 0.04)
    found = learn_from_past(ON).past
    assert [(past.tried, past.effect) for past in found] == [(Tried.COACHING, 0.03), (Tried.COACHING, 0.04)]
    again = past_action([one], boss, 0.05, begins_on=BEGAN - 13 * WEEK)
    assert [past.effect for past in learn_from_past(ON).past] == [0.05, 0.03, 0.04] and again.pk > first.pk


def test_what_is_not_over_or_had_no_known_gap_waits_and_what_was_broken_off_counts(floor: Floor) -> None:
    boss, some = floor.users["boss"], people(4)
    made = [past_action([one], boss, 0.01 * place) for place, one in enumerate(some)]
    made[0].looks.update(week=8)
    made[1].looks.update(week=4)
    Intervention.objects.filter(pk=made[1].pk).update(cancelled_at=NOW)
    Intervention.objects.filter(pk=made[2].pk).update(before=None)
    assert [past.effect for past in learn_from_past(ON).past] == [0.01, 0.03]
    assert learn_from_past(BEGAN).past == (), "nothing is known before it was looked at"
    assert learn_from_past(ON + timedelta(days=4 * 365)).past == ()
