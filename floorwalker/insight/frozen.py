"""What exactly was a figure when somebody decided something on it? Kept whole, and read back as it was.

A figure of a page is worked out anew whenever facts come in or a definition changes. What a decision was based on is not: it
is written down with everything that it took to make it, so that it can be shown beside what is known later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from floorwalker.estimate import Answer, Estimate, NoEstimate, Reason
from floorwalker.insight.judgement import State, Target
from floorwalker.insight.scorecard import Cell, Period
from floorwalker.kpis.definition import Kpi

# Raised whenever what is written changes its shape; older ones are read for ever.
SHAPE = 1


@dataclass(frozen=True)
class Frozen:
    """A figure as it stood.

    answer: value and range, or why there was none; state: how it stood to the target; said_at: when it was worked out;
    facts: by which state of the facts (its number and the instant up to which they were complete, as ISO text).
    """

    kpi: str
    kpi_version: int
    period: Period
    answer: Answer
    target: Target | None
    state: State
    said_at: datetime
    facts: str


def freeze_figure(kpi: Kpi, period: Period, cell: Cell, target: Target | None, *, at: datetime, facts: str) -> Frozen:
    """A cell of a scorecard, with what it takes to show it again."""
    return Frozen(kpi.id, kpi.version, period, cell.answer, target, cell.state, at, facts)


def as_json(frozen: Frozen) -> dict[str, Any]:
    """As it is kept."""
    target = frozen.target
    return {
        "shape": SHAPE,
        "kpi": frozen.kpi,
        "kpi_version": frozen.kpi_version,
        "first": frozen.period.first.isoformat(),
        "last": frozen.period.last.isoformat(),
        "answer": answer_as_json(frozen.answer),
        "target": None if target is None else [target.low, target.high],
        "state": str(frozen.state),
        "said_at": frozen.said_at.isoformat(),
        "facts": frozen.facts,
    }


def from_json(kept: Mapping[str, Any]) -> Frozen:
    """What was kept, read back. Raises ValueError naming what is missing: nothing but `as_json` writes it."""
    try:
        bounds = kept["target"]
        return Frozen(
            kept["kpi"],
            kept["kpi_version"],
            Period(date.fromisoformat(kept["first"]), date.fromisoformat(kept["last"])),
            answer_from_json(kept["answer"]),
            None if bounds is None else Target(*bounds),
            State(kept["state"]),
            datetime.fromisoformat(kept["said_at"]),
            kept["facts"],
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"a kept figure is not whole: {error}") from error


_ESTIMATE = ("value", "low", "high", "n", "method", "definition", "unit", "observed", "pending")
_NO_ESTIMATE = ("n", "definition", "unit", "observed", "pending")


def answer_as_json(answer: Answer) -> dict[str, Any]:
    """An answer as it is kept."""
    if isinstance(answer, Estimate):
        return {name: getattr(answer, name) for name in _ESTIMATE}
    return {"reason": str(answer.reason)} | {name: getattr(answer, name) for name in _NO_ESTIMATE}


def answer_from_json(kept: Mapping[str, Any]) -> Answer:
    """What was kept, read back."""
    if "reason" in kept:
        return NoEstimate(Reason(kept["reason"]), **{name: kept[name] for name in _NO_ESTIMATE})
    return Estimate(**{name: kept[name] for name in _ESTIMATE})
