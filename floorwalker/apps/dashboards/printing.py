"""What does a page say when it is printed? The same figures and sentences as on the screen, as data for its template."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from floorwalker.apps.dashboards.reading import Figures
from floorwalker.apps.dashboards.saying import aim_of, of_agent, of_board, of_measure, target_said
from floorwalker.apps.dashboards.sheets import days_of
from floorwalker.apps.dashboards.shown import Column, Row, Shown
from floorwalker.charts.small import standing_alone
from floorwalker.estimate import Answer, NoEstimate
from floorwalker.insight.scorecard import Cell, Point
from floorwalker.kpis.catalogue import formula
from floorwalker.ui import judging_words, words
from floorwalker.ui.pdf import set_page

Printed = dict[str, Any]
NOTHING: Printed = dict.fromkeys(
    ("value", "likely", "count", "reason", "was", "change", "bar", "spark", "drawn", "moved", "aim"), ""
)
COUNTED = "counted"


def as_pdf(found: Figures, who: str, at: datetime) -> bytes:
    """The PDF of a page."""
    return set_page(f"apps/dashboards/typst/{found.kind}.typ", printed(found, who, at), at)


def printed(found: Figures, who: str, at: datetime) -> Printed:
    """All that a template prints, as text."""
    kinds: Mapping[str, Callable[[Figures], Printed]] = {
        "centre": _board,
        "team": _board,
        "agent": _agent,
        "measure": _measure,
    }
    return _around(found, who, at) | kinds[found.kind](found)


def _around(found: Figures, who: str, at: datetime) -> Printed:
    question = found.question
    filters = ", ".join(question.filters.said)
    beside = question.beside
    return {
        "title": found.title,
        "period": days_of(question),
        "beside": "" if beside is None else _("beside %(first)s – %(last)s") % _ends(beside.first, beside.last),
        "filter": _("Only: %(filters)s") % {"filters": filters} if filters else "",
        "footer": _("Taken by %(who)s on %(at)s. %(period)s. Filter: %(filter)s. Every figure says how sure it is.")
        % {"who": who, "at": words.instant(at), "period": days_of(question), "filter": filters or _("all contacts")},
        "method": _(
            "“Likely” is a two-sided range of 95%. A target is met or missed where the whole range says so. A difference is "
            "more than chance where the 95% range of the difference leaves out nought. Nobody is ranked."
        ),
        "definitions": [
            {"name": words.in_language(k.name), "meaning": words.in_language(k.meaning), "stamp": k.stamp}
            for k in found.kpis
        ],
        "words": _words(found),
    }


def _words(found: Figures) -> dict[str, str]:
    """What stands over columns and parts."""
    return {
        "who": _("Team") if found.kind == "centre" else _("Agent"),
        "rows": _("Teams") if found.kind == "centre" else _("Agents"),
        "measure": _("Measure"),
        "meaning": _("What it means"),
        "definition": _("Definition"),
        "method": _("Method and definitions"),
        "figure": _("Figure"),
        "beside": _("Beside it"),
        "likely": _("Likely range"),
        "week": _("Week beginning"),
        "weeks": _("The last 12 weeks"),
        "weekly": _("Week by week"),
        "now": _("What the facts say"),
        "how": _("How it is counted"),
        "part": _("Part"),
        "rule": _("Rule"),
    }


def _board(found: Figures) -> Printed:
    given = found.context
    rows: list[Row] = (
        []
        if given["standing"] == "nothing"
        else [
            *given["rows"],
            *filter(None, [given["unplaced"]]),
            given["whole"],
        ]
    )
    said = of_board(found)
    return {
        "tiles": [_tile(shown) for shown in given["tiles"].cells] if "tiles" in given else [],
        "heads": [{"name": words.in_language(head.kpi.name), "aim": aim_of(head)} for head in given["heads"]],
        "rows": [{"name": str(row.subject), "cells": [_figure(shown) for shown in row.cells]} for row in rows],
        "needs": [
            {"name": str(row.subject), "said": _need(row.needs)} for row in (*given["below"], *given["also_below"])
        ],
        "sentences": said.first,
        "notes": said.notes,
    }


def _agent(found: Figures) -> Printed:
    row, beside = found.context["row"], found.context["beside"]
    said = of_agent(found)
    return {
        "measures": [
            {"name": words.in_language(shown.column.kpi.name), "figure": _figure(shown), "said": _beside(shown, beside)}
            for shown in row.cells
        ],
        "weekly": [
            {"name": words.in_language(shown.column.kpi.name), "weeks": _weeks(shown.cell.weeks)}
            for shown in row.cells
            if shown.has_trend
        ],
        "sentences": said.first,
        "notes": said.notes,
    }


def _measure(found: Figures) -> Printed:
    figure = found.figures[0]
    weeks = figure.cell.weeks
    return {
        "meaning": words.in_language(figure.kpi.meaning),
        "whose": figure.subject,
        "figure": _figure_of(figure.cell, str(figure.kpi.better)),
        "sentences": [*of_measure(figure).first, *of_measure(figure).notes],
        "chart": found.chart.light if found.chart else "",
        "moved": words.movement(weeks) or words.in_language(figure.kpi.name),
        "weeks": _weeks(weeks),
        "formula": [[words.in_language(label), text.replace("`", "")] for label, text in formula(figure.kpi)],
    }


def _beside(shown: Shown, beside: Mapping[str, Answer]) -> list[str]:
    answer = beside.get(shown.column.kpi.id)
    team = [] if answer is None else [_("The team: %(figure)s") % {"figure": words.told(answer)}]
    return [target_said(shown), *team]


def _tile(shown: Shown) -> Printed:
    return {"name": words.in_language(shown.column.kpi.name), "aim": aim_of(shown.column), "figure": _figure(shown)}


def _need(needed: Iterable[Shown]) -> str:
    return "; ".join(_needed(shown) for shown in needed)


def _needed(shown: Shown) -> str:
    """What needs a look, as said of a person fairly, with whose it is; else the plain figure with its target."""
    name = words.in_language(shown.column.kpi.name)
    if shown.fair is not None:
        cause = "" if shown.fair.cause is None else judging_words.cause(shown.fair.cause, shown.fair.one)
        return f"{name}: {judging_words.compared(shown.fair.one, shown.fair.compared)} {cause}".strip()
    return f"{name} {words.told(shown.cell.answer)}, {_aim_of(shown)}" if shown.cell else name


def _aim_of(shown: Shown) -> str:
    """A row's target in words."""
    return aim_of(Column(shown.column.kpi, shown.held))


def _figure(shown: Shown) -> Printed:
    if shown.cell is None:
        return NOTHING | {"reason": "–", "state": "none", "changed": False}
    drawn = {"bar": standing_alone(shown.bar), "spark": standing_alone(shown.spark)}
    own = {"aim": _aim_of(shown) if shown.has_own_target else ""}
    return _figure_of(shown.cell, shown.column.better) | drawn | own


def _figure_of(cell: Cell, better: str) -> Printed:
    answer, change = cell.answer, cell.change
    said = "" if change is None else words.change_said(change, better)
    alone = {
        "state": str(cell.state),
        "was": "" if change is None else words.change_was(change),
        "change": said,
        "changed": change is not None and change.direction in ("higher", "lower"),
        "drawn": words.told(answer),
        "moved": words.movement(cell.weeks) or words.told(answer),
    }
    return NOTHING | _answer(answer) | alone


def _answer(answer: Answer) -> Printed:
    if isinstance(answer, NoEstimate):
        return {"reason": words.no_figure(answer), "value": "", "likely": "", "count": ""}
    count = "" if answer.method == COUNTED else words.how_many(answer)
    return {"reason": "", "value": words.value(answer), "likely": words.interval(answer), "count": count}


def _weeks(weeks: Iterable[Point]) -> list[Printed]:
    return [{"day": words.day(point.week)} | _answer(point.answer) for point in weeks]


def _ends(first: Any, last: Any) -> dict[str, str]:
    return {"first": words.day(first), "last": words.day(last)}
