"""How does a person's figure stand once the kinds of contact that she was given, and chance, are taken out?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from floorwalker.insight.cause import Caused, Causes
from floorwalker.insight.comparison import Comparison, Judged, Verdict
from floorwalker.insight.judgement import TOO_LOW, State, Target, verdict
from floorwalker.insight.scorecard import Cell, Line, Scorecard
from floorwalker.kpis.definition import Better
from floorwalker.stats.levels import UNLIKELY, Cause


@dataclass(frozen=True)
class Fair:
    """What is said of one person in one measure; cause: whose the gap is, asked only where there may be one."""

    compared: Comparison
    one: Judged
    causes: Causes | None = None
    cause: Caused | None = None

    @property
    def named(self) -> bool:
        """Whether the person is surely worse than the standard by what matters; of all named ones few are wrong."""
        return self.one.verdict is Verdict.WORSE

    @property
    def doubt(self) -> float:
        """How likely it is that the person is named wrongly; nothing where she is not named."""
        return 1 - (self.one.probability_below or 0.0) if self.named else 0.0

    @property
    def state(self) -> State:
        """Surely worse than the standard by what matters; meeting it, and surely no such miss; or nobody can tell yet."""
        if self.named:
            return State.BELOW
        return State.ABOVE if self._is_surely_no_miss and self._meets else State.UNCLEAR

    @property
    def _is_surely_no_miss(self) -> bool:
        probability = self.one.probability_below
        as_agreed = self.one.verdict is Verdict.AS_AGREED and probability is not None and probability <= UNLIKELY
        return as_agreed or self.one.is_told_against

    @property
    def _meets(self) -> bool:
        """Whether the figure that is told beside the standard does not miss it: by ever so little, it is not called met."""
        figure = self.one.raw if self.one.is_told_against else self.one.adjusted
        if figure is None or self.one.standard is None:
            return True
        missed = self.one.standard - figure if self.compared.kpi.better is Better.UP else figure - self.one.standard
        return missed <= 0

    @property
    def whose(self) -> Cause | None:
        """Whose the gap is; None where nobody asked."""
        return None if self.cause is None else whose_gap(self.cause, self.one)

    @property
    def people_of_team(self) -> int:
        """Of how many people of her team, herself included, it was asked whose their gaps are."""
        if self.causes is None or self.cause is None:
            return 0
        return sum(one.team == self.cause.team for one in self.causes.agents)

    @property
    def is_need(self) -> bool:
        """Whether somebody should look at the person: named, and the gap is not the team's or everybody's instead."""
        return self.named and self.whose not in (Cause.TEAM, Cause.SYSTEMIC)


def whose_gap(cause: Caused, judged: Judged | None) -> Cause:
    """Whose a gap is: the team's or the person's own only where there may be one.

    Where a part is large and another makes up for it, nothing is missed, and nobody is the cause of nothing. What is
    everybody's is told all the same: it may be measured from how the floor stood before. judged: what is said of the same
    figure by itself; None where nobody knows.
    """
    if cause.primary not in (Cause.TEAM, Cause.PERSONAL):
        return cause.primary
    return Cause.NONE if judged is not None and is_surely_absent(judged) else cause.primary


def is_surely_absent(judged: Judged) -> bool:
    """Whether the figure surely does not miss what it is held against by more than what matters."""
    return judged.probability_below is not None and judged.probability_below <= UNLIKELY


# By person and measure.
ByPerson = Mapping[bytes, Mapping[str, Fair]]
NOTHING: Mapping[str, Fair] = {}


def judged_fairly(found: Scorecard, fair: ByPerson, targets: Mapping[bytes, Mapping[str, Target]]) -> Scorecard:
    """The same board, the figures of people held against their targets as judged fairly."""
    lines = tuple(
        fair_line(line, fair.get(line.subject, NOTHING), targets[line.subject])
        if line.subject is not None and line.subject in targets
        else line
        for line in found.lines
    )
    return replace(found, lines=lines)


def fair_line(line: Line, fair: Mapping[str, Fair], targets: Mapping[str, Target]) -> Line:
    """One person's line, judged fairly where there is a target."""
    cells = {
        name: replace(cell, state=_state(cell, fair[name], targets[name])) if name in fair and name in targets else cell
        for name, cell in line.cells.items()
    }
    return replace(line, cells=cells)


def undecided(line: Line, measures: Collection[str]) -> Line:
    """One person's line whose figures in these measures are not judged yet: none of them meets or misses its target."""
    cells = {
        name: replace(cell, state=State.UNCLEAR)
        if name in measures and cell.state in (State.ABOVE, State.BELOW)
        else cell
        for name, cell in line.cells.items()
    }
    return replace(line, cells=cells)


def _state(cell: Cell, fair: Fair, target: Target) -> State:
    # Too little, of what may be too little as well as too much, is beside the question of this judgement.
    if target.is_band and verdict(cell.answer, target) == TOO_LOW:
        return cell.state
    return fair.state
