"""In which shapes does the API show measures, figures and boards?"""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Field, Schema

from floorwalker.apps.dashboards.plain import plain_answer
from floorwalker.estimate import Answer
from floorwalker.kpis.catalogue import formula
from floorwalker.kpis.definition import Kpi


class Measure(Schema):
    """One measure of the catalogue."""

    kpi: str
    name: str
    unit: str
    better: str = Field(description="up, down or another word where no side is better")
    meaning: str


class MeasureDefinition(Measure):
    """What one measure means and how it is counted, in the version that counts now."""

    definition: str = Field(description="id@version, as it stands beside every figure")
    valid_from: date
    formula: list[list[str]] = Field(description="pairs of a label and what counts there")

    @classmethod
    def of(cls, kpi: Kpi) -> MeasureDefinition:
        """The definition of a measure."""
        return cls(
            **measure_row(kpi),
            definition=kpi.stamp,
            valid_from=kpi.valid_from,
            formula=[list(pair) for pair in formula(kpi)],
        )


def measure_row(kpi: Kpi) -> dict[str, str]:
    """A measure as one row of the catalogue."""
    return {"kpi": kpi.id, "name": kpi.name, "unit": kpi.unit, "better": str(kpi.better), "meaning": kpi.meaning}


class Days(Schema):
    """First and last day, both included; null where there are no facts at all."""

    first: date | None = Field(None, alias="from", serialization_alias="from")
    last: date | None = Field(None, alias="to", serialization_alias="to")


class Said(Schema):
    """A figure with its 95 % interval, or the reason why there is none."""

    value: float | None = None
    observed: float | None = Field(None, description="the plain quotient, before any adjustment")
    low: float | None = None
    high: float | None = None
    n: int = Field(description="observations behind it")
    unit: str
    pending: int = Field(description="observations whose outcome is not known yet, in no other number")
    reason: str | None = Field(None, description="why there is no value, as a word that stays the same")
    reason_text: str | None = None


class FigureRow(Said):
    """One row of an answer, as `floorwalker kpi run --json` prints it."""

    kpi: str
    definition: str
    group: dict[str, str | int | None] = Field(description="by dimension of the split, what the row is of")
    period: Days | str | int | None = Field(
        description="the first and last day, or the bucket where it is split by time"
    )


class SaidOf(Said):
    """A figure with the definition it was counted by, and how its interval was made."""

    definition: str
    method: str | None = None


class WeekOf(SaidOf):
    """The figure of one week."""

    week: date


class ChangeOf(Schema):
    """The figure of the period beside, and whether the difference is more than chance."""

    was: SaidOf
    low: float | None = None
    high: float | None = None
    direction: str


class AimOf(Schema):
    """What a figure is held against: at least, at most, or between the two."""

    at_least: float | None = None
    at_most: float | None = None


class CellOf(Schema):
    """One measure of one subject: figure, target, state, the weeks before, and the change where one was asked for."""

    measure: str
    figure: SaidOf | None = None
    target: AimOf | None = None
    state: str = Field(
        description="above (met) or below (missed) by more than chance, unclear, none without a target, or withheld; "
        "against a band inside, too_low or too_high instead of met and missed"
    )
    weeks: list[WeekOf] = Field(default_factory=list)
    change: ChangeOf | None = None


class LineOf(Schema):
    """All measures of one subject; id is null for a whole team, a centre, or those without a team."""

    id: int | None = None
    name: str
    cells: list[CellOf]


class BoardOf(Schema):
    """A board: everybody of a team by name, nobody ranked, and the whole."""

    name: str
    period: Days
    lines: list[LineOf]
    whole: LineOf
    unplaced: LineOf | None = None
    moved_on: int = Field(0, description="how many worked here in the period whom the reader may not see any more")
    judged: int = Field(description="how many figures were held against a target")
    expected_by_chance: float = Field(
        description="how many of them miss it by chance alone, or are expected to be named wrongly"
    )


class AgentFigures(Schema):
    """How an agent is doing, and the team beside where that gives nobody away."""

    agent: LineOf
    team: str | None = None
    beside: dict[str, SaidOf]
    period: Days


def said(answer: Answer) -> SaidOf:
    """A figure."""
    return SaidOf(**plain_answer(answer))


def line(row: Any) -> LineOf:
    """A row of a board, from what its page prints."""
    subject = row.subject
    return LineOf(id=getattr(subject, "pk", None), name=str(subject), cells=[_cell(shown) for shown in row.cells])


def _cell(shown: Any) -> CellOf:
    cell = shown.cell
    return CellOf(
        measure=shown.column.kpi.id,
        figure=None if cell is None else said(cell.answer),
        target=None if shown.target is None else AimOf(at_least=shown.target.low, at_most=shown.target.high),
        state=shown.verdict,
        weeks=[] if cell is None else [_week(point) for point in cell.weeks],
        change=None if cell is None or cell.change is None else _change(cell.change),
    )


def _week(point: Any) -> WeekOf:
    return WeekOf(week=point.week, **plain_answer(point.answer))


def _change(change: Any) -> ChangeOf:
    return ChangeOf(was=said(change.was), low=change.low, high=change.high, direction=str(change.direction))
