"""Which columns and rows do a page's figures have as a table for a spreadsheet? One row a figure, numbers as numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from floorwalker.apps.dashboards.question import Question
from floorwalker.apps.dashboards.reading import Figure, Figures
from floorwalker.apps.standards.saying import place_said
from floorwalker.estimate import Answer, Estimate
from floorwalker.insight.judgement import verdict
from floorwalker.ui.exports import Sheet
from floorwalker.ui.words import day, in_language, instant

COLUMNS = (
    *("subject", "measure", "kpi", "from", "to", "value", "low", "high", "n", "unit", "pending", "reason"),
    *("target", "target_low", "target_high", "target_of", "state", "definition", "method"),
)
BESIDE = (
    *("was_from", "was_to", "was_value", "was_low", "was_high", "was_n", "was_reason"),
    *("difference_low", "difference_high", "change"),
)


def sheet_of(found: Figures, who: str, at: datetime) -> Sheet:
    """The table of a page, with who took it, when, with which filter, and by which definitions it was made."""
    compared = found.question.beside is not None
    columns = (*COLUMNS, *BESIDE) if compared else COLUMNS
    rows = tuple((*_row(figure), *(_beside(figure, found.question) if compared else ())) for figure in found.figures)
    return Sheet(found.title, columns, rows, tuple(about(found, who, at)))


def about(found: Figures, who: str, at: datetime) -> Iterator[tuple[str, str]]:
    """What the reader of a file must know of it: of what, by whom, when, which days, which filter, by which definitions."""
    question = found.question
    yield _("Page"), found.title
    yield _("Taken by"), who
    yield _("Taken at"), instant(at)
    yield _("Period"), days_of(question)
    if question.beside is not None:
        said = f"{day(question.beside.first)} – {day(question.beside.last)}"
        yield (
            _("Beside"),
            said + (_("; facts are not known of all of these days") if question.beside_is_incomplete else ""),
        )
    yield _("Filter"), ", ".join(question.filters.said) or _("all contacts")
    yield _("Definitions"), ", ".join(kpi.stamp for kpi in found.kpis)
    yield _("Method"), _("Ranges are two-sided intervals of 95%. Where there is no figure, the reason stands instead.")


def days_of(question: Question) -> str:
    """The days of a question, and how far the facts reach where they do not fill them."""
    said = f"{day(question.period.first)} – {day(question.period.last)}"
    if question.incomplete:
        said += _("; facts from %(first)s to %(last)s only") % {
            "first": day(question.known.first),
            "last": day(question.known.last),
        }
    return said + (_("; this week is not complete") if question.is_so_far else "")


def _row(figure: Figure) -> tuple[Any, ...]:
    answer = figure.cell.answer
    value, low, high, n, reason = _numbers(answer)
    return (
        *(figure.subject, in_language(figure.kpi.name), figure.kpi.id, figure.period.first, figure.period.last),
        *(value, low, high, n, answer.unit, answer.pending, reason),
        *_aim(figure),
        *(answer.definition, answer.method if isinstance(answer, Estimate) else None),
    )


def _aim(figure: Figure) -> tuple[Any, ...]:
    """What a figure is held against: one value or a band, whose it is, and how the figure stands."""
    target = None if figure.held is None else figure.held.target
    if figure.held is None or figure.held.agreed is None or target is None:
        return (None,) * 5
    agreed = figure.held.agreed
    stands = figure.cell.told or verdict(figure.cell.answer, target)
    return agreed.value, target.low, target.high, place_said(agreed), stands


def _beside(figure: Figure, question: Question) -> tuple[Any, ...]:
    change, beside = figure.cell.change, question.beside
    if change is None or beside is None:
        return (None,) * len(BESIDE)
    return (beside.first, beside.last, *_numbers(change.was), change.low, change.high, str(change.direction))


def _numbers(answer: Answer) -> tuple[float | None, float | None, float | None, int, str | None]:
    if isinstance(answer, Estimate):
        return answer.value, answer.low, answer.high, answer.n, None
    return None, None, None, answer.n, str(answer.reason)
