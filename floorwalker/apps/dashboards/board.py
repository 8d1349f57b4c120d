"""How do lines of figures become what a template prints? Cells with their small drawings, in the page's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from floorwalker.apps.standards.holding import ByMeasure, Held
from floorwalker.charts.render import Drawing, draw
from floorwalker.charts.small import interval_bar, sparkline
from floorwalker.charts.trend import trend_chart
from floorwalker.estimate import Answer, Estimate, NoEstimate, Reason
from floorwalker.insight.change import CHANCE
from floorwalker.insight.fair import ByPerson, Fair
from floorwalker.insight.judgement import TOO_HIGH, TOO_LOW, State, Target, clearance, verdict
from floorwalker.insight.scorecard import CHANCE_PER_SIDE, Cell, Line, Scorecard
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Kind, Kpi
from floorwalker.stats.levels import Cause
from floorwalker.ui import words

# Fewer weeks are no movement.
FEWEST_WEEKS = 2
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


@dataclass(frozen=True)
class Column:
    """One measure of a board, and what holds in it for all of the board together."""

    kpi: Kpi
    held: Held | None = None

    @property
    def target(self) -> Target | None:
        """What figures are held against, where the row has no other."""
        return None if self.held is None else self.held.target

    @property
    def better(self) -> str:
        """Which side is better, as a code for the template."""
        return str(self.kpi.better)

    @property
    def is_counted(self) -> bool:
        """Whether it says how much there was, not how well."""
        return self.kpi.kind is Kind.COUNT


@dataclass(frozen=True)
class Shown:
    """One cell as the template prints it. held: what holds in this row, which may differ from the column's."""

    column: Column
    cell: Cell | None
    bar: str
    spark: str
    held: Held | None = None
    fair: Fair | None = None

    @property
    def is_need(self) -> bool:
        """Whether somebody needs a look for it: judged fairly where people are, else below target by more than chance."""
        return self.state == State.BELOW if self.fair is None else self.fair.is_need

    @property
    def strength(self) -> float:
        """How strong the evidence is, from nought to one; of plain figures half as strong as that of fair ones at least."""
        if self.fair is not None:
            return self.fair.one.probability_below or 0.0
        apart = clearance(self.cell.answer, self.target) if self.cell else 0.0
        return apart / (1 + apart) / 2

    @property
    def is_own(self) -> bool:
        """Whether the gap is the person's own, as far as anybody can tell."""
        return self.fair is not None and self.fair.whose is Cause.PERSONAL

    @property
    def target(self) -> Target | None:
        """What this figure is held against."""
        return None if self.held is None else self.held.target

    @property
    def has_own_target(self) -> bool:
        """Whether it is held against something else than what stands over the column."""
        return self.target is not None and self.target != self.column.target

    @property
    def verdict(self) -> str:
        """How it stands, as a code for words; against a band with the side on which it lies."""
        if self.cell is None:
            return str(State.NO_TARGET)
        if self.cell.told is not None:
            return self.cell.told
        plain = verdict(self.cell.answer, self.target)
        if self.fair is None or self.state == State.NO_TARGET or plain == TOO_LOW:
            return plain
        return TOO_HIGH if self.state == State.BELOW and self.target and self.target.is_band else self.state

    @property
    def is_by_work(self) -> bool:
        """Whether it stands as it does for the kinds of work alone: the figure as it is would say something else."""
        if self.fair is None or self.cell is None or self.state not in (State.ABOVE, State.BELOW):
            return False
        return verdict(self.cell.answer, self.target) != self.verdict

    @property
    def standing(self) -> str:
        """How it stands, as a code for words that do not claim of the figure what is true of comparable work."""
        return (
            f"{self.verdict}_by_work"
            if self.is_by_work and self.verdict in (State.ABOVE, State.BELOW)
            else self.verdict
        )

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

    def of(self, state: State) -> tuple[Shown, ...]:
        """The cells in that state."""
        return tuple(shown for shown in self.cells if shown.state == state)

    @property
    def below(self) -> tuple[Shown, ...]:
        """The cells below target by more than chance."""
        return self.of(State.BELOW)

    @property
    def above(self) -> tuple[Shown, ...]:
        """The cells that meet their target by more than chance."""
        return self.of(State.ABOVE)

    @property
    def as_it_is(self) -> Row:
        """The cells that stand as the figure itself does."""
        return replace(self, cells=tuple(shown for shown in self.cells if not shown.is_by_work))

    @property
    def by_work(self) -> Row:
        """The cells that stand so for the same kinds of work alone."""
        return replace(self, cells=tuple(shown for shown in self.cells if shown.is_by_work))

    @property
    def unclear(self) -> tuple[Shown, ...]:
        """The cells of which nobody can tell yet."""
        return self.of(State.UNCLEAR)

    @property
    def has_figures(self) -> bool:
        """Whether there is any figure at all."""
        return any(shown.cell is not None and not _is_empty(shown.cell) for shown in self.cells)

    @property
    def needs(self) -> tuple[Shown, ...]:
        """For what somebody needs a look, what is the person's own first."""
        return tuple(sorted((shown for shown in self.cells if shown.is_need), key=lambda shown: not shown.is_own))

    @property
    def urgency(self) -> tuple[bool, float]:
        """What is the person's own goes first, then the strongest evidence."""
        needed = self.needs
        return any(shown.is_own for shown in needed), max((shown.strength for shown in needed), default=0.0)


class Standing(StrEnum):
    """What can be said first about everybody on a board."""

    NOTHING = "nothing"
    NO_TARGET = "no_target"
    TOO_LITTLE = "too_little"
    JUDGED = "judged"


def standing(found: Scorecard, heads: Sequence[Column]) -> Standing:
    """Whether anybody was judged, and if not, why."""
    if all(_is_empty(found.whole.cells.get(head.kpi.id)) for head in heads):
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


def _is_empty(cell: Cell | None) -> bool:
    """Whether nothing at all is behind a figure: a count of nought is one, and tells nobody anything."""
    return cell is None or not (cell.answer.n or cell.answer.pending)


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
