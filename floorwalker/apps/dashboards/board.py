"""How do lines of figures become what a template prints? Cells with their small drawings, in the page's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from floorwalker.charts.render import Drawing, draw
from floorwalker.charts.small import interval_bar, sparkline
from floorwalker.charts.trend import trend_chart
from floorwalker.estimate import Estimate, NoEstimate, Reason
from floorwalker.insight.scorecard import Cell, Line, State, Target
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Better, Kpi

# Fewer weeks are no movement.
FEWEST_WEEKS = 2
SILENT = (Reason.NO_DATA, Reason.NOT_MEASURABLE)
# Quality before speed: the order is the argument.
AGENT_MEASURES = (
    "first_contact_resolution",
    "csat_top_box",
    "transfer_rate",
    "average_handle_time",
    "occupancy",
    "ring_no_answer_rate",
    "contacts_handled",
)
CENTRE_MEASURES = (
    "service_level",
    "abandonment_rate",
    "first_contact_resolution",
    "csat_top_box",
    "average_handle_time",
    "average_speed_of_answer",
    "contacts_offered",
    "contacts_handled",
)


@dataclass(frozen=True)
class Column:
    """One measure of a board."""

    kpi: Kpi
    target: Target | None

    @property
    def better(self) -> str:
        """Which side is better, as a code for the template."""
        return str(self.kpi.better)


@dataclass(frozen=True)
class Shown:
    """One cell as the template prints it."""

    column: Column
    cell: Cell | None
    bar: str
    spark: str

    @property
    def state(self) -> str:
        """The state's code."""
        return str(self.cell.state) if self.cell else str(State.NO_TARGET)

    @property
    def has_trend(self) -> bool:
        """Whether there are weeks enough to draw."""
        return self.cell is not None and len(self.cell.weeks) >= FEWEST_WEEKS


@dataclass(frozen=True)
class Row:
    """One line of a board with its subject."""

    subject: Any
    cells: tuple[Shown, ...]

    @property
    def below(self) -> tuple[Shown, ...]:
        """The cells below target by more than chance."""
        return tuple(shown for shown in self.cells if shown.state == State.BELOW)


def columns(measures: Sequence[str], targets: Mapping[str, Target]) -> tuple[Column, ...]:
    """The columns of a board."""
    known = catalogue()
    return tuple(Column(known[name], targets.get(name)) for name in measures)


def told(heads: Sequence[Column], whole: Line) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
    """The columns of which these facts tell anything or for which there is a target, and the others."""
    silent = tuple(head for head in heads if head.target is None and _is_silent(whole.cells.get(head.kpi.id)))
    return tuple(head for head in heads if head not in silent), silent


def _is_silent(cell: Cell | None) -> bool:
    return cell is None or (isinstance(cell.answer, NoEstimate) and cell.answer.reason in SILENT)


def rows(lines: Iterable[Line], heads: Sequence[Column], subjects: Mapping[bytes, Any]) -> list[Row]:
    """The rows of those subjects that are known, in the order of their names: nobody is ranked."""
    spans = _spans(list(lines := list(lines)), heads)
    known = [(subjects[line.subject], line) for line in lines if line.subject is not None and line.subject in subjects]
    found = [Row(subject, _shown(line, heads, spans)) for subject, line in known]
    return sorted(found, key=lambda row: str(row.subject).casefold())


def whole_row(line: Line, heads: Sequence[Column], subject: Any) -> Row:
    """The row of a whole scope."""
    return Row(subject, _shown(line, heads, _spans([line], heads)))


def _shown(line: Line, heads: Sequence[Column], spans: Mapping[str, tuple[float, float]]) -> tuple[Shown, ...]:
    return tuple(_cell(column, line.cells.get(column.kpi.id), spans.get(column.kpi.id)) for column in heads)


def _cell(column: Column, cell: Cell | None, span: tuple[float, float] | None) -> Shown:
    target = column.target.value if column.target else None
    bar = ""
    if (
        cell
        and span
        and isinstance(cell.answer, Estimate)
        and cell.answer.low is not None
        and cell.answer.high is not None
    ):
        bar = interval_bar(cell.answer.low, cell.answer.value, cell.answer.high, span=span, target=target)
    weeks = [] if cell is None else [p.answer.value if isinstance(p.answer, Estimate) else None for p in cell.weeks]
    return Shown(column, cell, bar, sparkline(weeks, target=target))


def _spans(lines: Sequence[Line], heads: Sequence[Column]) -> dict[str, tuple[float, float]]:
    """By measure, the lowest and highest bound on the board, so that bars of one column can be compared."""
    spans: dict[str, tuple[float, float]] = {}
    for column in heads:
        answers = [line.cells[column.kpi.id].answer for line in lines if column.kpi.id in line.cells]
        bounds = [b for a in answers if isinstance(a, Estimate) for b in (a.low, a.high) if b is not None]
        if column.target:
            bounds.append(column.target.value)
        if bounds:
            spans[column.kpi.id] = (min(bounds), max(bounds))
    return spans


def targets_from(values: Mapping[str, float]) -> dict[str, Target]:
    """Targets with the side that is better, for the measures that have one."""
    known = catalogue()
    return {
        name: Target(value, known[name].better)
        for name, value in values.items()
        if name in known and known[name].better in (Better.UP, Better.DOWN)
    }


def draw_trend(kpi: Kpi, line: Line, target: float | None) -> Drawing:
    """The weeks of one measure of a line."""
    points = line.cells[kpi.id].weeks
    return draw(lambda theme: trend_chart(points, unit=kpi.unit, label=kpi.name, target=target, theme=theme))
