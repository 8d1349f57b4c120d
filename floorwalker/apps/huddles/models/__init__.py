"""What is kept of huddles? Briefs, who was there, actions, hand-overs, the pulse of a team, thanks, and what works well."""

from floorwalker.apps.huddles.models.goals import GoalEnd, TeamGoal, TeamGoalQuerySet
from floorwalker.apps.huddles.models.handing_over import HandOver, HandOverRead
from floorwalker.apps.huddles.models.meetings import (
    ActionPoint,
    Attendance,
    AttendanceBefore,
    BriefItem,
    ItemKind,
    Meeting,
    MeetingKind,
    MeetingQuerySet,
    MeetingQuestion,
)
from floorwalker.apps.huddles.models.practices import Practice, PracticeKind, PracticeQuerySet, PracticeTag, TakenUp
from floorwalker.apps.huddles.models.pulse import Pulse, PulseAnswer, PulseQuestion, PulseTurn
from floorwalker.apps.huddles.models.thanking import Thanks, ThanksFrom

__all__ = [
    "ActionPoint",
    "Attendance",
    "AttendanceBefore",
    "BriefItem",
    "GoalEnd",
    "HandOver",
    "HandOverRead",
    "ItemKind",
    "Meeting",
    "MeetingKind",
    "MeetingQuerySet",
    "MeetingQuestion",
    "Practice",
    "PracticeKind",
    "PracticeQuerySet",
    "PracticeTag",
    "Pulse",
    "PulseAnswer",
    "PulseQuestion",
    "PulseTurn",
    "TakenUp",
    "TeamGoal",
    "TeamGoalQuerySet",
    "Thanks",
    "ThanksFrom",
]
