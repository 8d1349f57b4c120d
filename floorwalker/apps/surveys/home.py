"""What does a home page show of surveys? How many customers were asked lately about whom the reader may see, and how many answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count

from floorwalker.apps.people.models import User
from floorwalker.apps.surveys.models import Invitation
from floorwalker.ui.parts import Part

PLACE = 36
LATELY = timedelta(days=28)


def parts(user: User, at: datetime) -> Iterator[Part]:
    """Of the last four weeks; nothing where nobody was asked."""
    lately = Invitation.objects.sent().visible_to(user, at.date()).filter(sent_at__gte=at - LATELY)
    found = lately.aggregate(asked=Count("pk"), answered=Count("answered_at"))
    if found["asked"]:
        yield Part(PLACE, "surveys/_home.html", found)
