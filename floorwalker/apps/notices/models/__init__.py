"""What ought somebody to know, and which other programs may ask or are told?"""

from floorwalker.apps.notices.models.hooks import TRIAL, Delivery, Event, Hook
from floorwalker.apps.notices.models.reminders import About, Reminder, SwitchedOff
from floorwalker.apps.notices.models.tokens import Answered, Area, Token
from floorwalker.apps.notices.models.told import Notice, NoticeQuerySet, Reading, Severity

__all__ = [
    "TRIAL",
    "About",
    "Answered",
    "Area",
    "Delivery",
    "Event",
    "Hook",
    "Notice",
    "NoticeQuerySet",
    "Reading",
    "Reminder",
    "Severity",
    "SwitchedOff",
    "Token",
]
