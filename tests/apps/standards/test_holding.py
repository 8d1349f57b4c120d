"""Does the nearest target hold, on the day it is asked for, and is every change within a period told?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from floorwalker.apps.people.models import Agent, Queue, Site, Team
from floorwalker.apps.standards.actions import end_target, set_target
from floorwalker.apps.standards.holding import Agreed, ByMeasure
from floorwalker.apps.standards.models import Target
from floorwalker.apps.standards.saying import notes_on
from floorwalker.errors import Refused
from floorwalker.insight.judgement import Target as Aim
from floorwalker.insight.scorecard import Period
from floorwalker.kpis.catalogue import catalogue
from tests.apps.conftest import NOW

pytestmark = pytest.mark.django_db
MEASURE = "transfer_rate"
MARCH = Period(date(2026, 3, 2), date(2026, 3, 29))
LONG_AGO = date(2020, 1, 1)


class Places:
    """A site with a branch of two teams, one of which lies elsewhere; and a queue."""

    def __init__(self) -> None:
        key = iter(bytes([number]) * 16 for number in range(1, 30))
        self.site = Site.objects.create(code="Cardiff", name="Cardiff", timezone="Europe/London", key=next(key))
        self.branch = Team.objects.create(name="Branch", site=self.site, key=next(key))
        self.near = Team.objects.create(name="Near", parent=self.branch, key=next(key))
        self.far = Team.objects.create(name="Far", parent=self.branch, key=next(key))
        self.alone = Team.objects.create(name="Alone", key=next(key))
        self.queue = Queue.objects.create(name="Sales", key=next(key))
        self.agent = Agent.objects.create(name="Robin Vale", site=self.site, key=next(key))


@pytest.fixture
def places() -> Places:
    return Places()


def aim(value: float, from_day: date = LONG_AGO, **more: Any) -> Target:
    return set_target(MEASURE, value, from_day=from_day, by=None, at=NOW, **more)


def high(held: ByMeasure) -> float | None:
    one = held.get(MEASURE)
    return None if one is None or one.target is None else one.target.high


def test_the_nearest_place_wins_and_each_wider_one_fills_in(places: Places) -> None:
    ways = [
        (0.50, {}),
        (0.40, {"site": places.site}),
        (0.30, {"team": places.branch}),
        (0.20, {"team": places.near}),
    ]
    found = []
    for value, where in ways:
        aim(value, **where)
        agreed = Agreed.read(MARCH)
        rows = (agreed.of_teams([places.near]), agreed.of_teams([places.far]), agreed.of_teams([places.alone]))
        found.append([*map(high, rows), high(agreed.of_centre())])
    assert found == [
        [0.50, 0.50, 0.50, 0.50],
        [0.40, 0.40, 0.50, 0.50],
        [0.30, 0.30, 0.50, 0.50],
        [0.20, 0.30, 0.50, 0.50],
    ]


def test_several_together_are_held_against_what_holds_for_all_of_them(places: Places) -> None:
    aim(0.5)
    aim(0.4, site=places.site)
    aim(0.3, team=places.branch)
    aim(0.2, team=places.near)
    agreed = Agreed.read(MARCH)
    assert high(agreed.of_teams([places.near, places.far])) == 0.3
    assert high(agreed.of_teams([places.branch, places.near])) == 0.3
    assert high(agreed.of_teams([places.near, places.alone])) == 0.5
    assert high(agreed.of_centre([places.site])) == 0.4
    assert high(agreed.of_agent(places.agent, None)) == 0.4
    assert high(agreed.of_nobodys_team([places.agent])) == 0.4


def test_a_queues_target_holds_where_figures_are_cut_to_it_and_is_told_where_not(places: Places) -> None:
    aim(0.3, team=places.near)
    aim(0.1, queue=places.queue)
    aim(0.15, channel="email")
    whole = Agreed.read(MARCH).of_teams([places.near])
    assert high(whole) == 0.3 and {one.value for one in whole[MEASURE].apart} == {0.1, 0.15}
    cut = Agreed.read(MARCH, queue=places.queue).of_teams([places.near])
    assert high(cut) == 0.1 and not cut[MEASURE].apart
    assert high(Agreed.read(MARCH, channel="email").of_centre()) == 0.15
    assert high(Agreed.read(MARCH, queue=places.queue, channel="email").of_centre()) == 0.1
    only = Agreed.read(MARCH).of_centre()
    assert high(only) is None
    assert "only single queues or channels have a target" in notes_on([(catalogue()[MEASURE], only[MEASURE])])[0]


def test_a_period_is_held_against_its_last_day_and_the_change_is_told(places: Places) -> None:
    aim(0.5)
    aim(0.4, date(2026, 3, 16))
    held = Agreed.read(MARCH).of_centre()[MEASURE]
    assert (held.target, held.since, held.before) == (Aim(high=0.4), date(2026, 3, 16), Aim(high=0.5))
    (note,) = notes_on([(catalogue()[MEASURE], held)])
    assert "changed on 16 Mar 2026" in note and "before: at most 50%" in note
    later = Agreed.read(Period(date(2026, 3, 16), date(2026, 3, 29))).of_centre()[MEASURE]
    assert (later.since, later.before) == (None, None)
    earlier = Agreed.read(Period(date(2026, 2, 16), date(2026, 3, 15))).of_centre()[MEASURE]
    assert earlier.target == Aim(high=0.5)
    assert earlier.coming is not None and earlier.coming[0] == date(2026, 3, 16)
    assert Agreed.read(Period(date(2025, 2, 3), date(2025, 3, 2))).of_centre()[MEASURE].coming is None


def test_setting_the_same_again_is_no_change(places: Places) -> None:
    aim(0.5)
    aim(0.5, date(2026, 3, 16))
    assert Agreed.read(MARCH).of_centre()[MEASURE].since is None


def test_a_target_for_some_days_gives_way_to_the_wider_one_after_them(places: Places) -> None:
    aim(0.5)
    aim(0.2, date(2026, 3, 9), team=places.near, to_day=date(2026, 3, 23))
    held = Agreed.read(MARCH).of_teams([places.near])[MEASURE]
    assert (held.target, held.since, held.before) == (Aim(high=0.5), date(2026, 3, 23), Aim(high=0.2))
    assert high(Agreed.read(Period(date(2026, 3, 9), date(2026, 3, 22))).of_teams([places.near])) == 0.2


def test_ending_leaves_the_days_before_and_withdraws_what_has_not_begun(places: Places) -> None:
    aim(0.5)
    own = aim(0.2, team=places.near)
    end_target(own, on=date(2026, 3, 16), by=None, at=NOW)
    assert high(Agreed.read(MARCH).of_teams([places.near])) == 0.5
    assert high(Agreed.read(Period(date(2026, 3, 2), date(2026, 3, 15))).of_teams([places.near])) == 0.2
    with pytest.raises(Refused, match="ended already"):
        end_target(own, on=date(2026, 3, 17), by=None, at=NOW)
    assert end_target(own, on=date(2026, 3, 16), by=None, at=NOW) == own
    coming = aim(0.1, date(2026, 5, 1), team=places.near)
    assert end_target(coming, on=date(2026, 5, 1), by=None, at=NOW).pk == coming.pk
    assert Target.objects.filter(team=places.near).count() == 1


def test_a_target_of_one_place_makes_room_there_alone(places: Places) -> None:
    aim(0.5)
    aim(0.3, team=places.near)
    aim(0.2, date(2026, 3, 1), team=places.near)
    ends = {(row.place, row.value): row.to_day for row in Target.objects.all()}
    assert ends == {
        (("centre", 0), 0.5): None,
        (("team", places.near.pk), 0.3): date(2026, 3, 1),
        (("team", places.near.pk), 0.2): None,
    }


def test_a_band_is_for_what_may_be_too_low_as_well(places: Places) -> None:
    band: dict[str, Any] = {"from_day": LONG_AGO, "by": None, "at": NOW}
    set_target("average_handle_time", low=240, high=420, **band)
    held = Agreed.read(MARCH).of_centre()
    assert held["average_handle_time"].target == Aim(240, 420)
    for given in ({"low": 240}, {"low": 420, "high": 240}, {"value": 300, "low": 1, "high": 2}, {}):
        with pytest.raises(Refused):
            set_target(MEASURE, **given, **band)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="one place"):
        aim(0.1, team=places.near, queue=places.queue)
    with pytest.raises(Refused, match="no better side"):
        set_target("contacts_offered", 100, **band)
    with pytest.raises(Refused, match="ends after it begins"):
        aim(0.1, date(2026, 3, 1), to_day=date(2026, 3, 1) - timedelta(days=1))
