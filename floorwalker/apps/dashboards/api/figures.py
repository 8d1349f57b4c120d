"""What is measured, and what do the facts say? The same question as `floorwalker kpi run`, and the same rows."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from floorwalker.apps.dashboards.api.shapes import FigureRow, Measure, MeasureDefinition, measure_row
from floorwalker.apps.dashboards.asking import find_measure, lake
from floorwalker.apps.dashboards.programs import Wanted, Whose, answer, note, state
from floorwalker.apps.people.access import today, user_of
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.dimensions import DIMENSIONS
from floorwalker.ui.rest.paging import Page, Paging, page_of
from floorwalker.ui.rest.tags import tag_of_state, unless_known

router = Router(by_alias=True)
MOST_MEASURES, MOST_SPLITS, MOST_FILTERS = 40, 6, 100


class Asked(Schema):
    """A question about figures."""

    measure: list[str] = Field(min_length=1, max_length=MOST_MEASURES, description="ids of measures, repeated")
    first: date | None = Field(None, alias="from", description="first day; all days without it")
    last: date | None = Field(None, alias="to", description="last day, included")
    by: list[str] = Field(
        default_factory=list, max_length=MOST_SPLITS, description=f"split by {', '.join(DIMENSIONS)} or attribute:NAME"
    )
    where: list[str] = Field(
        default_factory=list, max_length=MOST_FILTERS, description="count only these: NAME=VALUE, the same names as by"
    )
    param: list[str] = Field(
        default_factory=list, max_length=MOST_FILTERS, description="a parameter of the measure: NAME=VALUE"
    )
    scope: Whose | None = Field(None, description="whose figures; the widest that the owner of the token may see")


@router.get("/measures", response=Page[Measure])
def list_measures(request: HttpRequest, paging: Query[Paging]) -> object:
    """The catalogue of measures, by id."""
    return page_of(request, sorted(catalogue().values(), key=lambda kpi: kpi.id), paging, measure_row)


@router.get("/measures/{measure_id}", response=MeasureDefinition)
def read_measure(request: HttpRequest, measure_id: str) -> object:
    """What one measure means, and how it is counted in the version that counts now."""
    return MeasureDefinition.of(find_measure(measure_id))


@router.get("/figures", response=list[FigureRow])
def read_figures(request: HttpRequest, response: HttpResponse, asked: Query[Asked]) -> object:
    """What the facts say about measures, each figure with its 95 % interval: the rows of `floorwalker kpi run --json`."""
    user, facts = user_of(request), lake().snapshot()
    wanted = Wanted(
        measures=tuple(asked.measure),
        first=asked.first,
        last=asked.last,
        by=tuple(asked.by),
        where=tuple(asked.where),
        parameters=tuple(asked.param),
        whose=asked.scope,
    )
    query = note(wanted, facts, user, timezone.now())
    unless_known(request, response, tag_of_state(request.get_full_path(), *state(facts, user, today())))
    return answer(query, facts, user, today())
