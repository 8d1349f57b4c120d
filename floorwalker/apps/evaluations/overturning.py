"""What do decided appeals teach about the questions of each form? The cases for `insight`, and its answer in the form's words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from floorwalker.apps.evaluations.appealing import changed_by
from floorwalker.apps.evaluations.models import Appeal, EvaluationForm
from floorwalker.estimate import Answer
from floorwalker.insight.appeals import Case, overturned_by_question, share_of


@dataclass(frozen=True)
class Row:
    """One question, in the words of the form's latest version that asks it."""

    wording: str
    appealed: int
    rate: Answer


@dataclass(frozen=True)
class Lesson:
    """One form: how many of its decided appeals were overturned, and its questions."""

    form: EvaluationForm
    decided: int
    rate: Answer
    rows: tuple[Row, ...]


def lessons() -> list[Lesson]:
    """By form, what its decided appeals came to."""
    found: defaultdict[int, list[Appeal]] = defaultdict(list)
    decided = Appeal.objects.exclude(decided_at=None).select_related("evaluation__version__form", "marking")
    for appeal in decided.prefetch_related("evaluation__markings"):
        found[appeal.evaluation.version.form_id].append(appeal)
    forms = EvaluationForm.objects.prefetch_related("versions").in_bulk(found)
    return [_lesson(forms[form], appeals) for form, appeals in sorted(found.items())]


def _lesson(form: EvaluationForm, appeals: list[Appeal]) -> Lesson:
    wordings = {
        question.code: question.wording
        for version in sorted(form.versions.all(), key=lambda one: one.number)
        for question in version.asks.questions
    }
    overturned = sum(appeal.outcome == Appeal.Outcome.OVERTURNED for appeal in appeals)
    rows = [
        Row(wordings.get(one.question, one.question), one.appealed, one.rate)
        for one in overturned_by_question(_case(appeal) for appeal in appeals)
    ]
    return Lesson(form, len(appeals), share_of(overturned, len(appeals)), tuple(rows))


def _case(appeal: Appeal) -> Case:
    """An appeal that names no question is about all that were answered; what was upheld overturned none."""
    asked = appeal.questions or list(appeal.marking.answers if appeal.marking else ())
    return Case(asked, changed_by(appeal) if appeal.outcome == Appeal.Outcome.OVERTURNED else ())
