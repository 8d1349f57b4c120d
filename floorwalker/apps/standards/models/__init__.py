"""What does a centre expect, who agreed to it, and by which causes does it say why it was missed?"""

from floorwalker.apps.standards.models.adjusting import AdjustedTarget
from floorwalker.apps.standards.models.aims import Aim
from floorwalker.apps.standards.models.causes import LONGEST_CAUSE, CauseKind, RootCause
from floorwalker.apps.standards.models.consulting import Amendment, Outcome, Remark, RemarkKind
from floorwalker.apps.standards.models.processes import Process
from floorwalker.apps.standards.models.publishing import (
    Acknowledgement,
    Asking,
    CheckAnswer,
    CheckQuestion,
    Reminder,
)
from floorwalker.apps.standards.models.service_standards import Change, Review, ServiceStandard, StandardVersion, State
from floorwalker.apps.standards.models.targets import CENTRE, LONGEST_REASON, Place, Target

__all__ = [
    "CENTRE",
    "LONGEST_CAUSE",
    "LONGEST_REASON",
    "Acknowledgement",
    "AdjustedTarget",
    "Aim",
    "Amendment",
    "Asking",
    "CauseKind",
    "Change",
    "CheckAnswer",
    "CheckQuestion",
    "Outcome",
    "Place",
    "Process",
    "Remark",
    "RemarkKind",
    "Reminder",
    "Review",
    "RootCause",
    "ServiceStandard",
    "StandardVersion",
    "State",
    "Target",
]
