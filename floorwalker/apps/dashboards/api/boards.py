"""How do the centre, a team and an agent stand? What their pages say, for programs."""

from __future__ import annotations

from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from floorwalker.apps.dashboards.api.shapes import AgentFigures, BoardOf, line, said
from floorwalker.apps.dashboards.asking import lake
from floorwalker.apps.dashboards.pages import read_agent_page, read_centre_page, read_team_page
from floorwalker.apps.dashboards.programs import state
from floorwalker.apps.dashboards.question import Question
from floorwalker.apps.dashboards.reading import Figures
from floorwalker.apps.people.access import find_agent, find_team, require, today, user_of
from floorwalker.apps.people.looks import note_look
from floorwalker.apps.people.models import LookAt, Right
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.known import known_days
from floorwalker.ui.rest.problems import Problematic
from floorwalker.ui.rest.shown import Id
from floorwalker.ui.rest.tags import tag_of_state, unless_known

router = Router(by_alias=True)


class PageAsked(Schema):
    """The question in the address of a page with figures, in the same words."""

    period: Literal["1", "4", "12", "26", "month", "quarter", "so_far"] | None = Field(
        None, description="weeks, or a calendar period; the last 4 complete weeks without it and without days"
    )
    first: str | None = Field(None, alias="from", description="first day")
    last: str | None = Field(None, alias="to", description="last day, included")
    compare: Literal["before", "year"] | None = Field(None, description="beside the period before, or a year ago")
    queue: int | None = Field(None, ge=1, le=999_999_999, description="the number of a queue")
    channel: str | None = None
    reason: str | None = Field(None, max_length=200)
    tenure: str | None = Field(None, description="under_3, 3_to_12, over_12 or unknown; on boards of people alone")


@router.get("/centre/board", response=BoardOf)
def read_centre_board(request: HttpRequest, response: HttpResponse, asked: Query[PageAsked]) -> object:
    """How the centre stands, and each of its teams."""
    require(user_of(request), Right.SEE_FIGURES_OF_CENTRE, today())
    return _board(read_centre_page(request, facts_of(request, response)))


@router.get("/teams/{team_id}/board", response=BoardOf)
def read_team_board(request: HttpRequest, response: HttpResponse, team_id: Id, asked: Query[PageAsked]) -> object:
    """Who in a team needs somebody, and for what: everybody by name, nobody ranked."""
    find_team(user_of(request), team_id, today())
    return _board(read_team_page(request, facts_of(request, response), team_id))


@router.get("/agents/{agent_id}/figures", response=AgentFigures)
def read_agent_figures(request: HttpRequest, response: HttpResponse, agent_id: Id, asked: Query[PageAsked]) -> object:
    """How an agent is doing, beside the team where that gives nobody away. The agent is shown that somebody looked."""
    agent = find_agent(user_of(request), agent_id, today())
    note_look(agent, LookAt.PAGE, by=user_of(request), at=timezone.now())
    found = _understood(read_agent_page(request, facts_of(request, response), agent))
    context, period = found.context, found.question.period
    return {
        "agent": line(context["row"]),
        "team": None if context["team"] is None else context["team"].name,
        "beside": {name: said(answer) for name, answer in context["beside"].items()},
        "period": {"from": period.first, "to": period.last},
    }


def facts_of(request: HttpRequest, response: HttpResponse) -> Snapshot:
    """The facts of this moment, where the reader has not had the answer to them already."""
    facts = lake().snapshot()
    if known_days(facts) is None:
        raise Http404
    unless_known(request, response, tag_of_state(request.get_full_path(), *state(facts, user_of(request), today())))
    return facts


def _understood(found: Figures) -> Figures:
    """A page shows the usual where an address cannot be read, and says so; a program is told instead."""
    refuse_unread(found.question)
    return found


def refuse_unread(question: Question) -> None:
    """Say what of a question cannot be read."""
    if question.unread_period:
        raise Problematic(
            422,
            "this period cannot be read",
            where="period",
            expected="a period, or from and to as days, three years at most",
        )
    if question.unread_choice or question.unknown_queue:
        raise Problematic(422, "there is no such choice", where="queue, channel, tenure")


def _board(found: Figures) -> dict[str, Any]:
    context, period = _understood(found).context, found.question.period
    return {
        "name": found.title,
        "period": {"from": period.first, "to": period.last},
        "lines": [line(row) for row in context["rows"]],
        "whole": line(context["whole"]),
        "unplaced": line(context["unplaced"]) if context["unplaced"] else None,
        "moved_on": context.get("moved_on", 0),
        "judged": context["judged"],
        "expected_by_chance": context["by_chance"] + context["wrong"],
    }
