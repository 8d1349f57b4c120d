"""How do lines of figures become what a template prints? Cells with their small drawings, in the page's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from floorwalker.apps.dashboards.shown import Column, Row, Shown, is_empty
from floorwalker.apps.standards.holding import ByMeasure, Held
from floorwalker.charts.render import Drawing, draw
from floorwalker.charts.small import interval_bar, sparkline
from floorwalker.charts.trend import trend_chart
from floorwalker.estimate import Answer, Estimate, NoEstimate, Reason
from floorwalker.insight.change import CHANCE
from floorwalker.insight.fair import ByPerson, Fair
from floorwalker.insight.judgement import State
from floorwalker.insight.scorecard import CHANCE_PER_SIDE, Cell, Line, Scorecard
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Kpi
from floorwalker.ui import words

# So many people one leader can talk to in a week; the others are named.
MOST_NEEDS = 5
Spans = Mapping[str, tuple[float, float]]
SILENT = (Reason.NO_DATA, Reason.NOT_MEASURABLE)
# Quality before speed: the order is the argument.
AGENT_MEASURES = (
    "first_contact_resolution",
    "csat_top_box",
    "transfer_rate",
    "average_handle_time",
    "occupancy",
    "contacts_per_hour",
    "ring_no_answer_rate",
    "contacts_handled",
)
CENTRE_MEASURES = (
    "service_level",
    "abandonment_rate",
    "first_contact_resolution",
    "csat_top_box",
    "average_handle_time",
    # Not the mean: a queue of e-mails, where hours are usual, would make it say nothing of any customer's wait.
    "wait_median",
    "contacts_offered",
    "contacts_handled",
)


class Standing(StrEnum):
    """What can be said first about everybody on a board."""

    NOTHING = "nothing"
    NO_TARGET = "no_target"
    TOO_LITTLE = "too_little"
    JUDGED = "judged"


def standing(found: Scorecard, heads: Sequence[Column]) -> Standing:
    """Whether anybody was judged, and if not, why."""
    if all(is_empty(found.whole.cells.get(head.kpi.id)) for head in heads):
        return Standing.NOTHING
    if not any(head.target for head in heads):
        return Standing.NO_TARGET
    return Standing.JUDGED if found.judged else Standing.TOO_LITTLE


def needs(shown: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Those who need a look, what is surely their own first, then the strongest evidence; and the others, by name."""
    missing = [row for row in shown if row.needs]
    first = sorted(missing, key=lambda row: row.urgency, reverse=True)[:MOST_NEEDS]
    return first, [row for row in missing if row not in first]


def compose(
    found: Scorecard,
    heads: Sequence[Column],
    subjects: Mapping[bytes, Any],
    title: Any,
    own: Mapping[bytes, ByMeasure],
    fair: ByPerson,
) -> dict[str, Any]:
    """What a board's templates print: who needs a look, the rows, and all of it together.

    own: by key, what holds there; fair: by person and measure what is said of her, nothing on a board of teams.
    """
    shown, silent = told(heads, found.whole)
    lines = [*found.lines, *([found.unplaced] if found.unplaced else [])]
    scale = spans([*lines, found.whole], shown, own=own.values())
    every = rows(found.lines, shown, subjects, scale, own, fair)
    first, others = needs(every)
    return {
        "heads": shown,
        "silent": silent,
        "rows": every,
        "whole": row(found.whole, shown, title, scale),
        "unplaced": row(found.unplaced, shown, _("No team yet"), scale) if found.unplaced else None,
        "standing": standing(found, shown),
        "below": first,
        "also_below": others,
        "missing": len(first) + len(others),
        "judged": found.judged,
        **alarms(every, found),
        **compared(every),
        "title": title,
    }


def alarms(shown: Sequence[Row], found: Scorecard) -> dict[str, Any]:
    """How many figures are held plainly against a target, and how many would miss it by chance; how many people are named
    fairly, and how many of them are expected to be named wrongly."""
    fair = [one for each in shown for one in each.cells if one.fair is not None]
    plain = found.judged - sum(one.state != State.NO_TARGET for one in fair)
    return {
        "plain": plain,
        "by_chance": plain * CHANCE_PER_SIDE,
        "named": sum(one.fair.named for one in fair if one.fair),
        "wrong": sum(one.fair.doubt for one in fair if one.fair),
    }


def compared(shown: Iterable[Row]) -> dict[str, Any]:
    """How many figures stand beside an earlier one, and how many of them would seem changed by chance alone."""
    count = sum(one.cell is not None and one.cell.is_compared for each in shown for one in each.cells)
    return {"compared": count, "changed_by_chance": count * CHANCE}


def columns(measures: Sequence[str], held: ByMeasure) -> tuple[Column, ...]:
    """The columns of a board."""
    known = catalogue()
    return tuple(Column(known[name], held.get(name)) for name in measures)


def told(heads: Sequence[Column], whole: Line) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
    """The columns of which these facts tell anything or for which there is a target, and the others."""
    silent = tuple(head for head in heads if head.target is None and _is_silent(whole.cells.get(head.kpi.id)))
    return tuple(head for head in heads if head not in silent), silent


def _is_silent(cell: Cell | None) -> bool:
    return cell is None or (isinstance(cell.answer, NoEstimate) and cell.answer.reason in SILENT)


def rows(
    lines: Iterable[Line],
    heads: Sequence[Column],
    subjects: Mapping[bytes, Any],
    spans: Spans,
    own: Mapping[bytes, ByMeasure],
    fair: ByPerson,
) -> list[Row]:
    """The rows of those subjects that are known, in the order of their names: nobody is ranked."""
    known = [(line.subject, line) for line in lines if line.subject is not None and line.subject in subjects]
    found = [row(line, heads, subjects[key], spans, own=own.get(key), fair=fair.get(key)) for key, line in known]
    return sorted(found, key=lambda row: str(row.subject).casefold())


def row(
    line: Line,
    heads: Sequence[Column],
    subject: Any,
    spans: Spans,
    beside: Mapping[str, Answer] | None = None,
    own: ByMeasure | None = None,
    fair: Mapping[str, Fair] | None = None,
) -> Row:
    """The row of one subject. beside: by measure, the figure of a group with which the subject's own may be compared.

    own: by measure, what holds for this subject; None: what holds for the whole board. fair: what is said of this person.
    """
    others, judged = beside or {}, fair or {}
    cells = []
    for head in heads:
        held = head.held if own is None else own.get(head.kpi.id)
        shown = _cell(head, held, line, spans.get(head.kpi.id), others.get(head.kpi.id))
        cells.append(replace(shown, fair=judged.get(head.kpi.id)))
    return Row(subject, tuple(cells))


def _cell(
    column: Column, held: Held | None, line: Line, span: tuple[float, float] | None, beside: Answer | None
) -> Shown:
    cell = line.cells.get(column.kpi.id)
    target = _bounds(held)
    weeks = [] if cell is None else [p.answer.value if isinstance(p.answer, Estimate) else None for p in cell.weeks]
    bar = _bar(cell.answer, span, target, beside) if cell and span else ""
    return Shown(column, cell, bar, sparkline(weeks, target=target), held)


def _bounds(held: Held | None) -> tuple[float, ...]:
    return () if held is None or held.target is None else held.target.bounds


def _bar(answer: Answer, span: tuple[float, float], target: tuple[float, ...], beside: Answer | None) -> str:
    """The range as a drawing; nothing where there is nothing on the same scale to compare it with."""
    if not isinstance(answer, Estimate) or answer.low is None or answer.high is None:
        return ""
    other = beside.value if isinstance(beside, Estimate) else None
    if not target and other is None and span == (answer.low, answer.high):
        return ""
    return interval_bar(answer.low, answer.value, answer.high, span=span, target=target, other=other)


def spans(
    lines: Iterable[Line],
    heads: Sequence[Column],
    beside: Mapping[str, Answer] | None = None,
    own: Iterable[ByMeasure] = (),
) -> dict[str, tuple[float, float]]:
    """By measure, the lowest and highest bound on the board, so that bars of one column can be compared."""
    found: dict[str, tuple[float, float]] = {}
    every, others = list(lines), list(own)
    for column in heads:
        answers = [line.cells[column.kpi.id].answer for line in every if column.kpi.id in line.cells]
        answers += [beside[column.kpi.id]] if beside and column.kpi.id in beside else []
        bounds = [b for a in answers if isinstance(a, Estimate) for b in (a.low, a.high) if b is not None]
        for held in (column.held, *(one.get(column.kpi.id) for one in others)):
            bounds += _bounds(held)
        if bounds:
            found[column.kpi.id] = (min(bounds), max(bounds))
    return found


def draw_trend(kpi: Kpi, line: Line, held: Held | None) -> Drawing:
    """The weeks of one measure of a line."""
    points = line.cells[kpi.id].weeks
    label = words.in_language(kpi.name)
    return draw(
        lambda theme: trend_chart(points, unit=kpi.unit, label=label, target=_bounds(held), theme=theme), words.clock()
    )
