"""Does the page of starters show a curve with its sentence and table to those who may see people, and nobody by name?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from floorwalker.apps.dashboards import competence
from floorwalker.apps.people.models import Agent
from floorwalker.insight.competence import Lack, Speed
from tests.apps.api.asking import Program
from tests.apps.conftest import Floor
from tests.apps.dashboards.conftest import Judged
from tests.ui.test_competence_words import SPEED

ADDRESS = "/measures/average_handle_time/competence/"


def telling(monkeypatch: pytest.MonkeyPatch, speed: Speed) -> list[frozenset[bytes] | None]:
    """What is told is given; of which teams it was asked is kept."""
    asked: list[frozenset[bytes] | None] = []

    def told(*given: object) -> Speed:
        teams = given[-1]
        assert teams is None or isinstance(teams, frozenset)
        asked.append(teams)
        return speed

    monkeypatch.setattr(competence.said, "competence", told)
    return asked


def test_the_curve_stands_with_its_sentence_and_its_table(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = telling(monkeypatch, SPEED)
    page = floor.client("boss").get(ADDRESS).content.decode()
    assert "there from week 6 on; likely from week 4 to 9." in page and "of whom 14 were followed" in page
    assert page.count('class="chart"') >= 2, "light and dark"
    assert page.count('<th scope="row">') == 20 and '<td class="number">58%</td>' in page
    assert not [agent for agent in Agent.objects.all() if f">{agent.name}</a>" in page]
    floor.client("leader").get(ADDRESS)
    assert asked[0] is None and asked[1] is not None, "a leader is told of who began in her own teams"


def test_where_nobody_can_tell_there_is_no_curve(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    telling(monkeypatch, replace(SPEED, found=None, lack=Lack.TOO_FEW_STARTERS, followed=3))
    page = floor.client("boss").get(ADDRESS).content.decode()
    assert "Cannot tell yet: of those who began, 3 have been followed" in page
    assert 'class="chart"' not in page
    telling(monkeypatch, replace(SPEED, found=None, lack=Lack.NO_DATA))
    assert "Too few people do comparable work" in floor.client("boss").get(ADDRESS).content.decode()


def test_of_a_few_people_of_one_day_nobody_can_tell(floor: Floor) -> None:
    page = floor.client("boss").get(ADDRESS).content.decode()
    assert "Cannot tell yet:" in page
    assert floor.client("boss").get("/measures/contacts_handled/competence/").status_code == 404
    assert ADDRESS in floor.client("boss").get("/measures/average_handle_time/").content.decode()


def test_starters_of_a_simulated_centre_are_read_from_its_facts(judged: Judged) -> None:
    page = judged.page("boss", ADDRESS)
    assert "began in these days, of whom" in page
    judged.page("agent", ADDRESS, 404)
    judged.page("owner", ADDRESS, 404)


def test_programs_are_told_the_same(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    telling(monkeypatch, SPEED)
    found = Program(floor.users["boss"]).get("/competence/average_handle_time").json()
    assert (found["median_week"], found["low_week"], found["high_week"], found["reason"]) == (6, 4, 9, None)
    assert len(found["weeks"]) == 20 and found["weeks"][0] == {
        "week": 1,
        "waiting": 1.0,
        "low": 0.9,
        "high": 1.0,
        "at_risk": 12,
    }
