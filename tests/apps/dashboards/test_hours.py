"""Do hours logged in stand beside those agreed, as the facts and the working pattern say, and only to whom may see them?"""

from __future__ import annotations

from datetime import date

from floorwalker.apps.dashboards.hours import read_hours
from floorwalker.apps.people.describing import set_working_pattern
from floorwalker.apps.people.models import Agent, Identity, Look
from floorwalker.insight.scorecard import Period
from floorwalker.ui import words
from tests.apps.conftest import LONG_AGO, NOW, Floor

WEEK = Period(date(2023, 11, 20), date(2023, 11, 26))
ADDRESS = "?from=2023-11-20&to=2023-11-26"


def logged(floor: Floor, agent: Agent) -> float:
    """Straight from the fact rows, by another way than the page's."""
    facts = floor.lake.snapshot()
    keys = ", ".join(f"unhex('{bytes(one.key).hex()}')" for one in Identity.objects.filter(agent=agent))
    rows = facts.sql(
        f"select sum(seconds) as s from {facts.relation('state_interval', WEEK.first, WEEK.last)} where state <> 'offline'"
        f" and identity_key in ({keys}) and local_day between '{WEEK.first}' and '{WEEK.last}'"
    ).to_pylist()
    return float(rows[0]["s"])


def agree(agent: Agent, hours: float) -> None:
    minutes = [round(hours * 60 / 7)] * 7
    set_working_pattern(agent, minutes, on=LONG_AGO, by="test", at=NOW)


def test_hours_are_those_of_the_facts_beside_the_pattern(floor: Floor) -> None:
    agent, seconds = floor.agents[0], logged(floor, floor.agents[0])
    agree(agent, 7)
    (one,) = read_hours(floor.lake.snapshot(), [agent], WEEK)
    assert one.workload.logged_seconds == seconds and one.workload.agreed_seconds == 7 * 3600
    text = floor.client("agent").get(f"/agents/{agent.pk}/hours/{ADDRESS}").content.decode()
    assert words.duration(seconds) in text and words.duration(abs(seconds - 7 * 3600)) in text
    assert not Look.objects.exists(), "one's own look is nobody's business"


def test_a_team_is_listed_by_name_with_the_reason_where_nothing_can_be_said(floor: Floor) -> None:
    agree(floor.agents[0], 1)
    text = floor.client("leader").get(f"/teams/{floor.teams[0].pk}/hours/{ADDRESS}").content.decode()
    assert "more than agreed</strong>" in text and "no working pattern for all of these days" in text
    names = [agent.name for agent in floor.agents if f">{agent.name}</a></th>" in text]
    assert len(names) > 5 and floor.agents[1].name not in names
    places = [text.index(f">{name}</a></th>") for name in sorted(names, key=str.casefold)]
    assert places == sorted(places)
    board = floor.client("leader").get(f"/teams/{floor.teams[0].pk}/{ADDRESS}").content.decode()
    assert f"/teams/{floor.teams[0].pk}/hours/?" in board


def test_days_without_log_ins_say_so(floor: Floor) -> None:
    agree(floor.agents[0], 40)
    text = (
        floor.client("agent").get(f"/agents/{floor.agents[0].pk}/hours/?from=2031-01-06&to=2031-01-12").content.decode()
    )
    assert "no log-ins are known of these days" in text


def test_a_leader_begins_with_those_who_are_far_over(floor: Floor) -> None:
    home = floor.client("leader").get("/").content.decode()
    assert "Far over the agreed hours" not in home
    agree(floor.agents[0], 1)
    agree(floor.agents[2], 168)
    home = floor.client("leader").get("/").content.decode()
    line = home.split("Far over the agreed hours", 1)[1].split("</p>", 1)[0]
    assert floor.agents[0].name in line and floor.agents[2].name not in line
