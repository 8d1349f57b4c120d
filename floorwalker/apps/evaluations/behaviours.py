"""Which behaviours go with what customers want? Questions of forms by their wording, those that tell something first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from floorwalker.apps.evaluations.contacts import facts
from floorwalker.apps.evaluations.models import FormVersion
from floorwalker.charts.small import interval_bar
from floorwalker.insight.behaviours import SMALL, Behaviours, Going, Outcome, Together, read_behaviours
from floorwalker.insight.evaluated import last_weeks
from floorwalker.insight.scorecard import Period
from floorwalker.ui import behaviour_words

# What the width of a row's drawing shows, in points to either side; what lies beyond stands at its edge.
WIDEST = 30.0
# How the facts call a form that was built here (`facts.py`).
BUILT_HERE = "form "
# The order of rows: what is known stands before what is not.
ORDER = tuple(Together)


@dataclass(frozen=True)
class BehaviourRow:
    """One question and one outcome: its wording, its form, what is said, and the drawing where there is a range."""

    wording: str
    form: str
    met: float
    going: Going
    sentence: str
    drawing: str


@dataclass(frozen=True)
class OutcomeShown:
    """One outcome: the rows of which something is told, and those of which nothing can be."""

    code: str
    name: str
    told: tuple[BehaviourRow, ...]
    untold: tuple[BehaviourRow, ...]


@dataclass(frozen=True)
class BehavioursShown:
    """What is said of all, and each outcome."""

    period: Period
    answer: str
    known: str
    no_cause: str
    outcomes: tuple[OutcomeShown, ...]


def show_behaviours(weeks: int) -> BehavioursShown | None:
    """The last weeks of evaluations, of the whole centre; None without any."""
    snapshot = facts()
    period = last_weeks(snapshot, weeks)
    if period is None:
        return None
    found = read_behaviours(snapshot, period, {})
    if found is None:
        return None
    words = questions_of(one.form for one in found.behaviours)
    outcomes = {outcome: _rows(found, outcome, words) for outcome in Outcome}
    named = {
        outcome: [row.wording for row in rows if row.going.together is Together.GOES and (row.going.effect or 0) > 0]
        for outcome, rows in outcomes.items()
    }
    return BehavioursShown(
        period,
        behaviour_words.answer(named[Outcome.RESOLUTION], named[Outcome.SATISFACTION]),
        behaviour_words.known(found),
        behaviour_words.no_cause(),
        tuple(
            OutcomeShown(
                str(outcome),
                str(behaviour_words.OUTCOMES[outcome]),
                tuple(row for row in rows if row.drawing),
                tuple(row for row in rows if not row.drawing),
            )
            for outcome, rows in outcomes.items()
        ),
    )


def _rows(
    found: Behaviours, outcome: Outcome, words: dict[tuple[str, str], tuple[str, str]]
) -> tuple[BehaviourRow, ...]:
    rows = []
    for one in found.behaviours:
        # Other systems name their questions by codes.
        form, wording = words.get((one.form, one.code), (one.form, one.code.replace("_", " ")))
        (going,) = (going for going in one.going if going.outcome is outcome)
        rows.append(BehaviourRow(wording, form, one.met, going, behaviour_words.going(going), _drawing(going)))
    return tuple(
        sorted(rows, key=lambda row: (ORDER.index(row.going.together), -abs(row.going.effect or 0), row.wording))
    )


def _drawing(going: Going) -> str:
    if going.effect is None or going.low is None or going.high is None:
        return ""
    return interval_bar(going.low, going.effect, going.high, span=(-WIDEST, WIDEST), target=(-SMALL, SMALL), other=0.0)


def questions_of(forms: Iterable[str]) -> dict[tuple[str, str], tuple[str, str]]:
    """By form and code, as the facts call them, the names of the form and of the question in its latest version."""
    keys = {int(one.removeprefix(BUILT_HERE)) for one in forms if one.removeprefix(BUILT_HERE).isdecimal()}
    versions = FormVersion.objects.filter(form__in=keys).exclude(published_at=None).select_related("form")
    return {
        (f"{BUILT_HERE}{version.form_id}", question.code): (version.form.name, question.wording)
        for version in versions.order_by("number")
        for question in version.asks.questions
    }
