"""What does the worker do for evaluations? It draws every week or month that is over, as soon as all of it is loaded, and
lets nothing wait for people who have left."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.models import Q

from floorwalker.apps.evaluations.blinding import end_left_sessions
from floorwalker.apps.evaluations.drawing import draw_plan
from floorwalker.apps.evaluations.group_figures import keep_figures_due
from floorwalker.apps.evaluations.left_behind import end_left_edits, end_left_evaluations, give_back_appeals
from floorwalker.apps.evaluations.models import Draw, SamplingPlan
from floorwalker.apps.evaluations.passing_on import pass_on_drawn
from floorwalker.apps.people.access import today
from floorwalker.errors import Refused

LOOK_SECONDS = 600.0
# No version has a say longer after its end than a month is.
LONGEST = timedelta(days=31)

logger = logging.getLogger(__name__)


def draw_what_is_due(stop: threading.Event) -> None:
    """Look every ten minutes, until `stop` is set; what goes wrong is tried again."""
    last_complaint = ""
    while not stop.is_set():
        try:
            give_back(datetime.now(UTC))
            draw_due(datetime.now(UTC))
            keep_figures_due(today())
            last_complaint = ""
        except Exception as error:
            complaint = f"{type(error).__name__}: {error}"
            if complaint != last_complaint:
                logger.error("contacts will be drawn again: %s", complaint)
            last_complaint = complaint
        finally:
            connection.close()
        stop.wait(LOOK_SECONDS)


def give_back(at: datetime) -> None:
    """Let nothing wait for people who have left: sessions, appeals that they took, edits and evaluations that
    they began, what was drawn for them."""
    end_left_sessions(at=at)
    give_back_appeals(at=at)
    end_left_edits(at=at)
    end_left_evaluations(at=at)
    pass_on_drawn(at=at)


def draw_due(at: datetime) -> list[Draw]:
    """Draw by every plan whose last week or month is over, whole and not drawn; the plans that can.

    Also by a version in whose place another came on the day after: that week or month was still its own.
    """
    made = []
    goes_on = Q(to_day=None) | Q(to_day__gt=at.date() - LONGEST)
    for plan in SamplingPlan.objects.filter(goes_on, from_day__lte=at.date()).select_related("form"):
        first, last = plan.ended_before(at.date())
        if not plan.is_to_draw(first, last):
            continue
        if plan.draws.filter(first_day=first).exists():
            continue
        try:
            made.append(draw_plan(plan, by=None, at=at))
        except Refused as refused:
            # Days that are not loaded to their end are the usual case, and are drawn when they are.
            logger.debug("plan %s is not drawn yet: %s", plan.pk, refused)
    return made
