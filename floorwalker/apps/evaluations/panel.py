"""How far can scores be relied on: how severe is each evaluator, and do they agree?"""

from __future__ import annotations

from dataclasses import dataclass

from floorwalker.apps.evaluations.contacts import facts
from floorwalker.apps.people.evaluators import evaluator_key
from floorwalker.apps.people.models import Evaluator, User
from floorwalker.apps.people.names import Names
from floorwalker.charts.small import interval_bar
from floorwalker.insight.evaluated import last_weeks
from floorwalker.insight.evaluators import USUALLY, Differing, EvaluatorFound, Panel, judge_evaluators
from floorwalker.insight.scorecard import Period
from floorwalker.ui import evaluator_words

# The width of a row's drawing, in points: what lies beyond stands at its edge.
WIDEST = 12.0
# Over so many weeks, unless a reader chooses others.
USUAL_WEEKS = 13


@dataclass(frozen=True)
class EvaluatorRow:
    """One evaluator: name, evaluations, what is said, and its drawing; nothing is drawn where nothing can be said.

    number: that of the evaluator's own page.
    """

    name: str
    found: EvaluatorFound
    sentence: str
    drawing: str
    number: int | None = None


@dataclass(frozen=True)
class PanelShown:
    """What a reader sees; all of it sorted by name, never by figure."""

    period: Period
    panel: Panel
    agreement: str
    needed: str
    evaluators: tuple[EvaluatorRow, ...]


def show_panel(user: User, weeks: int, *, everybody: bool) -> PanelShown | None:
    """The last weeks of evaluations; of evaluators only the reader's own row unless `everybody`; None without any."""
    snapshot = facts()
    period = last_weeks(snapshot, weeks)
    if period is None:
        return None
    panel = judge_evaluators(snapshot, period, {})
    if panel is None:
        return None
    own, names = evaluator_key(user), Names()
    numbers = {bytes(key): pk for key, pk in Evaluator.objects.values_list("key", "pk")}
    rows = (
        EvaluatorRow(
            names.name("evaluator", one.key) or "",
            one,
            evaluator_words.severity(one, panel.delta),
            _severity(one, panel.delta),
            numbers.get(one.key),
        )
        for one in panel.evaluators
        if everybody or one.key == own
    )
    return PanelShown(
        period,
        panel,
        evaluator_words.agreement(panel.agreement),
        evaluator_words.needed(panel),
        tuple(sorted(rows, key=lambda row: row.name)),
    )


def differing() -> Differing:
    """How far agents, evaluators and contacts differ: by the centre's last weeks where they tell it, else what is usual."""
    snapshot = facts()
    period = last_weeks(snapshot, USUAL_WEEKS)
    panel = None if period is None else judge_evaluators(snapshot, period, {})
    return USUALLY if panel is None else panel.differing


def show_severity(key: bytes, weeks: int) -> EvaluatorRow | None:
    """One evaluator's row as the page of all of them has it; None where none of her evaluations of these weeks counts."""
    snapshot = facts()
    period = last_weeks(snapshot, weeks)
    panel = None if period is None else judge_evaluators(snapshot, period, {})
    if panel is None:
        return None
    found = next((one for one in panel.evaluators if one.key == key), None)
    if found is None:
        return None
    said = evaluator_words.severity(found, panel.delta)
    return EvaluatorRow(Names().name("evaluator", key) or "", found, said, _severity(found, panel.delta))


def _severity(one: EvaluatorFound, delta: float) -> str:
    if one.severity is None or one.low is None or one.high is None:
        return ""
    span = (-WIDEST, WIDEST)
    return interval_bar(one.low, one.severity, one.high, span=span, target=(-delta, delta))
