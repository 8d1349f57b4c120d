"""Does the page of what comes first propose actions that are sure enough, within the hours, and say why not the rest?"""

from __future__ import annotations

import csv
import html
import io
import re
from collections import OrderedDict
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from floorwalker.apps.coaching.models import ActionKind, Objective
from floorwalker.apps.dashboards import fairness
from floorwalker.apps.dashboards.lots import offered_lots
from floorwalker.apps.dashboards.priorities import MOST
from floorwalker.apps.people.models import Agent, AuditEntry, Team
from floorwalker.insight import said
from floorwalker.insight.cause import Caused, Causes, Share
from floorwalker.insight.learning import GapBefore, as_json
from floorwalker.kpis.catalogue import catalogue
from floorwalker.stats.levels import Cause
from tests.apps.api.asking import Program
from tests.apps.coaching.past import look_at, past_action, reviewed
from tests.apps.conftest import NOW
from tests.apps.dashboards.conftest import Judged


def rows_of(judged: Judged, name: str, hours: float = 4.0) -> list[dict[str, Any]]:
    answer = Program(judged.users[name]).get(f"/priorities?hours={hours:g}")
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()
    return found


def listed(rows: list[dict[str, Any]], *kinds: str) -> list[dict[str, Any]]:
    return [row for row in rows if row["listed"] in kinds]


def objective_of(judged: Judged, agent: Agent) -> Objective:
    """An objective that is being worked for, as little as the table asks."""
    return Objective.objects.create(
        agent=agent,
        wording="Handle contacts in less time",
        measure="average_handle_time",
        measure_version=1,
        baseline={},
        forecast={},
        target=300.0,
        chance_with=0.6,
        chance_without=0.3,
        volume=400,
        action="One talk a fortnight",
        action_kind=ActionKind.COACHING,
        from_day=date(2026, 1, 5),
        due_on=date(2026, 4, 5),
        proposed_by=judged.users["boss"],
        proposed_at=NOW,
    )


def test_the_list_fits_into_the_hours_and_leads_with_what_gains_most_by_the_hour(judged: Judged) -> None:
    rows = rows_of(judged, "boss")
    chosen = listed(rows, "chosen")
    assert chosen and sum(row["hours"] for row in chosen) <= 4.0
    by_the_hour = [row["gain"] / row["hours"] for row in chosen]
    assert by_the_hour == sorted(by_the_hour, reverse=True)
    assert all(0 <= row["low"] <= row["high"] and row["gain"] > 0 for row in chosen)
    assert len({(row["action"], row["id"]) for row in chosen}) == len(chosen), "nobody is on it twice"
    more = listed(rows_of(judged, "boss", 12.0), "chosen")
    assert len(more) > len(chosen) and listed(rows, "no_capacity")


def test_the_page_says_what_is_gained_why_and_what_is_not_done(judged: Judged) -> None:
    page = judged.page("boss", "/priorities/?hours=12")
    chosen = listed(rows_of(judged, "boss", 12.0), "chosen")
    assert "into 12 hours a week" in page and "a month" in page
    for row in chosen:
        gain, rest = row["sentence"].split("; ", 1)
        assert html.escape(gain) in page and html.escape(rest) in page, row["sentence"]
    first = page.split("</table>", 1)[0]
    assert first.count("<tr>") == 1 + min(MOST, len(chosen)), "at most five at once, and the head"
    assert "Why not the others?" in page
    assert "a contact that goes better as much work as one contact takes here" in page
    unsure = re.search(r"Not sure enough that there is a gap that matters\.</strong>(.*?)</li>", page, re.DOTALL)
    assert unsure is not None and "<a " not in unsure[1], "of whom there may be nothing, nobody is named"


def test_it_learns_from_past_actions_what_an_hour_gains_and_says_from_how_many(judged: Judged) -> None:
    before = [row for row in rows_of(judged, "boss", 40.0) if row["action"] == "coach" and row["listed"] == "chosen"]
    assert before and all(row["rests"].startswith("Coaching: assumed, no past yet.") for row in before)
    boss, measure = judged.users["boss"], before[0]["measure"]
    unit = {"unit": "ratio"} if catalogue()[measure].unit == "seconds" else {}
    for one in Agent.objects.order_by("pk")[:24]:
        made = past_action([one], boss, 0.08, measure=measure, begins_on=date.today() - timedelta(weeks=20))
        made.looks.all().delete()
        look_at(made, reviewed(0.08, kpi=measure, **unit))
        made.before = as_json(GapBefore(320.0, 1680.0, 1, 1) if unit else GapBefore(0.16, 0.7, 1, 1))
        made.save()
    after = {
        row["id"]: row for row in rows_of(judged, "boss", 40.0) if (row["measure"], row["action"]) == (measure, "coach")
    }
    closes = float(re.search(r"closes about (\d+)%", after[before[0]["id"]]["rests"])[1]) / 100  # type: ignore[index]
    assert closes > 0.4 and after[before[0]["id"]]["rests"].startswith("Coaching, from 24 past reviews with 24 people")
    assert after[before[0]["id"]]["gain"] == pytest.approx(before[0]["gain"] * closes / 0.25, rel=0.03)
    page = judged.page("boss", "/priorities/?hours=40")
    assert html.escape(after[before[0]["id"]]["rests"]) in page and "Mentoring: assumed, no past yet." in page


def test_a_leader_reads_of_her_own_people_alone(judged: Judged) -> None:
    own = set(
        Agent.objects.in_teams(Team.objects.filter(pk=judged.teams[0].pk), NOW.date()).values_list("name", flat=True)
    )
    rows = rows_of(judged, "leader", 40.0)
    assert {row["name"] for row in rows if row["action"] in ("coach", "evidence")} <= own
    assert {row["id"] for row in rows if row["action"] == "team"} <= {judged.teams[0].pk}
    page = judged.page("leader", "/priorities/?hours=40")
    others = [one.name for one in Agent.objects.exclude(name__in=own)]
    assert not [name for name in others if f">{name}</a>" in page]
    for name in ("owner", "agent"):
        judged.page(name, "/priorities/", 404)
        assert Program(judged.users[name]).get("/priorities").status_code == 404


def test_whoever_is_at_an_objective_waits(judged: Judged) -> None:
    first = next(row for row in listed(rows_of(judged, "boss", 40.0), "chosen") if row["action"] == "coach")
    objective_of(judged, Agent.objects.get(pk=first["id"]))
    rows = rows_of(judged, "boss", 40.0)
    assert (first["id"], first["action"]) not in {(row["id"], row["action"]) for row in listed(rows, "chosen")}
    assert first["id"] in {row["id"] for row in listed(rows, "open_goal")}


def test_the_file_tells_what_programs_are_told(judged: Judged) -> None:
    answer = judged.client("boss").get("/priorities/figures.csv?hours=6")
    assert answer.status_code == 200
    found = [row for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))) if row.get("definition")]
    rows = rows_of(judged, "boss", 6.0)
    assert [(row["listed"], row["name"], row["measure"]) for row in found] == [
        (row["listed"], row["name"], row["measure"]) for row in rows
    ]
    assert AuditEntry.objects.filter(verb="export", subject="priorities").count() == 1


@pytest.mark.parametrize("asked", ["many", "0", "-3", "1e9", "nan"])
def test_hours_that_nobody_can_have_are_said_and_not_guessed(judged: Judged, asked: str) -> None:
    page = judged.page("boss", f"/priorities/?hours={asked}")
    # What was typed is given back, beside what is expected.
    assert "a number from 0.5 to 200 is expected" in page and "that for 4 hours" in page
    assert f'value="{asked}"' in page and f"“{asked}”" in page and 'value="4"' not in page
    assert Program(judged.users["boss"]).get(f"/priorities?hours={asked}").status_code == 422


def test_on_a_large_floor_nobody_waits(judged: Judged, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Any] = []
    monkeypatch.setattr(fairness, "SOON", 0)
    monkeypatch.setattr(said, "begin", lambda _what, work: begun.append(work))
    monkeypatch.setattr(said, "_kept", OrderedDict())
    assert "it is being worked out now what stands out" in judged.page("boss", "/priorities/")
    assert len(begun) == 1
    begun[0]()
    assert "into 4 hours a week" in judged.page("boss", "/priorities/")


def test_home_leads_there(judged: Judged) -> None:
    assert all('href="/priorities/"' in judged.page(name, "/") for name in ("leader", "boss"))
    assert 'href="/priorities/"' not in judged.page("owner", "/")


def caused(count: int, low: float, high: float) -> Causes:
    """People with the same own gap, and as unsure."""
    share = Share(None, 10.0, low, high, 0.7)
    nothing: Any = None
    agents = [
        Caused(
            n.to_bytes(16, "big"), None, 100, Cause.PERSONAL, 0.1, 0.1, 0.7, nothing, replace(share, gap=10.0 + n / 100)
        )
        for n in range(count)
    ]
    return Causes(catalogue()["transfer_rate"], 0.3, False, 0.02, None, (), tuple(agents), ())


def test_where_many_are_equally_urgent_chance_is_offered_first() -> None:
    many, few = caused(50, 2.0, 20.0), caused(47, 2.0, 20.0)
    everybody = {one.agent for one in many.agents}
    (lot,) = offered_lots([many, few, caused(50, 11.0, 12.0)], everybody)
    assert lot.people == 50 and lot.said.startswith("Transfer rate: 50 people are equally urgent")
    assert lot.address == "/improvement/new/?measure=transfer_rate"
    assert offered_lots([many], set(list(everybody)[:40])) == (), "nobody draws among those whom she does not coach"
