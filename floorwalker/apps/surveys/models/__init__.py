"""What is asked, who is asked about which contact, and what is answered?"""

from floorwalker.apps.surveys.models.answers import Answer
from floorwalker.apps.surveys.models.instruments import (
    SCALES,
    Question,
    QuestionKind,
    Survey,
    SurveyVersion,
)
from floorwalker.apps.surveys.models.invitations import Batch, Delivery, Fate, Invitation, InvitationQuerySet, NoMore
from floorwalker.apps.surveys.models.plans import Plan

__all__ = [
    "SCALES",
    "Answer",
    "Batch",
    "Delivery",
    "Fate",
    "Invitation",
    "InvitationQuerySet",
    "NoMore",
    "Plan",
    "Question",
    "QuestionKind",
    "Survey",
    "SurveyVersion",
]
