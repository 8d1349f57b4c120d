"""What of the notices does a home page show? Those that hold, and the gravest unread one as a step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.notices.access import notices_of
from floorwalker.apps.notices.models import Severity
from floorwalker.apps.people.models import User
from floorwalker.ui.notice_words import sentence
from floorwalker.ui.parts import Part, Step

PLACE = 5
# The others are on the page of notices.
SHOWN = 5
# What needs somebody goes before a missed target, a warning after it.
WEIGHTS = {Severity.ACT: 60, Severity.WARN: 40, Severity.INFORM: 5}


def parts(user: User, at: datetime) -> Iterator[Part]:
    """The reader's open notices; nothing where there is none."""
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
