"""Is a target of one person honoured by every figure and flag, and is its reason, and that it is there, kept from the others?"""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from django.core.serializers import serialize
from django.test import Client

from floorwalker.apps.notices.hooking import add_hook
from floorwalker.apps.notices.models import Delivery, Event
from floorwalker.apps.people.actions import join_team
from floorwalker.apps.people.merging import merge_agents, split_agents
from floorwalker.apps.people.models import AuditEntry, User
from floorwalker.apps.standards.actions import set_target
from floorwalker.apps.standards.adjusting import adjust_target, end_adjustment, measures_adjusted
from floorwalker.apps.standards.holding import Agreed
from floorwalker.apps.standards.models import AdjustedTarget
from floorwalker.errors import Refused
from floorwalker.insight.comparison import compare_agents
from floorwalker.insight.judgement import Target as Aim
from floorwalker.insight.scorecard import Period
from tests.apps.conftest import LONG_AGO, NOW, Floor
from tests.apps.standards.made import REASON, adjusted_target

WEEK = "?from=2023-11-20&to=2023-12-03"
PERIOD = Period(date(2023, 11, 20), date(2023, 12, 3))


def pages_of(floor: Floor) -> tuple[str, ...]:
    """Where figures of the first agent, or what was agreed, are shown, taken along, drawn or printed."""
    agent, team = floor.agents[0].pk, floor.teams[0].pk
    return (
        *("/", f"/teams/{team}/{WEEK}", f"/agents/{agent}/{WEEK}", f"/agents/{agent}/trend/transfer_rate/{WEEK}"),
        *(f"/teams/{team}/figures.csv{WEEK}", f"/teams/{team}/figures.pdf{WEEK}", f"/agents/{agent}/figures.csv{WEEK}"),
        *(
            "/targets/",
            "/standards/",
            "/aims/",
            "/audit/",
            "/gaps/",
            "/measures/transfer_rate/",
            f"/agents/{agent}/looks/",
        ),
        *(f"/measures/transfer_rate/funnel/{WEEK}", "/search/?q=hearing", "/changes/", "/centre/", f"/people/{agent}/"),
    )


def said_on(client: Client, address: str) -> str:
    answer = client.get(address)
    return answer.content.decode("utf-8", "replace") if answer.status_code == 200 else ""


@pytest.mark.slow
@pytest.mark.parametrize(
    "who", ["agent", "mate", "leader", "branch_leader", "analyst", "team_analyst", "admin", "privacy", "process_owner"]
)
def test_the_reason_is_nowhere_for_those_without_the_role(floor: Floor, who: str) -> None:
    adjusted_target(floor)
    client = floor.client(who)
    assert client.get("/adjustments/").status_code == 404
    for address in pages_of(floor):
        assert REASON not in said_on(client, address) and "occupational" not in said_on(client, address), address


def test_the_reason_is_not_where_a_leader_looks_first(floor: Floor) -> None:
    """The short form of the one above."""
    adjusted_target(floor)
    for address in (f"/teams/{floor.teams[0].pk}/figures.csv{WEEK}", "/targets/", "/standards/", "/search/?q=hearing"):
        assert REASON not in said_on(floor.client("leader"), address), address


@pytest.mark.slow
def test_it_is_on_no_other_page_for_those_who_agree_to_it(floor: Floor) -> None:
    adjusted_target(floor)
    assert [page for page in pages_of(floor) if REASON in said_on(floor.client("boss"), page)] == []


def test_it_is_on_its_own_page_for_those_who_agree_to_it(floor: Floor) -> None:
    adjusted_target(floor)
    assert REASON in floor.client("boss").get("/adjustments/").content.decode()
    assert REASON not in floor.client("site_boss").get("/adjustments/").content.decode()


def test_the_trail_tells_neither_whose_nor_why(floor: Floor) -> None:
    adjusted = adjusted_target(floor)
    end_adjustment(adjusted, on=date(2027, 1, 1), by=floor.users["boss"], at=NOW)
    told = AuditEntry.objects.filter(verb__in=("adjust_target", "end_adjustment"))
    assert [one.subject for one in told] == [f"adjustedtarget:{adjusted.pk}"] * 2
    assert [one.detail for one in told] == [{}, {}]
    assert REASON not in serialize("json", AuditEntry.objects.all())


def test_no_webhook_is_told_and_no_refusal_tells(floor: Floor) -> None:
    add_hook("Everything", "https://hooks.example/", Event.values, by=floor.users["admin"], at=NOW)
    adjusted = adjusted_target(floor)
    adjusted_target(floor, "occupancy", None, low=0.1, high=0.9)
    end_adjustment(adjusted, on=date(2027, 1, 1), by=floor.users["boss"], at=NOW)
    assert not Delivery.objects.exists()
    said = floor.client("boss").post(
        f"/adjustments/{adjusted.pk}/", {"on": "2028-01-01"}, headers={"HX-Request": "true"}
    )
    assert said.status_code == 422 and REASON not in said.content.decode()
    with pytest.raises(Refused) as refused:
        adjusted_target(floor, by=floor.users["leader"])
    assert REASON not in str(refused.value)


def test_no_file_of_the_lake_holds_it(floor: Floor) -> None:
    adjusted_target(floor)
    for path in Path(floor.lake.path).rglob("*"):
        if path.is_file():
            assert REASON.encode() not in path.read_bytes(), path


def test_what_was_agreed_with_a_person_goes_before_her_teams_target(floor: Floor) -> None:
    adjusted_target(floor, value=0.9)
    agent, team = floor.agents[0], floor.teams[0]
    unseen = Agreed.read(PERIOD)
    assert unseen.honoured(agent, team)["transfer_rate"].target == Aim(high=0.9)
    assert unseen.of_agent(agent, team)["transfer_rate"].target == Aim(high=0.45)
    assert unseen.standards_of_people("transfer_rate") == {bytes(agent.key): 0.9}
    for who, seen in {"boss": 0.9, "agent": 0.9, "leader": 0.45, "site_boss": 0.45, "admin": 0.45}.items():
        shown = Agreed.read(PERIOD, reader=floor.users[who]).of_agent(agent, team)["transfer_rate"].target
        assert shown == Aim(high=seen), who
    before = Agreed.read(Period(date(2022, 1, 1), date(2022, 12, 31)))
    assert before.honoured(agent, team)["transfer_rate"].target == Aim(high=0.45)


def test_flags_hold_a_person_against_her_own(floor: Floor) -> None:
    agent = floor.agents[0]
    strict = compare_agents(floor.lake.snapshot(), "transfer_rate", PERIOD, {}, standard=0.3)
    own = compare_agents(
        floor.lake.snapshot(), "transfer_rate", PERIOD, {}, standard=0.3, of_people={bytes(agent.key): 0.9}
    )
    assert strict is not None and own is not None
    key = bytes(agent.key)
    was, now = (next(one for one in found.agents if one.agent == key) for found in (strict, own))
    assert (was.standard, now.standard) == (0.3, 0.9)
    assert (now.probability_below or 0) < 0.01 < (was.probability_below or 1)
    others = [[one for one in found.agents if one.agent != key] for found in (strict, own)]
    assert [one.probability_below for one in others[0]] == [one.probability_below for one in others[1]]


def marks(floor: Floor, who: str, team: int, measure: str = "occupancy") -> dict[str, str]:
    """By person, how the file of a team's board says that a figure stands."""
    text = floor.client(who).get(f"/teams/{team}/figures.csv{WEEK}").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    people = {agent.name for agent in floor.agents}
    return {row["subject"]: row["state"] for row in rows if row["kpi"] == measure and row["subject"] in people}


def test_every_mark_honours_it_and_none_tells_whose_it_is(floor: Floor) -> None:
    agent, (team, other) = floor.agents[0], floor.teams
    set_target("occupancy", low=0.9, high=0.99, from_day=LONG_AGO, by=floor.users["boss"], at=NOW)
    assert marks(floor, "leader", team.pk)[agent.name] == "too_low"
    adjusted_target(floor, "occupancy", None, low=0.0001, high=0.9)
    known = marks(floor, "boss", team.pk)
    assert known.pop(agent.name) == "inside" and set(known.values()) == {"too_low"}
    for who, board in (("leader", team), ("analyst", team), ("branch_leader", team), ("other_leader", other)):
        assert set(marks(floor, who, board.pk).values()) == {"withheld"}, who
    # Whoever manages another site sees nobody of this one, and no less than before.
    assert set(marks(floor, "site_boss", other.pk).values()) == {"too_low"}


def test_a_page_of_hers_and_of_a_colleague_say_the_same_to_their_leader(floor: Floor) -> None:
    set_target("occupancy", low=0.9, high=0.99, from_day=LONG_AGO, by=floor.users["boss"], at=NOW)
    adjusted_target(floor, "occupancy", None, low=0.0001, high=0.77)
    leader, said = floor.client("leader"), "how single people stand to it is not shown here"
    for one in (floor.agents[0], floor.agents[2]):
        for address in (f"/agents/{one.pk}/{WEEK}", f"/agents/{one.pk}/figures.pdf{WEEK}"):
            assert "77%" not in said_on(leader, address)
        assert said in said_on(leader, f"/agents/{one.pk}/{WEEK}")
        assert "77%" not in said_on(leader, f"/agents/{one.pk}/trend/occupancy/{WEEK}")
    own = said_on(floor.client("agent"), f"/agents/{floor.agents[0].pk}/{WEEK}")
    assert "0.01% to 77%" in own and said not in own
    assert "0.01% to 77%" in said_on(floor.client("boss"), f"/teams/{floor.teams[0].pk}/{WEEK}")
    assert said not in said_on(floor.client("mate"), f"/agents/{floor.agents[2].pk}/{WEEK}")


def test_it_is_agreed_by_a_role_of_the_place_with_a_day_to_look_again(floor: Floor) -> None:
    for who in ("site_boss", "leader", "admin"):
        with pytest.raises(Refused, match="may not adjust"):
            adjusted_target(floor, by=floor.users[who])
    with pytest.raises(Refused, match="has a reason"):
        adjusted_target(floor, reason=" ")
    with pytest.raises(Refused, match="looked at again"):
        adjusted_target(floor, review_on=date(2022, 1, 1))
    join_team(floor.agents[0], floor.teams[1], on=NOW.date(), by=floor.users["boss"], at=NOW)
    assert adjusted_target(floor, by=floor.users["site_boss"]).agent == floor.agents[0]


def test_a_later_one_takes_over_and_one_that_has_not_begun_is_withdrawn(floor: Floor) -> None:
    first = adjusted_target(floor)
    later = adjusted_target(floor, value=0.5, from_day=date(2026, 12, 1))
    first.refresh_from_db()
    assert first.to_day == date(2026, 12, 1) and later.to_day is None
    end_adjustment(later, on=date(2026, 12, 1), by=floor.users["boss"], at=NOW)
    assert AdjustedTarget.objects.get() == first
    with pytest.raises(Refused, match="ended already"):
        end_adjustment(first, on=date(2026, 12, 5), by=floor.users["boss"], at=NOW)


def test_it_goes_along_when_its_person_is_found_to_be_another(floor: Floor) -> None:
    other, was, team = floor.agents[2], floor.agents[0], floor.teams[0]
    adjusted = adjusted_target(floor)
    User.objects.filter(agent=other).update(agent=None)
    merge = merge_agents(other, was, by="test", at=NOW)
    held = Agreed.read(PERIOD, reader=floor.users["boss"])
    assert held.honoured(other, team)["transfer_rate"].target == Aim(high=0.9)
    assert held.standards_of_people("transfer_rate") == {bytes(other.key): 0.9}
    assert held.of_agent(other, team)["transfer_rate"].target == Aim(high=0.9)
    # She herself, by the log-in that moved over with her; her leader is told neither of the one name nor of the other.
    agent, leader = (User.objects.get(username=name) for name in ("agent", "leader"))
    assert Agreed.read(PERIOD, reader=agent).of_agent(other, team)["transfer_rate"].target == Aim(high=0.9)
    assert "transfer_rate" in Agreed.read(PERIOD, reader=leader).withheld
    assert measures_adjusted(other, leader, NOW.date()) == {"transfer_rate"}
    assert other.name in floor.client("boss").get("/adjustments/").content.decode()
    # What is agreed anew takes over from what was agreed under the former name, and ends with it.
    later = adjust_target(
        other,
        "transfer_rate",
        0.8,
        from_day=date(2026, 12, 1),
        review_on=date(2027, 6, 1),
        reason="Again",
        by=floor.users["boss"],
        at=NOW,
    )
    adjusted.refresh_from_db()
    assert adjusted.to_day == later.from_day
    split_agents(merge, by="test", at=NOW)
    assert Agreed.read(PERIOD).standards_of_people("transfer_rate") == {bytes(was.key): 0.9}


def test_the_page_agrees_and_ends(floor: Floor) -> None:
    boss = floor.client("boss")
    given = {
        "agent": floor.agents[0].pk,
        "measure": "average_handle_time",
        "low": "100",
        "high": "900",
        "from_day": "2026-11-01",
        "review_on": "2027-05-01",
        "reason": REASON,
    }
    assert boss.post("/adjustments/", given).status_code == 302
    made = AdjustedTarget.objects.get()
    assert (made.low, made.high) == (100, 900)
    assert boss.post("/adjustments/", given | {"low": "", "high": ""}).status_code == 422
    assert boss.post(f"/adjustments/{made.pk}/", {"on": "2027-01-01"}).status_code == 302
    made.refresh_from_db()
    assert made.to_day == date(2027, 1, 1)
    assert floor.client("site_boss").get(f"/adjustments/{made.pk}/").status_code == 404
