"""Which forms are there about what a centre expects?"""

from floorwalker.apps.standards.forms.adjusting import AdjustForm
from floorwalker.apps.standards.forms.aims import AimForm
from floorwalker.apps.standards.forms.causes import CauseForm, RenameCauseForm
from floorwalker.apps.standards.forms.processes import ProcessForm
from floorwalker.apps.standards.forms.standards import (
    AnswerForm,
    ChangeForm,
    CheckForm,
    ConsultationForm,
    PublishForm,
    QuestionForm,
    ReadForm,
    RemarkForm,
    ReviewForm,
    StandardForm,
    WithdrawForm,
)
from floorwalker.apps.standards.forms.targets import EndForm, TargetForm

__all__ = [
    "AdjustForm",
    "AimForm",
    "AnswerForm",
    "CauseForm",
    "ChangeForm",
    "CheckForm",
    "ConsultationForm",
    "EndForm",
    "ProcessForm",
    "PublishForm",
    "QuestionForm",
    "ReadForm",
    "RemarkForm",
    "RenameCauseForm",
    "ReviewForm",
    "StandardForm",
    "TargetForm",
    "WithdrawForm",
]
