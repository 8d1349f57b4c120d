"""Does somebody who looks for an objective find first what can be reached, and why not the rest, without a long wait?"""

from __future__ import annotations

import html

import pytest

from floorwalker.apps.coaching import looking_through
from floorwalker.apps.coaching.forms.objectives import measures_of_people
from floorwalker.apps.coaching.looking_through import LookedThrough, look_through
from floorwalker.insight import people_levels
from floorwalker.stats.levels import Cause
from tests.apps.coaching.aimed import DUE, TODAY, know_a_year
from tests.apps.conftest import Floor

ALL = [name for name, _label in measures_of_people()]


def through(floor: Floor, number: int = 0) -> LookedThrough:
    return look_through(floor.lake.snapshot(), floor.agents[number], ALL, DUE, TODAY)


def test_what_can_be_reached_comes_with_its_chance_and_the_rest_with_its_reason(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    know_a_year(monkeypatch, floor)
    monkeypatch.setattr(looking_through, "SECONDS", 60.0)
    worst, best = through(floor), through(floor, 2)
    said = {kpi.id: sentence for kpi, sentence in worst.possible}
    assert "a chance of about 6 in 10 with the plan" in said["average_handle_time"]
    assert worst.left == 0 and worst.done == worst.of == len(ALL)
    assert best.possible == [] or "average_handle_time" not in {kpi.id for kpi, _said in best.possible}
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
    assert through(floor).left == len(ALL) and through(floor).done == 0
    with looking_through._turn():  # somebody else is at it
        monkeypatch.setattr(looking_through, "SECONDS", 60.0)
        assert through(floor).left == len(ALL)
    assert through(floor).left == 0
    monkeypatch.setattr(looking_through, "SECONDS", -1.0)
    monkeypatch.setattr(people_levels, "read_cells", lambda *_asked: pytest.fail("read already"))
    assert through(floor).left == 0, "what was read serves whoever asks next"
    assert looking_through._one_at_a_time.acquire(blocking=False)
    looking_through._one_at_a_time.release()


def test_the_page_looks_through_when_it_is_asked_to(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    know_a_year(monkeypatch, floor)
    monkeypatch.setattr(looking_through, "SECONDS", 60.0)
    address, agent = f"/agents/{floor.agents[0].pk}/objectives/new/", floor.client("agent")
    assert "Look through all measures" in agent.get(address).content.decode()
    page = html.unescape(agent.get(f"{address}?look=all").content.decode())
    assert f'href="{address}?measure=average_handle_time"' in page and "Why not in the others?" in page
    assert "have been looked through" not in page


def test_the_page_says_how_far_it_is_and_can_be_stopped(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    know_a_year(monkeypatch, floor)
    monkeypatch.setattr(looking_through, "SECONDS", -1.0)
    address = f"/agents/{floor.agents[0].pk}/objectives/new/"
    page = floor.client("agent").get(f"{address}?look=all").content.decode()
    assert f"0 of {len(ALL)} measures have been looked through" in page and "<progress" in page
    assert f'<a href="{address}">Stop</a>' in page and 'hx-trigger="click, load' in page
