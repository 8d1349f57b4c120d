"""What is kept of evaluations? Forms in their versions, markings in theirs, and what came after the release."""

from floorwalker.apps.evaluations.models.after_release import Appeal, Opening, Remark
from floorwalker.apps.evaluations.models.evaluations import Evaluation, EvaluationQuerySet, Picked, Purpose, State
from floorwalker.apps.evaluations.models.forms import (
    EvaluationForm,
    EvaluationFormQuerySet,
    FormVersion,
    QuestionStandard,
)
from floorwalker.apps.evaluations.models.markings import LONGEST_REASON, Marking, Miss, Why

__all__ = [
    "LONGEST_REASON",
    "Appeal",
    "Evaluation",
    "EvaluationForm",
    "EvaluationFormQuerySet",
    "EvaluationQuerySet",
    "FormVersion",
    "Marking",
    "Miss",
    "Opening",
    "Picked",
    "Purpose",
    "QuestionStandard",
    "Remark",
    "State",
    "Why",
]
