"""What is kept of evaluations? Forms in their versions, markings in theirs, what came after the release, draws, and sessions."""

from floorwalker.apps.evaluations.models.after_release import Appeal, Opening, Remark
from floorwalker.apps.evaluations.models.calibration import (
    LONGEST_AGREED,
    AgreedAnswer,
    AgreedWording,
    CalibrationContact,
    CalibrationSession,
    CalibrationSessionQuerySet,
    Stage,
)
from floorwalker.apps.evaluations.models.draws import (
    Cause,
    Draw,
    Drawn,
    DrawnQuerySet,
    Every,
    PlanEvaluator,
    SamplingPlan,
)
from floorwalker.apps.evaluations.models.evaluations import (
    NOT_TO_ANSWER,
    Evaluation,
    EvaluationQuerySet,
    Picked,
    Purpose,
    State,
    over_for_calibration,
)
from floorwalker.apps.evaluations.models.forms import (
    EvaluationForm,
    EvaluationFormQuerySet,
    FormVersion,
    QuestionStandard,
)
from floorwalker.apps.evaluations.models.groups import GroupFigures, GroupQuestion, OwnWord, OwnWordQuerySet
from floorwalker.apps.evaluations.models.markings import LONGEST_REASON, Marking, Miss, Why
from floorwalker.apps.evaluations.models.sights import TO_TALK, Sight

__all__ = [
    "LONGEST_AGREED",
    "LONGEST_REASON",
    "NOT_TO_ANSWER",
    "TO_TALK",
    "AgreedAnswer",
    "AgreedWording",
    "Appeal",
    "CalibrationContact",
    "CalibrationSession",
    "CalibrationSessionQuerySet",
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
    "GroupFigures",
    "GroupQuestion",
    "Marking",
    "Miss",
    "Opening",
    "OwnWord",
    "OwnWordQuerySet",
    "Picked",
    "PlanEvaluator",
    "Purpose",
    "QuestionStandard",
    "Remark",
    "SamplingPlan",
    "Sight",
    "Stage",
    "State",
    "Why",
    "over_for_calibration",
]
