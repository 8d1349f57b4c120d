"""Does somebody who looks for an objective find first what can be reached, and why not the rest, without a long wait?"""

from __future__ import annotations

import html
from typing import Any

import pytest

from floorwalker.apps.coaching import looking_through
from floorwalker.apps.coaching.agreeing import propose
from floorwalker.apps.coaching.forms.objectives import measures_of_people
from floorwalker.apps.coaching.looking_through import LookedThrough, look_through
from floorwalker.apps.coaching.models import Objective
from floorwalker.apps.coaching.reaching import stand_on
from floorwalker.insight import people_levels, said
from floorwalker.stats.levels import Cause
from tests.apps.coaching.aimed import DUE, TODAY, a_wish, know_a_year, read_wish
from tests.apps.conftest import NOW, Floor

ALL = [name for name, _label in measures_of_people()]


def through(floor: Floor, number: int = 0, replaces: Objective | None = None) -> LookedThrough:
    return look_through(stand_on(floor.lake.snapshot(), floor.agents[number], TODAY, replaces), ALL, DUE, TODAY)


def test_what_can_be_reached_comes_with_its_chance_and_the_rest_with_its_reason(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    know_a_year(monkeypatch, floor)
    monkeypatch.setattr(looking_through, "SECONDS", 60.0)
    worst, best = through(floor), through(floor, 2)
    said = {kpi.id: sentence for kpi, sentence in worst.possible}
    assert "a chance of about 6 in 10 with the plan" in said["average_handle_time"]
    assert worst.left == 0 and worst.done == worst.of == len(ALL)
    assert "average_handle_time" not in {kpi.id for kpi, _said in best.possible}
    (why,) = [reason for reason, kpis in best.hindered if "average_handle_time" in {kpi.id for kpi in kpis}]
    assert "better already than what three in four colleagues reach" in why
    assert len({reason for reason, _kpis in best.hindered}) == len(best.hindered), "each reason is said once"


def test_nothing_is_proposed_there_that_could_not_be_agreed(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    know_a_year(monkeypatch, floor, Cause.SYSTEMIC)
    monkeypatch.setattr(looking_through, "SECONDS", 60.0)
    assert through(floor).possible == []
    assert any("everybody's" in reason for reason, _kpis in through(floor).hindered)


def test_what_takes_long_is_gone_on_with_when_asked_again(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    know_a_year(monkeypatch, floor)
    monkeypatch.setattr(looking_through, "SECONDS", -1.0)
    assert [through(floor).done for _time in range(3)] == [1, 2, 3], "one at least is looked at each time"
    with looking_through._turn():  # somebody else is at it
        monkeypatch.setattr(looking_through, "SECONDS", 60.0)
        assert through(floor).done == 3
    assert through(floor).left == 0
    monkeypatch.setattr(people_levels, "read_cells", lambda *_asked: pytest.fail("read already"))
    monkeypatch.setattr(said, "_kept_or_new", lambda *_asked: pytest.fail("worked out already"))
    assert through(floor).left == through(floor, 2).left == 0, "what was worked out serves whoever asks next"
    assert looking_through._one_at_a_time.acquire(blocking=False)
    looking_through._one_at_a_time.release()


def test_what_somebody_else_did_not_need_is_not_at_hand(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a newcomer nobody asks whose the gap is: for the next one that is still to be worked out."""
    know_a_year(monkeypatch, floor)
    monkeypatch.setattr(looking_through, "SECONDS", 60.0)
    assert through(floor, 1).left == 0
    with looking_through._turn():
        assert through(floor).left == len(ALL)


def test_the_one_that_is_to_be_replaced_is_no_hindrance(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    know_a_year(monkeypatch, floor)
    monkeypatch.setattr(looking_through, "SECONDS", 60.0)
    wanted = a_wish()
    old = propose(floor.agents[0], wanted, read_wish(floor, wanted), by=floor.users["agent"], at=NOW)
    assert "average_handle_time" not in {kpi.id for kpi, _said in through(floor).possible}
    assert "average_handle_time" in {kpi.id for kpi, _said in through(floor, replaces=old).possible}
    address = f"/agents/{floor.agents[0].pk}/objectives/new/"
    page = floor.client("agent").get(f"{address}?look=all&replaces={old.pk}").content.decode()
    link = f"{address}?measure=average_handle_time&amp;replaces={old.pk}"
    assert f'href="{link}"' in page
    assert "This replaces" in floor.client("agent").get(html.unescape(link)).content.decode()


def test_the_page_looks_through_when_it_is_asked_to(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    know_a_year(monkeypatch, floor)
    monkeypatch.setattr(looking_through, "SECONDS", 60.0)
    address, agent = f"/agents/{floor.agents[0].pk}/objectives/new/", floor.client("agent")
    assert "Look through all measures" in agent.get(address).content.decode()
    page = html.unescape(agent.get(f"{address}?look=all").content.decode())
    assert f'href="{address}?measure=average_handle_time"' in page and "Why not in the others?" in page
    assert f"{len(ALL)} of {len(ALL)} measures" in page and "<progress" not in page


def test_the_page_says_how_far_it_is_and_can_be_stopped(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    know_a_year(monkeypatch, floor)
    monkeypatch.setattr(looking_through, "SECONDS", -1.0)
    address = f"/agents/{floor.agents[0].pk}/objectives/new/"
    page = floor.client("agent").get(f"{address}?look=all").content.decode()
    assert f"1 of {len(ALL)} measures have been looked through" in page and "<progress" in page
    assert f'href="{address}">Stop</a>' in page and 'hx-trigger="click, load' in page


def test_looking_asks_the_database_no_more_for_more_measures(
    floor: Floor, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    know_a_year(monkeypatch, floor)
    monkeypatch.setattr(looking_through, "SECONDS", 60.0)
    through(floor)
    with django_assert_max_num_queries(4):
        through(floor)
