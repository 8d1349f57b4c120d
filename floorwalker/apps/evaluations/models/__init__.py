"""What is kept of evaluations? Forms in their versions, markings in theirs, what came after the release, and draws."""

from floorwalker.apps.evaluations.models.after_release import Appeal, Opening, Remark
from floorwalker.apps.evaluations.models.draws import (
    Cause,
    Draw,
    Drawn,
    DrawnQuerySet,
    Every,
    PlanEvaluator,
    SamplingPlan,
)
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
    "Cause",
    "Draw",
    "Drawn",
    "DrawnQuerySet",
    "Evaluation",
    "EvaluationForm",
    "EvaluationFormQuerySet",
    "EvaluationQuerySet",
    "Every",
    "FormVersion",
    "Marking",
    "Miss",
    "Opening",
    "Picked",
    "PlanEvaluator",
    "Purpose",
    "QuestionStandard",
    "Remark",
    "SamplingPlan",
    "State",
    "Why",
]
