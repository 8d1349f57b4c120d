"""To which matter does something that was said belong? The same thing of the same person, team or process is one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Max

from floorwalker.apps.coaching.models import Evidence, Feedback, Matter
from floorwalker.apps.people.models import Agent, Team
from floorwalker.apps.standards.models import Process, ServiceStandard
from floorwalker.errors import Refused
from floorwalker.kpis.catalogue import catalogue

Whose = Agent | Team | Process
MEASURE, STANDARD = "measure", "standard"


def matter_of(whose: Whose, code: str, *, at: datetime) -> Matter:
    """The one matter of that code, opened where nothing was said of it yet."""
    name = {Agent: "agent", Team: "team", Process: "process"}[type(whose)]
    given = {"opened_at": at, "newest_at": at}
    return Matter.objects.get_or_create(**{name: whose, "code": code}, defaults=given)[0]


def file_feedback(whose: Whose, code: str, feedback: Feedback, evidence: list[Evidence], *, at: datetime) -> Feedback:
    """Put a piece of feedback with its evidence under its matter, which is new again unless it is for the writer's own use."""
    matter = matter_of(whose, code, at=at)
    feedback.matter = matter
    feedback.given_at = at
    feedback.save(force_insert=True)
    for one in evidence:
        one.added_at = at
        one.save(force_insert=True)
    feedback.evidence.set(evidence)
    if not feedback.private and matter.newest_at < at:
        matter.newest_at = at
        matter.save(update_fields=["newest_at"])
    return feedback


def since(keys: str, at: datetime, look_back: timedelta) -> datetime:
    """From when on something may be new: so long ago, counted from the last time that anything with such keys was brought in.

    A worker that stood still for months misses nothing; where nothing was ever brought in, what is old is past talking about.
    """
    brought = Feedback.objects.filter(key__startswith=keys, given_at__lte=at)
    last: datetime | None = brought.aggregate(last=Max("given_at"))["last"]
    return (last or at) - look_back


def linked_to(code: str) -> tuple[str, ServiceStandard | None]:
    """The measure or the standard that a code names; Refused where there is neither."""
    kind, _, which = code.partition(":")
    if kind == MEASURE and which in catalogue():
        return which, None
    if kind == STANDARD and which.isdecimal():
        found = ServiceStandard.objects.filter(pk=int(which)).first()
        if found is not None:
            return "", found
    raise Refused("feedback is about a measure or a standard", found=code, mend="choose one of the list")
