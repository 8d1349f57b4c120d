"""Where does a gap lie: in which queue, with which reason, in which weeks?

The plain sum of a gap, contacts times how far each is from the standard, is cut into parts that add up to it. Nothing is
adjusted here and nobody is judged: it says where to look.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from floorwalker.estimate import Answer, Estimate
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.definition import Better, Kpi
from floorwalker.kpis.dimensions import Value
from floorwalker.kpis.query import Facts, KpiQuery
from floorwalker.kpis.run import KpiRow, run_together

# The name of a cut by groups of agents.
GROUPS = "groups"


@dataclass(frozen=True)
class Part:
    """One part: its value of the dimension, its figure, and what it adds to the gap (positive: worse)."""

    value: Value
    figure: Estimate
    cost: float


@dataclass(frozen=True)
class Cut:
    """A gap cut by one dimension: the parts, those first that add most, and the whole that they come from."""

    by: str
    parts: tuple[Part, ...]


def cut_gap(
    facts: Facts,
    kpi: Kpi,
    period: Period,
    where: Where,
    standard: float,
    by: Sequence[str],
    groups: Mapping[str, Sequence[bytes]],
) -> tuple[Cut, ...]:
    """The gap to a standard, cut by each of these dimensions in turn, and by groups of agents (by name their keys).

    What has a single part tells nothing and is left out.
    """
    asked = [KpiQuery((kpi.id,), period.first, period.last, (name,), where) for name in by]
    asked += [
        KpiQuery((kpi.id,), period.first, period.last, (), {**where, "agent": tuple(keys)}) for keys in groups.values()
    ]
    found = run_together(asked, facts)
    cuts = [
        _cut(kpi, name, [(_value(row, name), row.answer) for row in rows], standard)
        for name, rows in zip(by, found, strict=False)
    ]
    if groups:
        answers = [(name, rows[0].answer) for name, rows in zip(groups, found[len(by) :], strict=True)]
        cuts.append(_cut(kpi, GROUPS, answers, standard))
    return tuple(cut for cut in cuts if len(cut.parts) > 1)


def _value(row: KpiRow, by: str) -> Value:
    return row.first_day if by == "week" else row.group[by]


def _cut(kpi: Kpi, by: str, answers: Iterable[tuple[Value, Answer]], standard: float) -> Cut:
    sign = -1 if kpi.better is Better.UP else 1
    parts = [
        Part(value, answer, answer.n * sign * (answer.observed - standard))
        for value, answer in answers
        if isinstance(answer, Estimate)
    ]
    # Weeks keep their order; of the others those come first that add most.
    ordered = (
        sorted(parts, key=lambda part: str(part.value)) if by == "week" else sorted(parts, key=lambda part: -part.cost)
    )
    return Cut(by, tuple(ordered))
