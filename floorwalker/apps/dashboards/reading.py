"""What does a page with figures hold, whatever it is shown as: a page, a table for a spreadsheet, or a PDF?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from floorwalker.apps.dashboards import board
from floorwalker.apps.dashboards.question import Question
from floorwalker.apps.dashboards.shown import Column, Row
from floorwalker.apps.people.models import Agent
from floorwalker.apps.standards.holding import Held
from floorwalker.charts.render import Drawing
from floorwalker.estimate import Answer
from floorwalker.insight.scorecard import Cell, Line, Period
from floorwalker.kpis.definition import Kpi


@dataclass(frozen=True)
class Figure:
    """One figure with what it is of: whose, which measure, over which days."""

    subject: str
    kpi: Kpi
    period: Period
    cell: Cell
    held: Held | None = None
    is_week: bool = False


@dataclass(frozen=True)
class Figures:
    """All figures of one page, in the order in which it shows them, and what its templates print besides.

    kind: which of the pages it is; about: what it is a page of, for the trail; agent: the one person whom it is about.
    """

    kind: str
    title: str
    about: str
    question: Question
    figures: tuple[Figure, ...]
    context: Mapping[str, Any] = field(default_factory=dict)
    agent: Agent | None = None
    chart: Drawing | None = None

    @property
    def kpis(self) -> tuple[Kpi, ...]:
        """The measures that the page shows."""
        return tuple({figure.kpi.id: figure.kpi for figure in self.figures}.values())


def of_rows(rows: Iterable[Row], question: Question) -> Iterator[Figure]:
    """The figures of the rows of a board."""
    for row in rows:
        for shown in row.cells:
            if shown.cell is not None:
                yield Figure(str(row.subject), shown.column.kpi, question.period, shown.cell, shown.held)


def of_weeks(row: Row, until: date) -> Iterator[Figure]:
    """The weeks behind each figure of a row."""
    for shown in row.cells:
        if shown.cell is not None:
            yield from weeks_of(str(row.subject), shown.column.kpi, shown.cell, until)


def weeks_of(subject: str, kpi: Kpi, cell: Cell, until: date) -> Iterator[Figure]:
    """The weeks of one measure, each as a figure of its own; the last may end before its Sunday."""
    for point in cell.weeks:
        period = Period(point.week, min(point.week + timedelta(days=6), until))
        yield Figure(subject, kpi, period, Cell(point.answer), is_week=True)


def of_board(composed: Mapping[str, Any], question: Question) -> tuple[Figure, ...]:
    """The figures of a board: of everybody, of those without a team, and of all together."""
    rows = [*composed["rows"], *filter(None, [composed["unplaced"]]), composed["whole"]]
    return tuple(of_rows(rows, question))


def beside_as_row(heads: Iterable[Column], beside: Mapping[str, Answer]) -> Row | None:
    """The team's figures that stand beside a member's, as a row of their own."""
    if not beside:
        return None
    cells = {name: Cell(answer) for name, answer in beside.items()}
    told = [replace(head, held=None) for head in heads if head.kpi.id in cells]
    return board.row(Line(None, cells), told, _("The team"), {})
