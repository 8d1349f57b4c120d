"""Can a member of a team of three take her own figures from anything that she may open or take along, and be left with a colleague's?"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest

from floorwalker.apps.dashboards import statements
from floorwalker.apps.people import actions
from floorwalker.apps.people.models import Agent, Team
from floorwalker.insight.cause import Caused, Causes
from floorwalker.insight.remembered import Told
from floorwalker.insight.said import causes
from floorwalker.insight.scorecard import Period
from floorwalker.insight.statements import Method, Stamp
from floorwalker.jobs.publish import publish_dimensions
from tests.apps.api.asking import Program
from tests.apps.conftest import LONG_AGO, NOW
from tests.apps.dashboards.conftest import Judged

MEASURE = "average_handle_time"
DIGITS = 6


@pytest.fixture
def member(judged: Judged) -> Agent:
    """One of three who are left in the first team."""
    own = judged.users["agent"].agent
    assert own is not None
    others = Agent.objects.in_teams(Team.objects.filter(pk=judged.teams[0].pk), NOW.date()).exclude(pk=own.pk)
    for mate in list(others)[2:]:
        actions.join_team(mate, judged.teams[1], on=LONG_AGO, by=judged.users["boss"], at=NOW)
    publish_dimensions(judged.lake)
    return own


def numbers_in(told: Any) -> Iterator[float]:
    """Every number of an answer for programs, or of the cells of a file; sums are added up in no fixed order."""
    if isinstance(told, dict):
        told = list(told.values())
    if isinstance(told, list | tuple):
        for one in told:
            yield from numbers_in(one)
    elif isinstance(told, int | float) and not isinstance(told, bool):
        yield round(float(told), DIGITS)
    elif isinstance(told, str) and re.fullmatch(r"'?-?\d+(\.\d+)?(e-?\d+)?", told):
        yield round(float(told.lstrip("'")), DIGITS)


def figures_of(line: dict[str, Any]) -> set[float]:
    """The durations of a board's line with their ranges, to the sixth digit: counts and shares may be two people's by chance."""
    figures = [cell["figure"] for cell in line["cells"] if cell["figure"]]
    told = [figure[end] for figure in figures for end in ("value", "low", "high")]
    return {round(value, DIGITS) for value in told if value is not None and value > 40 and value % 1}


def files_of(judged: Judged, address: str) -> Iterator[Any]:
    client = judged.client("agent")
    yield list(csv.reader(io.StringIO(client.get(f"{address}csv").content.decode("utf-8-sig"))))
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}xlsx").content))
    yield [list(row) for sheet in book for row in sheet.iter_rows(values_only=True)]


def test_nothing_that_she_may_open_holds_the_teams_figures(judged: Judged, member: Agent) -> None:
    """Team less own is two colleagues, and theirs less what one of them tells is the other's."""
    team = judged.teams[0]
    board = Program(judged.users["boss"]).get(f"/teams/{team.pk}/board").json()
    own = next(line for line in board["lines"] if line["id"] == member.pk)
    secret = figures_of(board["whole"]) - figures_of(own)
    for line in board["lines"]:
        secret |= figures_of(line) - figures_of(own) if line is not own else set()
    assert len(secret) >= 9 and len(board["lines"]) == 3
    program = Program(judged.users["agent"])
    mine = f"/agents/{member.pk}"
    opened: list[Any] = [program.get(path).json() for path in ("/me", f"{mine}/figures", f"{mine}/statements")]
    opened.append(program.get("/figures", {"measure": MEASURE, "by": ["agent", "team"]}).json())
    opened.append(program.get("/figures", {"measure": MEASURE, "by": "week"}).json())
    opened += files_of(judged, f"{mine}/figures.")
    assert figures_of(own) & set(numbers_in(opened)), "her own figures are there"
    assert not secret & set(numbers_in(opened))
    assert opened[1]["beside"] == {}
    # And what is not hers is not there at all.
    closed = ("/gaps", f"/gaps/{MEASURE}", "/changes", "/processes", f"/teams/{team.pk}/board", "/centre/board")
    assert {path: program.get(path).status_code for path in closed} == dict.fromkeys(closed, 404)
    pages = ("/gaps/", "/changes/", "/changes/processes/", f"/measures/{MEASURE}/funnel/", f"/teams/{team.pk}/")
    files = [
        f"{page}figures.{form}" for page in ("/gaps/", "/changes/", "/changes/processes/") for form in ("csv", "xlsx")
    ]
    for page in (*pages, *files):
        assert judged.client("agent").get(page).status_code == 404, page


def test_what_was_said_of_her_tells_her_nothing_of_two_colleagues(
    judged: Judged, member: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = judged.lake.snapshot()
    period = Period(*(datetime(2026, month, day, tzinfo=UTC).date() for month, day in ((2, 23), (3, 22))))
    whole = causes(facts, MEASURE, period, {}, standard=200.0)
    assert whole is not None
    told = Told(
        bytes(member.key),
        Stamp(Method.CAUSE, 3, MEASURE, 1, period, datetime(2026, 3, 23, 4, tzinfo=UTC), "", 1),
        whole,
    )
    own = next(one for one in whole.agents if one.agent == bytes(member.key))
    three = sum(one.team == own.team for one in whole.agents)
    assert three == 3
    monkeypatch.setattr(
        statements, "said_of", lambda *_asked, **_given: [Told(told.agent, told.stamp, _only(whole, own))]
    )
    monkeypatch.setattr(statements, "people_of_team", lambda *_asked: three)
    (read,) = Program(judged.users["agent"]).get(f"/agents/{member.pk}/statements").json()
    (leader,) = Program(judged.users["leader"]).get(f"/agents/{member.pk}/statements").json()
    assert leader["verdict"] == str(own.primary) and "%" in leader["sentence"]
    if read["verdict"] != "systemic":
        assert read["verdict"] == "withheld" and "%" not in read["sentence"]
        assert "would give colleagues away" in read["sentence"]
    monkeypatch.setattr(statements, "people_of_team", lambda *_asked: 4)
    (among_four,) = Program(judged.users["agent"]).get(f"/agents/{member.pk}/statements").json()
    assert among_four["sentence"] == leader["sentence"]


def _only(whole: Causes, own: Caused) -> Causes:
    return replace(whole, agents=(own,), teams=(), unplaced=())
