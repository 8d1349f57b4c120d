"""Who is to be reminded of a matter that was watched until now? Whoever decided to watch it, while nothing else was decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from floorwalker.apps.coaching.access import may_decide
from floorwalker.apps.coaching.matter_words import titles_of
from floorwalker.apps.coaching.models import Matter
from floorwalker.apps.notices.models import About
from floorwalker.apps.notices.reminding import Due


def watched_feedback(at: datetime) -> Iterator[Due]:
    """One line for each matter whose day has come."""
    found = list(Matter.objects.watched_until(at.date()).with_whose().prefetch_related("decisions__by"))
    titles = titles_of({one.code for one in found})
    for one in found:
        by = list(one.decisions.all())[-1].by
        if by.is_active and may_decide(by, one, at.date()) and one.watch_until is not None:
            said = {"title": titles[one.code], "day": one.watch_until.isoformat()}
            yield Due(by.pk, About.LOOK_AT_FEEDBACK, f"matter:{one.pk}", reverse("matter", args=[one.pk]), said)
