"""Does the API say the same as the command line and the pages, and nothing of those who may not be seen?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from floorwalker.apps.dashboards.plain import ask
from floorwalker.apps.people import actions
from floorwalker.apps.people.access import today
from floorwalker.apps.people.models import AuditEntry, Look
from floorwalker.apps.people.names import Names
from floorwalker.kpis.query import KpiQuery
from tests.apps.api.asking import Program
from tests.apps.conftest import NOW, Floor

MEASURES = ("contacts_handled", "average_handle_time", "transfer_rate", "service_level")


@pytest.mark.parametrize("by", [(), ("agent",), ("team", "week"), ("queue", "hour"), ("channel",)])
def test_the_rows_are_those_of_the_command_line(floor: Floor, by: tuple[str, ...]) -> None:
    answer = Program(floor.users["boss"]).get("/figures", {"measure": MEASURES, "by": by, "scope": "everybody"})
    expected = ask(KpiQuery(MEASURES, by=by), floor.lake.snapshot(), Names())
    assert answer.status_code == 200
    assert answer.json() == json.loads(json.dumps(expected))
    assert len(answer.json()) >= len(MEASURES)


def test_a_leader_gets_her_team_alone(floor: Floor) -> None:
    rows = Program(floor.users["leader"]).get("/figures", {"measure": "contacts_handled", "by": "agent"}).json()
    mine = {agent.name for number, agent in enumerate(floor.agents) if number % 2 == 0 and number != 4}
    assert {row["group"]["agent"] for row in rows} == mine
    whole = Program(floor.users["boss"]).get("/figures", {"measure": "contacts_handled", "by": "team"}).json()
    team = next(row for row in whole if row["group"]["team"] == "Avocet")
    own = Program(floor.users["leader"]).get("/figures", {"measure": "contacts_handled"}).json()
    assert own[0]["value"] == team["value"]


def test_who_may_not_be_seen_is_not_named(floor: Floor) -> None:
    leader, other = Program(floor.users["leader"]), floor.named["other"].name
    given = {"measure": "contacts_handled", "where": f"agent={other}"}
    answer = leader.get("/figures", given)
    said = answer.json()
    assert answer.status_code == 422
    hidden = {agent.name for number, agent in enumerate(floor.agents) if number % 2 == 1 and agent.name != other}
    assert not any(name in said["expected"] for name in hidden)
    assert other not in said["expected"].split(", ")
    digits = floor.named["other"].key.hex()[:8]
    assert leader.get("/figures", given | {"where": f"agent={digits}"}).status_code == 422
    assert leader.get("/figures", given | {"where": "team=Kingfisher"}).status_code == 422
    assert leader.get("/figures", given | {"where": f"agent={floor.named['mate'].name}"}).status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        {"by": "agent"},
        {"by": "attribute:shift"},
        {"where": "attribute:shift=Night"},
        {"by": ["team", "hour"]},
        {"by": "day", "where": "team=Avocet"},
    ],
)
def test_nobody_is_singled_out_for_who_sees_the_centre_alone(floor: Floor, asked: dict[str, Any]) -> None:
    program = Program(floor.users["process_owner"])
    assert program.get("/figures", {"measure": "average_handle_time"} | asked).status_code == 404
    assert program.get("/figures", {"measure": "average_handle_time", "by": ["team", "week"]}).status_code == 200


def test_a_look_by_a_program_is_a_look(floor: Floor) -> None:
    mate = floor.named["mate"]
    program = Program(floor.users["leader"])
    program.get("/figures", {"measure": "contacts_handled", "where": f"agent={mate.name}"})
    program.get(f"/agents/{mate.pk}/figures")
    assert sorted(Look.objects.filter(agent=mate).values_list("what", flat=True)) == ["export", "page"]
    entry = AuditEntry.objects.filter(verb="run_kpi").get()
    assert (entry.by, entry.detail["token"]) == ("leader", program.token.beginning)
    assert mate.name not in str(entry.detail)
    Program(floor.users["mate"]).get("/figures", {"measure": "contacts_handled", "scope": "own"})
    assert AuditEntry.objects.filter(verb="run_kpi").count() == 1


def test_a_board_holds_what_the_figures_say(floor: Floor) -> None:
    program = Program(floor.users["leader"])
    board = program.get(f"/teams/{floor.teams[0].pk}/board").json()
    rows = program.get("/figures", {"measure": "average_handle_time", "by": "agent"} | board["period"]).json()
    figures = {row["group"]["agent"]: row["value"] for row in rows}
    lines = {
        line["name"]: next(c["figure"]["value"] for c in line["cells"] if c["measure"] == "average_handle_time")
        for line in board["lines"]
    }
    assert lines and lines == {name: figures[name] for name in lines}
    states = {cell["state"] for line in board["lines"] for cell in line["cells"]}
    assert states <= {"above", "below", "unclear", "none"} and len(states) > 1


def test_what_cannot_be_asked_is_said_in_words(floor: Floor) -> None:
    program = Program(floor.users["boss"])
    for wrong in (
        {},
        {"measure": "no_such"},
        {"measure": "contacts_handled", "by": "nothing"},
        {"measure": "contacts_handled", "where": "queue"},
        {"measure": "contacts_handled", "where": "channel=pigeon"},
        {"measure": "contacts_handled", "from": "2026-13-01"},
        {"measure": "contacts_handled", "from": "2026-11-02", "to": "2026-11-01"},
        {"measure": "service_level", "param": "threshold_seconds=x"},
    ):
        answer = program.get("/figures", wrong)
        assert answer.status_code == 422, wrong
        assert answer.json()["title"]
    assert program.get(f"/teams/{floor.teams[0].pk}/board", {"channel": "pigeon"}).status_code == 422


def test_a_former_leader_gets_nothing(floor: Floor) -> None:
    assert Program(floor.users["former_leader"]).get("/figures", {"measure": "contacts_handled"}).status_code == 404
    actions.grant_role(
        floor.users["former_leader"],
        "team_leader",
        from_day=today(),
        by=floor.users["admin"],
        at=NOW,
        team=floor.teams[1],
    )
    again = Program(floor.users["former_leader"]).get("/figures", {"measure": "contacts_handled"})
    assert again.status_code == 200
