"""What is a cell, a column and a line of a board, and how does each of them stand?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from floorwalker.apps.standards.holding import Held
from floorwalker.insight.fair import Fair
from floorwalker.insight.judgement import TOO_HIGH, TOO_LOW, State, Target, clearance, verdict
from floorwalker.insight.scorecard import Cell
from floorwalker.kpis.definition import Kind, Kpi
from floorwalker.stats.levels import Cause

# Fewer weeks are no movement.
FEWEST_WEEKS = 2


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
        return any(shown.cell is not None and not is_empty(shown.cell) for shown in self.cells)

    @property
    def needs(self) -> tuple[Shown, ...]:
        """For what somebody needs a look, what is the person's own first."""
        return tuple(sorted((shown for shown in self.cells if shown.is_need), key=lambda shown: not shown.is_own))

    @property
    def urgency(self) -> tuple[bool, float]:
        """What is the person's own goes first, then the strongest evidence."""
        needed = self.needs
        return any(shown.is_own for shown in needed), max((shown.strength for shown in needed), default=0.0)


def is_empty(cell: Cell | None) -> bool:
    """Whether nothing at all is behind a figure: a count of nought is one, and tells nobody anything."""
    return cell is None or not (cell.answer.n or cell.answer.pending)
