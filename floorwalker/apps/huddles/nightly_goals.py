"""When does the worker judge goals of teams? Each night, those whose day has come and whose facts are there."""

from __future__ import annotations

import logging
import threading

from floorwalker.apps.huddles.following_goals import end_due_goals
from floorwalker.apps.people.daily import once_a_day
from floorwalker.facts.lake import Lake

# After the night's loads, before the morning's reminders.
NIGHT_HOUR = 4

logger = logging.getLogger(__name__)


def judge_each_night(lake: Lake, stop: threading.Event) -> None:
    """Once a day, until `stop` is set; what goes wrong is tried again, and what was kept before stays kept."""
    once_a_day(
        lambda at: end_due_goals(lake.snapshot(), at),
        stop,
        hour=NIGHT_HOUR,
        failed="goals of teams will be judged a little later",
        logger=logger,
    )
