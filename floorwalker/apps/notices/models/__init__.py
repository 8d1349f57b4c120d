"""What ought somebody to know, and which other programs may ask or are told?"""

from floorwalker.apps.notices.models.tokens import Answered, Area, Token
from floorwalker.apps.notices.models.told import Notice, NoticeQuerySet, Reading, Severity

__all__ = [
    "Answered",
    "Area",
    "Notice",
    "NoticeQuerySet",
    "Reading",
    "Severity",
    "Token",
]
