"""What is kept of feedback, coaching, objectives and training? Evidence, what was said, what was agreed, and what was found."""

from floorwalker.apps.coaching.models.appraising import AppraisalPack
from floorwalker.apps.coaching.models.evidence import Evidence, EvidenceKind
from floorwalker.apps.coaching.models.feedback import (
    Answered,
    Decision,
    Feedback,
    FeedbackSource,
    Leaning,
    Matter,
    MatterDecision,
)
from floorwalker.apps.coaching.models.interventions import (
    ActionKind,
    Intervention,
    Look,
    Lot,
    LotEntry,
    RecordShown,
    RolledOut,
    Treated,
)
from floorwalker.apps.coaching.models.objectives import (
    CheckIn,
    DevelopmentPlan,
    ItemKind,
    Objective,
    ObjectiveState,
    PlanItem,
)
from floorwalker.apps.coaching.models.oneself import Reflection, SeenAs, SelfAssessment, SelfRating
from floorwalker.apps.coaching.models.proposals import CoachingProposal, ProposedBy
from floorwalker.apps.coaching.models.sessions import (
    CoachingSession,
    Kept,
    Participant,
    SessionKind,
)
from floorwalker.apps.coaching.models.training import Attendee, Training

__all__ = [
    "ActionKind",
    "Answered",
    "AppraisalPack",
    "Attendee",
    "CheckIn",
    "CoachingProposal",
    "CoachingSession",
    "Decision",
    "DevelopmentPlan",
    "Evidence",
    "EvidenceKind",
    "Feedback",
    "FeedbackSource",
    "Intervention",
    "ItemKind",
    "Kept",
    "Leaning",
    "Look",
    "Lot",
    "LotEntry",
    "Matter",
    "MatterDecision",
    "Objective",
    "ObjectiveState",
    "Participant",
    "PlanItem",
    "ProposedBy",
    "RecordShown",
    "Reflection",
    "RolledOut",
    "SeenAs",
    "SelfAssessment",
    "SelfRating",
    "SessionKind",
    "Training",
    "Treated",
]
