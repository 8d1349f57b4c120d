"""After how many weeks do starters do what established colleagues do? What the page of it says, for programs."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from floorwalker.apps.dashboards.api.boards import PageAsked, facts_of, refuse_unread
from floorwalker.apps.dashboards.asking import asked as asked_of
from floorwalker.apps.dashboards.asking import find_measure
from floorwalker.apps.dashboards.competence import read_speed
from floorwalker.apps.people.access import user_of
from floorwalker.charts.competence import weeks_of
from floorwalker.insight.competence import Speed
from floorwalker.ui import competence_words

router = Router(by_alias=True)


class WeekAtWork(Schema):
    """One week at the work."""

    week: int
    waiting: float = Field(description="the share of starters who are not there yet")
    low: float
    high: float
    at_risk: int = Field(description="of how many starters it is known")


class SpeedOf(Schema):
    """Of those who began in these days, together: when they came to do what established colleagues do, and stayed so."""

    measure: str
    first: date = Field(serialization_alias="from")
    last: date = Field(serialization_alias="to")
    began: int
    followed: int = Field(description="long enough to tell")
    established: int = Field(description="people at comparable work who are long there")
    band: float = Field(
        description="how much worse than their usual still counts: of durations a share of it, else points"
    )
    held_weeks: int
    median_week: int | None = Field(None, description="from which week on half of them are there; null where not yet")
    low_week: int | None = None
    high_week: int | None = Field(None, description="null where it may be any later week")
    reason: str | None = Field(
        None, description="why nobody can tell: too_few_starters, too_few_established or no_data"
    )
    weeks: list[WeekAtWork]
    definition: str
    sentence: str
    rests: str


@router.get("/competence/{measure_id}", response=SpeedOf)
def read_competence(request: HttpRequest, response: HttpResponse, measure_id: str, asked: Query[PageAsked]) -> object:
    """How long starters take, of those whom the reader may see, who began in the 52 weeks up to the last day. Nobody is told alone."""
    kpi = find_measure(measure_id)
    facts = facts_of(request, response)
    question = asked_of(request, facts)
    refuse_unread(question)
    return _row(read_speed(facts, kpi, question, user_of(request)))


def _row(found: Speed) -> dict[str, object]:
    one = found.found
    return {
        "measure": found.kpi.id,
        "first": found.period.first,
        "last": found.period.last,
        "began": found.began,
        "followed": found.followed,
        "established": found.established,
        "band": found.band,
        "held_weeks": found.held,
        **found.known_weeks,
        "reason": None if found.lack is None else str(found.lack),
        "weeks": [] if one is None else [asdict(week) for week in weeks_of(one)],
        "definition": found.kpi.stamp,
        "sentence": competence_words.found(found),
        "rests": competence_words.rests(found),
    }
