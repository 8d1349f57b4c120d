"""What of the notices does a home page show? What the reader is reminded of; what holds, with the gravest unread one as a step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.notices.access import notices_of
from floorwalker.apps.notices.models import Reminder, Severity
from floorwalker.apps.people.models import User
from floorwalker.ui.notice_words import sentence
from floorwalker.ui.parts import Part, Step

PLACE = 5
# The others are on the page of notices.
SHOWN = 5
# What needs somebody goes before a missed target, a warning after it.
WEIGHTS = {Severity.ACT: 60, Severity.WARN: 40, Severity.INFORM: 5}


def parts(user: User, at: datetime) -> Iterator[Part]:
    """What she is reminded of, and her open notices; nothing where there is none. Steps to what waits come from where it does."""
    mine = list(Reminder.objects.of(user)[: SHOWN + 1])
    if mine:
        yield Part(PLACE, "notices/_home_reminders.html", {"reminders": mine[:SHOWN], "more": len(mine) > SHOWN})
    found = list(notices_of(user, at.date()).open())
    if not found:
        return
    worst = next((notice for notice in found if not notice.is_read), None)
    step = None
    if worst is not None:
        address = worst.address or reverse("notices")
        step = Step(sentence(worst.code, worst.params), _("See to it"), address, WEIGHTS[Severity(worst.severity)])
    context = {"notices": found[:SHOWN], "more": max(0, len(found) - SHOWN)}
    yield Part(PLACE, "notices/_home.html", context, step)
