"""For when can something be planned? Not for what is over, not for a year that somebody mistyped, and not twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from floorwalker.apps.coaching.models import CoachingSession
from floorwalker.apps.people.models import User
from floorwalker.errors import Refused

FARTHEST = timedelta(days=366)


def check_time(planned_for: datetime, at: datetime) -> None:
    """Refuse a time that is over, or so far away that nobody keeps it in mind."""
    found = f"{planned_for:%Y-%m-%d %H:%M}"
    if planned_for < at:
        raise Refused(_("this time is over"), found=found)
    if planned_for > at + FARTHEST:
        raise _too_far(found, at)


def check_day(day: date, at: datetime) -> None:
    """Refuse a day so far away that nobody keeps it in mind."""
    if day > at.date() + FARTHEST:
        raise _too_far(f"{day:%Y-%m-%d}", at)


def check_not_planned(kind: str, planned_for: datetime, coach: User, agents: set[int]) -> None:
    """Refuse a form that is sent again: the same coach with the same people at the same time is one session."""
    same = CoachingSession.objects.planned().filter(kind=kind, coach=coach, planned_for=planned_for)
    for session in same.prefetch_related("participants"):
        if {one.agent_id for one in session.participants.all()} == agents:
            raise Refused(
                _("this is planned already"), found=f"{planned_for:%Y-%m-%d %H:%M}", mend=_("open it from the list")
            )


def _too_far(found: str, at: datetime) -> Refused:
    return Refused(_("nobody plans so far ahead"), found=found, expected=f"{at:%Y-%m-%d} – {at + FARTHEST:%Y-%m-%d}")
