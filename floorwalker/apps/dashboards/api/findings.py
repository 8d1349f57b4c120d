"""Which gaps stand out, who has changed, and which kinds of contact have? What their pages say, for programs."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Query, Router, Schema
from pydantic import AfterValidator, AwareDatetime

from floorwalker.apps.dashboards import findings, trends
from floorwalker.apps.dashboards.api.boards import PageAsked, facts_of, refuse_unread
from floorwalker.apps.dashboards.asking import find_measure
from floorwalker.apps.dashboards.fairness import JUDGED, judged_measures
from floorwalker.apps.dashboards.opened import note_told
from floorwalker.apps.dashboards.priorities import LEAST_HOURS, MOST_HOURS, USUAL_HOURS, read_priorities_of
from floorwalker.apps.dashboards.statements import statements_of
from floorwalker.apps.people.access import find_agent, leads_agent, require, require_figures, team_of, today, user_of
from floorwalker.apps.people.looks import note_look
from floorwalker.apps.people.models import LookAt, Right
from floorwalker.kpis.definition import Kpi
from floorwalker.ui.rest.shown import Id

router = Router(by_alias=True)


class GapOf(Schema):
    """A gap that stands out from chance, or may be there."""

    measure: str
    whose: str = Field(description="system (everybody: the process), team or person")
    id: int | None = Field(None, description="of the team or the agent; null of everybody, and of those in no team")
    name: str
    sureness: str = Field(description="real, or maybe: likelier than not, and not sure")
    probability: float = Field(description="of being worse than the standard by more than what is worth anyone's time")
    gap: float = Field(description="in the measure's unit; positive is worse")
    low: float
    high: float
    cost: float = Field(description="the gap times the contacts of the period")
    cost_low: float
    cost_high: float
    n: int
    unit: str
    standard: float = Field(description="what gaps are measured from")
    definition: str
    sentence: str
    capped: str = Field(description="as what very long contacts counted; empty where none did")


class ChangeOfSomebody(Schema):
    """A change of a team or an agent, beyond what everybody saw."""

    measure: str
    kind: str = Field(description="team or agent")
    id: int
    name: str
    began: date
    detected: date
    up: bool
    worse: bool
    size: float = Field(description="in the measure's unit; positive is up")
    unit: str
    definition: str
    sentence: str
    capped: str = Field(description="as what very long contacts counted; empty where none did")


class ChangeOfKind(Schema):
    """A kind of contact, the last four weeks against the four before, as the same people handled them."""

    measure: str
    kind: str
    change: float | None = Field(None, description="of durations a share (0.12: 12 % longer), else in the unit")
    low: float | None = None
    high: float | None = None
    changed: bool = Field(description="whether it changed for everybody by more than chance")
    n: int
    unit: str
    definition: str
    sentence: str
    capped: str = Field(description="as what very long contacts counted; empty where none did")


class StatementOf(Schema):
    """What was said of an agent last, in one measure by one method."""

    measure: str
    method: str = Field(
        description="comparison (does the figure differ), cause (whose is a gap) or trend (has it changed)"
    )
    first: date = Field(serialization_alias="from")
    last: date = Field(serialization_alias="to")
    said_at: datetime
    method_version: int
    measure_version: int
    verdict: str = Field(
        description="a word that stays the same; not_enough_data is one of them, and withheld: of a team of few it would tell"
    )
    sentence: str


def _within_reach(instant: datetime) -> datetime:
    """Facts are kept by day: an instant at either end of the calendar has no day beside it."""
    if not 1900 <= instant.year <= 2200:
        raise ValueError("an instant between the years 1900 and 2200")
    return instant


class StatementsAsked(Schema):
    """Of which measure, and as it stood when."""

    measure: str | None = Field(None, description="in this measure alone")
    until: Annotated[AwareDatetime, AfterValidator(_within_reach)] | None = Field(
        None, description="what had been said last by then, with its offset from UTC"
    )


class ActionOf(Schema):
    """An action that is proposed, a ticket for the owner of a process, or what is not done now."""

    listed: str = Field(
        description="chosen, ticket, or why not: no_capacity, not_personal, open_goal, one_at_a_time, evidence_first"
    )
    action: str = Field(description="coach, team, process, or evidence (evaluate three more contacts first)")
    id: int | None = Field(None, description="of the agent or the team; null of everybody")
    name: str
    measure: str
    hours: float
    gain: float = Field(description="seconds of work a month that it is expected to gain")
    low: float
    high: float
    definition: str
    sentence: str
    rests: str = Field(
        description="from which past it is known what such an action closes; empty of what is not done now"
    )


class HoursAsked(Schema):
    """With how many hours."""

    hours: float = Field(USUAL_HOURS, ge=LEAST_HOURS, le=MOST_HOURS, description="hours in a week")


class EndAsked(Schema):
    """Up to which day is looked."""

    last: date | None = Field(None, alias="to", description="last day; the last Sunday of the facts without it")


@router.get("/gaps", response=list[GapOf])
def list_gaps(request: HttpRequest, response: HttpResponse, asked: Query[PageAsked]) -> object:
    """What stands out over all measures: by measure, the gap that costs most first. People whom the reader may see alone."""
    return _gaps(request, response, judged_measures(), real_alone=True)


@router.get("/gaps/{measure_id}", response=list[GapOf])
def list_measure_gaps(request: HttpRequest, response: HttpResponse, measure_id: str, asked: Query[PageAsked]) -> object:
    """All gaps of one measure, those first that stand out, then those that may be there."""
    kpi = find_measure(measure_id)
    if kpi.id not in JUDGED:
        raise Http404
    return _gaps(request, response, [kpi], real_alone=False)


@router.get("/priorities", response=list[ActionOf])
def list_priorities(request: HttpRequest, response: HttpResponse, asked: Query[HoursAsked]) -> object:
    """What to do first with these hours: what gains most by the hour first, then tickets, then what is not done now."""
    user = user_of(request)
    require(user, Right.COACH, today())
    facts = facts_of(request, response)
    _question, listed = read_priorities_of(facts, user, today(), asked.hours, wait=True)
    return [] if listed is None else [asdict(row) for row in findings.priority_rows(listed)]


@router.get("/changes", response=list[ChangeOfSomebody])
def list_changes(request: HttpRequest, response: HttpResponse, asked: Query[EndAsked]) -> object:
    """Whose way of working changed in the last four weeks, beyond what everybody saw: the latest first."""
    user = user_of(request)
    require_figures(user, today())
    facts = facts_of(request, response)
    last = trends.read_end(request.GET, facts).last
    return [asdict(row) for row in findings.change_rows(facts, user, today(), last)]


@router.get("/processes", response=list[ChangeOfKind])
def list_processes(request: HttpRequest, response: HttpResponse, asked: Query[EndAsked]) -> object:
    """Which kinds of contact changed for everybody: by measure, those first that did."""
    require_figures(user_of(request), today())
    facts = facts_of(request, response)
    return [asdict(row) for row in findings.kind_rows(facts, trends.read_end(request.GET, facts).last)]


@router.get("/agents/{agent_id}/statements", response=list[StatementOf])
def list_statements(
    request: HttpRequest, response: HttpResponse, agent_id: Id, asked: Query[StatementsAsked]
) -> object:
    """What was said about an agent, from which days, by which method and version. The agent is shown that somebody looked."""
    agent = find_agent(user_of(request), agent_id, today())
    measure = None if asked.measure is None else find_measure(asked.measure).id
    note_look(agent, LookAt.PAGE, by=user_of(request), at=timezone.now())
    facts = facts_of(request, response)
    reader, on = user_of(request), today()
    leads = leads_agent(reader.scope_on(on), team_of(agent, on))
    found = statements_of(facts, agent, measure=measure, until=asked.until, leads=leads, reader=reader, on=on)
    note_told(facts, agent, found, reader)
    return [asdict(one) for one in found]


def _gaps(request: HttpRequest, response: HttpResponse, kpis: list[Kpi], *, real_alone: bool) -> object:
    require(user_of(request), Right.SEE_FIGURES_OF_CENTRE, today())
    question, rows = findings.gap_rows(request, facts_of(request, response), kpis, real_alone=real_alone)
    refuse_unread(question)
    return [asdict(row) for row in rows]
