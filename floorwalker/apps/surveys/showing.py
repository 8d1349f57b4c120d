"""How is a version of a survey shown? With its wording as it was kept; a draft with the words that the bank has now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from floorwalker.apps.surveys.bank import BANK
from floorwalker.apps.surveys.models import Question, SurveyVersion


@dataclass(frozen=True)
class Shown:
    """A version, and each of its questions with what it says."""

    version: SurveyVersion
    questions: tuple[tuple[Question, dict[str, Any]], ...]


def as_shown(version: SurveyVersion) -> Shown:
    """A version for a page."""
    questions = list(version.questions.all())
    for question in questions:
        if not question.wording:
            question.wording = BANK[question.item].in_all_languages()
    return Shown(version, tuple((question, question.told) for question in questions))
